"""Personal identification numbers and old identity card numbers.

A personal number has 12 digits: three of the place of registration, one of century and sex, two of the year
of birth, six at random. The fourth digit: 0/1 man/woman born 19xx, 2/3 20xx, 4/5 21xx, and so on. There is
no check digit, and the place is not checked: foreign-born people carry country codes.
"""

from __future__ import annotations

from classifiers.fields.folding import bare

_FIRST_CENTURY = 19


def personal_number(number: str, birth: str | None = None, sex: str | None = None) -> tuple[str, ...]:
    """Problems of a number of 12 digits (or 9, of an old card) against the date of birth (ISO, or a year) and
    sex (``Nam``, ``Nữ``) where those are known."""
    if not number.isascii() or not number.isdigit() or len(number) not in (9, 12):
        return ("personal_number_form",)
    if len(number) == 9:
        return ()
    problems = []
    century, woman = _FIRST_CENTURY + int(number[3]) // 2, int(number[3]) % 2 == 1
    if birth and birth[:4].isdigit() and int(birth[:4]) != century * 100 + int(number[4:6]):
        problems.append("personal_number_birth")
    known = {"nam": False, "nu": True}.get(bare(sex or ""))
    if known is not None and known is not woman:
        problems.append("personal_number_sex")
    return tuple(problems)


def identity_card(number: str) -> tuple[str, ...]:
    """Problems of the number of an old identity card: 9 digits, or 12 on the last series."""
    ok = number.isascii() and number.isdigit() and len(number) in (9, 12)
    return () if ok else ("personal_number_form",)
