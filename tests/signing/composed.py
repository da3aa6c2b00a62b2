"""A scanned paper as the product hands it out: two-layer PDF/A-2b."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr.composing import compose, park_picture
from records import IDENTITY, EncodedPicture, Line, PageImage, PageReading, PreparedPage, TextOrigin, Word

FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
LINES = (("GIẤY PHÉP THỬ NGHIỆM", 300, 200), ("Nguyễn Thị Thử", 700, 1000))


def composed_pdf(folder: Path) -> bytes:
    """One A4 page at 100 dpi with two lines of text."""
    picture = Image.new("RGB", (827, 1169), "white")
    pen = ImageDraw.Draw(picture)
    lines = []
    for row, (text, x, y) in enumerate(LINES):
        pen.text((x - 100, y), text, fill="black", font=ImageFont.truetype(FONT, 18))
        words = [Word(w, (x - 100 + 60 * n, y, 55, 18), 0.9) for n, w in enumerate(text.split())]
        lines.append(Line(tuple(words), row=row, cell=0))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    page = PageImage(1, np.asarray(picture), 100.0, EncodedPicture("jpeg", out.getvalue(), 827, 1169, 3, 8))
    prepared = PreparedPage(827, 1169, np.zeros((1169, 827), np.uint8), 1.0, 100.0, 0, 0.0, IDENTITY)
    reading = PageReading(
        1, 827, 1169, 100.0, 0, 0.0, park_picture(page, prepared, folder), tuple(lines), TextOrigin.OCR
    )
    return compose([reading], title="Giấy phép thử nghiệm", out=folder / "composed.pdf").path.read_bytes()
