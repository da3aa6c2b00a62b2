"""Holding the fields of a paper against the rules and against each other.

A data file names the checks of a field: ``possible_date``, ``not_after:OTHER``, ``not_before:OTHER``,
``personal_number``, ``identity_card``, ``dossier_code``, ``tax_code``, ``amount``, ``symbol``. A value that
fails is kept, marked invalid, and carries the codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from classifiers.catalogue import catalogue
from classifiers.fields.validators.amounts import amount_agrees, words_amount
from classifiers.fields.validators.codes import dossier_code, symbol_agrees, tax_code
from classifiers.fields.validators.days import in_order, possible_date
from classifiers.fields.validators.identity import identity_card, personal_number


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check is told: the paper's type, the values of all fields by name, what is written in words
    beside a field (by the field's name), and the day that counts as today, if any."""

    code: str
    values: Mapping[str, str]
    words: Mapping[str, str]
    today: date | None


def problems_of(name: str, check: str, about: Checked) -> tuple[str, ...]:
    """The problems that ``check`` finds in field ``name``.

    Raises:
        ValueError: there is no such check.
    """
    kind, _, other = check.partition(":")
    if kind not in CHECKS:
        raise ValueError(f"no check is called '{kind}'")
    return CHECKS[kind](about.values[name], other, name, about)


def agrees_with_words(name: str, kind: str, about: Checked) -> bool:
    """True when what is written in words beside an amount says the same."""
    spelled = words_amount(about.words.get(name, ""))
    return (
        kind == "amount" and spelled is not None and not amount_agrees(about.values[name], about.words[name])
    )


def _symbol(value: str, other: str, name: str, about: Checked) -> tuple[str, ...]:
    papers = catalogue()
    paper = papers.get(about.code)
    everyone = tuple(s for p in papers.values() for s in p.symbols)
    return symbol_agrees(value, paper.symbols, everyone, paper.long) if paper else ()


def _order(value: str, other: str, name: str, about: Checked, later: bool) -> tuple[str, ...]:
    against = about.values.get(other)
    if against is None:
        return ()
    return in_order(against, value) if later else in_order(value, against)


CHECKS: Mapping[str, Callable[[str, str, str, Checked], tuple[str, ...]]] = {
    "possible_date": lambda value, other, name, about: possible_date(value, about.today),
    "not_after": lambda value, other, name, about: _order(value, other, name, about, False),
    "not_before": lambda value, other, name, about: _order(value, other, name, about, True),
    "personal_number": lambda value, other, name, about: personal_number(
        value, about.values.get("ngay_sinh"), about.values.get("gioi_tinh")
    ),
    "identity_card": lambda value, other, name, about: identity_card(value),
    "dossier_code": lambda value, other, name, about: dossier_code(value, about.today),
    "tax_code": lambda value, other, name, about: tax_code(value),
    "amount": lambda value, other, name, about: amount_agrees(value, about.words.get(name, "")),
    "symbol": _symbol,
}
