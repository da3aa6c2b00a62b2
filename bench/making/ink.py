"""What is on real papers beside print: round seals and signatures, drawn as transparent layers."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from bench.making.faces import Style

_RING = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MIDDLE = (
    ("SỞ", "Y TẾ"),
    ("SỞ", "XÂY DỰNG"),
    ("ỦY BAN", "NHÂN DÂN"),
    ("PHÒNG", "TƯ PHÁP"),
    ("TRUNG TÂM", "PVHCC"),
)
RED_INK = (205, 30, 45)
BLUE_INK = (35, 60, 165)
BLACK_INK = (45, 45, 45)


@lru_cache(maxsize=16)
def seal(variant: int, diameter: int, colour: tuple[int, int, int]) -> Image.Image:
    """A round seal, RGBA, ``diameter`` pixels; its ink is uneven as stamped ink is."""
    rng = Random(variant)
    big = Image.new("L", (diameter, diameter), 0)
    pen = ImageDraw.Draw(big)
    line = max(2, diameter // 70)
    for inset, width in ((2, line), (int(diameter * 0.2), max(1, line // 2))):
        pen.ellipse((inset, inset, diameter - inset, diameter - inset), outline=255, width=width)
    _ring_text(big, _RING, diameter * 0.405, -math.pi * 1.32, math.pi * 0.32, diameter / 7.5)
    _star(pen, diameter / 2, diameter * 0.905, diameter / 26)
    for i, text in enumerate(_MIDDLE[variant % len(_MIDDLE)]):
        style = Style(size=round(diameter / (34 if len(text) < 7 else 46), 1), bold=True, face="sans")
        pen.text((diameter / 2, diameter * (0.46 + 0.13 * i)), text, font=style.font, fill=255, anchor="mm")
    grain = np.random.default_rng(variant).normal(0.0, 1.0, (diameter // 6 + 1, diameter // 6 + 1))
    rough = Image.fromarray(np.clip(205 + 45 * grain, 60, 255).astype(np.uint8)).resize(
        big.size, Image.Resampling.BICUBIC
    )
    alpha = (
        np.asarray(big.filter(ImageFilter.GaussianBlur(0.8)), np.float32)
        * np.asarray(rough, np.float32)
        / 255
        * 0.92
    )
    layer = Image.new("RGBA", big.size, (*colour, 255))
    layer.putalpha(Image.fromarray(alpha.astype(np.uint8)))
    return layer.rotate(rng.uniform(-14, 14), Image.Resampling.BICUBIC)


def _ring_text(image: Image.Image, text: str, radius: float, start: float, end: float, size: float) -> None:
    """Text along the ring from ``start`` to ``end`` (radians), letters spread by their widths."""
    style = Style(size=round(size * 72 / 300 * 0.72, 1), bold=True, face="sans")
    widths = [style.width(letter) for letter in text]
    middle, along = image.width / 2, 0.0
    for letter, width in zip(text, widths, strict=True):
        angle = start + (end - start) * (along + width / 2) / sum(widths)
        along += width
        tile = Image.new("L", (round(size * 2),) * 2, 0)
        ImageDraw.Draw(tile).text((size, size), letter, font=style.font, fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        x, y = middle + radius * math.cos(angle) - size, middle + radius * math.sin(angle) - size
        image.paste(255, (round(x), round(y)), tile)


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    points = []
    for i in range(10):
        reach, angle = (radius if i % 2 == 0 else radius * 0.4), math.pi * (i / 5 - 0.5)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    pen.polygon(points, fill=255)


def signature(seed: int, width: int, height: int, colour: tuple[int, int, int]) -> Image.Image:
    """A signature's strokes, RGBA."""
    rng = Random(seed)
    layer = Image.new("RGBA", (width, height), (*colour, 0))
    pen = ImageDraw.Draw(layer)
    x, y = width * 0.12, height * rng.uniform(0.4, 0.7)
    points = [(x, y)]
    for _ in range(rng.randint(5, 8)):
        x += width * rng.uniform(0.04, 0.16)
        points.append((x, height * rng.uniform(0.12, 0.88)))
        x -= width * rng.uniform(0.0, 0.07)
    points += [(width * 0.85, height * 0.55), (width * 0.97, height * rng.uniform(0.35, 0.5))]
    path = _smooth(points)
    thick = max(3, height // 40)
    for (x1, y1), (x2, y2) in pairwise(path):
        pen.line((x1, y1, x2, y2), fill=(*colour, 225), width=thick)
    return layer.filter(ImageFilter.GaussianBlur(0.7))


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the points."""
    out: list[tuple[float, float]] = []
    padded = [points[0], *points, points[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(14):
            t = step / 14
            out.append(tuple(  # type: ignore[arg-type]
                0.5 * (2 * b[i] + (c[i] - a[i]) * t + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
                       + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3) for i in (0, 1)))  # fmt: skip
    return out


def press(page: Image.Image, layer: Image.Image, left: int, top: int) -> None:
    """Lay ``layer`` on ``page`` as ink: it darkens what lies below, in place."""
    box = (
        max(0, left),
        max(0, top),
        min(page.width, left + layer.width),
        min(page.height, top + layer.height),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    part = layer.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))
    below = np.asarray(page.crop(box).convert("RGB"), np.float32)
    over = np.asarray(part, np.float32)
    alpha = over[..., 3:] / 255
    mixed = below * (1 - alpha + alpha * over[..., :3] / 255)
    page.paste(Image.fromarray(mixed.astype(np.uint8)), box[:2])
