"""The machine-readable zone of identity cards (TD1, three rows of 30) and passports (TD3, two rows of 44).

Layout and check digits after ICAO Doc 9303, parts 3 to 5. Letters and digits that OCR confuses are put right only
where the field may hold no letter or no digit, and the outcome counts as proven only when its check digit agrees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from records import Box, Line

_DIGITS = str.maketrans(
    {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}
)
_LETTERS = str.maketrans({"0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B"})
_FILLERS = str.maketrans(
    {"«": "<<", "‹": "<", "〈": "<", "≪": "<<", "﹤": "<", "＜": "<", "€": "<", "¢": "<"}
)
_ALLOWED = re.compile(r"[^A-Z0-9<]")
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, slots=True)
class Mrz:
    """A zone as read. ``kind`` is ``TD1`` or ``TD3``. Dates are ISO 8601, empty where they are none.

    ``proven`` names the fields whose check digit agrees (``document_number``, ``birth``, ``expiry``,
    ``composite``, and ``personal_number``, which on Vietnamese cards must repeat the document number).
    ``box`` surrounds the rows on the page (all zero when parsed from bare text).
    """

    kind: str
    issuer: str
    document_number: str
    personal_number: str
    surname: str
    given_names: str
    birth: str
    sex: str
    expiry: str
    proven: frozenset[str]
    rows: tuple[str, ...]
    box: Box = (0, 0, 0, 0)

    @property
    def whole(self) -> bool:
        """Whether number and both dates are proven."""
        return {"document_number", "birth", "expiry"} <= self.proven


def check_digit(text: str) -> int:
    """The check digit of a field (weights 7, 3, 1; ``A`` is 10, ``<`` is 0).

    Raises:
        ValueError: a character that no zone holds.
    """
    total = 0
    for place, character in enumerate(text):
        if character == "<":
            value = 0
        elif "0" <= character <= "9":
            value = ord(character) - 48
        elif "A" <= character <= "Z":
            value = ord(character) - 55
        else:
            raise ValueError(f"not a character of a machine-readable zone: {character!r}")
        total += value * _WEIGHTS[place % 3]
    return total % 10


def find_mrz(lines: Sequence[Line]) -> Mrz | None:
    """The zone among the lines of a page, the best proven one; None where there is none."""
    rows = [(clean_row(line.text), line.box) for line in lines if line.words]
    best: Mrz | None = None
    for start in range(len(rows)):
        for count in (3, 2):
            group = rows[start : start + count]
            if len(group) < count or sum("<" in text for text, _ in group) < 2:
                continue
            zone = parse_mrz([text for text, _ in group], _around([box for _, box in group]))
            if zone and (best is None or len(zone.proven) > len(best.proven)):
                best = zone
    return best or _passport_row_alone(rows)


def _passport_row_alone(rows: Sequence[tuple[str, Box]]) -> Mrz | None:
    """The second row of a passport whose first, without check digits, was not read: taken only where it proves
    the number and a date."""
    for text, box in rows:
        if len(text) < 40 or text[10:13].translate(_LETTERS) != "VNM":
            continue
        zone = _td3(("P<VNM".ljust(44, "<"), text), box)
        if zone and "document_number" in zone.proven and {"birth", "expiry"} & zone.proven:
            return zone
    return None


def clean_row(text: str) -> str:
    """A line as a row of the zone: capitals, digits and fillers only."""
    return _ALLOWED.sub("", text.translate(_FILLERS).upper())


def parse_mrz(rows: Sequence[str], box: Box = (0, 0, 0, 0)) -> Mrz | None:
    """Parse two or three rows; None unless they have the form of a zone and at least one check digit agrees.
    Never raises."""
    rows = [clean_row(row) for row in rows]
    if len(rows) == 3:
        return _td1(rows, box)
    if len(rows) == 2:
        return _td3(rows, box)
    return None


def _fit(row: str, length: int) -> str | None:
    """A row brought to its length where only trailing fillers are lost or doubled; None where it is no row."""
    if len(row) > length:
        surplus = row[length:]
        return row[:length] if not surplus.strip("<KCE") else None
    missing = length - len(row)
    if missing > 8 or (missing and not row.endswith("<")):
        return None
    return row + "<" * missing


def _fit_inside(row: str, length: int, tail: int) -> str | None:
    """As :func:`_fit` where the last ``tail`` characters are no fillers: the run before them gives way."""
    if len(row) == length:
        return row
    head, end = row[:-tail], row[-tail:]
    difference = length - len(row)
    if abs(difference) > 6 or not head.endswith("<"):
        return None
    if difference > 0:
        return head + "<" * difference + end
    if not head.endswith("<" * -difference):
        return None
    return head[:difference] + end


def _td1(rows: Sequence[str], box: Box) -> Mrz | None:
    first = rows[0] if len(rows[0]) == 30 else _fit_inside(rows[0], 30, 1) or _fit(rows[0], 30)
    second = _fit_inside(rows[1], 30, 1)
    third = _fit(rows[2], 30)
    if first is None or second is None or third is None or first[0] not in "IAC1":
        return None
    proven: set[str] = set()
    number = _proved(first[5:14], first[14], "document_number", proven)
    birth = _proved(second[0:6].translate(_DIGITS), second[6], "birth", proven)
    expiry = _proved(second[8:14].translate(_DIGITS), second[14], "expiry", proven)
    optional = first[15:30]
    composite = first[5:14] + first[14] + optional + second[0:7] + second[8:15] + second[18:29]
    if _agrees(composite, second[29]):
        proven.add("composite")
    issuer = first[2:5].translate(_LETTERS)
    personal = optional[:12].translate(_DIGITS) if issuer == "VNM" else optional.strip("<")
    if issuer == "VNM":
        if not personal.isdigit() or len(personal) != 12:
            personal = ""
        elif "document_number" in proven and personal[3:] == number:
            proven.add("personal_number")
    if not proven:
        return None
    surname, given = _names(third)
    return Mrz(
        kind="TD1",
        issuer=issuer,
        document_number=number.strip("<"),
        personal_number=personal,
        surname=surname,
        given_names=given,
        birth=_birth(birth, expiry, personal),
        sex=_sex(second[7]),
        expiry=_expiry(expiry),
        proven=frozenset(proven),
        rows=(first, second, third),
        box=box,
    )


def _td3(rows: Sequence[str], box: Box) -> Mrz | None:
    first = _fit(rows[0], 44)
    second = rows[1] if len(rows[1]) == 44 else _fit_inside(rows[1], 44, 2) or _fit_inside(rows[1], 44, 1)
    if first is None or second is None or first[0] != "P":
        return None
    proven: set[str] = set()
    number = _proved(second[0:9], second[9], "document_number", proven)
    birth = _proved(second[13:19].translate(_DIGITS), second[19], "birth", proven)
    expiry = _proved(second[21:27].translate(_DIGITS), second[27], "expiry", proven)
    personal = second[28:42]
    if _agrees(personal, second[42]) and personal.strip("<"):
        proven.add("personal_number")
    if _agrees(second[0:10] + second[13:20] + second[21:43], second[43]):
        proven.add("composite")
    if not proven:
        return None
    surname, given = _names(first[5:])
    return Mrz(
        kind="TD3",
        issuer=first[2:5].translate(_LETTERS),
        document_number=number.strip("<"),
        personal_number=personal.strip("<"),
        surname=surname,
        given_names=given,
        birth=_birth(birth, expiry, personal.strip("<")),
        sex=_sex(second[20]),
        expiry=_expiry(expiry),
        proven=frozenset(proven),
        rows=(first, second),
        box=box,
    )


def _agrees(field: str, check: str) -> bool:
    digit = "0" if check == "<" else check.translate(_DIGITS)
    return digit.isdigit() and digit.isascii() and check_digit(field) == int(digit)


def _proved(field: str, check: str, name: str, proven: set[str]) -> str:
    """The field, read with letters for digits (or the other way) where only so its check digit agrees."""
    tries = [field, field.translate(_DIGITS), field[:1].translate(_LETTERS) + field[1:].translate(_DIGITS)]
    for attempt in tries:
        if _agrees(attempt, check) and attempt.strip("<"):
            proven.add(name)
            return attempt
    return field


def _names(field: str) -> tuple[str, str]:
    surname, _, given = field.translate(_LETTERS).partition("<<")
    return surname.replace("<", " ").strip(), given.replace("<", " ").strip()


def _sex(character: str) -> str:
    return {"M": "Nam", "F": "Nữ"}.get(character, "")


def _iso(year: int, digits: str) -> str:
    try:
        return date(year, int(digits[2:4]), int(digits[4:6])).isoformat()
    except ValueError:
        return ""


def _expiry(digits: str) -> str:
    return _iso(2000 + int(digits[:2]), digits) if digits.isdigit() and digits.isascii() else ""


def _birth(digits: str, expiry: str, personal: str) -> str:
    """The birth date in full: the century from the personal number where there is one, else the later one that
    lies before the card's expiry."""
    if not (digits.isdigit() and digits.isascii()):
        return ""
    year = int(digits[:2])
    if len(personal) == 12 and personal.isdigit() and personal[4:6] == digits[:2]:
        return _iso(1900 + int(personal[3]) // 2 * 100 + year, digits)
    ends = int(expiry[:2]) if expiry.isdigit() and expiry.isascii() else 99
    return _iso(2000 + year if year < ends and ends != 99 else 1900 + year, digits)


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[0] + b[2] for b in boxes), max(b[1] + b[3] for b in boxes)
    return (left, top, right - left, bottom - top)
