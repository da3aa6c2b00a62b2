"""Judging what was found in made papers: types, fields, review, boundaries."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bench.making import MadeDocument
from records import Document

SURE = 0.9


def same(a: str, b: str) -> bool:
    """Equal after NFC, case folding and folding of white space."""
    return _folded(a) == _folded(b)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@dataclass(slots=True)
class FieldTally:
    """One field name: in the truth, found, found where the truth has one, exact, wrong though sure."""

    truth: int = 0
    found: int = 0
    exact: int = 0
    wrong_sure: int = 0
    wrong: int = 0
    wrong_caught: int = 0
    extra_sure: int = 0

    @property
    def precision(self) -> float:
        """Exact values among those found."""
        return 100 * self.exact / self.found if self.found else 100.0

    @property
    def recall(self) -> float:
        """Exact values among those in the truth."""
        return 100 * self.exact / self.truth if self.truth else 100.0


@dataclass(slots=True)
class Judgement:
    """Everything counted over a set of papers at one level."""

    documents: int = 0
    right_type: int = 0
    reviewed: int = 0
    one_document: int = 0
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    fields: defaultdict[str, FieldTally] = field(default_factory=lambda: defaultdict(FieldTally))
    mistakes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def add(self, name: str, made: MadeDocument, found: Document, parts: int) -> None:
        """Count one paper; ``parts`` says into how many documents its file was parted."""
        self.documents += 1
        self.one_document += parts == 1
        self.reviewed += found.review.needed
        self.pairs[(made.code, found.type.code)] += 1
        self.right_type += made.code == found.type.code
        if made.code != found.type.code:
            self.mistakes.append(
                f"{name}: type {found.type.code} ({found.type.confidence:.2f}), should be {made.code}"
            )
        values = {f.name: f for f in found.fields}
        for key in made.fields.keys() | values.keys():
            self._field(name, key, made.fields.get(key), values.get(key), found.review.needed)

    def _field(self, name: str, key: str, truth: str | None, value: object, reviewed: bool) -> None:
        tally = self.fields[key]
        text = getattr(value, "value", None)
        sure = getattr(value, "confidence", 0.0) >= SURE
        tally.truth += truth is not None
        tally.found += text is not None
        if truth is not None and text is not None and same(truth, text):
            tally.exact += 1
        elif truth is None:
            tally.extra_sure += sure
            self.mistakes.append(f"{name}: {key} found {text!r}, not on the paper by the truth")
        else:
            tally.wrong += 1
            tally.wrong_caught += reviewed
            tally.wrong_sure += text is not None and sure
            self.mistakes.append(
                f"{name}: {key} {'SURE ' if sure and text else ''}{text!r}, should be {truth!r}"
            )

    def total(self) -> FieldTally:
        """All fields together."""
        sums = FieldTally()
        for tally in self.fields.values():
            for name in FieldTally.__slots__:
                setattr(sums, name, getattr(sums, name) + getattr(tally, name))
        return sums
