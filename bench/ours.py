"""Our own way of reading a page, for the benches: straight through the reading rooms."""

from __future__ import annotations

import resource
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from bench.rivals import Reading, children_seconds
from errors import SohoaError
from ocr.preparing import prepare
from ocr.recognising.reading import recognise
from ocr.recognising.tesseract import TesseractRecogniser
from records import PageImage, rows_of

SECONDS = 120.0
_DEFAULT_DPI = 300.0


def read(page: Path, scratch: Path) -> Reading:
    """One picture through ``prepare`` and ``recognise``, without opening, types or PDF."""
    cv2.setNumThreads(1)
    recogniser = TesseractRecogniser(scratch=scratch)
    before = _own_seconds()
    with Image.open(page) as image:
        dpi = float(image.info.get("dpi", (_DEFAULT_DPI,))[0])
        pixels = np.asarray(image.convert("L" if image.mode in ("1", "L") else "RGB"))
    try:
        prepared = prepare(PageImage(1, pixels, dpi), recogniser, SECONDS)
        lines = recognise(prepared, recogniser, seconds=SECONDS)
    except SohoaError as error:
        return Reading("", _own_seconds() - before, failure=error.code)
    text = "\n".join(" ".join(line.text for line in row) for row in rows_of(lines))
    words = tuple((w.text, w.confidence) for line in lines for w in line.words)
    return Reading(text, _own_seconds() - before, words)


def _own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime + children_seconds()
