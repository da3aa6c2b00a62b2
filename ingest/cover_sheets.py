"""Cover sheets: printed in front of papers so that a whole sack is scanned in one go.

A sheet bears a QR mark with ``SOHOA1|<dossier code>|<paper code>|<check>``, either code possibly empty; the check
is the CRC-32 of what stands before the last bar, eight hexadecimal digits. The mark is large and of the highest
error correction, so that a photocopy or the show-through of the back still tells.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pikepdf
import segno
from PIL import Image, ImageDraw, ImageFont

from classifiers.catalogue import catalogue
from classifiers.wording import holds_like, solid_folded
from errors import MachineError, SenderError
from records import CoverSheet, MarkKind, PageReading

PREFIX = "SOHOA1"
CAPTION = "TỜ PHÂN CÁCH HỒ SƠ"
FONTS = Path("/usr/share/fonts/truetype/liberation2")

_DOSSIER = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{2,3}){0,4})-(\d{6})-\d{4,24}")
_MOST_WORDS = 60
"""A page with more words than this is a paper that bears a mark, not a cover sheet."""

_WIDTH, _HEIGHT, _DPI = 2480, 3508, 300
_QR_SIDE = 1180


def payload_of(ma_ho_so: str, code: str) -> str:
    """The text of the mark.

    Raises:
        SenderError: ``bad_dossier_code``, ``unknown_paper``.
    """
    if ma_ho_so and not is_dossier_code(ma_ho_so):
        raise SenderError("bad_dossier_code", value=ma_ho_so)
    if code and code not in catalogue():
        raise SenderError("unknown_paper", value=code[:60])
    body = f"{PREFIX}|{ma_ho_so}|{code}"
    return f"{body}|{_check(body)}"


def is_dossier_code(text: str) -> bool:
    """Whether a text has the form of a dossier code and its six digits are a date (TT 03/2025 Đ.13, TT 04/2025)."""
    found = _DOSSIER.fullmatch(text)
    if not found or not text.isascii():
        return False
    digits = found[1]
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return False
    return True


def parse_payload(text: str) -> CoverSheet | None:
    """What a mark says; None for a mark that is no cover sheet's. A mark that begins like one but does not hold
    together is an unreadable sheet. Never raises."""
    if not text.startswith(PREFIX[:-1]):
        return None
    parts = text.split("|")
    if len(parts) != 4 or parts[0] != PREFIX or parts[3] != _check("|".join(parts[:3])):
        return CoverSheet(readable=False)
    _, ma_ho_so, code, _ = parts
    if (ma_ho_so and not is_dossier_code(ma_ho_so)) or (code and code not in catalogue()):
        return CoverSheet(readable=False)
    return CoverSheet(ma_ho_so, code)


def cover_of(page: PageReading) -> CoverSheet | None:
    """The cover sheet that a page is, or None.

    A page that bears the caption but no mark that can be read is a cover sheet that a person has to look at. A
    page full of print is a paper even where someone stuck a mark on it.
    """
    told = [parse_payload(mark.text) for mark in page.marks if mark.kind is MarkKind.QR]
    sheets = [sheet for sheet in told if sheet is not None]
    if len(page.words) > _MOST_WORDS:
        return None
    for sheet in sheets:
        if sheet.readable:
            return sheet
    if sheets or _captioned(page):
        return CoverSheet(readable=False)
    return None


def _captioned(page: PageReading) -> bool:
    return any(
        holds_like(line.text, CAPTION, 0.8) and len(solid_folded(line.text)) < 2 * len(solid_folded(CAPTION))
        for line in page.lines
        if line.words
    )


def _check(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08X}"


def make_cover_sheet(ma_ho_so: str = "", code: str = "", fonts: Path = FONTS) -> bytes:
    """One A4 cover sheet as PDF/A-2b.

    Raises:
        SenderError: ``bad_dossier_code``, ``unknown_paper``.
        MachineError: ``fonts_missing``.
    """
    return make_cover_sheets([(ma_ho_so, code)], fonts)


def make_cover_sheets(wanted: Sequence[tuple[str, str]], fonts: Path = FONTS) -> bytes:
    """Cover sheets, one a page, for pairs of dossier code and paper code; raises as :func:`make_cover_sheet`."""
    from pikepdf import pdfa  # here, as its import takes long and those who read sheets need none of it

    with pikepdf.new() as pdf:
        for ma_ho_so, code in wanted:
            _add_page(pdf, draw_cover_sheet(ma_ho_so, code, fonts))
        with pdf.open_metadata() as meta:
            meta["dc:title"] = "Tờ phân cách hồ sơ"
            meta["dc:language"] = ["vi-VN"]
        pdf.Root.Lang = pikepdf.String("vi-VN")
        out = io.BytesIO()
        pdfa.save(pdf, out, "2b")
    return out.getvalue()


def draw_cover_sheet(ma_ho_so: str = "", code: str = "", fonts: Path = FONTS) -> Image.Image:
    """The sheet as a bitonal picture, A4 at 300 dpi; raises as :func:`make_cover_sheet`."""
    sheet = Image.new("1", (_WIDTH, _HEIGHT), 1)
    draw = ImageDraw.Draw(sheet)
    payload = payload_of(ma_ho_so, code)
    modules = np.array([[bool(m) for m in row] for row in segno.make(payload, error="h", micro=False).matrix])
    scale = _QR_SIDE // len(modules)
    picture = Image.fromarray(np.where(modules, 0, 255).astype(np.uint8)).resize(
        (len(modules) * scale,) * 2, Image.Resampling.NEAREST
    )
    sheet.paste(picture.convert("1"), ((_WIDTH - picture.width) // 2, 1150))
    bold, plain = fonts / "LiberationSerif-Bold.ttf", fonts / "LiberationSerif-Regular.ttf"
    label = catalogue()[code].label if code else "(chưa định loại)"
    for text, font, size, y in (
        (CAPTION, bold, 130, 420),
        (ma_ho_so or "(chưa có mã hồ sơ)", bold, 110, 680),
        (label, plain, 84, 870),
        ("Đặt tờ này trước giấy tờ, quét cùng một lượt. Tờ này không thuộc hồ sơ.", plain, 58, 2640),
    ):
        _centred(draw, text, font, size, y)
    draw.rectangle((150, 150, _WIDTH - 150, _HEIGHT - 150), outline=0, width=12)
    return sheet


def _centred(draw: ImageDraw.ImageDraw, text: str, font: Path, size: int, y: int) -> None:
    try:
        data = font.read_bytes()  # Pillow, given a path that is missing, would search for a namesake
        face = ImageFont.truetype(io.BytesIO(data), size)
        while size > 30 and face.getlength(text) > _WIDTH - 400:
            size -= 4
            face = ImageFont.truetype(io.BytesIO(data), size)
    except OSError as error:
        raise MachineError("fonts_missing", path=font) from error
    draw.text(((_WIDTH - face.getlength(text)) / 2, y), text, fill=0, font=face)


def _add_page(pdf: pikepdf.Pdf, sheet: Image.Image) -> None:
    points = (_WIDTH * 72 / _DPI, _HEIGHT * 72 / _DPI)
    page = pdf.add_blank_page(page_size=points)
    image = pikepdf.Stream(pdf, np.packbits(np.asarray(sheet, dtype=np.uint8), axis=1).tobytes())
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=_WIDTH,
        Height=_HEIGHT,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=1,
    )
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Sheet=pdf.make_indirect(image)))
    page.Contents = pikepdf.Stream(pdf, f"q {points[0]:.2f} 0 0 {points[1]:.2f} 0 0 cm /Sheet Do Q".encode())
