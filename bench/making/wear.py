"""Scans of made pages in qualities from clean to a photograph on a desk.

Levels: ``clean`` as drawn; ``office`` slightly skewed and noisy; ``sealed`` an office scan with red seal and
blue signature; ``turned`` an office scan lying 90, 180 or 270 degrees; ``coarse`` an office scan at 150 dpi;
``worn`` shadow, tint, show-through, seal, skew to 4 degrees; ``hard`` 200 dpi, blurred, speckled, pale, with
seal; ``photo`` a phone photograph of the sheet on a desk; ``fax`` 200 dpi bitonal.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.making.faces import DPI
from bench.making.ink import BLACK_INK, BLUE_INK, RED_INK, press, seal, signature
from bench.making.made import Box, MadePage
from bench.making.photo import photograph

LEVELS = ("clean", "office", "turned", "worn", "hard", "photo", "fax", "coarse", "sealed")
Floats = NDArray[np.float32]


class Worn(NamedTuple):
    """A scan: the picture as decoded from ``data``, its dpi (None where the file records none), the format
    (``png``, ``jpeg``, ``tiff``) and the file's bytes."""

    image: Image.Image
    dpi: int | None
    format: str
    data: bytes


def wear(page: MadePage | Image.Image, level: str, seed: int, behind: Image.Image | None = None) -> Worn:
    """A scan of ``page`` (300 dpi) at ``level``; the same arguments give the same bytes.

    Args:
        page: a made page (no seal where nobody signs), or a bare picture (seal to the lower right).
        level: one of :data:`LEVELS`.
        seed: chooses skew, noise, shadows.
        behind: what shows through from the other side (``worn``); by default another made page.

    Raises:
        ValueError: no such level.
    """
    if level not in LEVELS:
        raise ValueError(f"no such level: {level}")
    image = page.image if isinstance(page, MadePage) else page
    image = image.convert("RGB")
    signer = page.signer if isinstance(page, MadePage) else _lower_right(image)
    rng = np.random.default_rng([seed, LEVELS.index(level)])
    if level == "clean":
        return _kept(image, DPI, "png", 0)
    if level == "photo":
        return _kept(photograph(image, rng), None, "jpeg", 85)
    if level == "worn":
        return _worn(image, signer, rng, behind)
    if level == "hard":
        return _hard(image, signer, rng)
    if level == "fax":
        return _fax(image, signer, rng)
    if level == "sealed":
        _stamp(image, signer, rng, RED_INK)
    pixels = _skewed(np.asarray(image), float(rng.uniform(-0.7, 0.7)), (253, 253, 253))
    if level == "coarse":
        pixels = _scaled(pixels, 150 / DPI)
    pixels = _noisy(pixels.astype(np.float32) * 0.985 + 2, rng, 4.5)
    if level == "turned":
        pixels = np.rot90(pixels, int(rng.integers(1, 4)))
    return _kept(Image.fromarray(np.ascontiguousarray(pixels)), 150 if level == "coarse" else DPI, "jpeg", 80)


def _worn(
    image: Image.Image, signer: Box | None, rng: np.random.Generator, behind: Image.Image | None
) -> Worn:
    _stamp(image, signer, rng, RED_INK)
    pixels = np.asarray(image, np.float32)
    height, width = pixels.shape[:2]
    back = cv2.resize(np.asarray((behind or _reverse(int(rng.integers(0, 3)))).convert("L")), (width, height))
    back = cv2.GaussianBlur(np.ascontiguousarray(back[:, ::-1]), (0, 0), 2.2).astype(np.float32)
    pixels = pixels * (1 - float(rng.uniform(0.06, 0.13)) * (255 - back[..., None]) / 255)
    tint = np.array([1.0, rng.uniform(0.94, 0.98), rng.uniform(0.82, 0.92)], np.float32)
    pixels *= tint
    paper = tuple(int(v) for v in 250 * tint)
    pixels = _skewed(np.clip(pixels, 0, 255).astype(np.uint8), float(rng.uniform(-4, 4)), paper).astype(
        np.float32
    )
    pixels *= _shadow(height, width, rng)[..., None]
    if rng.random() < 0.3:
        edge = int(rng.integers(8, 45))
        pixels[:, :edge] *= 0.12
    return _kept(Image.fromarray(_noisy(pixels, rng, 5)), DPI, "jpeg", 60)


def _hard(image: Image.Image, signer: Box | None, rng: np.random.Generator) -> Worn:
    _stamp(image, signer, rng, RED_INK if rng.random() < 0.6 else BLACK_INK)
    pixels = _skewed(np.asarray(image), float(rng.uniform(-2, 2)), (255, 255, 255))
    pixels = cv2.GaussianBlur(_scaled(pixels, 200 / DPI), (0, 0), float(rng.uniform(0.6, 1.0)))
    low, high = float(rng.uniform(70, 100)), float(rng.uniform(195, 220))
    values = low + pixels.astype(np.float32) / 255 * (high - low)
    values = _noisy(values, rng, 6).astype(np.float32)
    spots = rng.random(values.shape[:2])
    values[spots < 0.003] = 30
    values[spots > 0.997] = 245
    return _kept(Image.fromarray(values.astype(np.uint8)), 200, "jpeg", 45)


def _fax(image: Image.Image, signer: Box | None, rng: np.random.Generator) -> Worn:
    _stamp(image, signer, rng, BLACK_INK)
    gray = np.asarray(image.convert("L"))
    gray = _scaled(_skewed(gray, float(rng.uniform(-1, 1)), (255,)), 200 / DPI)
    bits = _noisy(gray.astype(np.float32), rng, 22) > int(rng.integers(135, 165))
    bits[rng.random(bits.shape) < 0.0006] = False
    return _kept(Image.fromarray(bits), 200, "tiff", 0)


def _kept(image: Image.Image, dpi: int | None, form: str, quality: int) -> Worn:
    """Write the file and read it back, so that the picture has the file's losses."""
    out = io.BytesIO()
    mark = {"dpi": (dpi, dpi)} if dpi else {}
    if form == "jpeg":
        image.save(out, "JPEG", quality=quality, **mark)
    elif form == "tiff":
        image.save(out, "TIFF", compression="group4", **mark)
    else:
        image.save(out, "PNG", compress_level=1, **mark)
    data = out.getvalue()
    with Image.open(io.BytesIO(data)) as again:
        again.load()
        return Worn(again.copy(), dpi, form, data)


def _stamp(
    image: Image.Image, signer: Box | None, rng: np.random.Generator, colour: tuple[int, int, int]
) -> None:
    """Signature and seal over the signer's block, the seal over the left third of the signature."""
    if signer is None:
        return
    x, y, w, h = signer
    blue = BLUE_INK if colour == RED_INK else BLACK_INK
    mark = signature(int(rng.integers(1 << 30)), int(w * 0.8), max(60, int(h * 0.6)), blue)
    press(image, mark, x + int(w * 0.15), y + int(h * 0.2))
    diameter = min(430, max(int(h * 1.25), 260), int(image.width * 0.3))
    stamp = seal(int(rng.integers(6)), diameter, colour)
    left = x - diameter // 4 + int(rng.integers(-40, 40))
    press(image, stamp, left, y + (h - diameter) // 2 - int(h * 0.08) + int(rng.integers(-25, 25)))


def _lower_right(image: Image.Image) -> Box:
    w, h = image.size
    return (int(w * 0.58), int(h * 0.72), int(w * 0.28), int(h * 0.1))


@lru_cache(maxsize=3)
def _reverse(number: int) -> Image.Image:
    from bench.making import make_paper  # here: the package imports nothing of this module

    return make_paper("cong_van", 9000 + number, 3).pages[0].image


def _skewed(pixels: NDArray[np.uint8], degrees: float, fill: tuple[int, ...]) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=fill)
    return np.asarray(turned, np.uint8)


def _scaled(pixels: NDArray[np.uint8], by: float) -> NDArray[np.uint8]:
    size = (round(pixels.shape[1] * by), round(pixels.shape[0] * by))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _noisy(pixels: Floats, rng: np.random.Generator, sigma: float) -> NDArray[np.uint8]:
    noise = rng.standard_normal(pixels.shape[:2], np.float32) * np.float32(sigma)
    return np.clip(pixels + (noise[..., None] if pixels.ndim == 3 else noise), 0, 255).astype(np.uint8)


def _shadow(height: int, width: int, rng: np.random.Generator) -> Floats:
    """A soft shadow from one side, sometimes with the dark band of a book's fold."""
    y, x = np.mgrid[0:1:64j, 0:1:64j].astype(np.float32)
    angle = float(rng.uniform(0, 2 * np.pi))
    along = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) + 0.5
    light = 1 - float(rng.uniform(0.25, 0.45)) * np.clip(along, 0, 1) ** 1.5
    if rng.random() < 0.5:
        light *= 1 - float(rng.uniform(0.15, 0.35)) * np.exp(-(((x - float(rng.uniform(0, 1))) / 0.08) ** 2))
    return np.asarray(cv2.resize(light.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC))
