"""A value as a person typed it, brought into the form that the contract asks for."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from errors import SenderError

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


def _iso(value: str) -> str:
    found = _TYPED_DATE.fullmatch(value)
    try:
        if found:
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise SenderError("bad_date", value=value[:40]) from None
