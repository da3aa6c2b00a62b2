"""What a finder hands back."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.fields.layout import Token


@dataclass(frozen=True, slots=True)
class Found:
    """A value, the tokens it was read from, and how well the place on the page speaks for it (``evidence``,
    0 to 1). ``ceiling`` bounds the confidence whatever the words say; ``note`` is a reason code or empty.
    ``spelled`` is what is written in words beside figures."""

    value: str
    tokens: tuple[Token, ...]
    page: int
    evidence: float = 1.0
    ceiling: float = 1.0
    note: str = ""
    source: str = "print"
    spelled: str = ""
