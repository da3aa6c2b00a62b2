"""Draw a PDF page with pdfium, bounded."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from errors import SenderError
from ingest.opening.pixels import gray_if_gray
from limits import Limits
from records import Pixels

_MAX_OBJECTS = 50_000
_COVER_GRID = 64


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What pdfium finds on a page: how much of it pictures cover (0 to 1), how many lines and shapes and how
    many pieces of text are drawn."""

    picture_cover: float
    paths: int
    texts: int


@contextmanager
def open_page(path: Path, number: int) -> Iterator[tuple[pdfium.PdfDocument, pdfium.PdfPage]]:
    """One page of a PDF, filled form fields and notes made part of it.

    Raises:
        SenderError: ``page_damaged`` when pdfium does not load it.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        raise SenderError("page_damaged", page=number) from None
    try:
        document.init_forms()
        page = _load(document, number)
        if pdfium_c.FPDFPage_GetAnnotCount(page.raw) > 0:
            pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
            page = _load(document, number)
        try:
            yield document, page
        finally:
            page.close()
    finally:
        document.close()


def _load(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    try:
        return document[number - 1]
    except (pdfium.PdfiumError, IndexError):
        raise SenderError("page_damaged", page=number) from None


def draw(page: pdfium.PdfPage, width: int, height: int) -> Pixels:
    """The page as ``width`` by ``height`` pixels on white, gray when it has no colour."""
    bitmap = pdfium.PdfBitmap.new_native(width, height, pdfium_c.FPDFBitmap_BGR)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        flags = pdfium_c.FPDF_ANNOT
        pdfium_c.FPDF_RenderPageBitmap(bitmap.raw, page.raw, 0, 0, width, height, 0, flags)
        pixels = np.asarray(cv2.cvtColor(bitmap.to_numpy(), cv2.COLOR_BGR2RGB), dtype=np.uint8)
    finally:
        bitmap.close()
    return gray_if_gray(pixels)


def check_decodable(page: pdfium.PdfPage, number: int) -> None:
    """pdfium leaves a picture out that it cannot decode, and says nothing: ask for it.

    Raises:
        SenderError: ``page_damaged``.
    """
    for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=6):
        try:
            thing.get_bitmap()
        except pdfium.PdfiumError:
            raise SenderError("page_damaged", page=number) from None


def pixel_size(
    inches: tuple[float, float], dpi: float, number: int, limits: Limits
) -> tuple[int, int, float]:
    """Width and height in pixels and the dpi to draw a page at: ``dpi``, or less where the page is large.

    Raises:
        SenderError: ``page_too_large`` when a side is beyond its bound.
    """
    width, height = inches
    if max(width, height) > limits.max_page_inches:
        pixels = round(width * dpi) * round(height * dpi)
        raise SenderError("page_too_large", page=number, pixels=pixels, limit=limits.max_page_pixels)
    if width * height * dpi * dpi > limits.max_page_pixels:
        dpi = math.sqrt(limits.max_page_pixels / (width * height)) * 0.999
    return max(1, round(width * dpi)), max(1, round(height * dpi)), dpi


def ingredients_of(page: pdfium.PdfPage) -> Ingredients:
    """Count what is drawn; forms within forms are looked into a few levels deep."""
    left, bottom, right, top = page.get_bbox()
    across, down = max(right - left, 1e-6), max(top - bottom, 1e-6)
    grid = np.zeros((_COVER_GRID, _COVER_GRID), dtype=bool)
    paths = texts = 0
    for index, thing in enumerate(page.get_objects(max_depth=6)):
        if index >= _MAX_OBJECTS:
            break
        if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            texts += 1
        elif thing.type in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING):
            paths += 1
        elif thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE and thing.level == 0:
            x0, y0, x1, y1 = thing.get_bounds()
            if not all(map(math.isfinite, (x0, y0, x1, y1))):
                continue
            columns = [int(_COVER_GRID * min(max((x - left) / across, 0), 1) + 0.5) for x in (x0, x1)]
            rows = [int(_COVER_GRID * min(max((y - bottom) / down, 0), 1) + 0.5) for y in (y0, y1)]
            grid[rows[0] : rows[1], columns[0] : columns[1]] = True
    return Ingredients(float(grid.mean()), paths, texts)
