"""Judging what was found in made papers: types, fields, review, boundaries."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bench.making import MadeDocument
from records import Document, FieldValue, Review

SURE = 0.9


def same(a: str, b: str) -> bool:
    """Equal after NFC, case folding and folding of white space."""
    return _folded(a) == _folded(b)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@dataclass(slots=True)
class FieldTally:
    """One field name: in the truth, found, exact; wrong though sure; wrong (or missing) in all, in a document that
    goes to review, and with the field itself not named to the reviewer; ``named`` counts how often it is named."""

    truth: int = 0
    found: int = 0
    exact: int = 0
    wrong_sure: int = 0
    wrong: int = 0
    wrong_caught: int = 0
    wrong_unnamed: int = 0
    named: int = 0
    extra_sure: int = 0

    @property
    def precision(self) -> float:
        """Exact values among those found."""
        return 100 * self.exact / self.found if self.found else 100.0

    @property
    def to_review(self) -> float:
        """How often the field is named to a reviewer, of the documents that have it."""
        return 100 * self.named / self.truth if self.truth else 0.0

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
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    """Of every field found where the truth has one: how sure, and whether it is exact."""

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
            self._field(name, key, made.fields.get(key), values.get(key), found.review)

    def _field(
        self, name: str, key: str, truth: str | None, value: FieldValue | None, review: Review
    ) -> None:
        tally = self.fields[key]
        text = value.value if value is not None else None
        sure = value is not None and value.confidence >= SURE
        named = key in review.fields
        tally.named += named
        if truth is not None and value is not None:
            self.confidences.append((value.confidence, same(truth, value.value)))
        tally.truth += truth is not None
        tally.found += text is not None
        if truth is not None and text is not None and same(truth, text):
            tally.exact += 1
        elif truth is None:
            tally.extra_sure += sure
            self.mistakes.append(f"{name}: {key} found {text!r}, not on the paper by the truth")
        else:
            tally.wrong += 1
            tally.wrong_caught += review.needed
            tally.wrong_unnamed += not named
            tally.wrong_sure += text is not None and sure
            self.mistakes.append(
                f"{name}: {key} {'SURE ' if sure else ''}{'' if named else 'UNNAMED '}{text!r}, should be {truth!r}"
            )

    def total(self) -> FieldTally:
        """All fields together."""
        sums = FieldTally()
        for tally in self.fields.values():
            for name in FieldTally.__slots__:
                setattr(sums, name, getattr(sums, name) + getattr(tally, name))
        return sums
