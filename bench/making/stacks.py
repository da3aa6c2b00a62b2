"""Stacks: several papers scanned in one go, with where each begins."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bench.making import CODES, make_paper
from bench.making.made import MadeDocument


@dataclass(frozen=True, slots=True)
class Stack:
    """Documents in the order they were scanned."""

    documents: tuple[MadeDocument, ...]

    @property
    def boundaries(self) -> tuple[tuple[int, ...], ...]:
        """For each document the page numbers (from 1) in the file."""
        found, first = [], 1
        for document in self.documents:
            found.append(tuple(range(first, first + len(document.pages))))
            first += len(document.pages)
        return tuple(found)


def make_stack(seed: int, count: int = 3) -> Stack:
    """``count`` papers of different types."""
    codes = Random(seed).sample([c for c in CODES if c != "khac"], count)
    return Stack(tuple(make_paper(code, seed + 2 * i) for i, code in enumerate(codes)))
