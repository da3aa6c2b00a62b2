"""The printed page as runs of words with their places, for finders that go by layout.

A *run* is a piece of one printed line without a wide gap: a line of plain text, or the text of one table cell
or column on that line. What stands right of, below or beside a run is told from the boxes alone, so it does
not matter how the recogniser grouped its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from classifiers.fields.folding import bare, fold
from records import Box, PageReading, Word

WIDE_GAP = 2.4
"""A gap between words of this many line heights parts a line into two runs."""
_LEADER = re.compile(r"(?:[.․·_]{3,}|…+[.…]*|(?<=\s)[.]{2,}|[.]{2,}(?=$)|^[.]{2,})")
_COLON = re.compile(r"(?<=[^\W\d]):(?=[^\s/\\:])")


@dataclass(frozen=True, slots=True)
class Token:
    """A printed word, parted from dotted leaders and at inner colons. ``after_leader`` says that dots stood
    before it."""

    text: str
    box: Box
    confidence: float
    after_leader: bool = False

    @property
    def right(self) -> int:
        """The x just right of the word."""
        return self.box[0] + self.box[2]


@dataclass(frozen=True, eq=False)
class Run:
    """Tokens printed together on one line of page ``page`` (from 1 within the document). ``leader`` says that
    dots follow the last token."""

    tokens: tuple[Token, ...]
    page: int
    leader: bool = False

    @cached_property
    def box(self) -> Box:
        """The smallest box around the tokens."""
        return box_of(self.tokens)

    @property
    def left(self) -> int:
        """x of the left edge."""
        return self.box[0]

    @property
    def right(self) -> int:
        """x of the right edge."""
        return self.box[0] + self.box[2]

    @property
    def top(self) -> int:
        """y of the upper edge."""
        return self.box[1]

    @property
    def bottom(self) -> int:
        """y of the lower edge."""
        return self.box[1] + self.box[3]

    @property
    def middle(self) -> float:
        """y of the middle."""
        return self.box[1] + self.box[3] / 2

    @cached_property
    def height(self) -> float:
        """The height of the print: median height of the tokens."""
        return float(median(t.box[3] for t in self.tokens))

    @cached_property
    def text(self) -> str:
        """The tokens with single spaces."""
        return " ".join(t.text for t in self.tokens)

    @cached_property
    def folded(self) -> str:
        """The text folded, of the same length."""
        return fold(self.text)

    @cached_property
    def bare(self) -> str:
        """Only the folded letters and digits."""
        return bare(self.text)

    def tokens_between(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that characters ``start`` to ``end`` of :attr:`text` touch."""
        found: list[Token] = []
        at = 0
        for token in self.tokens:
            if at < end and at + len(token.text) > start:
                found.append(token)
            at += len(token.text) + 1
        return tuple(found)

    def part(self, start: int, end: int | None = None) -> Run | None:
        """The run of tokens ``start`` to ``end``; None when that is empty."""
        tokens = self.tokens[start:end]
        whole = end is None or end >= len(self.tokens)
        return Run(tokens, self.page, self.leader and whole) if tokens else None


@dataclass(frozen=True, eq=False)
class Sheet:
    """One page: its runs from top to bottom, left to right."""

    number: int
    width: int
    height: int
    runs: tuple[Run, ...]
    reading: PageReading

    @cached_property
    def text_right(self) -> int:
        """The right edge of the body: where long lines end."""
        rights = sorted(r.right for r in self.runs if len(r.tokens) >= 6) or [r.right for r in self.runs]
        return rights[int(len(rights) * 0.9)] if rights else self.width

    @cached_property
    def text_left(self) -> int:
        """The left edge of the body."""
        lefts = sorted(r.left for r in self.runs if len(r.tokens) >= 6) or [r.left for r in self.runs]
        return lefts[int(len(lefts) * 0.1)] if lefts else 0

    @cached_property
    def line_height(self) -> float:
        """Median height of the print."""
        return print_height(self.runs) or self.height / 70

    @cached_property
    def pitch(self) -> float:
        """Usual distance between the middles of two lines of text."""
        steps = []
        for run in self.runs:
            below = self.below(run)
            if below:
                step = below.middle - run.middle
                if step < 3.5 * self.line_height:
                    steps.append(step)
        return float(median(steps)) if steps else 1.6 * self.line_height

    @cached_property
    def dotted(self) -> bool:
        """True for a form whose values stand on dotted lines."""
        return sum(r.leader or any(t.after_leader for t in r.tokens) for r in self.runs) >= 2

    def beside(self, run: Run) -> list[Run]:
        """The runs on the same visual row, left to right, ``run`` among them."""
        return sorted((r for r in self.runs if same_row(run, r)), key=lambda r: r.left)

    def right_of(self, run: Run) -> Run | None:
        """The nearest run to the right on the same row."""
        return next((r for r in self.beside(run) if r.left >= run.right - 2), None)

    def below(self, run: Run, reach: float = 4.0) -> Run | None:
        """The nearest run under ``run`` that shares some of its width, within ``reach`` line heights."""
        best: Run | None = None
        for other in self.runs:
            drop = other.middle - run.middle
            if (
                drop > 0.6 * max(run.height, other.height)
                and drop < reach * max(run.height, 0.7 * self.line_height) * 1.3
                and min(run.right, other.right) > max(run.left, other.left)
                and (best is None or other.middle < best.middle)
            ):
                best = other
        return best


def print_height(runs: Iterable[Run]) -> float:
    """Median height of the words, of those read well where there are any; 0 without words."""
    tokens = [t for run in runs for t in run.tokens]
    words = [t.box[3] for t in tokens if t.confidence > 0.5 and sum(map(str.isalnum, t.text)) > 1]
    heights = words or [t.box[3] for t in tokens]
    return float(median(heights)) if heights else 0.0


def box_of(tokens: Iterable[Token]) -> Box:
    """The smallest box around some tokens, at least one."""
    boxes = [t.box for t in tokens]
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return (left, top, max(b[0] + b[2] for b in boxes) - left, max(b[1] + b[3] for b in boxes) - top)


def same_row(one: Run, other: Run) -> bool:
    """True when two runs of one page overlap by half the height of the lower one."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return one.page == other.page and overlap > 0.5 * min(one.box[3], other.box[3])


def _slice(box: Box, start: int, end: int, length: int) -> Box:
    left = box[0] + round(box[2] * start / length)
    right = box[0] + round(box[2] * end / length)
    return (left, box[1], max(1, right - left), box[3])


def _tokens(word: Word) -> tuple[list[Token], bool]:
    """Tokens of one word, and whether dots trail it."""
    pieces: list[tuple[int, int]] = []
    at = 0
    for dots in _LEADER.finditer(word.text):
        pieces.append((at, dots.start()))
        at = dots.end()
    pieces.append((at, len(word.text)))
    parted: list[tuple[int, int]] = []
    for start, end in pieces:
        colon = _COLON.search(word.text, start, end)
        while colon:
            parted.append((start, colon.end()))
            start = colon.end()
            colon = _COLON.search(word.text, start, end)
        parted.append((start, end))
    found: list[Token] = []
    dotted = False
    for start, end in parted:
        if end > start:
            box = _slice(word.box, start, end, len(word.text))
            found.append(Token(word.text[start:end], box, word.confidence, dotted))
            dotted = False
        else:
            dotted = True
    return found, dotted and len(pieces) > 1


def _runs(words: Sequence[Word], page: int) -> list[Run]:
    runs: list[Run] = []
    tokens: list[Token] = []
    dotted = False
    for word in words:
        new, trailing = _tokens(word)
        if new and dotted:
            new[0] = Token(new[0].text, new[0].box, new[0].confidence, True)
        if not new:
            dotted = dotted or trailing
            continue
        if tokens and not dotted and not new[0].after_leader:
            gap = new[0].box[0] - tokens[-1].right
            heights = (new[0].box[3], tokens[-1].box[3])
            if gap > WIDE_GAP * max(min(heights), 0.6 * max(heights)):
                runs.append(Run(tuple(tokens), page))
                tokens = []
        tokens.extend(new)
        dotted = trailing
    if tokens:
        runs.append(Run(tuple(tokens), page, dotted))
    return runs


def lay_out(reading: PageReading, number: int) -> Sheet:
    """The runs of one page. ``number`` is the page's number within its document."""
    runs = [run for line in reading.lines for run in _runs(line.words, number)]
    least = 0.4 * print_height(runs)
    # specks, and rows of dots that were read as words
    runs = [r for r in runs if r.box[3] >= least or (r.bare and max(t.confidence for t in r.tokens) > 0.5)]
    runs.sort(key=lambda r: (r.middle, r.left))
    ordered: list[Run] = []
    while runs:
        first = runs[0]
        row = [r for r in runs if same_row(first, r)]
        ordered.extend(sorted(row, key=lambda r: r.left))
        taken = set(map(id, row))
        runs = [r for r in runs if id(r) not in taken]
    return Sheet(number, reading.width, reading.height, tuple(ordered), reading)
