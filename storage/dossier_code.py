"""The code of a dossier (mã số hồ sơ)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from errors import SenderError

_FORM = re.compile(
    r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{2,3}){0,4})-(\d{2})(\d{2})(\d{2})-\d{4,24}"
)
MAX_LENGTH = 60


def check_dossier_code(code: str, today: date) -> str:
    """The code itself, if it is one: ``H49.12-251124-0007`` and the older ``000.00.12.H49-240115-0001``
    (TT 03/2025/TT-VPCP Đ.13 k.3, added by TT 04/2025). The date inside must exist and not lie ahead; a day
    is allowed for clocks that disagree.

    Raises:
        SenderError: ``bad_dossier_code``.
    """
    match = _FORM.fullmatch(code) if len(code) <= MAX_LENGTH and code.isascii() else None
    if match:
        year, month, day = (int(part) for part in match.groups())
        try:
            received = date(2000 + year, month, day)
        except ValueError:
            received = date.max
        if received <= today + timedelta(days=1):
            return code
    raise SenderError("bad_dossier_code", value=code[:MAX_LENGTH])


def codes_in(text: str, today: date) -> list[str]:
    """The dossier codes that stand in a longer text (an address in a QR mark), in order."""
    found = []
    for match in re.finditer(rf"(?<![A-Z0-9.])(?:{_FORM.pattern})(?!\d)", text.upper(), re.ASCII):
        try:
            found.append(check_dossier_code(match.group(), today))
        except SenderError:
            continue
    return found


def deciding_agency(code: str) -> str:
    """The agency that decides, as the code itself names it (everything before the date)."""
    return code.rsplit("-", 2)[0]
