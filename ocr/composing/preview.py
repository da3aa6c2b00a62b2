"""Draw a page of a finished PDF for people to look at."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium

_MAX_SIDE = 6000


def upright_png(
    pdf_path: Path, page_number: int, *, dpi: float | None = None, max_side: int | None = None
) -> bytes:
    """Page ``page_number`` (from 1) as a PNG file, at ``dpi`` or so that its longer side has ``max_side``
    pixels; 100 dpi when neither is given, never more than 6000 pixels a side.

    Raises:
        IndexError: no such page.
    """
    document = pdfium.PdfDocument(pdf_path)
    try:
        if not 1 <= page_number <= len(document):
            raise IndexError(page_number)
        page = document[page_number - 1]
        longest = max(page.get_size())
        scale = (dpi or 100.0) / 72
        if max_side is not None:
            scale = min(scale, max_side / longest) if dpi else max_side / longest
        scale = min(scale, _MAX_SIDE / longest)
        bitmap = page.render(scale=scale, may_draw_forms=True)
        out = io.BytesIO()
        bitmap.to_pil().save(out, "PNG", compress_level=3)
        return out.getvalue()
    finally:
        document.close()
