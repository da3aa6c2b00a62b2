"""The makers of all papers; importing this package enters them into the registry."""

from bench.making.papers import cards, civil, land, letters, residence
from bench.making.papers.registry import MAKERS

__all__ = ["MAKERS", "cards", "civil", "land", "letters", "residence"]
