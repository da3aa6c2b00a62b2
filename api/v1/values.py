"""A value as a person typed it: brought into the form of the contract and held against the rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta, timezone

from classifiers.fields.checking import Checked, problems_of
from classifiers.fields.specs import fields_of
from errors import SenderError

VIETNAM = timezone(timedelta(hours=7), "ICT")
"""Vietnam keeps one time all year."""
DATE_FIELDS = frozenset({"ngay_ban_hanh", "ngay_sinh", "ngay_dang_ky"})
_TYPED_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")


def typed_value(name: str, typed: str) -> str:
    """NFC, one line, single spaces; a date typed the Vietnamese way (``31/7/2025``) becomes ISO 8601. Empty
    means that the paper does not say.

    Raises:
        SenderError: ``invalid_request`` for control characters, ``bad_date`` for a date that is none.
    """
    value = " ".join(unicodedata.normalize("NFC", typed).split())
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") for letter in value):
        raise SenderError("invalid_request", where="value", why="control characters")
    if name in DATE_FIELDS and value:
        return _iso(value)
    return value


def problems_of_value(
    code: str, name: str, value: str, others: Mapping[str, str], today: date
) -> tuple[str, ...]:
    """What the checks of the paper ``code`` say of a value, beside the ``others`` of the document. A person
    may keep a value that they object to: the paper itself may be wrong."""
    if not value:
        return ()
    about = Checked(code, {**others, name: value}, {}, today)
    checks = [check for spec in fields_of(code) if spec.name == name for check in spec.checks]
    return tuple(dict.fromkeys(problem for check in checks for problem in problems_of(name, check, about)))


def _iso(value: str) -> str:
    found = _TYPED_DATE.fullmatch(value)
    try:
        if found:
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise SenderError("bad_date", value=value[:40]) from None
