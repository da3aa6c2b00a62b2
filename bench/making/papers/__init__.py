"""The makers of all papers; importing this package enters them into the registry."""

from bench.making.papers import (
    business,
    cards,
    civil,
    counter,
    land,
    letters,
    other,
    private,
    residence,
)
from bench.making.papers.registry import MAKERS

__all__ = [
    "MAKERS", "business", "cards", "civil", "counter", "land", "letters", "other", "private", "residence",
]  # fmt: skip
