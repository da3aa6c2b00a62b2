"""What machine-readable marks say of the fields, and how that and the print go together.

The QR of an identity card gives seven fields, a machine-readable zone those that its check digits prove, any
mark a dossier's code. A mark is read without error or not at all, so its value stands; where the print,
read well, says otherwise, that is said (``mark_disagrees``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from classifiers.fields.figures import DOSSIER
from classifiers.fields.folding import bare, likeness
from classifiers.fields.found import Found
from classifiers.fields.layout import Token
from classifiers.fields.weighing import of_words
from classifiers.identity_qr import parse_identity_qr
from classifiers.mrz import find_mrz
from records import Box, MarkKind, PageReading

_PLACES = frozenset({"noi_cu_tru", "que_quan", "noi_sinh"})
_WORDS = frozenset({"ho_ten", *_PLACES})
_SURE_PRINT = 0.93
"""Words of the print at least this sure are held against the mark; less sure ones are taken as misread."""
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Marked:
    """A field's value out of a mark. ``folded`` says that the mark holds the letters without diacritics, so
    that it can only be held against the print, not take its place."""

    value: str
    page: int
    box: Box
    source: str
    folded: bool = False


def marked_fields(pages: Sequence[PageReading]) -> Mapping[str, Marked]:
    """Values by field name; where two marks speak of one field, the QR's."""
    found: dict[str, Marked] = {}
    for number, page in enumerate(pages, start=1):
        zone = find_mrz(page.lines)
        if zone is not None:
            proven = {
                "so": zone.document_number if zone.kind == "TD3" and "document_number" in zone.proven else "",
                "so_dinh_danh": zone.personal_number if "personal_number" in zone.proven else "",
                "ngay_sinh": zone.birth if "birth" in zone.proven else "",
                "gioi_tinh": zone.sex if "composite" in zone.proven else "",
            }
            for name, value in proven.items():
                if value:
                    found.setdefault(name, Marked(value, number, zone.box, "mrz"))
            if zone.whole and zone.surname:
                full = f"{zone.surname} {zone.given_names}".strip()
                found.setdefault("ho_ten", Marked(full, number, zone.box, "mrz", folded=True))
    for number, page in enumerate(pages, start=1):
        for mark in page.marks:
            source = "qr" if mark.kind is MarkKind.QR else "barcode"
            card = parse_identity_qr(mark.text)
            if card is not None:
                said = {
                    "so_dinh_danh": card.so_dinh_danh,
                    "ho_ten": card.ho_ten,
                    "ngay_sinh": card.ngay_sinh,
                    "gioi_tinh": card.gioi_tinh,
                    "noi_cu_tru": card.noi_cu_tru,
                    "ngay_ban_hanh": card.ngay_cap,
                }
                found.update({n: Marked(v, number, mark.box, source) for n, v in said.items() if v})
            code = DOSSIER.search(mark.text)
            if code:
                found.setdefault("ma_ho_so", Marked(code[0], number, mark.box, source))
    return found


def settle(name: str, mark: Marked | None, printed: Found | None) -> Found | None:
    """One value out of mark and print."""
    if mark is None:
        return printed
    if mark.folded:
        if printed and likeness(bare(printed.value), bare(mark.value)) < _ALIKE:
            return replace(printed, note="mark_disagrees", ceiling=min(printed.ceiling, 0.6))
        return printed
    spot = (Token(mark.value, mark.box, 0.995),)
    alone = Found(mark.value, spot, mark.page, source=mark.source)
    if printed is None:
        return replace(alone, ceiling=0.98)
    if _same(printed.value, mark.value):
        # the print shows where, and keeps its capitals; the mark makes it sure
        return replace(alone, value=printed.value, tokens=_sure(printed.tokens), page=printed.page)
    if name in _PLACES and likeness(bare(printed.value), bare(mark.value)) >= _ALIKE:
        # marks write places in their own way: the print stands, surer where the mark has all its words
        said = {w.casefold() for w in _words(mark.value)}
        whole = all(w.casefold() in said for w in _words(printed.value))
        return replace(printed, tokens=_sure(printed.tokens), ceiling=0.97) if whole else printed
    if name in _WORDS:
        capitals = printed.value == printed.value.upper()
        alone = replace(alone, value=mark.value.upper() if capitals else mark.value)
        alike = likeness(bare(printed.value), bare(mark.value)) >= _ALIKE
        if alike and min(t.confidence for t in printed.tokens) < _SURE_PRINT:
            return replace(alone, ceiling=0.95)
    elif of_words(printed.tokens) < 0.5:
        return replace(alone, ceiling=0.95)
    return replace(alone, note="mark_disagrees", ceiling=0.85)


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))


def _sure(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(replace(t, confidence=0.995) for t in tokens)
