"""A value as it was cut out of printed tokens, and what all readers of values share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.fields.folding import bare
from classifiers.fields.layout import Token


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A value and the tokens it was read from. ``quality`` (0 to 1) tells how well the print fits the kind;
    ``note`` is a reason code or empty."""

    value: str
    tokens: tuple[Token, ...]
    quality: float = 1.0
    note: str = ""


CLOSING = " \t;,.:…·_-–—|*=~/\\'\"“”‘’«»"

OPENING = " \t;,.:…·_-–—|*=~\\'\"“”‘’«»)]"

LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)


def stripped(tokens: Sequence[Token]) -> list[Token]:
    """Without tokens of mere punctuation at both ends."""
    kept = list(tokens)
    while kept and not bare(kept[0].text):
        kept.pop(0)
    while kept and not bare(kept[-1].text) and kept[-1].text not in (")",):
        kept.pop()
    return kept


def text_of(tokens: Sequence[Token]) -> str:
    return " ".join(t.text for t in tokens).lstrip(OPENING).rstrip(CLOSING)


def clipped(text: str) -> str:
    return re.sub(r"\s+([,;.])", r"\1", text.lstrip(OPENING).rstrip(CLOSING))


def touching(tokens: Sequence[Token], start: int, end: int) -> tuple[Token, ...]:
    used: list[Token] = []
    at = 0
    for token in tokens:
        if at < end and at + len(token.text) > start:
            used.append(token)
        at += len(token.text) + 1
    return tuple(used)
