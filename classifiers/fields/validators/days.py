"""Dates: possible, not in the future, in order."""

from __future__ import annotations

from datetime import date

EARLIEST = 1900


def possible_date(value: str, today: date | None = None) -> tuple[str, ...]:
    """Problems of an ISO date, or of a lone year: no such day, before 1900, after ``today``."""
    if len(value) == 4 and value.isascii() and value.isdigit():
        year = int(value)
        if year < EARLIEST:
            return ("impossible_date",)
        return ("future_date",) if today and year > today.year else ()
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return ("impossible_date",)
    if day.year < EARLIEST:
        return ("impossible_date",)
    return ("future_date",) if today and day > today else ()


def in_order(earlier: str, later: str) -> tuple[str, ...]:
    """Problems of two dates of which the first must not come after the second; years compare as years."""
    length = min(len(earlier), len(later))
    if length < 4 or not (earlier[:4].isdigit() and later[:4].isdigit()):
        return ()
    return ("date_order",) if earlier[:length] > later[:length] else ()
