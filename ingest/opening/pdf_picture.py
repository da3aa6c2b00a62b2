"""The bytes of a PDF's picture that any reader understands outside the file."""

from __future__ import annotations

import struct
import zlib

import pikepdf

from ingest.opening import jbig2, jpeg
from ingest.opening.pdf_file import LossError, filters_of, inflate, name_of, parms_of, stream_bytes
from ingest.opening.pictures import jpeg_picture
from ingest.opening.png import SIGNATURE
from limits import Limits
from records import EncodedPicture

_MAX_BYTES = 512 * 1024 * 1024
_SLACK = 4096  # bytes that may follow a picture's last row
_GLOBALS_BYTES = 16 * 1024 * 1024


def encoded_of(picture: pikepdf.Object, limits: Limits) -> EncodedPicture | None:
    """The picture's own bytes where they can be passed on: JPEG in gray or YCbCr, CCITT Group 4, JBIG2, and
    deflated gray, RGB and palette pixels, which become a PNG without being touched. None for all others.

    Raises:
        LossError: the data are not whole.
    """
    names = filters_of(picture)
    last = len(names) - 1
    width, height = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    if not names or width < 1 or height < 1 or width * height > limits.max_page_pixels:
        return None
    if len(names) > 2 or (len(names) == 2 and names[0] != "/FlateDecode"):
        return None
    data = picture.read_raw_bytes()
    if len(names) == 2:
        data = inflate(data, _MAX_BYTES)
    parms = parms_of(picture, last)
    makers = {
        "/DCTDecode": _jpeg_of,
        "/CCITTFaxDecode": _fax_of,
        "/JBIG2Decode": _jbig2_of,
        "/FlateDecode": _png_of,
    }
    maker = makers.get(names[last])
    return maker(picture, data, parms, width, height) if maker else None


def _jpeg_of(
    picture: pikepdf.Object, data: bytes, parms: pikepdf.Object, width: int, height: int
) -> EncodedPicture | None:
    try:
        look = jpeg.look_into(data)
    except ValueError as broken:
        raise LossError("no JPEG") from broken
    if not look.passable or (width, height) != (look.width, look.height) or _is_inverted(picture):
        return None
    if _channels(picture) != look.components or "/ColorTransform" in parms:
        return None
    return jpeg_picture(data, look)


def _fax_of(
    picture: pikepdf.Object, data: bytes, parms: pikepdf.Object, width: int, height: int
) -> EncodedPicture | None:
    plain = (
        int(parms.get("/K", 0)) < 0
        and not parms.get("/EncodedByteAlign", False)
        and int(parms.get("/Columns", 1728)) == width
        and int(picture.get("/BitsPerComponent", 1)) == 1
        and _channels(picture) == 1
    )
    if not plain or not data:
        return None
    black_is_1 = bool(parms.get("/BlackIs1", False)) != _is_inverted(picture)
    return EncodedPicture("ccitt_g4", data, width, height, 1, 1, black_is_1=black_is_1)


def _jbig2_of(
    picture: pikepdf.Object, data: bytes, parms: pikepdf.Object, width: int, height: int
) -> EncodedPicture | None:
    shared = parms.get("/JBIG2Globals")
    if isinstance(shared, pikepdf.Stream):
        data = stream_bytes(shared, _GLOBALS_BYTES) + data
    if not jbig2.is_whole(data):
        raise LossError("JBIG2 cut short")
    if _is_inverted(picture) or _channels(picture) != 1:
        return None
    return EncodedPicture("jbig2", data, width, height, 1, 1)


def _png_of(
    picture: pikepdf.Object, data: bytes, parms: pikepdf.Object, width: int, height: int
) -> EncodedPicture | None:
    bits = int(picture.get("/BitsPerComponent", 0))
    palette = _palette(picture, bits)
    channels = 1 if palette else _channels(picture)
    if bits not in (1, 2, 4, 8) or channels == 0 or _is_inverted(picture) or (channels == 3 and bits != 8):
        return None
    row = (width * channels * bits + 7) // 8
    predictor = int(parms.get("/Predictor", 1))
    if predictor >= 10:
        told = (
            int(parms.get("/Colors", 1)),
            int(parms.get("/BitsPerComponent", 8)),
            int(parms.get("/Columns", 1)),
        )
        if told != (channels, bits, width):
            return None
        rows, ends = _inflated(data, (row + 1) * height)
        data = data if ends else zlib.compress(rows, 6)
    elif predictor == 1:
        rows, _ = _inflated(data, row * height)
        data = zlib.compress(b"".join(b"\0" + rows[k : k + row] for k in range(0, len(rows), row)), 6)
    else:
        return None
    colour = 3 if palette else 2 if channels == 3 else 0
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = [_chunk(b"IHDR", head), _chunk(b"PLTE", palette) if palette else b"", _chunk(b"IDAT", data)]
    whole = SIGNATURE + b"".join(chunks) + _chunk(b"IEND", b"")
    return EncodedPicture("png", whole, width, height, 3 if palette else channels, bits)


def _inflated(data: bytes, wanted: int) -> tuple[bytes, bool]:
    """Inflate as much as the picture needs, and no more; whether the data then come to their end."""
    inflater = zlib.decompressobj()
    try:
        out = inflater.decompress(data, wanted)
        rest = inflater.decompress(inflater.unconsumed_tail, _SLACK)
    except zlib.error as broken:
        raise LossError("broken deflate stream") from broken
    if len(out) < wanted:
        raise LossError("picture data cut short")
    return out, inflater.eof or len(rest) < _SLACK


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _is_inverted(picture: pikepdf.Object) -> bool:
    """Whether a Decode array changes the values (for a palette: anything but its plain range)."""
    decode_array = picture.get("/Decode", picture.get("/D"))
    if not isinstance(decode_array, pikepdf.Array):
        return False
    return any(float(v) != k % 2 for k, v in enumerate(decode_array))


def _channels(picture: pikepdf.Object) -> int:
    """1 for gray, 3 for RGB, 0 for every other colour space."""
    return _channels_of(picture.get("/ColorSpace", picture.get("/CS")))


def _channels_of(space: pikepdf.Object | None) -> int:
    if isinstance(space, pikepdf.Array) and len(space) > 1:
        name = name_of(space[0])
        if name == "/ICCBased" and isinstance(space[1], pikepdf.Stream):
            channels = int(space[1].get("/N", 0))
            return channels if channels in (1, 3) else 0
        return {"/CalGray": 1, "/CalRGB": 3}.get(name, 0)
    if isinstance(space, pikepdf.Array) and len(space) == 1:
        space = space[0]
    return {"/DeviceGray": 1, "/G": 1, "/DeviceRGB": 3, "/RGB": 3}.get(name_of(space), 0)


def _palette(picture: pikepdf.Object, bits: int) -> bytes:
    """An Indexed colour space's table as RGB triples; empty for any other space."""
    space = picture.get("/ColorSpace", picture.get("/CS"))
    if not isinstance(space, pikepdf.Array) or len(space) != 4 or name_of(space[0]) not in ("/Indexed", "/I"):
        return b""
    base, table = _channels_of(space[1]), space[3]
    raw = stream_bytes(table, 4096) if isinstance(table, pikepdf.Stream) else bytes(table)
    if base == 1:
        raw = b"".join(raw[k : k + 1] * 3 for k in range(len(raw)))
    entries = min(int(space[2]) + 1, 1 << bits)
    return raw[: entries * 3].ljust(entries * 3, b"\0") if base else b""
