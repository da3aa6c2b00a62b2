"""The pages that the benches measure on: made papers of odd seeds, all codes in turn, at each level.

Even seeds are left to those who train (see :mod:`bench.making.wording`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.making import CODES, make_paper
from bench.making.wear import Worn, wear

FIRST_SEED = 5001


@dataclass(frozen=True, slots=True)
class BenchPage:
    """One scan with its truth. ``name`` tells code, seed, layout, page and level."""

    name: str
    code: str
    level: str
    text: str
    scan: Worn


def bench_pages(
    level: str, count: int, *, codes: Sequence[str] = CODES, seed: int = FIRST_SEED
) -> Iterator[BenchPage]:
    """``count`` pages at ``level``; the same papers at every level."""
    given, turn = 0, 0
    while given < count:
        code, own_seed = codes[turn % len(codes)], seed + 2 * turn
        turn += 1
        document = make_paper(code, own_seed)
        for number, page in enumerate(document.pages, 1):
            if given == count:
                return
            given += 1
            name = f"{code}-{own_seed}-layout{document.layout}-page{number}-{level}"
            yield BenchPage(name, code, level, page.text, wear(page, level, own_seed + 1000 * number))
