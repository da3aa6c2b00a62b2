"""Made papers as files: one page a file, or a whole document or stack in one PDF or TIFF."""

from __future__ import annotations

import io
from collections.abc import Sequence

import img2pdf
from PIL import Image

from bench.making.wear import Worn

ENDINGS = {"jpeg": "jpg", "png": "png", "tiff": "tif"}


def pdf_of(scans: Sequence[Worn]) -> bytes:
    """A PDF of the scans, their bytes passed through, pages at their true size."""
    layout = img2pdf.get_fixed_dpi_layout_fun((scans[0].dpi or 300,) * 2)
    return bytes(img2pdf.convert([s.data for s in scans], layout_fun=layout))


def tiff_of(scans: Sequence[Worn]) -> bytes:
    """A TIFF of many pages: G4 if all are bitonal, else JPEG-compressed."""
    bitonal = all(s.image.mode == "1" for s in scans)
    first, *rest = (s.image if bitonal else s.image.convert("RGB") for s in scans)
    dpi = scans[0].dpi or 300
    out = io.BytesIO()
    compression = "group4" if bitonal else "jpeg"
    first.save(out, "TIFF", save_all=True, append_images=rest, compression=compression, dpi=(dpi, dpi))
    return out.getvalue()


def preview(image: Image.Image, width: int = 700) -> Image.Image:
    """A small copy to look at."""
    return image.convert("RGB").resize(
        (width, round(image.height * width / image.width)), Image.Resampling.LANCZOS
    )
