"""What is done with a broken file inside a child: all that the service does with its bytes, but reading it."""

from __future__ import annotations

import resource
from pathlib import Path

from errors import SenderError
from ingest.opening import survey, take_page
from limits import Limits
from ocr.composing import compose, park_picture
from records import IDENTITY, PageReading, PreparedPage, TextOrigin

MOST_PAGES = 4


def open_wholly(path: Path, limits: Limits, scratch: Path) -> tuple[tuple[str, ...], int]:
    """Survey a file, take out its first pages, park their pictures and compose them; how each page ended
    (``done`` or a reason code; a file that is refused ends in its one reason), and the most memory that this
    process ever held, bytes.

    Whatever else is raised is a fault of ours.
    """
    ends = _ends(path, limits, scratch)
    return ends, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _ends(path: Path, limits: Limits, scratch: Path) -> tuple[str, ...]:
    try:
        found = survey(path, "fuzz", limits, scratch)
    except SenderError as refused:
        return (refused.code,)
    ends: list[str] = []
    readings: list[PageReading] = []
    for number in range(1, min(found.page_count, MOST_PAGES) + 1):
        try:
            page = take_page(found, number, limits, scratch)
        except SenderError as refused:
            ends.append(refused.code)
            continue
        height, width = page.pixels.shape[:2]
        prepared = PreparedPage(width, height, page.pixels, 1.0, page.dpi, 0, 0.0, IDENTITY)
        picture = park_picture(page, prepared, scratch)
        readings.append(PageReading(number, width, height, page.dpi, 0, 0.0, picture, (), TextOrigin.NONE))
        ends.append("done")
    if readings:
        compose(readings, title="fuzz", out=scratch / "composed.pdf")
    return tuple(ends)
