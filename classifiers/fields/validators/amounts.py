"""Amounts: the figures say what the words say."""

from __future__ import annotations

import re

from classifiers.fields.folding import bare
from classifiers.fields.numerals import is_number_word, read_number


def figures_of(amount: str) -> int | None:
    """The whole number that ``1.250.000``, ``1,250,000`` or ``50000`` print; None for anything else."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+", amount, re.ASCII):
        return int(re.sub(r"\D", "", amount))
    return None


def words_amount(text: str) -> int | None:
    """The number of the longest stretch of number words in ``text``; None when there is none."""
    best: list[str] = []
    current: list[str] = []
    for word in [*re.split(r"[^\w]+", text), ""]:
        if word and is_number_word(word):
            current.append(word)
        elif bare(word) or not word:
            if len(current) > len(best):
                best = current
            current = []
    return read_number(best) if best else None


def amount_agrees(amount: str, words: str) -> tuple[str, ...]:
    """Problems of an amount in figures against the same amount in words. Words that cannot be read as a
    number say nothing."""
    figures, spelled = figures_of(amount), words_amount(words)
    if figures is None:
        return ("amount_form",)
    return ("words_disagree",) if spelled is not None and spelled != figures else ()
