"""Put a page's picture aside for the PDF: as it came where that can be, encoded anew where it cannot."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from records import IDENTITY, EncodedPicture, Matrix, PageImage, PictureFile, Pixels, PreparedPage, product

JPEG_QUALITY = 85
_FINE_JPEG_QUALITY = 92
_MAX_LOSSLESS_BYTES = 12 * 1024 * 1024  # a lossless page beyond this is a photograph, and becomes a fine JPEG
_FLAT_SHARE = 0.7  # of pixels that are exactly the paper's colour: drawn, not scanned


def park_picture(page: PageImage, prepared: PreparedPage, scratch: Path) -> PictureFile:
    """Write the page's picture into ``scratch``.

    When the upright picture follows from the source by turning, straightening and cropping, the source's own
    bytes are kept and the PDF draws them through the matrix. A remade picture is encoded as it is.
    """
    if prepared.picture is not None:
        return _write(encode(prepared.picture, lossless=False), IDENTITY, page.number, scratch)
    if page.encoded is not None:
        matrix = product(prepared.matrix, page.encoded_matrix)
        return _write(page.encoded, matrix, page.number, scratch)
    return _write(encode(page.pixels, lossless=page.lossless), prepared.matrix, page.number, scratch)


def encode(pixels: Pixels, *, lossless: bool) -> EncodedPicture:
    """Black and white as CCITT Group 4, drawn pages and lossless scans as PNG, the rest as JPEG."""
    if pixels.ndim == 2 and _is_bitonal(pixels):
        return encode_g4(pixels)
    if lossless:
        png = encode_png(pixels)
        if len(png.data) <= _MAX_LOSSLESS_BYTES:
            return png
        return encode_jpeg(pixels, _FINE_JPEG_QUALITY)
    jpeg = encode_jpeg(pixels, JPEG_QUALITY)
    if _is_flat(pixels):
        png = encode_png(pixels)
        if len(png.data) <= len(jpeg.data):
            return png
    return jpeg


def encode_g4(pixels: Pixels) -> EncodedPicture:
    """Gray pixels of 0 and 255 as one Group 4 strip."""
    height, width = pixels.shape[:2]
    out = io.BytesIO()
    # libtiff codes set bits as black runs: ink is set.
    Image.fromarray(pixels < 128).save(out, "TIFF", compression="group4", tiffinfo={278: height})
    with Image.open(out) as written:
        (offset,), (size,) = written.tag_v2[273], written.tag_v2[279]  # type: ignore[attr-defined]
    strip = out.getvalue()[offset : offset + size]
    return EncodedPicture("ccitt_g4", strip, width, height, 1, 1)


def encode_png(pixels: Pixels) -> EncodedPicture:
    """Gray or RGB pixels as PNG."""
    return _by_opencv(pixels, "png", ".png", [cv2.IMWRITE_PNG_COMPRESSION, 5])


def encode_jpeg(pixels: Pixels, quality: int) -> EncodedPicture:
    """Gray or RGB pixels as JPEG."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    return _by_opencv(pixels, "jpeg", ".jpg", options)


def _by_opencv(pixels: Pixels, codec: str, ending: str, options: list[int]) -> EncodedPicture:
    height, width = pixels.shape[:2]
    components = 1 if pixels.ndim == 2 else 3
    if components == 3:
        pixels = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), dtype=np.uint8)
    done, data = cv2.imencode(ending, pixels, options)
    if not done:
        raise ValueError(f"cannot encode {width} x {height} pixels as {codec}")
    return EncodedPicture(codec, data.tobytes(), width, height, components, 8)


def _is_bitonal(pixels: Pixels) -> bool:
    sample = pixels[::16, ::16]
    if not bool(((sample == 0) | (sample == 255)).all()):
        return False
    return int(cv2.countNonZero(cv2.inRange(pixels, 1, 254))) == 0


def _is_flat(pixels: Pixels) -> bool:
    sample = pixels[::8, ::8].reshape(-1, 1 if pixels.ndim == 2 else 3)
    return float((sample == sample.max(axis=0)).all(axis=1).mean()) >= _FLAT_SHARE


def _write(picture: EncodedPicture, matrix: Matrix, number: int, scratch: Path) -> PictureFile:
    path = scratch / f"page-{number:05d}.{picture.codec}"
    path.write_bytes(picture.data)
    return PictureFile(
        path=path,
        codec=picture.codec,
        width=picture.width,
        height=picture.height,
        components=picture.components,
        bits=picture.bits,
        matrix=matrix,
        black_is_1=picture.black_is_1,
    )
