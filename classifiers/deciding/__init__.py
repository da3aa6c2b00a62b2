"""Which type a paper is: :func:`decide`.

Evidence of several kinds (heading, symbol, wording, layout, marks) is weighed by a softmax whose weights belong
to the kinds of evidence; the outcome is a probability. What fits no paper is :data:`~classifiers.catalogue.OTHER`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from classifiers.catalogue import OTHER, catalogue
from classifiers.deciding.evidence import KINDS, Finder
from classifiers.deciding.ngrams import likelihoods
from records import PageReading, TypeFinding

_PAGES = 3
"""Wording is looked at on so many first pages."""
_HAND = {
    "heading": 8.5,
    "symbol": 5.0,
    "phrases": 2.5,
    "form": 3.0,
    "mrz": 9.0,
    "letter": 6.5,
    "stranger": 2.0,
    "plain": 1.0,
    "wording": 3.0,
    "other": 3.2,
}


@lru_cache(maxsize=1)
def _finder() -> Finder:
    return Finder(catalogue())


def decide(pages: Sequence[PageReading]) -> TypeFinding:
    """The type of one document from its pages in order.

    Returns the likeliest code with its probability (0 to 1) and what spoke for it. A document without any text
    is :data:`OTHER` with probability 0.5: nothing is known of it.
    """
    finder = _finder()
    if not any(page.lines or page.marks for page in pages):
        return TypeFinding(OTHER, finder.papers[OTHER].label, 0.5, ("no text",))
    evidence = finder.gather(pages, likelihoods([page.text for page in pages[:_PAGES]]))
    weights = np.array([_HAND[kind] for kind in KINDS])
    scores = evidence.table @ weights
    scores -= scores.max()
    likely = np.exp(scores)
    likely /= likely.sum()
    best = int(likely.argmax())
    code = evidence.codes[best]
    return TypeFinding(code, finder.papers[code].label, float(likely[best]), evidence.notes[code])
