"""Vietnamese numbers in words, both spellings: ``lăm/nhăm/năm``, ``linh/lẻ``, ``nghìn/ngàn``, ``tỷ/tỉ``."""

from __future__ import annotations

from collections.abc import Sequence

from classifiers.fields.folding import bare

_UNITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_SCALES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "nghin": 10**3, "ngan": 10**3}
_WORDS = {*_UNITS, *_SCALES, "muoi", "tram", "linh", "le"}


def is_number_word(word: str) -> bool:
    """True for one of the words that numbers are written with, whatever its diacritics."""
    return bare(word) in _WORDS


def read_number(words: Sequence[str]) -> int | None:
    """The number that ``words`` write out, below 10**12 times a thousand; None when they write none.

    Tones and capitals do not matter (``lam`` reads as ``lăm``): the order of the words alone decides.
    """
    folded = [bare(w) for w in words]
    folded = [w for w in folded if w]
    if not folded or any(w not in _WORDS for w in folded):
        return None
    total, rest = 0, folded
    ceiling = 10**15
    for scale_words, scale in ((("ty", "ti"), 10**9), (("trieu",), 10**6), (("nghin", "ngan"), 10**3)):
        places = [i for i, w in enumerate(rest) if w in scale_words]
        if not places:
            continue
        if scale == 10**9:
            place = places[-1]
            part = (
                read_number(rest[:place]) if any(w in _SCALES for w in rest[:place]) else _below(rest[:place])
            )
        else:
            if len(places) > 1:
                return None
            place = places[0]
            part = _below(rest[:place])
        if part is None or part * scale >= ceiling or (part == 0 and not total):
            return None
        total += part * scale
        ceiling = scale
        rest = rest[place + 1 :]
    if not rest:
        return total if total else None
    if any(w in _SCALES for w in rest):
        return None
    last = _below(rest)
    if last is None:
        return None
    return total + last


def _below(words: Sequence[str]) -> int | None:
    """0 to 999 in words; a leading ``không trăm`` and ``linh/lẻ`` are allowed."""
    if not words:
        return None
    if "tram" in words:
        if len(words) < 2 or words[1] != "tram" or words[0] not in _UNITS:
            return None
        rest = list(words[2:])
        hundreds = _UNITS[words[0]] * 100
        if not rest:
            return hundreds
        low = _below_hundred(rest)
        return None if low is None else hundreds + low
    return _below_hundred(list(words))


def _below_hundred(words: list[str]) -> int | None:
    if words[0] in ("linh", "le"):
        ok = len(words) == 2 and words[1] in _UNITS and words[1] not in ("khong",)
        return _UNITS[words[1]] if ok else None
    if words[0] == "muoi":
        if len(words) == 1:
            return 10
        return 10 + _UNITS[words[1]] if len(words) == 2 and _UNITS.get(words[1], 0) > 0 else None
    if words[0] not in _UNITS:
        return None
    first = _UNITS[words[0]]
    if len(words) == 1:
        return first
    if first == 0:
        # "không năm" is not a number; "không trăm" was handled above
        return None
    if words[1] == "muoi":
        if len(words) == 2:
            return first * 10
        return first * 10 + _UNITS[words[2]] if len(words) == 3 and _UNITS.get(words[2], 0) > 0 else None
    # spoken short form: "hai lăm", "ba mốt"
    short = len(words) == 2 and first >= 2 and _UNITS.get(words[1], 0) > 0
    return first * 10 + _UNITS[words[1]] if short else None
