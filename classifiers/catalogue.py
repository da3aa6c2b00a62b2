"""The catalogue of papers: every ``classifiers/papers/*.toml`` as a frozen record, checked when it loads.

A type of paper is one data file. What the file may hold, and how to add one, is told in
``docs/new-document-type.md``. ``fields`` and ``validators`` are handed on as they stand: their meaning
belongs to :mod:`classifiers.fields`.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

PAPERS = Path(__file__).parent / "papers"
OTHER = "khac"
"""The code of what is none of the listed papers."""

_LISTS = ("headings", "symbols", "phrases", "forms", "mrz", "samples")
_FLAGS = ("long", "two_sided")
_KEYS = {"code", "label", "fields", "validators", *_LISTS, *_FLAGS}


@dataclass(frozen=True, slots=True)
class Paper:
    """One type of paper.

    ``headings`` are its titles as printed, capitals, one string a title even where it is printed over several
    lines; a printed title may go on after it. ``symbols`` are the abbreviations of the type in a number
    (``QĐ`` in ``15/QĐ-UBND``). ``phrases`` are wording that hardly occurs in other papers. ``forms`` are
    numbers of forms (``CT07``) printed at the head. ``mrz`` are the first letters of its machine-readable
    zone. ``samples`` are invented texts for training. ``long`` says that it runs over any number of pages (other
    papers are one sheet), ``two_sided`` that it is a card whose back bears no heading.
    """

    code: str
    label: str
    headings: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    mrz: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    long: bool = False
    two_sided: bool = False
    fields: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    validators: object = ()


def read_paper(path: Path) -> Paper:
    """Read and check one data file.

    Raises:
        ValueError: the file is not TOML, holds an unknown key, lacks one, or holds a wrong kind of value; the
            message names the file and what is wrong.
    """
    try:
        data = tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise ValueError(f"{path.name}: unknown keys {unknown}")
    for key in ("code", "label"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise ValueError(f"{path.name}: '{key}' must be a text")
    if data["code"] != path.stem:
        raise ValueError(f"{path.name}: code '{data['code']}' differs from the file's name")
    lists: dict[str, tuple[str, ...]] = {}
    for key in _LISTS:
        values = data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
            raise ValueError(f"{path.name}: '{key}' must be a list of texts")
        if len(set(values)) != len(values):
            raise ValueError(f"{path.name}: '{key}' holds a text twice")
        lists[key] = tuple(values)
    for symbol in lists["symbols"]:
        if not symbol.isalpha():
            raise ValueError(f"{path.name}: symbol '{symbol}' must be letters alone, without the body's part")
    for key in _FLAGS:
        if not isinstance(data.get(key, False), bool):
            raise ValueError(f"{path.name}: '{key}' must be true or false")  # noqa: TRY004 - data, not a caller's type
    for heading in lists["headings"]:
        if heading != heading.upper():
            raise ValueError(f"{path.name}: heading '{heading}' must be in capitals")
    fields = data.get("fields", {})
    if not isinstance(fields, dict) or not all(isinstance(f, dict) for f in fields.values()):
        raise ValueError(f"{path.name}: 'fields' must be tables")
    frozen = {name: MappingProxyType(table) for name, table in fields.items()}
    return Paper(
        code=data["code"],
        label=data["label"],
        headings=lists["headings"],
        symbols=lists["symbols"],
        phrases=lists["phrases"],
        forms=lists["forms"],
        mrz=lists["mrz"],
        samples=lists["samples"],
        long=data.get("long", False),
        two_sided=data.get("two_sided", False),
        fields=MappingProxyType(frozen),
        validators=data.get("validators", ()),
    )


@lru_cache(maxsize=4)
def catalogue(folder: Path = PAPERS) -> Mapping[str, Paper]:
    """All papers by code, in the order of their codes, :data:`OTHER` among them.

    Raises:
        ValueError: a data file is wrong, two papers claim one heading, or :data:`OTHER` is missing.
    """
    papers = {p.code: p for p in (read_paper(path) for path in sorted(folder.glob("*.toml")))}
    if OTHER not in papers:
        raise ValueError(f"no data file for '{OTHER}' in {folder}")
    owner: dict[str, str] = {}
    for paper in papers.values():
        for heading in paper.headings:
            if owner.setdefault(heading, paper.code) != paper.code:
                raise ValueError(f"heading '{heading}' stands in {owner[heading]} and {paper.code}")
    return MappingProxyType(papers)
