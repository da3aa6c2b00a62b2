"""The QR of Vietnamese identity cards: seven fields parted by bars (newer cards add more behind them)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

_FIELDS = 7


@dataclass(frozen=True, slots=True)
class IdentityQr:
    """What the mark says. Dates are ISO 8601; ``ngay_cap`` and ``so_cmnd`` (the old number) may be empty."""

    so_dinh_danh: str
    so_cmnd: str
    ho_ten: str
    ngay_sinh: str
    gioi_tinh: str
    noi_cu_tru: str
    ngay_cap: str


def parse_identity_qr(text: str) -> IdentityQr | None:
    """The fields of an identity card's mark; None for any other text. Never raises.

    A mark is an identity card's only if it has a number of twelve digits, a name and a possible birth date.
    """
    parts = [unicodedata.normalize("NFC", part).strip() for part in text.split("|")]
    if len(parts) < _FIELDS:
        return None
    number, old, name, birth, sex, place, issued = parts[:_FIELDS]
    born = _date(birth)
    if len(number) != 12 or not _digits(number) or not name or born is None:
        return None
    if old and not (_digits(old) and len(old) in (9, 12)):
        return None
    return IdentityQr(number, old, name, born, sex, place, _date(issued) or "")


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _date(text: str) -> str | None:
    """``05091995`` as ``1995-09-05``; None where it is no date."""
    if len(text) != 8 or not _digits(text):
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2])).isoformat()
    except ValueError:
        return None
