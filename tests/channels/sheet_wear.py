"""Cover sheets as they come off an office scanner, and papers that are none. As a program it measures:

python -m tests.channels.sheet_wear 100 200
"""

from __future__ import annotations

import sys

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from bench.making import make_paper
from bench.making.wear import wear
from classifiers.catalogue import catalogue
from classifiers.marks import find_marks
from ingest.cover_sheets import draw_cover_sheet, parse_payload
from records import CoverSheet, MarkKind

KINDS = ("thong_bao", "giay_khai_sinh", "bien_lai", "to_khai", "can_cuoc", "giay_tiep_nhan_hen_tra")


def worn_sheet(number: int) -> tuple[CoverSheet, Image.Image]:
    """A sheet and a scan of it: any angle, 100 to 300 dpi, copied, faint, dirty, seen from its back."""
    rng = np.random.default_rng(number)
    papers = ["", *catalogue()]
    sheet = CoverSheet(f"H49.12-251124-{number:07d}" if number % 5 else "", papers[number % len(papers)])
    picture = draw_cover_sheet(sheet.ma_ho_so, sheet.code).convert("L")
    if number % 4 == 1:  # the back, through the paper
        picture = ImageOps.mirror(picture).point(lambda v: 190 + v * 65 // 255)
    for _ in range(number % 3):  # a copy of a copy
        picture = picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(1, 2.5))))
        picture = picture.point(lambda v: int(np.clip((v - 128) * 1.3 + 128, 0, 255)))
    picture = picture.rotate(float(rng.uniform(0, 360)), expand=True, fillcolor=255)
    scale = float(rng.choice([100, 150, 200, 300])) / 300
    picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
    pixels = np.asarray(picture, dtype=np.float32) * rng.uniform(0.6, 0.95) + rng.uniform(0, 40)
    pixels += rng.normal(0, rng.uniform(2, 18), pixels.shape)
    pixels[rng.random(pixels.shape) < rng.uniform(0, 0.01)] = 0
    return sheet, Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def worn_paper(number: int) -> Image.Image:
    """A page that is no sheet; some bear marks of their own."""
    paper = make_paper(KINDS[number % len(KINDS)], seed=number, layout=0)
    return wear(paper.pages[0], ("office", "sealed", "worn")[number % 3], seed=number).image


def found_in(picture: Image.Image) -> list[CoverSheet]:
    """The sheets that the marks of a page tell of."""
    marks = find_marks(np.asarray(picture.convert("RGB")))
    told = [parse_payload(mark.text) for mark in marks if mark.kind is MarkKind.QR]
    return [sheet for sheet in told if sheet is not None]


if __name__ == "__main__":
    sheets, papers = int(sys.argv[1]), int(sys.argv[2])
    made = [worn_sheet(number) for number in range(sheets)]
    found = sum(found_in(picture) == [sheet] for sheet, picture in made)
    false = sum(bool(found_in(worn_paper(number))) for number in range(papers))
    print(f"{found} of {sheets} sheets found, {false} false on {papers} pages without")
