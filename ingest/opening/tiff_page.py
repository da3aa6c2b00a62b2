"""One page of a TIFF file."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from errors import SenderError
from ingest.opening import fax, jpeg
from ingest.opening.kinds import hides_another
from ingest.opening.pictures import decode, decode_jpeg, jpeg_picture
from ingest.opening.pixels import (
    bound_pixels,
    gray_if_gray,
    settle_dpi,
    stretch_matrix,
    to_pixels,
    turn,
    turn_matrix,
)
from ingest.opening.tiff import Directory, cut_out, read_directories
from limits import Limits
from records import EncodedPicture, PageImage, Pixels, product

_G4, _OLD_JPEG, _JPEG = 4, 6, 7
_LOSSY = {_OLD_JPEG, _JPEG, 34892, 34712, 50001}
_START_OF_SCAN = b"\xff\xda"
_PHOTOMETRIC = 262
_SQUARE_WITHIN = 0.01  # axes that differ by less count as equal
_SQUARE_AT_MOST = 12.0  # a stranger ratio of the axes is a mistake, not a fax


def survey_tiff(path: Path, limits: Limits) -> tuple[int, bool]:
    """How many pages the file has and whether its chain of directories is broken behind them.

    Raises:
        SenderError: ``damaged``, ``no_pages`` or ``polyglot``.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            pages, broken = read_directories(file, size, limits.max_pages)
        except ValueError:
            raise SenderError("damaged") from None
        if not pages:
            raise SenderError("damaged" if broken else "no_pages")
        end = max((offset + length for page in pages for offset, length in page.pieces), default=0)
        file.seek(min(end, size))
        if hides_another(file.read(2048)):
            raise SenderError("polyglot")
    return len(pages), broken


def take_tiff_page(path: Path, number: int, limits: Limits) -> PageImage:
    """One page, its axes made square, turned as its orientation tag says.

    Raises:
        SenderError: ``page_too_large`` or ``page_damaged``.
    """
    with path.open("rb") as file:
        try:
            pages, _ = read_directories(file, path.stat().st_size, number)
        except ValueError:
            raise SenderError("page_damaged", page=number) from None
        if len(pages) < number:
            raise SenderError("page_damaged", page=number)
        directory = pages[number - 1]
        width, height = directory.size
        bound_pixels(width, height, number, limits)
        try:
            single, pieces = cut_out(file, directory)
        except (ValueError, OverflowError, MemoryError):
            raise SenderError("page_damaged", page=number) from None
    encoded = _encoded(directory, pieces)
    if encoded is not None and encoded.codec == "jpeg":
        picture, encoded = decode_jpeg(encoded, number)
        return _square(number, directory, to_pixels(picture), encoded)
    pixels = _pixels(path, directory, single, pieces, number)
    if encoded is None and directory.first(259, 1) == _JPEG:
        encoded = _joined_jpeg(single, pixels)
    return _square(number, directory, pixels, encoded)


def _pixels(
    path: Path,
    directory: Directory,
    single: bytes,
    pieces: list[bytes],
    number: int,
) -> Pixels:
    width, height = directory.size
    compression = directory.first(259, 1)
    if compression == _G4 and len(pieces) == 1:
        if not fax.is_whole(_pdf_bits(directory, pieces[0]), width, height):
            raise SenderError("page_damaged", page=number)
    elif compression == 1 and sum(map(len, pieces)) < height * _row_bytes(directory):
        raise SenderError("page_damaged", page=number)
    if compression == _JPEG and any(piece.count(_START_OF_SCAN) > jpeg.MAX_SCANS for piece in pieces):
        raise SenderError("page_damaged", page=number)
    if compression == _OLD_JPEG:
        return _by_seeking(path, number, directory.first(274, 1))
    picture = decode(single, number)
    if picture.size != (width, height):
        raise SenderError("page_damaged", page=number)
    return to_pixels(picture)


# What undoes the turn that Pillow makes by itself.
_BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def _by_seeking(path: Path, number: int, orientation: int) -> Pixels:
    """Old-style JPEG points all over the file; libtiff knows how."""
    try:
        with Image.open(path) as picture:
            picture.seek(number - 1)
            picture.load()
            back = _BACK.get(orientation)
            return to_pixels(picture.transpose(back) if back is not None else picture)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError):
        raise SenderError("page_damaged", page=number) from None


def _row_bytes(directory: Directory) -> int:
    bits = sum(directory.ints(258)) or 1
    samples = directory.first(277, 1)
    if len(directory.ints(258)) == 1 and samples > 1:
        bits *= samples
    return (directory.size[0] * bits + 7) // 8


def _pdf_bits(directory: Directory, strip: bytes) -> bytes:
    return fax.reverse_bits(strip) if directory.first(266, 1) == 2 else strip


def _encoded(directory: Directory, pieces: list[bytes]) -> EncodedPicture | None:
    """What can go into the PDF as it is: one Group 4 strip, one JPEG strip."""
    if len(pieces) != 1 or not directory.ints(273):
        return None
    width, height = directory.size
    photometric = directory.first(_PHOTOMETRIC, 0)
    compression = directory.first(259, 1)
    if compression == _G4 and photometric in (0, 1) and not directory.first(293, 0):
        strip = _pdf_bits(directory, pieces[0])
        return EncodedPicture("ccitt_g4", strip, width, height, 1, 1, black_is_1=photometric == 1)
    if compression == _JPEG:
        data = _with_tables(directory, pieces[0], photometric)
        try:
            look = jpeg.look_into(data)
        except ValueError:
            return None
        if look.passable and (look.width, look.height) == (width, height) and photometric in (1, 2, 6):
            return jpeg_picture(data, look)
    return None


def _with_tables(directory: Directory, strip: bytes, photometric: int) -> bytes:
    """A JPEG strip made a whole file: the shared tables put in. RGB that was not turned into YCbCr is no
    JPEG for a PDF, and stays unmarked, so that it does not count as passable."""
    tables = directory.tags.get(347, (0, 0, b""))[2]
    inner = tables[2:-2] if tables.startswith(b"\xff\xd8") and tables.endswith(b"\xff\xd9") else b""
    mark = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00" if photometric == 2 else b""
    return strip[:2] + mark + inner + strip[2:]


def _joined_jpeg(single: bytes, pixels: Pixels) -> EncodedPicture | None:
    """Many JPEG strips joined to one: written with the tables of the strips, which loses next to nothing,
    as every block falls on the same grid and the same steps."""
    try:
        directory_picture = Image.open(io.BytesIO(single))
        tables = getattr(directory_picture, "quantization", None)
    except OSError:
        return None
    whole = Image.fromarray(pixels)
    out = io.BytesIO()
    whole.save(out, "JPEG", **({"qtables": tables} if tables else {"quality": 92}), optimize=True)
    return jpeg_picture(out.getvalue(), jpeg.look_into(out.getvalue()))


def _square(number: int, directory: Directory, pixels: Pixels, encoded: EncodedPicture | None) -> PageImage:
    """Make both axes equal, turn, and settle the resolution."""
    height, width = pixels.shape[:2]
    across, down = directory.ratio(282), directory.ratio(283)
    inch = 2.54 if directory.first(296, 2) == 3 else 1.0
    dpi, stretch = None, (1.0, 1.0)
    if across and down and across > 0 and down > 0 and max(across / down, down / across) < _SQUARE_AT_MOST:
        dpi = max(across, down)
        stretch = (dpi / across, dpi / down)
        dpi *= inch
    if directory.first(296, 2) == 1:
        dpi = None
    matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    if max(stretch) > 1 + _SQUARE_WITHIN:
        size = (round(width * stretch[0]), round(height * stretch[1]))
        matrix = stretch_matrix(size[0] / width, size[1] / height)
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    orientation = directory.first(274, 1)
    tall, wide = pixels.shape[:2]
    pixels = turn(pixels, orientation)
    return PageImage(
        number=number,
        pixels=gray_if_gray(pixels),
        dpi=settle_dpi(dpi, pixels.shape[1], pixels.shape[0]),
        encoded=encoded,
        encoded_matrix=product(turn_matrix(wide, tall, orientation), matrix),
        lossless=directory.first(259, 1) not in _LOSSY,
    )
