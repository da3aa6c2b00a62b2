"""Check digits of machine-readable zones (ICAO 9303, part 3): weights 7, 3, 1 over the characters' values."""

from __future__ import annotations

_WEIGHTS = (7, 3, 1)


def mrz_digit(text: str) -> int | None:
    """The check digit of ``text``: figures count as themselves, letters from A as 10, ``<`` as 0; None when
    another character stands in it."""
    total = 0
    for place, char in enumerate(text):
        if char.isascii() and char.isdigit():
            value = int(char)
        elif "A" <= char <= "Z":
            value = ord(char) - ord("A") + 10
        elif char == "<":
            value = 0
        else:
            return None
        total += value * _WEIGHTS[place % 3]
    return total % 10


def mrz_checks(text: str, digit: str) -> bool:
    """True when ``digit`` is the check digit of ``text``; ``<`` stands for 0 where a field is empty."""
    right = mrz_digit(text)
    return right is not None and digit in ({"0", "<"} if not text.strip("<") else {str(right)})
