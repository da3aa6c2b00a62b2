"""Single pictures: JPEG, PNG and WebP."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from pathlib import Path

from PIL import Image

from errors import SenderError
from ingest.opening import jpeg, png
from ingest.opening.kinds import hides_another
from ingest.opening.pixels import bound_pixels, gray_if_gray, settle_dpi, to_pixels, turn, turn_matrix
from limits import Limits
from records import IDENTITY, EncodedPicture, MediaType, PageImage

_ORIENTATION = 274
_END_MARKER = b"\xff\xd9"
# Everything that Pillow's readers are known to raise over broken files.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    Image.DecompressionBombError,
)


def survey_picture(data: bytes, kind: MediaType) -> None:
    """Check the frame of a picture file: whole head, nothing hidden behind its end.

    Raises:
        SenderError: ``damaged`` or ``polyglot``.
    """
    end = _end_of(data, kind)
    if end is not None and hides_another(data[end:]):
        raise SenderError("polyglot")


def _end_of(data: bytes, kind: MediaType) -> int | None:
    try:
        if kind is MediaType.JPEG:
            return jpeg.look_into(data).end
        if kind is MediaType.PNG:
            return png.look_into(data).end
    except ValueError:
        raise SenderError("damaged") from None
    webp_size(data)
    return int.from_bytes(data[4:8], "little") + 8


def take_picture(path: Path, kind: MediaType, number: int, limits: Limits) -> PageImage:
    """The one page of a JPEG, PNG or WebP file, turned as its camera was held.

    Raises:
        SenderError: ``page_too_large`` or ``page_damaged``.
    """
    data = path.read_bytes()
    try:
        look = _bounded_look(data, kind, number, limits)
    except ValueError:
        raise SenderError("page_damaged", page=number) from None
    plain = png.readable(data, look) if isinstance(look, png.PngLook) else data
    picture, _ = _decode_whole(plain, number)
    orientation = orientation_of(picture)
    dpi = settle_dpi(_stated_dpi(picture), picture.width, picture.height)
    encoded = _encoded(data, look)
    if encoded is not None and encoded.codec == "jpeg" and not encoded.data.endswith(_END_MARKER):
        encoded = replace(encoded, data=encoded.data + _END_MARKER)
    pixels = to_pixels(picture)
    if kind is MediaType.WEBP:
        pixels = gray_if_gray(pixels)
    return PageImage(
        number=number,
        pixels=turn(pixels, orientation),
        dpi=dpi,
        encoded=encoded,
        encoded_matrix=turn_matrix(picture.width, picture.height, orientation) if encoded else IDENTITY,
        lossless=kind is MediaType.PNG,
    )


def decode(data: bytes, number: int) -> Image.Image:
    """Decode the first frame completely; half a picture is no picture.

    Raises:
        SenderError: ``page_damaged``.
    """
    return _decode_whole(data, number)[0]


def coded_size(data: bytes, number: int) -> tuple[int, int]:
    """Width and height as the coded picture itself says, before a pixel is decoded.

    Raises:
        SenderError: ``page_damaged``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                return picture.size
    except _BROKEN as broken:
        raise SenderError("page_damaged", page=number) from broken


def decode_jpeg(encoded: EncodedPicture, number: int) -> tuple[Image.Image, EncodedPicture]:
    """Decode a JPEG that is to be passed on; one that lacked nothing but its end marker gets it.

    Raises:
        SenderError: ``page_damaged``.
    """
    picture, data = _decode_whole(encoded.data, number)
    return picture, replace(encoded, data=data)


def _decode_whole(data: bytes, number: int) -> tuple[Image.Image, bytes]:
    try:
        return _decode(data), data
    except _BROKEN as broken:
        mended = _with_end_marker(data)
        if mended is None:
            raise SenderError("page_damaged", page=number) from broken
        return mended, data + _END_MARKER


def _decode(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the size was checked from the header before
        picture = Image.open(io.BytesIO(data))
        picture.load()
    return picture


def _with_end_marker(data: bytes) -> Image.Image | None:
    """A JPEG that lacks its end marker and nothing else: decoded with the marker alone and with other data
    before it, a scan that is whole comes out the same."""
    try:
        if jpeg.look_into(data).end is not None:
            return None
        alone = _decode(data + _END_MARKER)
        followed = _decode(data + b"\x55\xaa" * 64 + _END_MARKER)
    except _BROKEN:
        return None
    return alone if alone.tobytes() == followed.tobytes() else None


def orientation_of(picture: Image.Image) -> int:
    """EXIF's orientation, 1 where there is none or it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = picture.getexif().get(_ORIENTATION, 1)
    except Exception:  # a broken EXIF block may fail in any way, and the picture is whole without it
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def jpeg_picture(data: bytes, look: jpeg.JpegLook) -> EncodedPicture:
    """A JPEG file as a picture to be passed on."""
    return EncodedPicture("jpeg", jpeg.bare(data, look), look.width, look.height, look.components, 8)


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height from the first chunk of a WebP file.

    Raises:
        SenderError: ``damaged``.
    """
    kind, body = data[12:16], data[20:30]
    if len(body) == 10:
        if kind == b"VP8X":
            return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
        if kind == b"VP8L":
            packed = int.from_bytes(body[1:5], "little")
            return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
        if kind == b"VP8 ":
            both = int.from_bytes(body[6:8], "little"), int.from_bytes(body[8:10], "little")
            return both[0] & 0x3FFF, both[1] & 0x3FFF
    raise SenderError("damaged")


def _bounded_look(
    data: bytes, kind: MediaType, number: int, limits: Limits
) -> jpeg.JpegLook | png.PngLook | None:
    if kind is MediaType.WEBP:
        bound_pixels(*webp_size(data), number, limits)
        return None
    look = jpeg.look_into(data) if kind is MediaType.JPEG else png.look_into(data)
    bound_pixels(look.width, look.height, number, limits)
    return look


def _encoded(data: bytes, look: jpeg.JpegLook | png.PngLook | None) -> EncodedPicture | None:
    if isinstance(look, jpeg.JpegLook) and look.passable:
        return jpeg_picture(data, look)
    if isinstance(look, png.PngLook) and look.passable and (look.colour != 3 or _has_palette(data, look)):
        components = 1 if look.colour == 0 else 3
        return EncodedPicture("png", png.bare(data, look), look.width, look.height, components, look.bits)
    return None


def _has_palette(data: bytes, look: png.PngLook) -> bool:
    return any(data[a + 4 : a + 8] == b"PLTE" and b - a > 12 for a, b in look.body)


def _stated_dpi(picture: Image.Image) -> float | None:
    stated = picture.info.get("dpi")
    try:
        return float(stated[0]) if stated else None
    except (TypeError, ValueError, ZeroDivisionError, OverflowError, IndexError):
        return None
