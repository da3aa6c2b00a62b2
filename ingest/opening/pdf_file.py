"""Open a PDF with bounds, and read its streams without trusting what they say."""

from __future__ import annotations

import base64
import binascii
import zlib
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Name

from errors import SenderError

_MAX_STREAM_BYTES = 512 * 1024 * 1024
MAX_CONTENT_BYTES = 64 * 1024 * 1024
LOST = Name("/SohoaLost")  # in a mended copy: this page stands for one that is not in the file
_LETTER = (0.0, 0.0, 612.0, 792.0)  # what readers take when a page has no usable size
_POINTS_PER_INCH = 72.0


def open_pdf(path: Path, *, as_is: bool = False) -> pikepdf.Pdf:
    """Open with the empty user password, mending what qpdf can mend.

    ``as_is`` leaves the page tree alone, so that a broken one can be walked.

    Raises:
        SenderError: ``password``, ``unknown_encryption``, ``no_pages`` or ``damaged``.
    """
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_MAX_STREAM_BYTES,
        run_length_max_memory=_MAX_STREAM_BYTES,
        png_max_memory=_MAX_STREAM_BYTES,
        tiff_max_memory=_MAX_STREAM_BYTES,
        max_stream_filters=8,
        parser_max_nesting=100,
    )
    try:
        return pikepdf.open(path, suppress_warnings=True, inherit_page_attributes=not as_is)
    except pikepdf.PasswordError:
        raise SenderError("password") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, OverflowError) as broken:
        what = str(broken).lower()
        marks = (("encrypt", "unknown_encryption"), ("no pages found", "no_pages"))
        code = next((code for mark, code in marks if mark in what), "damaged")
        raise SenderError(code) from broken


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's visible box in PDF units, its clockwise quarter turn, and how many points a unit has."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int
    unit: float

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height as a reader sees the page, turned."""
        width = (self.right - self.left) * self.unit / _POINTS_PER_INCH
        height = (self.top - self.bottom) * self.unit / _POINTS_PER_INCH
        return (height, width) if self.rotation % 180 else (width, height)


def sheet_of(page: pikepdf.Object) -> Sheet:
    """The page's geometry as readers take it: CropBox within MediaBox, letter size when there is none."""
    media = _box(page.get("/MediaBox")) or _LETTER
    crop = _box(page.get("/CropBox")) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    unit = _number(page.get("/UserUnit"), 1.0)
    rotation = int(_number(page.get("/Rotate"), 0.0))
    rotation = rotation % 360 if rotation % 90 == 0 else 0
    return Sheet(left, bottom, right, top, rotation, unit if 0 < unit <= 1000 else 1.0)


def _box(value: pikepdf.Object | None) -> tuple[float, float, float, float] | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(v) for v in value)
    except (TypeError, ValueError):
        return None
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    usable = all(abs(v) < 1e7 for v in box) and box[2] > box[0] and box[3] > box[1]
    return box if usable else None


def _number(value: object, default: float) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return default


def name_of(value: object) -> str:
    """A name as text; empty for what is missing, no text, or not UTF-8."""
    try:
        return "" if value is None else str(value)
    except ValueError:
        return ""


# ---- streams ---------------------------------------------------------------------------------------------


def filters_of(stream: pikepdf.Object) -> list[str]:
    """The names of a stream's filters in order, short names made long."""
    value = stream.get("/Filter", stream.get("/F"))
    names = list(value) if isinstance(value, pikepdf.Array) else [value] if value is not None else []
    short = {"/Fl": "/FlateDecode", "/DCT": "/DCTDecode", "/CCF": "/CCITTFaxDecode", "/LZW": "/LZWDecode"}
    return [short.get(name_of(n), name_of(n)) for n in names]


def parms_of(stream: pikepdf.Object, index: int) -> pikepdf.Object:
    """The decode parameters of the filter at ``index``; an empty dictionary where there are none."""
    value = stream.get("/DecodeParms", stream.get("/DP"))
    if isinstance(value, pikepdf.Array):
        value = value[index] if index < len(value) else None
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


class LossError(ValueError):
    """Something that a page draws is not in the file, or not whole."""


def inflate(data: bytes, limit: int) -> bytes:
    """Inflate at most ``limit`` bytes.

    Raises:
        LossError: the data are not deflated, broken, cut short, or larger than ``limit``.
    """
    inflater = zlib.decompressobj()
    try:
        out = inflater.decompress(data, limit + 1)
        if len(out) <= limit and not inflater.eof:
            # Some programs leave the checksum away; whether the data are whole is seen without it.
            bare = zlib.decompressobj(-zlib.MAX_WBITS)
            bare.decompress(data[2:], limit + 1)
            if not bare.eof:
                raise LossError("deflate stream cut short")
    except zlib.error as broken:
        raise LossError("broken deflate stream") from broken
    if len(out) > limit:
        raise LossError("stream grows beyond its bound")
    return out


def before_last(stream: pikepdf.Object, names: list[str], raw: bytes, limit: int) -> bytes:
    """What the last filter of a picture is given: ``raw`` through the filters before it.

    Raises:
        LossError: broken, larger than ``limit``, or a filter that no scanner puts before a picture's own.
    """
    for name in names[:-1]:
        if name == "/FlateDecode":
            raw = inflate(raw, limit)
        elif name in ("/ASCII85Decode", "/A85"):
            raw = _from_ascii85(raw)
        elif name in ("/ASCIIHexDecode", "/AHx"):
            raw = _from_hex(raw)
        else:
            raise LossError(f"{name} before a picture")
        if len(raw) > limit:
            raise LossError("stream grows beyond its bound")
    return raw


def _from_ascii85(data: bytes) -> bytes:
    text = data.partition(b"~")[0].strip().removeprefix(b"<~")
    try:
        return base64.a85decode(text, ignorechars=b" \t\n\r\x0b\x0c\0")
    except ValueError as broken:
        raise LossError("broken ASCII85 stream") from broken


def _from_hex(data: bytes) -> bytes:
    digits = b"".join(data.partition(b">")[0].split())
    try:
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except ValueError as broken:
        raise LossError("broken hexadecimal stream") from broken


def contents_of(page: pikepdf.Object) -> bytes:
    """The page's content streams, joined.

    Raises:
        LossError: a stream is missing, broken or inflates beyond its bound.
    """
    value = page.get("/Contents")
    if value is None:
        return b""
    parts = list(value) if isinstance(value, pikepdf.Array) else [value]
    if len(parts) > 2000:
        raise LossError("too many content streams")
    out = bytearray()
    for part in parts:
        if not isinstance(part, pikepdf.Stream):
            raise LossError("a content stream is missing")
        out += stream_bytes(part, MAX_CONTENT_BYTES - len(out)) + b"\n"
    return bytes(out)


def stream_bytes(stream: pikepdf.Object, limit: int) -> bytes:
    """A stream's decoded bytes.

    Raises:
        LossError: broken, or larger than ``limit``.
    """
    names = filters_of(stream)
    try:
        raw = stream.read_raw_bytes()
        if names == ["/FlateDecode"] and int(parms_of(stream, 0).get("/Predictor", 1)) == 1:
            return inflate(raw, limit)
        out = raw if not names else stream.read_bytes()
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, TypeError) as broken:
        raise LossError(str(broken)) from broken
    if len(out) > limit:
        raise LossError("stream grows beyond its bound")
    return out
