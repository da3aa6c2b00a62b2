"""The visible forms of a signature (NĐ 30/2020/NĐ-CP, Phụ lục I, and the digitization guidance of 11/2025).

1. ``officer``: the officer's hand signature in blue, a transparent PNG, between post and name;
2. ``agency``: the red seal, a transparent PNG at true size, over a third of the signature, to its left;
3. ``attached``: a body on an attached file: number and symbol, time of signing;
4. ``copy``: a body on an electronic copy: form of the copy, body, time; ``digitized``: a scanned dossier
   paper: body or person, time.

Forms 3 and 4 are text without a picture, top right of the first page, upright Times-like 10 pt, black, never
over anything printed. The cases are never mixed.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from PIL import Image
from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import PdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.stamp import BaseStamp, BaseStampStyle

from errors import MachineError, SenderError
from signing.places import PageFrame, find_free_corner, read_frame
from signing.verdicts import VIETNAM

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
_SIZE = 10.0  # points, NĐ 30/2020
_LEADING = 12.0
_PAD = 3.0


class Form(StrEnum):
    """See the module's text."""

    OFFICER = "officer"
    AGENCY = "agency"
    ATTACHED = "attached"
    COPY = "copy"
    DIGITIZED = "digitized"

    @property
    def is_picture(self) -> bool:
        """Forms 1 and 2."""
        return self in (Form.OFFICER, Form.AGENCY)


@dataclass(frozen=True, slots=True)
class Seal:
    """What is shown. Text forms have ``lines``, picture forms ``picture`` (PNG bytes) and ``box``; a text
    form without a ``box`` finds its own.

    ``page`` counts from 1. ``box`` is ``(x, y, w, h)`` in points as the reader sees the page, origin
    top left.
    """

    form: Form
    lines: tuple[str, ...] = ()
    picture: bytes | None = None
    page: int = 1
    box: tuple[float, float, float, float] | None = None


def digitized_seal(body: str, signed_at: datetime) -> Seal:
    """The seal of a digitized dossier paper: body or person, and time."""
    return Seal(Form.DIGITIZED, (body, _time_line(signed_at)))


def copy_seal(copy_form: str, body: str, signed_at: datetime) -> Seal:
    """The seal of an electronic copy: ``SAO Y``, ``SAO LỤC`` or ``TRÍCH SAO``, body, time.

    Raises:
        SenderError: ``bad_seal`` for another form.
    """
    if copy_form not in ("SAO Y", "SAO LỤC", "TRÍCH SAO"):
        raise SenderError("bad_seal", why=f"{copy_form} is no form of copy")
    return Seal(Form.COPY, (copy_form, body, _time_line(signed_at)))


def attached_seal(number_and_symbol: str, signed_at: datetime) -> Seal:
    """The seal of an attached file: number and symbol of the main document, time."""
    return Seal(Form.ATTACHED, (number_and_symbol, _time_line(signed_at)))


def _time_line(signed_at: datetime) -> str:
    """ISO 8601 with Vietnam's offset, to the second."""
    return signed_at.astimezone(VIETNAM).isoformat(timespec="seconds")


def place_seal(
    writer: IncrementalPdfFileWriter, pdf: bytes, seal: Seal, field: str
) -> tuple[BaseStampStyle, SigFieldSpec]:
    """Find the seal's place on its page and make what pyHanko draws there.

    Raises:
        SenderError: ``bad_seal``: no such page, no room, no picture, a picture that cannot be read.
        MachineError: ``font_missing``.
    """
    frame = read_frame(pdf, seal.page)
    if seal.form.is_picture:
        style, box = _picture_style(seal, frame)
    else:
        style, box = _text_style(writer, pdf, seal, frame)
    rect = frame.to_user_space(box)
    spec = SigFieldSpec(field, on_page=seal.page - 1, box=tuple(rect))
    return style, spec


def _picture_style(seal: Seal, frame: PageFrame) -> tuple[BaseStampStyle, tuple[float, float, float, float]]:
    if seal.picture is None or seal.box is None:
        raise SenderError("bad_seal", why="this form needs a picture and a place")
    try:
        picture = Image.open(io.BytesIO(seal.picture))
        picture.load()
    except (OSError, ValueError, Image.DecompressionBombError):
        raise SenderError("bad_seal", why="the picture cannot be read") from None
    x, y, w, h = seal.box
    if x < 0 or y < 0 or w <= 0 or h <= 0 or x + w > frame.width or y + h > frame.height:
        raise SenderError("bad_seal", why="the place is not on the page")
    return _SealStyle(border_width=0, seal=seal, frame=frame, picture=picture.convert("RGBA")), seal.box


def _text_style(
    writer: IncrementalPdfFileWriter, pdf: bytes, seal: Seal, frame: PageFrame
) -> tuple[BaseStampStyle, tuple[float, float, float, float]]:
    if not seal.lines:
        raise SenderError("bad_seal", why="this form needs text")
    engine = GlyphAccumulator(writer, io.BytesIO(_font()), _SIZE)
    widths = [engine.shape(line).x_advance * _SIZE for line in seal.lines]
    width, height = max(widths) + 2 * _PAD, len(seal.lines) * _LEADING + 2 * _PAD
    box = seal.box or _corner(pdf, seal.page, width, height)
    return _SealStyle(border_width=0, seal=seal, frame=frame, engine=engine), box


def text_box(pdf: bytes, seal: Seal) -> tuple[float, float, float, float]:
    """The free place of a text form, as :func:`place_seal` finds it where ``box`` is not given: drawing a
    page that is not trusted can so be done elsewhere.

    Raises:
        SenderError: ``bad_seal``, ``damaged``.
    """
    engine = GlyphAccumulator(PdfFileWriter(), io.BytesIO(_font()), _SIZE)
    widths = [engine.shape(line).x_advance * _SIZE for line in seal.lines]
    return _corner(pdf, seal.page, max(widths) + 2 * _PAD, len(seal.lines) * _LEADING + 2 * _PAD)


def _corner(pdf: bytes, page: int, width: float, height: float) -> tuple[float, float, float, float]:
    corner = find_free_corner(pdf, page, width, height)
    if corner is None:
        raise SenderError("bad_seal", why="there is no free room at the top of the page")
    return (*corner, width, height)


@cache
def _font() -> bytes:
    """Liberation Serif in thousandths: pyHanko writes glyph widths in font units, which PDF reads as
    thousandths, so a font of 2048 units would come out spaced and clipped."""
    if not FONT.exists():
        raise MachineError("font_missing", name=FONT.name)
    font = TTFont(FONT)
    if "FFTM" in font:  # a date stamp of the font editor, which the subsetter does not know
        del font["FFTM"]
    scale_upem(font, 1000)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class _SealStyle(BaseStampStyle):  # type: ignore[misc]
    seal: Seal | None = None
    frame: PageFrame | None = None
    engine: GlyphAccumulator | None = None
    picture: Image.Image | None = None

    def create_stamp(self, writer: Any, box: BoxConstraints, text_params: Any) -> BaseStamp:
        return _SealStamp(writer, self, box=box)


class _SealStamp(BaseStamp):  # type: ignore[misc]
    """Draws in the frame of the reader: on a turned page the content is turned along."""

    def _render_inner_content(self) -> list[bytes]:
        style: _SealStyle = self.style
        assert style.frame is not None
        assert style.seal is not None
        turned = style.frame.rotation in (90, 270)
        width, height = self.box.width, self.box.height
        seen_width, seen_height = (height, width) if turned else (width, height)
        turn = style.frame.content_matrix(width, height)
        if style.picture is not None:
            return [b"q", turn, self._picture_ops(style.picture, seen_width, seen_height), b"Q"]
        return [b"q", turn, self._text_ops(style, seen_width, seen_height), b"Q"]

    def _picture_ops(self, picture: Image.Image, width: float, height: float) -> bytes:
        image = PdfImage(picture, writer=self.writer)
        drawn = image.render()
        self.import_resources(image.resources)
        return b"%g 0 0 %g 0 0 cm %s" % (width / picture.width, height / picture.height, drawn)

    def _text_ops(self, style: _SealStyle, width: float, height: float) -> bytes:
        assert style.engine is not None
        assert style.seal is not None
        self.set_resource(ResourceType.FONT, pdf_name("/Seal"), style.engine.as_resource())
        ops = [b"BT 0 g /Seal %g Tf" % _SIZE]
        for row, line in enumerate(style.seal.lines):
            shaped = style.engine.shape(line)
            x = width - _PAD - shaped.x_advance * _SIZE  # flush right, towards the corner
            y = height - _PAD - _SIZE - row * _LEADING + 2
            ops.append(b"1 0 0 1 %g %g Tm %s" % (x, y, shaped.graphics_ops))
        ops.append(b"ET")
        return b" ".join(ops)
