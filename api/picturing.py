"""Draw a page of a PDF as a picture, in a child process: a kept PDF is the sender's and is not trusted."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium

MOST_SIDE = 5000
JPEG_QUALITY = 82


def draw_page(pdf: Path, number: int, max_side: int, kind: str) -> bytes:
    """Page ``number`` (from 1) of ``pdf`` as a ``jpeg`` or ``png`` file whose longer side has ``max_side``
    pixels, at most :data:`MOST_SIDE`.

    Raises:
        IndexError: no such page.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        document.init_forms()  # before the page: visible signatures are fields of a form
        page = document[number - 1]
        scale = min(max_side, MOST_SIDE) / max(page.get_size())
        picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        out = io.BytesIO()
        if kind == "png":
            picture.save(out, "PNG", compress_level=3)
        else:
            picture.save(out, "JPEG", quality=JPEG_QUALITY)
        return out.getvalue()
    finally:
        document.close()
