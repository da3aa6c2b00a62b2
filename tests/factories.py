"""Page readings made from plain text, as if a page had been scanned and read.

A page is A4 at 300 dpi (2480 x 3508 pixels). The text is given line by line; the layout is told by marks:

- ``left || right``  two cells of one row, as in the head of a letter; more ``||`` make more cells;
- ``^text``          centred on the page;
- ``>text``          in the right half (signer's block);
- anything else      starts at the left margin;
- an empty line      an empty line.

Lines in capitals that are centred are printed larger, like titles.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from records import Line, Mark, PageReading, PictureFile, Region, TextOrigin, Word

WIDTH, HEIGHT = 2480, 3508
MARGIN, LEFT, RIGHT = 260, 350, 2290
STEP = 74
SIZE = 44
NARROW = set("iíìỉĩịljftrI.,:;'|()!/ ")
WIDE = set("mMWwÔOQGĐ")


def letter_width(letter: str, size: int) -> float:
    """Rough advance of a letter of a serif font, in pixels."""
    base = unicodedata.normalize("NFD", letter)[0]
    if base in NARROW:
        share = 0.32
    elif base in WIDE or base.isupper():
        share = 0.72
    else:
        share = 0.5
    return share * size


def text_width(text: str, size: int) -> int:
    """Width of a text in pixels."""
    return round(sum(letter_width(c, size) for c in text))


def words_at(text: str, x: int, y: int, size: int, confidence: float) -> tuple[Word, ...]:
    """The words of one printed line that starts at ``(x, y)``."""
    words, at = [], float(x)
    for token in text.split():
        width = text_width(token, size)
        words.append(Word(token, (round(at), y, max(1, width), size), confidence))
        at += width + letter_width(" ", size)
    return tuple(words)


def lines_of(text: str, confidence: float = 0.95, top: int = MARGIN) -> tuple[Line, ...]:
    """Lines with boxes, rows and cells for a text in the little layout language of this module."""
    lines: list[Line] = []
    y, row = top, 0
    for raw in unicodedata.normalize("NFC", text).split("\n"):
        printed = raw.strip()
        if printed:
            row += 1
            cells = [c.strip() for c in printed.split("||")]
            for number, cell in enumerate(cells):
                body = cell.lstrip("^>").strip()
                if not body:
                    continue
                title = cell.startswith("^") and body == body.upper()
                size = round(SIZE * 1.12) if title else SIZE
                width = text_width(body, size)
                share = (RIGHT - LEFT) / len(cells)
                if len(cells) > 1:
                    x = round(LEFT + share * (number + 0.5) - width / 2)
                elif cell.startswith("^"):
                    x = round((LEFT + RIGHT) / 2 - width / 2)
                elif cell.startswith(">"):
                    x = round(LEFT + (RIGHT - LEFT) * 0.75 - width / 2)
                else:
                    x = LEFT
                lines.append(
                    Line(
                        words_at(body, max(0, x), y, size, confidence),
                        row=row,
                        cell=number if len(cells) > 1 else 0,
                    )
                )
        y += STEP
    return tuple(lines)


def page(
    text: str = "",
    number: int = 1,
    *,
    confidence: float = 0.95,
    marks: tuple[Mark, ...] = (),
    regions: tuple[Region, ...] = (),
    blank: bool | None = None,
    failure: str | None = None,
    warnings: tuple[str, ...] = (),
) -> PageReading:
    """One page reading. ``blank`` follows from the text unless it is said."""
    lines = lines_of(text, confidence)
    return PageReading(
        number=number,
        width=WIDTH,
        height=HEIGHT,
        dpi=300.0,
        rotation=0,
        skew=0.0,
        picture=PictureFile(Path("page.jpg"), "jpeg", WIDTH, HEIGHT, 3, 8, (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)),
        lines=lines,
        origin=TextOrigin.OCR if lines else TextOrigin.NONE,
        blank=(not lines and not marks and failure is None) if blank is None else blank,
        marks=marks,
        regions=regions,
        warnings=warnings,
        failure=failure,
    )


def pages(*texts: str) -> tuple[PageReading, ...]:
    """Several pages, numbered from 1."""
    return tuple(page(text, number) for number, text in enumerate(texts, start=1))


HEAD = (
    "UBND TỈNH KIÊN LƯƠNG || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "SỞ XÂY DỰNG || Độc lập - Tự do - Hạnh phúc\n"
    "{number} || Kiên Lương, ngày 05 tháng 9 năm 2025\n"
)
"""The two-column head of an administrative letter; fill in ``number``."""

MOTTO = "^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n^Độc lập - Tự do - Hạnh phúc\n"
"""The motto alone, centred, as on civil papers and forms."""
