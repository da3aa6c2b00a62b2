"""Decoded pictures as plain arrays, and the bounds they keep."""

from __future__ import annotations

import numpy as np
from PIL import Image

from errors import SenderError
from limits import Limits
from records import IDENTITY, Matrix, Pixels

A4_LONG_INCHES = 11.69
_DPI_RANGE = (72.0, 1200.0)
_PAPER_INCHES = (1.0, 17.2)  # long side of what a stated resolution of 72 or 96 dpi is believed for


def bound_pixels(width: int, height: int, page: int, limits: Limits) -> None:
    """Refuse a picture by its header, before a single pixel is decoded.

    Raises:
        SenderError: ``page_too_large``, or ``page_damaged`` for a side of zero.
    """
    if width <= 0 or height <= 0:
        raise SenderError("page_damaged", page=page)
    if width * height > limits.max_page_pixels:
        raise SenderError("page_too_large", page=page, pixels=width * height, limit=limits.max_page_pixels)


def settle_dpi(stated: float | None, width: int, height: int) -> float:
    """The stated dots per inch where it can be true; else as if the picture were an A4 sheet.

    Cameras and screens write 72 or 96 without meaning it; it is believed only for a sheet up to A3.
    """
    long_side = max(width, height)
    dpi = stated or 0.0
    believable = bool(np.isfinite(dpi)) and 40 <= dpi <= 4800
    if believable and dpi <= 100:
        believable = _PAPER_INCHES[0] <= long_side / dpi <= _PAPER_INCHES[1]
    if not believable:
        dpi = long_side / A4_LONG_INCHES
    return float(min(max(dpi, _DPI_RANGE[0]), _DPI_RANGE[1]))


def nominal(dpi: float) -> float:
    """The round resolution that a page size in whole points was rounded from: 200.18 is 200."""
    whole = round(dpi / 50) * 50.0
    return whole if whole and abs(dpi - whole) <= 0.0025 * whole else dpi


def to_pixels(picture: Image.Image) -> Pixels:
    """Any Pillow mode as 8-bit gray or RGB, transparency laid on white paper."""
    mode = picture.mode
    if mode == "1":
        return np.asarray(picture, dtype=np.uint8) * np.uint8(255)
    if mode in ("L", "RGB") and "transparency" not in picture.info:
        return np.ascontiguousarray(np.asarray(picture))
    if mode.startswith("I;16"):
        return (np.asarray(picture) >> 8).astype(np.uint8)
    if mode in ("I", "F"):
        return _squeeze(np.asarray(picture, dtype=np.float64))
    if "A" in mode or "a" in mode or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return gray_if_gray(np.asarray(Image.alpha_composite(paper, clear).convert("RGB")))
    return gray_if_gray(np.asarray(picture.convert("RGB")))


def gray_if_gray(pixels: Pixels) -> Pixels:
    """Drop the colours of a picture that has none."""
    if pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    sample = pixels[::16, ::16]
    if np.array_equal(sample[..., 0], sample[..., 1]) and np.array_equal(sample[..., 0], sample[..., 2]):
        red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
        if np.array_equal(red, green) and np.array_equal(red, blue):
            return np.ascontiguousarray(red)
    return np.ascontiguousarray(pixels)


def _squeeze(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Pixels:
    """Wide integers and floats to 8 bits: by the range that their kind is usually written in."""
    values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    top = float(values.max(initial=0.0))
    full = 1.0 if top <= 1.0 else 255.0 if top <= 255.0 else 65535.0 if top <= 65535.0 else top
    return np.clip(values * (255.0 / full), 0, 255).astype(np.uint8)


# ---- EXIF's eight ways to hold a camera ------------------------------------------------------------------


def turn(pixels: Pixels, orientation: int) -> Pixels:
    """The picture as it was meant to be seen (EXIF and TIFF orientation 1 to 8)."""
    turned = {
        2: lambda p: p[:, ::-1],
        3: lambda p: p[::-1, ::-1],
        4: lambda p: p[::-1],
        5: lambda p: p.swapaxes(0, 1),
        6: lambda p: np.rot90(p, -1),
        7: lambda p: p[::-1, ::-1].swapaxes(0, 1),
        8: lambda p: np.rot90(p, 1),
    }
    return np.ascontiguousarray(turned[orientation](pixels)) if orientation in turned else pixels


def turn_matrix(width: int, height: int, orientation: int) -> Matrix:
    """Where :func:`turn` puts the pixels of a picture ``width`` by ``height`` (before turning)."""
    right, bottom = float(width - 1), float(height - 1)
    table: dict[int, Matrix] = {
        2: (-1, 0, right, 0, 1, 0),
        3: (-1, 0, right, 0, -1, bottom),
        4: (1, 0, 0, 0, -1, bottom),
        5: (0, 1, 0, 1, 0, 0),
        6: (0, -1, bottom, 1, 0, 0),
        7: (0, -1, bottom, -1, 0, right),
        8: (0, 1, 0, -1, 0, right),
    }
    return table.get(orientation, IDENTITY)


def stretch_matrix(across: float, down: float) -> Matrix:
    """Where a picture's pixels land when it is resized by these factors (centres keep their places)."""
    return (across, 0.0, (across - 1) / 2, 0.0, down, (down - 1) / 2)
