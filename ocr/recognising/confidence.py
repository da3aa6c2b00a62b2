"""How sure a chosen word is."""

from __future__ import annotations

from ocr.recognising.engine import RawWord
from ocr.vietnamese.choosing import Choice


def confidence_of(word: RawWord, choice: Choice) -> float:
    """0 to 1 for the chosen reading of ``word``."""
    if choice.agreed:
        return max(word.confidence, 0.95)
    if choice.agreed is None:
        return word.confidence
    return min(word.confidence, 0.7)
