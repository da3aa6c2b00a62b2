"""Bounds on everything that comes from outside, one frozen object.

Every bound is a ``SOHOA_...`` setting (see :mod:`settings`); the defaults suit one machine of two cores.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``max_file_bytes``: of one upload. ``max_pages``: of one file. ``max_page_pixels``: of one decoded page
    (A2 at 300 dpi is 35 megapixels). ``page_seconds``: wall clock for one page, opening to words.
    ``file_seconds``: wall clock for one file. ``child_bytes``: address space of a child process that touches
    untrusted bytes. ``max_page_inches``: either side of a page, before rendering."""

    max_file_bytes: int = 300 * 1024 * 1024
    max_pages: int = 1000
    max_page_pixels: int = 60_000_000
    max_page_inches: float = 50.0
    page_seconds: float = 60.0
    file_seconds: float = 3600.0
    child_bytes: int = 3 * 1024 * 1024 * 1024
