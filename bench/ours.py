"""Our own way, for the benches: straight through the reading rooms, or the whole pipeline."""

from __future__ import annotations

import hashlib
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import settings as settings_module
from bench.rivals import Reading, children_seconds
from errors import SohoaError
from isolation import Workshop
from ocr.preparing import prepare
from ocr.recognising.reading import recognise
from ocr.recognising.tesseract import TesseractRecogniser
from pipeline import Plan, digitize_file
from records import DigitizedFile, PageImage, SourceFile, rows_of

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


def read_whole(page: Path, scratch: Path) -> Reading:
    """One file through the whole pipeline; its seconds hold the start of the child processes."""
    before = _own_seconds()
    try:
        with workshop(1) as shop:
            done = digitize(page, shop, scratch)
    except SohoaError as error:
        return Reading("", _own_seconds() - before, failure=error.code)
    pages = sorted((p for d, _ in done.documents for p in d.pages), key=lambda p: p.number)
    words = tuple((w.text, w.confidence) for p in pages for w in p.words)
    return Reading("\f".join(p.text for p in pages), _own_seconds() - before, words)


@contextmanager
def workshop(jobs: int) -> Iterator[Workshop]:
    """The isolated children that the pipeline gives its work to."""
    with Workshop(jobs, child_bytes=settings_module.load().child_bytes, preload="pipeline") as shop:
        yield shop


def digitize(file: Path, shop: Workshop, scratch: Path) -> DigitizedFile:
    """One file through the whole pipeline.

    Raises:
        SohoaError: it could not be digitized.
    """
    data = file.read_bytes()
    source = SourceFile(file, file.name, hashlib.sha256(data).hexdigest(), len(data))
    defaults = settings_module.load()
    plan = Plan(defaults.limits, defaults.thresholds, date.today())
    folder = scratch / f"work-{source.sha256[:12]}"
    folder.mkdir(exist_ok=True)
    return digitize_file(source, workshop=shop, plan=plan, scratch=folder)


def _own_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime + children_seconds()
