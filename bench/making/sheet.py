"""Setting type on made pages, with the truth written down as it is set.

Every visual row is set by one call and gives one line of truth; a row that would leave the sheet or run
into its neighbour raises :class:`OverfullError`, so no clipped page can be made unnoticed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bench.making.faces import BLACK, DPI, Colour, Style, px
from bench.making.made import Box, MadePage

Runs = Sequence[tuple[str, Style]]


class OverfullError(ValueError):
    """Text does not fit where it was put."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of one row between ``x`` and ``x + w`` (pixels), aligned ``left``, ``centre`` or ``right``."""

    text: str
    style: Style
    x: float
    w: float
    align: str = "centre"


class Sheet:
    """One page being set. ``draw`` False writes the truth only (fast, for text without pictures)."""

    def __init__(self, width: int, height: int, draw: bool, paper: Colour = (255, 255, 255)) -> None:
        self.width, self.height, self.draw = width, height, draw
        self.image = Image.new("RGB", (width, height) if draw else (1, 1), paper)
        self.pen = ImageDraw.Draw(self.image)
        self.lines: list[str] = []
        self.signer: Box | None = None

    def put(self, pieces: Iterable[tuple[float, float, str, Style]], line: str | None = None) -> None:
        """Draw ``(x, baseline, text, style)`` pieces and write one line of truth: ``line`` or the pieces."""
        shown = [p for p in pieces if p[2].strip()]
        end = -math.inf
        for x, baseline, text, style in sorted(shown, key=lambda p: p[0]):
            width = style.width(text)
            if x < 12 or x + width > self.width - 12 or not 0 < baseline < self.height - 8:
                raise OverfullError(f"leaves the sheet: {text!r}")
            if x < end - 1:
                raise OverfullError(f"runs into its neighbour: {text!r}")
            end = x + width
            if self.draw:
                self.pen.text((x, baseline), text, font=style.font, fill=style.colour, anchor="ls")
        truth = " ".join(p[2] for p in shown) if line is None else line
        if truth.strip():
            self.lines.append(" ".join(truth.split()))

    def rule(self, x1: float, x2: float, y: float, thick: int = 3, colour: Colour = BLACK) -> None:
        """A horizontal rule."""
        if self.draw:
            self.pen.line((x1, y, x2, y), fill=colour, width=thick)

    def leader(self, x1: float, x2: float, baseline: float, size: float) -> None:
        """Printed dots from ``x1`` to ``x2``; they are no part of the truth."""
        step = size * DPI / 72 * 0.25
        dot = max(2, round(size * DPI / 72 * 0.07))
        if self.draw:
            for i in range(int((x2 - x1) / step)):
                x = x1 + i * step
                self.pen.ellipse((x, baseline - dot, x + dot, baseline), fill=BLACK)

    def page(self) -> MadePage:
        """The finished page."""
        return MadePage(self.image, tuple(unicodedata.normalize("NFC", t) for t in self.lines), self.signer)


class Paper:
    """A document being set: a column of text that runs over as many sheets as it needs."""

    def __init__(
        self,
        *,
        draw: bool = True,
        size_mm: tuple[float, float] = (210, 297),
        margins_mm: tuple[float, float, float, float] = (30, 18, 20, 20),
        face: str = "serif",
        size: float = 13.0,
        leading: float = 1.3,
        old_tone: bool = False,
        paper: Colour = (255, 255, 255),
    ) -> None:
        self.draw, self.size_mm, self.paper = draw, size_mm, paper
        left, right, top, bottom = (px(m) for m in margins_mm)
        self.left, self.right = float(left), float(px(size_mm[0]) - right)
        self.top, self.bottom = float(top), float(px(size_mm[1]) - bottom)
        self.style = Style(size=size, face=face)
        self.leading, self.old_tone = leading, old_tone
        self.number_pages = True
        self.sheets: list[Sheet] = []
        self.y = 0.0
        self.new_sheet()

    # -- sheets and room

    @property
    def sheet(self) -> Sheet:
        """The sheet being set."""
        return self.sheets[-1]

    @property
    def width(self) -> float:
        """Pixels between the margins."""
        return self.right - self.left

    def new_sheet(self) -> None:
        """Go on to a new sheet; from the second on it has its number in the middle of the top margin."""
        self.sheets.append(Sheet(px(self.size_mm[0]), px(self.size_mm[1]), self.draw, self.paper))
        self.y = self.top
        if len(self.sheets) > 1 and self.number_pages:
            number = Cell(str(len(self.sheets)), self.style, self.left, self.width)
            self.row([number])
            self.skip(2)

    def skip(self, mm: float) -> None:
        """White space."""
        self.y += px(mm)

    def need(self, mm: float) -> None:
        """Begin a new sheet unless ``mm`` are left on this one."""
        if self.y + px(mm) > self.bottom:
            self.new_sheet()

    def step(self, style: Style) -> float:
        """Baseline distance in pixels."""
        return style.size * DPI / 72 * self.leading

    def spelled(self, text: str) -> str:
        """``text`` in this paper's spelling of tones (``hòa`` or the older ``hoà``)."""
        return old_tone(text) if self.old_tone else text

    # -- rows

    def row(self, cells: Sequence[Cell], line: str | None = None) -> float:
        """Set cells side by side on one baseline, one line of truth. Returns the baseline."""
        step = max(self.step(c.style) for c in cells)
        if self.y + step > self.bottom + 2:
            self.new_sheet()
        baseline = self.y + step * 0.78
        pieces = []
        for cell in cells:
            text = self.spelled(cell.text)
            free = cell.w - cell.style.width(text)
            shift = {"left": 0.0, "centre": free / 2, "right": free}[cell.align]
            pieces.append((cell.x + shift, baseline, text, cell.style))
        self.sheet.put(pieces, None if line is None else self.spelled(line))
        self.y += step
        return baseline

    def columns(
        self,
        left: Sequence[tuple[str, Style]],
        right: Sequence[tuple[str, Style]],
        *,
        share: float = 0.42,
        gap_mm: float = 3,
        align: str = "centre",
        right_align: str = "centre",
        rules: bool = False,
    ) -> None:
        """Two columns on one grid of rows; texts too wide for their column are wrapped first. With ``rules``
        the last row of each column is underlined, as the head of a letter is."""
        gap = px(gap_mm)
        w_left = self.width * share - gap / 2
        w_right = self.width * (1 - share) - gap / 2
        x_right = self.right - w_right
        one = [(t, s) for text, s in left for t in self.wrapped(text, s, w_left)]
        two = [(t, s) for text, s in right for t in self.wrapped(text, s, w_right)]
        for i in range(max(len(one), len(two))):
            cells = []
            if i < len(one):
                cells.append(Cell(one[i][0], one[i][1], self.left, w_left, align))
            if i < len(two):
                cells.append(Cell(two[i][0], two[i][1], x_right, w_right, right_align))
            baseline = self.row(cells)
            if rules and i == len(one) - 1:
                self._underline(one[i], self.left + w_left / 2, baseline, 0.45)
            if rules and i == len(two) - 1:
                self._underline(two[i], x_right + w_right / 2, baseline, 1.0)

    def _underline(self, cell: tuple[str, Style], middle: float, baseline: float, share: float) -> None:
        half = cell[1].width(self.spelled(cell[0])) * share / 2
        self.sheet.rule(middle - half, middle + half, baseline + cell[1].size * 1.1)

    def centred(self, text: str, style: Style | None = None, share: float = 0.88) -> None:
        """Text in the middle, wrapped where it is wider than ``share`` of the column."""
        style = style or self.style
        for line in self.wrapped(text, style, self.width * share):
            self.row([Cell(line, style, self.left, self.width)])

    def row_right(self, text: str, style: Style | None = None) -> None:
        """Text at the right margin."""
        self.row([Cell(text, style or self.style, self.left, self.width, "right")])

    def wrapped(self, text: str, style: Style, width: float) -> list[str]:
        """``text`` broken into lines no wider than ``width``; an empty text gives one empty line."""
        lines, current = [], ""
        for word in self.spelled(text).split():
            longer = f"{current} {word}".strip()
            if current and style.width(longer) > width:
                lines.append(current)
                current = word
            else:
                current = longer
        return [*lines, current]

    # -- running text

    def para(
        self,
        text: str | Runs,
        style: Style | None = None,
        *,
        first_mm: float = 10,
        left_mm: float = 0,
        right_mm: float = 0,
        justify: bool = True,
        after_mm: float = 1.5,
        leader: bool = False,
    ) -> None:
        """A paragraph. ``**bold**`` and ``//italic//`` in a string mark runs. With ``leader`` dots fill the
        rest of the last line."""
        style = style or self.style
        runs = marked(text, style) if isinstance(text, str) else list(text)
        words = [(w, s) for t, s in runs for w in self.spelled(t).split()]
        left, right = self.left + px(left_mm), self.right - px(right_mm)
        line: list[tuple[str, Style]] = []
        first, used = True, 0.0
        for word, s in words:
            start = left + (px(first_mm) if first else 0)
            space = s.width(" ") if line else 0.0
            if line and used + space + s.width(word) > right - start:
                self._line(line, start, right, justify)
                line, used, first, space = [], 0.0, False, 0.0
            line.append((word, s))
            used += space + s.width(word)
        if line:
            start = left + (px(first_mm) if first else 0)
            end, baseline = self._line(line, start, right, False)
            if leader and right - end > px(4):
                self.sheet.leader(end + px(1), right, baseline, style.size)
        self.skip(after_mm)

    def _line(
        self, words: list[tuple[str, Style]], x: float, right: float, justify: bool
    ) -> tuple[float, float]:
        step = max(self.step(s) for _, s in words)
        if self.y + step > self.bottom + 2:
            self.new_sheet()
        baseline = self.y + step * 0.78
        natural = sum(s.width(w) for w, s in words) + sum(s.width(" ") for _, s in words[1:])
        extra = (right - x - natural) / max(1, len(words) - 1) if justify else 0.0
        pieces: list[tuple[float, float, str, Style]] = []
        for i, (word, s) in enumerate(words):
            x += (s.width(" ") + extra) if i else 0.0
            pieces.append((x, baseline, word, s))
            x += s.width(word)
        self.sheet.put(pieces)
        self.y += step
        return x, baseline

    def labelled(
        self,
        label: str,
        value: str,
        *,
        style: Style | None = None,
        value_style: Style | None = None,
        leader: bool = False,
        left_mm: float = 0,
        after_mm: float = 0.8,
    ) -> None:
        """``label value`` as forms have it, wrapped."""
        style = style or self.style
        runs = [(label, style), (value, value_style or style)]
        self.para(runs, style, first_mm=0, left_mm=left_mm, justify=False, leader=leader, after_mm=after_mm)

    def row_label(self, label: str, items: Sequence[str]) -> None:
        """A label with a list to its right, the first item on the label's row (``Kính gửi:``)."""
        x = self.left + self.width * 0.22
        for i, item in enumerate(items):
            width = self.right - x - px(26)
            for k, text in enumerate(self.wrapped(item, self.style, width)):
                cells = [Cell(text, self.style, x + px(24), width, "left")]
                if i == k == 0:
                    cells.insert(0, Cell(label, self.style, x, px(22), "left"))
                self.row(cells)

    def pairs(
        self,
        cells: Sequence[tuple[str, str]],
        *,
        style: Style | None = None,
        value_style: Style | None = None,
        shares: Sequence[float] | None = None,
        leader: bool = False,
        after_mm: float = 0.8,
    ) -> None:
        """Several ``label value`` cells side by side on one row."""
        style = style or self.style
        value_style = value_style or style
        shares = shares or [1 / len(cells)] * len(cells)
        step = max(self.step(style), self.step(value_style))
        if self.y + step > self.bottom + 2:
            self.new_sheet()
        baseline, x, pieces = self.y + step * 0.78, self.left, []
        for (label, value), share in zip(cells, shares, strict=True):
            label, value = self.spelled(label), self.spelled(value)
            pieces.append((x, baseline, label, style))
            at = x + style.width(label + " ")
            pieces.append((at, baseline, value, value_style))
            end = at + value_style.width(value) + px(1)
            x += self.width * share
            if leader and x - px(3) > end:
                self.sheet.leader(end, x - px(3), baseline, style.size)
        self.sheet.put(pieces)
        self.y += step + px(after_mm)

    # -- tables

    def table(
        self,
        shares: Sequence[float],
        rows: Sequence[Sequence[str]],
        *,
        style: Style | None = None,
        header: bool = True,
        aligns: Sequence[str] | None = None,
        ruled: bool = True,
    ) -> None:
        """A table; ``shares`` of the column width. The truth has one line a table row, cells in order."""
        style = style or self.style.but(size=self.style.size - 1)
        aligns = aligns or ["left"] * len(shares)
        pad = px(1.2)
        edges = [self.left]
        for share in shares:
            edges.append(edges[-1] + self.width * share)
        for number, row in enumerate(rows):
            s = style.but(bold=True) if header and number == 0 else style
            wrapped = [self.wrapped(t, s, edges[i + 1] - edges[i] - 2 * pad) for i, t in enumerate(row)]
            step = self.step(s) * 0.95
            height = step * max(map(len, wrapped)) + 2 * pad
            if self.y + height > self.bottom:
                self.new_sheet()
            truth = " ".join(" ".join(lines) for lines in wrapped)
            for i, lines in enumerate(wrapped):
                top = self.y + (height - step * len(lines)) / 2
                align = "centre" if header and number == 0 else aligns[i]
                for k, text in enumerate(lines):
                    free = edges[i + 1] - edges[i] - 2 * pad - s.width(text)
                    if free < -1:
                        raise OverfullError(f"wider than its cell: {text!r}")
                    x = edges[i] + pad + {"left": 0.0, "centre": free / 2, "right": free}[align]
                    self.sheet.put([(x, top + step * (k + 0.76), text, s)], "")
            self.sheet.lines.append(" ".join(truth.split()))
            if ruled:
                self._grid(edges, height)
            self.y += height
        self.skip(2)

    def _grid(self, edges: Sequence[float], height: float) -> None:
        for y in (self.y, self.y + height):
            self.sheet.rule(edges[0], edges[-1], y, 3)
        if self.draw:
            for x in edges:
                self.sheet.pen.line((x, self.y, x, self.y + height), fill=BLACK, width=3)

    def mark_signer(self, middle: float, top: float, bottom: float) -> None:
        """Remember where seal and signature belong: around ``middle`` between ``top`` and ``bottom``."""
        half = px(28)
        self.sheet.signer = (round(middle - half), round(top), 2 * half, round(bottom - top))


def marked(text: str, style: Style) -> list[tuple[str, Style]]:
    """Runs of a string with ``**bold**`` and ``//italic//``."""
    runs = []
    for part in re.split(r"(\*\*.+?\*\*|//.+?//)", text):
        if part.startswith("**") and len(part) > 4:
            runs.append((part[2:-2], style.but(bold=True)))
        elif part.startswith("//") and len(part) > 4:
            runs.append((part[2:-2], style.but(italic=True)))
        elif part:
            runs.append((part, style))
    return runs


_SHIFTS = {
    a[i] + b: a[0] + c[i]
    for a, b, c in (("oòóỏõọ", "a", "aàáảãạ"), ("oòóỏõọ", "e", "eèéẻẽẹ"), ("uùúủũụ", "y", "yỳýỷỹỵ"))
    for i in range(1, 6)
}
_SHIFTS |= {k.upper(): v.upper() for k, v in _SHIFTS.items()} | {
    k.title(): v.title() for k, v in _SHIFTS.items()
}
_SHIFT = re.compile(rf"(?<![qQ])({'|'.join(_SHIFTS)})(?!\w)")


def old_tone(text: str) -> str:
    """Tone marks where older spelling puts them: ``hòa`` -> ``hoà``, ``ỦY`` -> ``UỶ``."""
    return _SHIFT.sub(lambda m: _SHIFTS[m.group(1)], text)
