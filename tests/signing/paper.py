"""Born-digital papers with real text, for signing: invented."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image, ImageDraw
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from signing.seals import _font

Line = tuple[str, float, float]
"""Text, x of its middle, y of its base line from the top, in points."""

DECISION: tuple[Line, ...] = (
    ("UBND TỈNH THỬ NGHIỆM", 150, 70),
    ("SỞ XÂY DỰNG", 150, 88),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 70),
    ("Độc lập - Tự do - Hạnh phúc", 420, 88),
    ("Số: 15/GPXD", 150, 110),
    ("GIẤY PHÉP XÂY DỰNG", 297, 160),
    ("Cấp cho ông Trần Văn Mẫu được xây dựng nhà ở riêng lẻ tại xã Thử.", 297, 200),
    ("Người ký văn bản này là Nguyễn Thị Thử, Giám đốc.", 297, 220),
    ("GIÁM ĐỐC", 430, 600),
    ("Nguyễn Thị Thử", 430, 690),
    ("Nơi nhận: Như trên; Lưu: VT.", 130, 600),
)


def paper(
    lines: tuple[Line, ...] = DECISION,
    rotate: int = 0,
    size: tuple[float, float] = (595, 842),
    pages: int = 1,
) -> bytes:
    """The lines on the last page as the reader sees it, turned by ``rotate``."""
    writer = PdfFileWriter()
    engine = GlyphAccumulator(writer, io.BytesIO(_font()), 13)
    ops = [b"BT /F 13 Tf"]
    for text, middle, y in lines:
        shaped = engine.shape(text)
        x = middle - shaped.x_advance * 13 / 2
        ops.append(b"1 0 0 1 %g %g Tm %s" % (x, size[1] - y, shaped.graphics_ops))
    resources = generic.DictionaryObject(
        {pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F"): engine.as_resource()})}
    )
    for number in range(1, pages + 1):
        body = b" ".join([*ops, b"ET"]) if number == pages else b""
        stream = writer.add_object(generic.StreamObject(stream_data=body))
        writer.insert_page(PageObject(contents=stream, media_box=(0, 0, *size), resources=resources))
    out = io.BytesIO()
    writer.write(out)
    if not rotate:
        return out.getvalue()
    return _turned(out.getvalue(), rotate, size)


def _turned(pdf: bytes, rotate: int, size: tuple[float, float]) -> bytes:
    """The same look, but the content lies turned in the page and /Rotate undoes it."""
    width, height = size
    matrix = {90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}
    box = [0, 0, height, width] if rotate in (90, 270) else [0, 0, width, height]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.contents_add(b"q %g %g %g %g %g %g cm\n" % matrix[rotate], prepend=True)
            page.contents_add(b"\nQ", prepend=False)
            page.obj["/MediaBox"] = pikepdf.Array(box)
            page.obj["/Rotate"] = rotate
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def hand_signature() -> bytes:
    """A blue scrawl, transparent around."""
    picture = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    points = [(20, 170), (90, 40), (130, 200), (210, 60), (260, 190), (360, 90), (420, 180), (580, 60)]
    pen.line(points, fill=(20, 50, 180, 255), width=12, joint="curve")
    return _png(picture)


def red_seal() -> bytes:
    """A ring with a star, transparent around."""
    picture = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((8, 8, 592, 592), outline=(215, 25, 32, 255), width=14)
    pen.ellipse((150, 150, 450, 450), outline=(215, 25, 32, 255), width=8)
    pen.regular_polygon((300, 300, 90), 5, fill=(215, 25, 32, 255))
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
