"""The titles a page may bear: lines in capitals or centred, alone on their row, in the upper part of the page.

A title printed over two or three lines is offered joined as well as line by line. What belongs to the head of a
letter (the motto, the issuing body, number and date) is no title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from classifiers.wording import capitals_share, fold, holds_like, starts_like
from records import Box, Line, PageReading

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO_SECOND = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"

LOWEST = 0.62
"""Titles are looked for above this share of the page's height (a certificate's cover bears its title low)."""
LONGEST = 5
"""Most lines of one title (that of a land certificate runs over three or four, misread breaks add one)."""

_ISSUERS = (
    "ỦY BAN NHÂN DÂN",
    "UBND",
    "HỘI ĐỒNG NHÂN DÂN",
    "HĐND",
    "CÔNG AN",
    "PHÒNG ",
    "TRUNG TÂM ",
    "VĂN PHÒNG ",
    "CHI CỤC ",
    "CHI NHÁNH ",
    "CÔNG TY ",
    "TRƯỜNG ",
    "BAN QUẢN LÝ",
    "BAN TỔ CHỨC",
    "CHÍNH PHỦ",
    "QUỐC HỘI",
    "ĐƠN VỊ",
    "TÊN ĐƠN VỊ",
)
_NUMBER = re.compile(r"^\W{0,3}(S[ốôỐÔóoÓO]|No)\b\s*[:.]?", re.IGNORECASE)
_DATE = re.compile(r"ng[àa]y.{0,12}th[áa]ng", re.IGNORECASE)
_ABOUT = re.compile(r"^\W{0,2}[VvWw](?:\s*[/iíìlI1|\\⁄!.]\s*[vV]\b|\s?[/⁄]\s)")
_DEPARTMENT = re.compile(r"^(?:S[ỞƠỜ]|B[ỘÔ]) (?!H[ỘÔO] |LU)")
"""``SỞ`` and ``BỘ`` begin a body's name, ``SỔ HỘ KHẨU`` and ``BỘ LUẬT`` do not, however they were misread."""
_EDGES = " \t.,:;'\"`~-–—_=*•·|()[]{}<>«»“”‘’"


def is_motto(text: str) -> bool:
    """Whether a line bears one of the motto's two lines (or the party's)."""
    if len(text) < 12:
        return False
    return (
        holds_like(text, MOTTO, 0.72) or holds_like(text, MOTTO_SECOND, 0.75) or holds_like(text, PARTY, 0.8)
    )


def is_issuer(text: str) -> bool:
    """Whether a line names a body, as in the left cell of a letter's head."""
    text = text.strip(_EDGES)
    if _DEPARTMENT.match(text):
        return True
    folded = fold(text) + " "
    return any(folded.startswith(fold(name) + (" " if name.endswith(" ") else "")) for name in _ISSUERS)


def is_head_cell(text: str) -> bool:
    """Whether a line belongs to the head: motto, number, place and date, or ``V/v``."""
    return bool(_NUMBER.match(text) or _DATE.search(text) or _ABOUT.match(text)) or is_motto(text)


def is_about(text: str) -> bool:
    """Whether a line begins with ``V/v``, in one of the ways it is misread."""
    return bool(_ABOUT.match(text))


@dataclass(frozen=True, slots=True)
class Title:
    """A line, or several joined, that may be the paper's title.

    ``start`` counts the lines from the top; ``layout`` from 0 to 1 says how much it looks like a title:
    capitals, centred, larger than the rest, alone on its row, high on the page.
    """

    text: str
    start: int
    lines: int
    layout: float
    capitals: float
    box: Box


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the lines of a page are measured against."""

    left: int
    right: int
    width: int
    height: int
    letter: float
    crowded: frozenset[int]


def _frame(page: PageReading) -> _Frame:
    boxes = [line.box for line in page.lines]
    rows: dict[int, list[Line]] = {}
    for line in page.lines:
        rows.setdefault(line.row, []).append(line)
    crowded = {
        row for row, cells in rows.items() if len(cells) > 1 and any(is_head_cell(c.text) for c in cells)
    }
    return _Frame(
        left=min(b[0] for b in boxes),
        right=max(b[0] + b[2] for b in boxes),
        width=page.width or max(b[0] + b[2] for b in boxes),
        height=page.height or max(b[1] + b[3] for b in boxes),
        letter=median(_letter_height(line) for line in page.lines),
        crowded=frozenset(crowded),
    )


def _letter_height(line: Line) -> float:
    return float(median(w.box[3] for w in line.words))


def _off_centre(line: Line, frame: _Frame) -> float:
    """How far a line's middle lies from the middle of the print, or of the page, as a share of the print."""
    centre = line.box[0] + line.box[2] / 2
    off = min(abs(centre - (frame.left + frame.right) / 2), abs(centre - frame.width / 2))
    return off / max(1, frame.right - frame.left)


def _layout(line: Line, frame: _Frame, capitals: float) -> float:
    _, y, w, _ = line.box
    span = max(1, frame.right - frame.left)
    off = _off_centre(line, frame)
    centred = 1.0 if off < 0.05 and w < 0.93 * span else 0.6 if off < 0.14 else 0.0
    larger = 1.0 if _letter_height(line) > 1.08 * frame.letter else 0.0
    high = 1.0 if y < 0.35 * frame.height else 0.5 if y < 0.5 * frame.height else 0.0
    return 0.5 * min(1.0, capitals) + 0.28 * centred + 0.1 * larger + 0.12 * high


def _follows(upper: Line, lower: Line) -> bool:
    """Whether the lower line may carry on the title of the upper one: near below, over one another."""
    x0, y0, w0, h0 = upper.box
    x1, y1, w1, h1 = lower.box
    gap = y1 - (y0 + h0)
    if gap > 2.2 * max(h0, h1) or y1 <= y0:
        return False
    overlap = min(x0 + w0, x1 + w1) - max(x0, x1)
    return overlap > 0.5 * min(w0, w1)


def titles(page: PageReading) -> tuple[Title, ...]:
    """All that may be a title on a page, from the top; empty for a page without text."""
    lines = [line for line in page.lines if line.words]
    if not lines:
        return ()
    frame = _frame(page)
    found: list[Title] = []
    for index, line in enumerate(lines):
        if line.box[1] > LOWEST * frame.height:
            continue
        text = line.text.strip(_EDGES)
        if not _may_begin(line, text, frame):
            continue
        capitals = capitals_share(text)
        layout = _layout(line, frame, capitals)
        found.append(Title(text, index, 1, layout, capitals, line.box))
        if capitals >= 0.6:
            found.extend(_joined(lines, index, text, layout, capitals))
    return tuple(found)


def _may_begin(line: Line, text: str, frame: _Frame) -> bool:
    if len(text) < 4 or line.row in frame.crowded or is_head_cell(text) or is_issuer(text):
        return False
    return capitals_share(text) >= 0.6 or (len(line.words) <= 9 and _off_centre(line, frame) < 0.14)


def _joined(lines: Sequence[Line], index: int, text: str, layout: float, capitals: float) -> list[Title]:
    """The title joined with the lines right below it; of lines not in capitals only the first."""
    joined: list[Title] = []
    box = lines[index].box
    last = lines[index]
    small = False
    for count in range(2, LONGEST + 1):
        below = next((n for n in lines[index + 1 :] if n.row > last.row and _follows(last, n)), None)
        if below is None or small or is_head_cell(below.text):
            break
        small = capitals_share(below.text) < 0.5
        text = f"{text} {below.text.strip(_EDGES)}"
        box = _around(box, below.box)
        joined.append(Title(text, index, count, layout, capitals, box))
        last = below
    return joined


def _around(a: Box, b: Box) -> Box:
    left, top = min(a[0], b[0]), min(a[1], b[1])
    right, bottom = max(a[0] + a[2], b[0] + b[2]), max(a[1] + a[3], b[1] + b[3])
    return (left, top, right - left, bottom - top)


def begins_with_form(text: str, forms: Sequence[str]) -> bool:
    """Whether a line at the head names one of the forms (``Mẫu CT01 ban hành kèm theo …``)."""
    folded = fold(text)
    return any(re.search(rf"(?<![A-Z0-9]){re.escape(fold(form))}(?![A-Z0-9])", folded) for form in forms)


def is_salutation(text: str) -> bool:
    """Whether a line begins with ``Kính gửi``."""
    return starts_like(text.strip(_EDGES), "Kính gửi", 0.85)
