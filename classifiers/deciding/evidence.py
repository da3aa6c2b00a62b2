"""What speaks for each paper, as numbers between 0 and 1 that a small model weighs.

The weights belong to kinds of evidence, not to papers: a new paper is judged by the same weights from the day its
data file lies in the folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from classifiers.catalogue import OTHER, Paper
from classifiers.deciding.headings import HeadingMatch, Headings
from classifiers.deciding.structure import Structure, structure_of
from classifiers.deciding.titles import Title, titles
from classifiers.wording import fold, solid_folded
from records import PageReading

LETTER = "cong_van"
"""The one paper that is known by having no heading (NĐ 30/2020, Phụ lục III)."""

KINDS = (
    "heading", "symbol", "phrases", "form", "mrz", "letter", "stranger", "plain", "wording", "content", "other",
)  # fmt: skip
"""The kinds of evidence, in the order of the columns of :attr:`Evidence.table`."""

_STRONG = 0.62
_PHRASES_ENOUGH = 3
_SURE_WORDING = 0.9
_CONTENT = 0.6
_BARE = 0.85
"""So much counts the heading of a paper that bodies issue (NĐ 30/2020) where neither motto nor symbol was read."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """``table`` has a row for each code and a column for each of :data:`KINDS`; ``notes`` say in words what
    was found for a code."""

    codes: tuple[str, ...]
    table: NDArray[np.float64]
    notes: Mapping[str, tuple[str, ...]]


class Finder:
    """Gathers the evidence; made once for a catalogue."""

    def __init__(self, papers: Mapping[str, Paper]) -> None:
        self.papers = papers
        self.codes = tuple(papers)
        self.headings = Headings(papers)
        self._phrases = {c: tuple(solid_folded(p) for p in paper.phrases) for c, paper in papers.items()}
        self._issued = {c: paper.long and bool(paper.symbols) and c != OTHER for c, paper in papers.items()}
        others = papers[OTHER].headings if OTHER in papers else ()
        self._parts = {
            code: frozenset(o for o in others if any(o in heading for heading in paper.headings))
            for code, paper in papers.items()
        }
        """Headings of no listed paper that are a part of a listed one (``GIẤY CHỨNG NHẬN``)."""
        self._symbols: dict[str, list[str]] = {}
        for code, paper in papers.items():
            for symbol in paper.symbols:
                self._symbols.setdefault(fold(symbol), []).append(code)

    def gather(self, pages: Sequence[PageReading], wording: Mapping[str, float]) -> Evidence:
        """Evidence from the pages of one document; ``wording`` is the n-gram model's likelihood of each code,
        0 to 1 (empty without a model)."""
        table = np.zeros((len(self.codes), len(KINDS)))
        notes: dict[str, list[str]] = {code: [] for code in self.codes}
        column = {kind: number for number, kind in enumerate(KINDS)}
        row = {code: number for number, code in enumerate(self.codes)}

        def put(code: str, kind: str, value: float, note: str) -> None:
            at = row[code], column[kind]
            if value > table[at]:
                table[at] = value
                notes[code].append(note)

        first = next((p for p in pages if p.lines), None)
        table[row[OTHER], column["other"]] = 1.0
        if first is not None:
            structure = structure_of(first, self.papers)
            lines = titles(first)
            matches = self.headings.find(lines)
            bare = not structure.motto and not structure.symbol
            strengths = [
                (match, strength * (_BARE if bare and self._issued[match.code] else 1.0))
                for match, strength in judge_headings(matches, structure, first)
            ]
            for match, strength in strengths:
                put(match.code, "heading", strength, f"heading:{match.heading}")
            best = max((s for _, s in strengths), default=0.0)
            for code in self._symbols.get(structure.symbol, ()):
                put(code, "symbol", 1.0, f"symbol:{structure.symbol}")
            letter = letter_likeness(structure, best, bool(self._symbols.get(structure.symbol)))
            if letter:
                put(LETTER, "letter", letter, "layout:letter")
            strange = stranger(lines, strengths, structure, first)
            if strange:
                put(OTHER, "stranger", strange, "heading:unknown")
            if not structure.motto:
                put(OTHER, "plain", 1.0, "layout:no motto")
        for page in pages[:4]:
            structure = structure_of(page, self.papers)
            for code in structure.forms:
                put(code, "form", 1.0, "form number")
            for code, paper in self.papers.items():
                if any(row.startswith(start) for row in structure.zone for start in paper.mrz):
                    put(code, "mrz", 1.0, "machine-readable zone")
            if structure.identity_qr:
                put("can_cuoc", "mrz", 1.0, "identity QR")
        proven = bool(table[:, column["mrz"]].any())
        if proven:
            # a card whose print was not read is no stranger: its mark says what it is
            table[row[OTHER], [column["stranger"], column["plain"]]] = 0.0
        text = solid_folded(" ".join(p.text for p in pages[:3]))
        for code, phrases in self._phrases.items():
            hits = sum(phrase in text for phrase in phrases)
            if hits:
                put(code, "phrases", min(1.0, hits / _PHRASES_ENOUGH), f"phrases:{hits}")
        for code, likely in wording.items():
            if code in row and not (proven and code == OTHER):
                table[row[code], column["wording"]] = lift(likely, len(wording))
        self._weigh_content(table, notes)
        return Evidence(self.codes, table, {c: tuple(n) for c, n in notes.items()})

    def _weigh_content(self, table: NDArray[np.float64], notes: Mapping[str, list[str]]) -> None:
        """Phrases and wording that both speak clearly for one paper are worth more together: its heading may be
        hidden by a seal. What then speaks for no listed paper (a title that is only the beginning of its heading,
        an unknown line of capitals, an abbreviation used elsewhere too) counts less."""
        phrases, wording = table[:, KINDS.index("phrases")], table[:, KINDS.index("wording")]
        content = phrases * np.clip((wording - _SURE_WORDING) / (1.0 - _SURE_WORDING), 0.0, 1.0)
        other = self.codes.index(OTHER)
        content[other] = 0.0
        table[:, KINDS.index("content")] = content
        best = int(content.argmax())
        if content[best] < _CONTENT:
            return
        notes[self.codes[best]].append("content")
        table[other, [KINDS.index("symbol"), KINDS.index("stranger")]] *= 0.6
        if any(note.removeprefix("heading:") in self._parts[self.codes[best]] for note in notes[OTHER]):
            table[other, KINDS.index("heading")] *= 0.6


def lift(likely: float, papers: int) -> float:
    """How far a likelihood stands above chance, on a scale of logarithms: 0 at chance or below, 1 at certainty."""
    if papers < 2 or likely <= 0.0:
        return 0.0
    return max(0.0, 1.0 + log(likely) / log(papers))


def judge_headings(
    matches: Sequence[HeadingMatch], structure: Structure, page: PageReading
) -> list[tuple[HeadingMatch, float]]:
    """How strongly each heading found speaks, 0 to 1.

    The first title from the top counts in full, later ones are likelier to be quoted; below ``Kính gửi`` of a
    letter, or where a longer heading starts on the same line, hardly at all.
    """
    judged: list[tuple[HeadingMatch, float]] = []
    best_worth: dict[int, float] = {}
    for match in matches:
        best_worth[match.start] = max(best_worth.get(match.start, 0.0), match.worth)
    leader: int | None = None
    for match in matches:
        small = match.capitals < 0.6
        layout = match.layout + (0.5 * (0.6 - match.capitals) if small else 0.0)
        strength = min(1.0, max(0.0, (match.alike - 0.6) / 0.34)) * min(1.0, layout / 0.8)
        if small:
            strength *= 0.8
        if match.worth < 0.93 * best_worth[match.start]:
            strength *= 0.25 if match.worth > 0.8 * best_worth[match.start] else 0.05
        if 0 <= structure.about < match.start and match.centre < 0.45 * page.width:
            strength *= 0.1
        elif 0 <= structure.about < match.start:
            strength *= 0.5
        if 0 <= structure.salutation < match.start or 0 <= structure.about < match.start - 8:
            strength *= 0.3
        if leader is None and strength >= _STRONG:
            leader = match.start
        elif leader is not None and match.start > leader:
            strength *= 0.15
        judged.append((match, strength))
    return judged


def letter_likeness(structure: Structure, best_heading: float, known_symbol: bool) -> float:
    """How much a page looks like an official letter: ``V/v``, ``Kính gửi``, a number, and no heading."""
    value = 0.0
    if structure.about >= 0:
        value += 0.55
    if structure.salutation >= 0:
        value += 0.3
    if structure.symbol and not known_symbol:
        value += 0.25
    if structure.motto:
        value += 0.1
    if structure.about < 0 and not structure.symbol:
        # the number's line under the motto and "Kính gửi" without any title: a letter whose symbol was lost
        value = (
            0.7 if structure.number_line and structure.motto and structure.salutation >= 0 else 0.4 * value
        )
    return min(1.0, value) * max(0.0, 1.0 - 1.2 * best_heading)


def stranger(
    lines: Sequence[Title],
    judged: Sequence[tuple[HeadingMatch, float]],
    structure: Structure,
    page: PageReading,
) -> float:
    """How much the page bears a title that no paper of the catalogue has."""
    known = [m.start for m, s in judged if s >= 0.4]
    first_known = min(known, default=10**6)
    end = min(first_known, structure.salutation if structure.salutation >= 0 else 10**6)
    best = 0.0
    for title in lines:
        if title.start >= end:
            break
        if title.capitals >= 0.8 and len(title.text.split()) >= 2 and title.lines == 1:
            best = max(best, title.layout)
    return best if best >= 0.75 else 0.0
