"""Look at a page before it is sent, in a child process: its faults and a small picture."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import cv2

from classifiers.marks import find_marks
from errors import SenderError
from ingest.inspecting import inspect_page
from ingest.opening import survey, take_page
from limits import Limits
from records import Survey

_JPEG_QUALITY = 70


def open_file(path: Path, name: str, limits: Limits, scratch: Path) -> Survey:
    """:func:`ingest.opening.survey`."""
    return survey(path, name, limits, scratch)


def look_at_page(
    found: Survey, number: int, limits: Limits, scratch: Path, low_dpi: float, side: int
) -> bytes:
    """JSON: ``faults`` (a list of code and values), ``picture`` (a JPEG in base64, its longer side ``side``
    pixels). A page that cannot be had has the reason as its fault and an empty picture."""
    try:
        page = take_page(found, number, limits, scratch)
    except SenderError as refusal:
        values = {name: str(value) for name, value in refusal.values.items()}
        return json.dumps({"faults": [[refusal.code, values]], "picture": ""}).encode()
    faults = [[fault.code, dict(fault.values)] for fault in inspect_page(page, low_dpi)]
    pixels = page.pixels
    scale = side / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if small.ndim == 3:
        small = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    done, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    picture = base64.b64encode(jpeg.tobytes()).decode() if done else ""
    return json.dumps({"faults": faults, "picture": picture}).encode()


def read_marks(found: Survey, limits: Limits, scratch: Path) -> bytes:
    """JSON: the texts of the QR marks and barcodes on the first page.

    Raises:
        SenderError: the page cannot be had.
    """
    page = take_page(found, 1, limits, scratch)
    return json.dumps([mark.text for mark in find_marks(page.pixels)]).encode()
