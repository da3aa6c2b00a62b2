"""Comparing a reading with the truth: error rates by kind of character, words against confidence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

KINDS = ("letters", "marks", "digits", "rest")
_LEADERS = re.compile(r"(?:[.…_·]\s?){4,}")


def folded(text: str) -> str:
    """NFC, leaders of dots left out, every run of white space one space: the form that is compared."""
    text = _LEADERS.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _bare(letter: str) -> str:
    letter = letter.casefold().replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))


def kind_of(wanted: str, got: str) -> str:
    """What an edit from ``wanted`` to ``got`` (either may be empty) spoils: one of :data:`KINDS`."""
    one = wanted or got
    if wanted.isdigit() or (not wanted and got.isdigit()):
        return "digits"
    if wanted and got and wanted.isalpha() and got.isalpha():
        same = _bare(wanted) == _bare(got) and wanted.casefold() != got.casefold()
        return "marks" if same else "letters"
    if one.isalpha() or got.isalpha():
        return "letters"
    return "digits" if got.isdigit() else "rest"


@dataclass(slots=True)
class Score:
    """Errors summed over pages. ``chars`` and ``digits`` count the truth."""

    pages: int = 0
    chars: int = 0
    digits: int = 0
    whole: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    rates: list[float] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """All edits."""
        return sum(self.by_kind.values())

    @property
    def rate(self) -> float:
        """Edits a truth character over all pages, in per cent."""
        return 100 * self.errors / self.chars if self.chars else 0.0

    def share(self, kind: str) -> float:
        """Edits of one kind a truth character, in per cent."""
        return 100 * self.by_kind[kind] / self.chars if self.chars else 0.0

    @property
    def digit_rate(self) -> float:
        """Edits of digits a truth digit, in per cent."""
        return 100 * self.by_kind["digits"] / self.digits if self.digits else 0.0

    def add(self, truth: str, reading: str) -> float:
        """Count one page; returns its error rate in per cent."""
        wanted, got = folded(truth), folded(reading)
        edits = edits_of(wanted, got)
        self.pages += 1
        self.chars += len(wanted)
        self.digits += sum(c.isdigit() for c in wanted)
        self.whole += not edits
        for a, b in edits:
            self.by_kind[kind_of(a, b)] += 1
            self.confusions[(a, b)] += 1
        rate = 100 * len(edits) / max(1, len(wanted))
        self.rates.append(rate)
        return rate


def edits_of(wanted: str, got: str) -> list[tuple[str, str]]:
    """The edits between two folded texts as pairs of single characters, the missing side empty."""
    edits = []
    for op in Levenshtein.editops(wanted, got):
        a = wanted[op.src_pos] if op.tag != "insert" else ""
        b = got[op.dest_pos] if op.tag != "delete" else ""
        edits.append((a, b))
    return edits


def differences(truth: str, reading: str, around: int = 14) -> list[str]:
    """Each spoiled stretch as ``…before[wanted→got]after…``, neighbouring edits joined."""
    wanted, got = folded(truth), folded(reading)
    spans: list[list[int]] = []
    for op in Levenshtein.opcodes(wanted, got):
        if op.tag == "equal":
            continue
        if spans and op.src_start - spans[-1][1] <= 2:
            spans[-1][1], spans[-1][3] = op.src_end, op.dest_end
        else:
            spans.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
    return [
        f"…{wanted[max(0, a - around) : a]}[{wanted[a:b]}→{got[c:d]}]{wanted[b : b + around]}…"
        for a, b, c, d in spans
    ]


def words_right(truth: str, words: Sequence[tuple[str, float]]) -> list[tuple[float, bool]]:
    """For each read word its confidence and whether the truth has it at that place."""
    wanted = folded(truth).split()
    kept = [(unicodedata.normalize("NFC", t), c) for t, c in words if folded(t)]
    right = [False] * len(kept)
    for op in Levenshtein.opcodes(wanted, [t for t, _ in kept]):
        if op.tag == "equal":
            for i in range(op.dest_start, op.dest_end):
                right[i] = True
    return [(confidence, ok) for (_, confidence), ok in zip(kept, right, strict=True)]


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as a Markdown table, columns aligned."""
    cells = [[str(c) for c in header], *[[str(c) for c in row] for row in rows]]
    widths = [max(len(r[i]) for r in cells) for i in range(len(header))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) + " |" for r in cells]
    lines.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(lines)
