"""Codes with a fixed form: dossiers, procedures, businesses, symbols of types."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from classifiers.fields.folding import bare

_DOSSIER = re.compile(
    r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{2,3}){0,4})-(\d{6})-\d{4,}", re.ASCII
)
_PROCEDURE = re.compile(r"\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}(\.\d{2})?)?", re.ASCII)
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def dossier_code(code: str, today: date | None = None) -> tuple[str, ...]:
    """Problems of a dossier's code (TT 03/2025/TT-VPCP, article 13, and the older forms): its form, and that
    its day exists and is not after ``today``."""
    match = _DOSSIER.fullmatch(code)
    if not match:
        return ("dossier_code_form",)
    day = match[1]
    try:
        received = date(2000 + int(day[:2]), int(day[2:4]), int(day[4:6]))
    except ValueError:
        return ("impossible_date",)
    return ("future_date",) if today and received > today else ()


def procedure_code(code: str) -> tuple[str, ...]:
    """Problems of the code of an administrative procedure, ``1.001193`` or its local form."""
    return () if _PROCEDURE.fullmatch(code) else ("procedure_code_form",)


def tax_code(code: str) -> tuple[str, ...]:
    """Problems of a tax or business code: 10 digits of which the last is 10 less the weighted sum modulo 11,
    with or without ``-`` and the 3 digits of a branch; 12 digits are a personal number in that role, two digits, a
    letter, 8 and six digits the older code of a business household."""
    match = re.fullmatch(r"(\d{10})(?:-\d{3})?", code, re.ASCII)
    if not match:
        household = re.fullmatch(r"\d{12}|\d{2}[A-Z]8\d{6}", code, re.ASCII)
        return () if household else ("tax_code_form",)
    digits = [int(c) for c in match[1]]
    total = sum(w * d for w, d in zip(_TAX_WEIGHTS, digits, strict=False))
    return () if 10 - total % 11 == digits[9] else ("tax_code_check",)


def symbol_agrees(
    value: str, symbols: Sequence[str], all_symbols: Sequence[str] = (), strict: bool = True
) -> tuple[str, ...]:
    """Problems of a number and symbol, ``15/QĐ-UBND``, against the abbreviations of its type.

    More letters may follow an abbreviation (``HĐTN`` of a contract). A type without abbreviations (an official
    letter) must not carry another type's. ``strict`` is False for papers that may be numbered without any
    abbreviation (``558/TTPVHCC``): those too must only not carry another type's.
    """
    parts = re.split(r"[/\-]", value)[1:]
    kinds = [bare(p) for p in parts if p and not p.isdigit()]
    if not kinds:
        return ()
    if symbols:
        known = tuple(bare(s) for s in symbols)
        if any(k.startswith(known) for k in kinds):
            return ()
        if strict:
            return ("symbol_disagrees",)
    return ("symbol_disagrees",) if kinds[0] in {bare(s) for s in all_symbols} else ()
