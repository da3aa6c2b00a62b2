"""Which type a paper is: :func:`decide`.

Evidence of several kinds (heading, symbol, wording, layout, marks) is weighed by a softmax whose weights
belong to the kinds of evidence; the outcome is a probability. What fits no paper is
:data:`~classifiers.catalogue.OTHER`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from classifiers.catalogue import OTHER, Paper, catalogue
from classifiers.deciding.evidence import KINDS, Finder
from classifiers.deciding.ngrams import WordingModel, load_model
from records import PageReading, TypeFinding

_PAGES = 3
"""Wording is looked at on so many first pages."""
WEIGHTS = {
    "heading": 8.5,
    "symbol": 5.0,
    "phrases": 2.5,
    "form": 3.0,
    "mrz": 9.0,
    "letter": 6.5,
    "stranger": 2.0,
    "plain": 1.0,
    "wording": 3.0,
    "content": 4.0,
    "other": 3.2,
}


class Decider:
    """Decides among the papers of a catalogue; made once."""

    def __init__(self, papers: Mapping[str, Paper], model: WordingModel) -> None:
        self._finder = Finder(papers)
        self._model = model
        self._weights = np.array([WEIGHTS[kind] for kind in KINDS])

    def decide(self, pages: Sequence[PageReading]) -> TypeFinding:
        """See :func:`decide`."""
        papers = self._finder.papers
        if not any(page.lines or page.marks for page in pages):
            return TypeFinding(OTHER, papers[OTHER].label, 0.5, ("no text",))
        wording = self._model.likelihoods("\n".join(page.text for page in pages[:_PAGES]))
        evidence = self._finder.gather(pages, wording)
        scores = evidence.table @ self._weights
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        best = int(likely.argmax())
        code = evidence.codes[best]
        return TypeFinding(code, papers[code].label, float(likely[best]), evidence.notes[code])


@lru_cache(maxsize=1)
def _decider() -> Decider:
    return Decider(catalogue(), load_model())


def decide(pages: Sequence[PageReading]) -> TypeFinding:
    """The type of one document from its pages in order.

    Returns the likeliest code with its probability (0 to 1) and what spoke for it. A document without any
    text or mark is :data:`OTHER` with probability 0.5: nothing is known of it.
    """
    return _decider().decide(pages)
