"""What each type's data file says of its fields.

``wording.toml`` beside this file holds the usual finders, kind and labels of every field name of the
contract; the ``[fields.NAME]`` table of a paper's own file says which of them the paper has and what is
different there. Keys of a table, all optional:

``finders``   tried in order: ``label``, ``pattern``, ``symbol``, ``head_date``, ``issuer``, ``subject``,
              ``signer``, ``signer_post`` (the post alone), ``authority`` (with TM., KT. as printed),
              ``post_alone`` (without the body named with it), ``signer_body`` (that body), ``block_body`` (the body
              named above the post),
              ``authority_body`` (the body of the line under the title), ``body_line`` (a line that is
              a body's name), ``corner_body`` (the body in the upper left corner of a paper without motto),
              ``made_on`` (the day in the opening words), ``mark``
``kind``      how the printed value is read, see :data:`KINDS`
``labels``    the labels instead of the usual ones; ``more_labels`` adds to the usual ones, tried first
``within``    headings of the part or the column of the paper in which ``inner_labels`` are looked for
``inner_labels``  labels that count only under one of those headings
``until``     names of fields whose labels end the part in which this one stands; a number is still taken
              after them, with doubt
``ends``      words that tell a part about somebody else: below the line that holds them the field is not
              looked for
``lines``     over how many printed lines a value may run
``required``  a paper without it goes to a person
``checks``    names of validators, see :mod:`classifiers.fields.checking`
``in_order``  the labels stand in order of preference: the first of them that is printed counts, not the one
              printed first
``expect``    what the value must look like as a whole (a regular expression), else it is not taken
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from classifiers.catalogue import PAPERS, Paper, catalogue

KINDS = frozenset(
    {
        "amount", "area", "body", "business_code", "card_number", "date", "dossier_code", "lines", "name",
        "number", "parcel", "party", "personal_number", "place", "post", "serial", "sex", "short",
    }
)  # fmt: skip
FINDERS = frozenset(
    {
        "label", "pattern", "symbol", "head_date", "issuer", "authority_body", "subject", "signer", "signer_post",
        "authority", "post_alone", "signer_body", "block_body", "body_line", "corner_body", "made_on", "mark",
    }
)  # fmt: skip
_WORDING = Path(__file__).with_name("wording.toml")
_STOPS = Path(__file__).with_name("stops.toml")
_LISTS = ("finders", "labels", "within", "inner_labels", "until", "ends", "checks")
_KEYS = {*_LISTS, "kind", "more_labels", "lines", "required", "expect", "in_order"}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """How one field of one type is found. The meanings stand in the module's text."""

    name: str
    kind: str
    finders: tuple[str, ...] = ("label",)
    labels: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    inner_labels: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    lines: int = 1
    required: bool = False
    checks: tuple[str, ...] = ()
    expect: str = ""
    in_order: bool = False


def _texts(where: str, table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise ValueError(f"{where}: '{key}' must be a list of texts")
    return tuple(value)


def read_spec(where: str, name: str, table: Mapping[str, object], usual: FieldSpec | None) -> FieldSpec:
    """The spec of field ``name`` from its table, over the ``usual`` one.

    Raises:
        ValueError: an unknown key, kind or finder, or a value of the wrong form; says where.
    """
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise ValueError(f"{where}: unknown keys {unknown}")
    changed: dict[str, Any] = {}
    spec = usual or FieldSpec(name, "short")
    for key in _LISTS:
        if key in table:
            changed[key] = _texts(where, table, key)
    if "more_labels" in table:
        changed["labels"] = _texts(where, table, "more_labels") + changed.get("labels", spec.labels)
    for key, form in (("kind", str), ("lines", int), ("required", bool), ("expect", str), ("in_order", bool)):
        if key in table:
            value = table[key]
            if type(value) is not form:
                raise ValueError(f"{where}: '{key}' must be {form.__name__}")
            changed[key] = value
    spec = replace(spec, **changed)
    if spec.kind not in KINDS:
        raise ValueError(f"{where}: unknown kind '{spec.kind}'")
    if set(spec.finders) - FINDERS:
        raise ValueError(f"{where}: unknown finders {sorted(set(spec.finders) - FINDERS)}")
    if "label" in spec.finders and not spec.labels:
        raise ValueError(f"{where}: a field found by label needs labels")
    re.compile(spec.expect)
    return spec


@lru_cache(maxsize=1)
def usual_specs() -> Mapping[str, FieldSpec]:
    """The usual spec of every field name, from ``wording.toml``."""
    text = unicodedata.normalize("NFC", _WORDING.read_text(encoding="utf-8"))
    data = tomllib.loads(text)
    return {name: read_spec(f"wording.toml [{name}]", name, table, None) for name, table in data.items()}


def specs_of(paper: Paper) -> tuple[FieldSpec, ...]:
    """The fields of a paper in the order of its file.

    Raises:
        ValueError: a table is wrong.
    """
    usual = usual_specs()
    return tuple(
        read_spec(f"{paper.code}.toml [fields.{name}]", name, table, usual.get(name))
        for name, table in paper.fields.items()
    )


@lru_cache(maxsize=64)
def fields_of(code: str, folder: Path = PAPERS) -> tuple[FieldSpec, ...]:
    """The fields of the type ``code``; none for an unknown code."""
    paper = catalogue(folder).get(code)
    return specs_of(paper) if paper else ()


@lru_cache(maxsize=4)
def every_label(folder: Path = PAPERS) -> frozenset[str]:
    """All labels of all types, and those of ``stops.toml``: each of them ends the value before it, on any
    paper."""
    stops = tomllib.loads(unicodedata.normalize("NFC", _STOPS.read_text(encoding="utf-8")))
    found = set(_texts("stops.toml", stops, "labels"))
    found.update(label for spec in usual_specs().values() for label in spec.labels)
    for code in catalogue(folder):
        found.update(label for spec in fields_of(code, folder) for label in spec.labels)
    return frozenset(found)
