"""What a page tells about where a document begins or ends: its own number, head, heading, attachment notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from classifiers.catalogue import OTHER, catalogue
from classifiers.deciding.evidence import judge_headings
from classifiers.deciding.headings import Headings
from classifiers.deciding.structure import structure_of
from classifiers.deciding.titles import is_motto, titles
from classifiers.identity_qr import parse_identity_qr
from classifiers.mrz import find_mrz
from classifiers.wording import fold, likeness, starts_like
from records import MarkKind, PageReading

_EDGE = 0.11
_SAME_NUMBER = 40.0
"""So alike must two numbers be, of which one was written by hand, to be taken for the same."""
_ATTACHED = re.compile(r"DINH KEM|KEM THEO|GUI KEM")
_FOLIO = re.compile(r"^\W{0,3}(?:TRANG|PAGE|TR\.?)?\W{0,2}(\d{1,3})(?:\s*(?:/|TREN|OF)\s*(\d{1,3}))?\W{0,3}$")
_ATTACHED_TO = re.compile(
    r"(?:^|[(\[])\W{0,2}(?:BAN HANH |DINH |GUI )?(?:KEM THEO|(?<=[(\[])KEM\b|(?<=[(\[] )KEM\b)(?P<rest>.{0,60})"
)
"""The note is set small and stamped over: in a bracket ``KEM`` alone is enough."""
_PROMISED = re.compile(
    r"(?<!BAN HANH )(?:DINH KEM|GUI KEM|KEM THEO)(?! (?:THONG TU|NGHI DINH|QUYET DINH|LUAT|NGHI QUYET))"
)
_ORIGIN_OF_FORM = re.compile(r"^\W{0,3}(?:THONG TU|TT|NGHI DINH|ND|LUAT)\b")
_ATTACHMENT_TITLES = (
    "PHỤ LỤC",
    "DANH SÁCH",
    "DANH MỤC",
    "BẢNG KÊ",
    "BẢNG TỔNG HỢP",
    "BIỂU MẪU",
    "BIỂU SỐ",
    "CHƯƠNG TRÌNH",
    "LỜI CHỨNG",
    "MỤC LỤC",
    "SƠ ĐỒ",
)
_ANNEX_TITLES = (
    "QUY CHẾ",
    "QUY ĐỊNH",
    "QUY TRÌNH",
    "ĐIỀU LỆ",
    "THỂ LỆ",
    "NỘI QUY",
    "HƯỚNG DẪN",
    "PHƯƠNG ÁN",
    "ĐỀ ÁN",
    "DỰ ÁN",
    "LỊCH",
    "THỎA THUẬN",
    "BẢN",
    "BẢNG",
)
"""Titles of no listed paper that often follow an issued paper as its annex."""
_TEMPLATE = ("TÊN ĐƠN VỊ", "TÊN CƠ QUAN", "CƠ QUAN CHỦ QUẢN", "TÊN TỔ CHỨC")
_TEMPLATE_DOTS = re.compile(r"^\W{0,2}DON VI\s*:?\s*[.…_]{3,}")
_CLOSINGS = (
    "Nơi nhận",
    "TM.",
    "KT.",
    "TL.",
    "TUQ.",
    "(Ký, ghi rõ họ tên)",
    "(Ký và ghi rõ họ tên)",
    "(Ký, đóng dấu)",
    "(Ký tên, đóng dấu)",
)
_POSTS = (
    "Người làm đơn",
    "Người khai",
    "Người ký",
    "Giám đốc",
    "Phó giám đốc",
    "Chủ tịch",
    "Phó chủ tịch",
    "Trưởng phòng",
    "Trưởng ban",
    "Người ủy quyền",
    "Đại diện bên A",
    "Đại diện bên B",
    "Người tiếp nhận hồ sơ",
    "Người thu tiền",
    "Người yêu cầu",
    "Người thực hiện trích lục",
    "Người ký trích lục",
    "Người ký giấy khai sinh",
    "Thủ trưởng đơn vị",
    "Cán bộ tiếp nhận",
)


@dataclass(frozen=True, slots=True)
class Card:
    """A person's card told by its mark or zone: a passport or an identity card, and its number as far as it is
    proven (empty where not)."""

    passport: bool
    number: str


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs of one page.

    ``folio`` is the number printed at its head or foot, ``folios`` the number of pages it speaks of
    (``2/5``), None without one. ``heading`` is the code of the listed heading at its head, empty without
    one; ``strength`` how clear it is. ``stranger`` says that it bears the heading of a known paper of no
    listed type, ``annex_title`` that it bears a title that annexes bear, ``attachment_title`` one that only
    attachments bear. ``number`` are the digits of its own number, ``symbol`` and ``body`` the folded symbol.
    ``attached`` says that it calls itself an attachment of another paper, ``named`` is the note's text.
    ``card`` is the identity card or passport whose mark or zone it bears. ``sideways`` says that the sheet is
    wider than high, as wide tables are.
    """

    motto: bool
    numbered: bool
    number: str
    symbol: str
    body: str
    heading: str
    strength: float
    stranger: bool
    annex_title: bool
    folio: int | None
    folios: int | None
    attachment_title: bool
    attached: bool
    named: str
    template: bool
    ends: bool
    card: Card | None
    sideways: bool = False


@lru_cache(maxsize=1)
def _headings() -> Headings:
    return Headings(catalogue())


def signs_of(page: PageReading) -> Signs:
    """Read the signs of a page; a page without text has none."""
    structure = structure_of(page, catalogue())
    found = titles(page)
    judged = judge_headings(_headings().find(found), structure, page)
    high = [(m, s) for m, s in judged if m.y < 0.5 * page.height]
    listed = [(m, s) for m, s in high if m.code != OTHER]
    match, strength = max(listed, key=lambda pair: pair[1], default=(None, 0.0))
    other = max((s for m, s in high if m.code == OTHER), default=0.0)
    if other > strength:
        match = None
    folio, folios = printed_number(page)
    named = attachment_note(page)
    head = [line.text for line in page.lines if line.words and line.box[1] < 0.3 * page.height]
    motto = any(is_motto(line.text) for line in page.lines if line.words and line.box[1] < 0.4 * page.height)
    return Signs(
        motto=motto,
        numbered=bool(structure.symbol),
        number=structure.number,
        symbol=structure.symbol,
        body=structure.body,
        heading=match.code if match is not None else "",
        strength=strength if match is not None else 0.0,
        stranger=other >= 0.6,
        annex_title=any(starts_like(t.text, a, 0.88) for t in found[:4] for a in _ANNEX_TITLES),
        folio=folio,
        folios=folios,
        attachment_title=any(starts_like(t.text, a, 0.88) for t in found[:4] for a in _ATTACHMENT_TITLES)
        or any(starts_like(text, "PHỤ LỤC", 0.9) for text in head[:4]),
        attached=bool(named),
        named=named,
        template=any(
            _TEMPLATE_DOTS.match(fold(text)) or any(starts_like(text, blank, 0.9) for blank in _TEMPLATE)
            for text in head
        ),
        ends=_ends(page),
        card=card_on(page),
        sideways=page.width > 1.2 * page.height,
    )


def card_on(page: PageReading) -> Card | None:
    """The card whose QR or machine-readable zone a page bears, None without one."""
    for mark in page.marks:
        identity = parse_identity_qr(mark.text) if mark.kind is MarkKind.QR else None
        if identity is not None:
            return Card(False, identity.so_dinh_danh)
    zone = find_mrz(page.lines)
    if zone is None:
        return None
    proven = zone.personal_number if zone.kind == "TD1" else zone.document_number
    sure = {"TD1": "personal_number", "TD3": "document_number"}[zone.kind] in zone.proven
    return Card(zone.kind == "TD3", proven if sure else "")


def printed_number(page: PageReading) -> tuple[int | None, int | None]:
    """The page's own printed number and, where it says so, of how many (``Trang 2/5`` gives ``(2, 5)``); looked
    for alone on a line at the head or the foot."""
    for line in page.lines:
        if not line.words or len(line.words) > 5:
            continue
        _, y, _, h = line.box
        if _EDGE * page.height < y and y + h < (1 - _EDGE) * page.height:
            continue
        found = _FOLIO.match(fold(line.text))
        if found and 0 < int(found[1]) < 500:
            return int(found[1]), int(found[2]) if found[2] else None
    return None, None


def attachment_note(page: PageReading) -> str:
    """The folded note by which a page calls itself an attachment of an issued paper (``(Kèm theo Công văn số …)``,
    ``(Ban hành kèm theo Quyết định số …)``), empty without one. Notes that name a circular or decree give the
    origin of a form; they are not meant."""
    for line in page.lines:
        if line.words and line.box[1] < 0.4 * page.height:
            found = _ATTACHED_TO.search(fold(line.text))
            if found and not _ORIGIN_OF_FORM.match(found["rest"]):
                return found.group()
    return ""


def _ends(page: PageReading) -> bool:
    """Whether a page bears a closing: ``Nơi nhận``, an authority, a place to sign, a post alone on its line."""
    for line in page.lines:
        if not line.words:
            continue
        text = line.text
        if any(starts_like(text, closing, 0.88) for closing in _CLOSINGS):
            return True
        low = line.box[1] > 0.25 * page.height and len(line.words) <= 6
        if low and any(likeness(text, post) >= 0.88 for post in _POSTS):
            return True
    return False


def cites_as_attached(pages: Sequence[PageReading], signs: Signs) -> bool:
    """Whether the pages before say that the paper with this number is attached (``Công văn số 2243/SYT-NVY …
    (đính kèm)``). A number written by hand and not read still counts when the rest of the symbol agrees."""
    if not signs.symbol:
        return False
    text = fold(" ".join(page.text for page in pages))
    tail = re.escape(signs.symbol) + (r"\s*[-–—./]\s*" + re.escape(signs.body) if signs.body else "")
    for found in re.finditer(rf"(\d{{1,5}})(?:/\d{{4}})?\s*/\s*{tail}", text):
        named = not signs.number or fuzz.ratio(signs.number, found[1].lstrip("0")) >= _SAME_NUMBER
        if named and _ATTACHED.search(text[found.end() : found.end() + 80]):
            return True
    return False


def promises_attachments(pages: Sequence[PageReading]) -> bool:
    """Whether the pages say that something goes with them (``biểu mẫu đính kèm``, ``có danh sách kèm theo``)."""
    return bool(_PROMISED.search(fold(" ".join(page.text for page in pages))))
