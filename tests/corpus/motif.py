"""The one picture that all files of the corpus show, so that a test can tell whether a page came out right.

White paper with a black square in the upper left part and, where the kind has colours, a red square below it.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw

from records import Pixels

WIDTH, HEIGHT = 240, 340
BLACK_AT = (0.25, 0.2)
RED_AT = (0.25, 0.8)
WHITE_AT = ((0.75, 0.2), (0.75, 0.8))


def colour(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """The motif in RGB."""
    picture = Image.new("RGB", (width, height), "white")
    brush = ImageDraw.Draw(picture)
    brush.rectangle(_square(BLACK_AT, width, height), fill=(0, 0, 0))
    brush.rectangle(_square(RED_AT, width, height), fill=(220, 20, 20))
    return picture


def gray(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """The motif in gray, without the red square; the paper has a little grain, so that it is not bitonal."""
    picture = Image.new("L", (width, height), 250)
    ImageDraw.Draw(picture).rectangle(_square(BLACK_AT, width, height), fill=8)
    return picture


def bitonal(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """The motif in black and white."""
    picture = Image.new("1", (width, height), 255)
    ImageDraw.Draw(picture).rectangle(_square(BLACK_AT, width, height), fill=0)
    return picture


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    """The picture as a file of the given form."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def shows_motif(pixels: Pixels, *, red: bool = False) -> bool:
    """Whether a page shows the motif, upright and in its colours."""
    return (
        _at(pixels, BLACK_AT).max() < 90
        and all(_at(pixels, spot).min() > 170 for spot in WHITE_AT)
        and (not red or _is_red(_at(pixels, RED_AT)))
    )


def is_white(pixels: Pixels) -> bool:
    """Whether a page shows nothing."""
    return int(pixels.min()) > 250


def _is_red(value: np.ndarray) -> bool:
    return value.size == 3 and value[0] > 140 and value[1] < 110 and value[2] < 110


def _at(pixels: Pixels, spot: tuple[float, float]) -> np.ndarray:
    height, width = pixels.shape[:2]
    return np.atleast_1d(pixels[int(spot[1] * height), int(spot[0] * width)]).astype(int)


def _square(centre: tuple[float, float], width: int, height: int) -> tuple[int, int, int, int]:
    x, y = centre[0] * width, centre[1] * height
    return (int(x - 0.1 * width), int(y - 0.1 * height), int(x + 0.1 * width), int(y + 0.1 * height))
