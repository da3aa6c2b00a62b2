"""Made papers as files: one page a file, or a whole document or stack in one PDF or TIFF."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image

from bench.making.wear import Worn

ENDINGS = {"jpeg": "jpg", "png": "png", "tiff": "tif"}


def pdf_of(scans: Sequence[Worn]) -> bytes:
    """A PDF of the scans, pages at their true size: JPEG as it is, bitonal pages in G4, others deflated."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for scan in scans:
            image = Image.open(io.BytesIO(scan.data))
            dpi = scan.dpi or 300
            if image.mode == "1":
                single = io.BytesIO()
                image.save(single, "PDF", resolution=dpi)
                with pikepdf.open(single) as made:
                    pdf.pages.extend(made.pages)
                continue
            width, height = (round(72 * side / dpi, 3) for side in image.size)
            page = pdf.add_blank_page(page_size=(width, height))
            page.Contents = pdf.make_stream(f"{width} 0 0 {height} 0 0 cm /Im0 Do".encode())
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=_picture(pdf, scan, image)))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _picture(pdf: pikepdf.Pdf, scan: Worn, image: Image.Image) -> pikepdf.Stream:
    if image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    kept = scan.format == "jpeg"
    stream = pdf.make_stream(scan.data if kept else image.tobytes())
    if kept:
        stream.write(scan.data, filter=pikepdf.Name.DCTDecode)
    for name, value in (
        ("Type", pikepdf.Name.XObject),
        ("Subtype", pikepdf.Name.Image),
        ("Width", image.width),
        ("Height", image.height),
        ("BitsPerComponent", 8),
        ("ColorSpace", pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB),
    ):
        stream[f"/{name}"] = value
    return stream


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
