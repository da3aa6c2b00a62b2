"""Papers that the law says not to digitize: those stamped MẬT, TỐI MẬT or TUYỆT MẬT (NĐ 30/2020, ô 10a).

A stamp is a line of its own, in capitals, on the upper half of a page. The word inside a sentence or a title
("bí mật", "mật khẩu", "MẬT ĐỘ") is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.wording import fold, solid
from records import Line, PageReading, Word

_LOWEST = 0.5
_FRAME = re.compile(r"[^\w]+|_")
_DEGREE = re.compile(r"^(ĐỘ ?MẬT|MỨC ?ĐỘ ?MẬT)")
_LONG = {"TOIMAT", "TUYETMAT"}
_SHORT = {"MẬT", "MÂT"}
_GAP = 1.5
"""A stamp read on one line with other print stands at least this many letter heights apart from it."""


def find_secrecy(pages: Sequence[PageReading]) -> tuple[int, ...]:
    """Numbers (in the source) of the pages that bear a secrecy stamp, in order; empty where none does."""
    return tuple(page.number for page in pages if _stamped(page))


def _stamped(page: PageReading) -> bool:
    before: Line | None = None
    for line in page.lines:
        if not line.words:
            continue
        if line.box[1] <= _LOWEST * page.height and not _carries_on(before, line):
            parts = _apart(line.words)
            if any(_is_stamp(" ".join(w.text for w in part)) for part in parts):
                return True
        before = line
    return False


def _is_stamp(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    if not letters or len(letters) > 18:
        return False
    bare = _DEGREE.sub("", _FRAME.sub(" ", text.upper()).strip()).strip()
    named = bare != _FRAME.sub(" ", text.upper()).strip()
    if not named and sum(c.isupper() for c in letters) < 0.75 * len(letters):
        return False
    return solid(bare) in _SHORT or fold(bare).replace(" ", "") in _LONG


def _carries_on(before: Line | None, line: Line) -> bool:
    """Whether a short line is the rest of a title above it that ends in the middle of a word pair (``BÍ`` /
    ``MẬT``)."""
    if before is None or not before.words:
        return False
    return fold(before.words[-1].text) in {"BI", "BAO", "CO", "TRUYEN"} and before.row != line.row


def _apart(words: Sequence[Word]) -> list[list[Word]]:
    """The words of a line, cut where the gap is much wider than a space."""
    parts: list[list[Word]] = []
    for word in words:
        if parts:
            last = parts[-1][-1]
            gap = word.box[0] - (last.box[0] + last.box[2])
            if gap <= _GAP * max(1, min(word.box[3], last.box[3])):
                parts[-1].append(word)
                continue
        parts.append([word])
    return parts
