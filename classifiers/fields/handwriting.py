"""Telling figures that were written by hand from printed ones."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from classifiers.fields.layout import Sheet, Token
from records import Box, RegionKind

TALL = 1.28
"""Figures this much taller than the print beside them were written by hand: printed ones are as tall as
capitals."""


def _share(inner: Box, outer: Box) -> float:
    width = min(inner[0] + inner[2], outer[0] + outer[2]) - max(inner[0], outer[0])
    height = min(inner[1] + inner[3], outer[1] + outer[3]) - max(inner[1], outer[1])
    return max(0, width) * max(0, height) / max(1, inner[2] * inner[3])


def looks_handwritten(sheet: Sheet, tokens: Sequence[Token], digits_only: bool = False) -> bool:
    """True when preparing saw handwriting where the tokens stand, or when figures among them stand out from
    the print of the page in height or place.

    ``digits_only`` judges only tokens that begin with a figure.
    """
    judged = [t for t in tokens if not digits_only or t.text[:1].isdigit()]
    for region in sheet.reading.regions:
        if region.kind is RegionKind.HANDWRITING and any(_share(t.box, region.box) > 0.25 for t in judged):
            return True
    others = [r for r in sheet.runs if len(r.tokens) > 1]
    near = [
        t
        for r in others
        for t in r.tokens
        if any(c.isupper() or c.isdigit() for c in t.text) and not any(c in "gjpqyQ,;()/" for c in t.text)
        if judged and abs(t.box[1] - judged[0].box[1]) < 0.25 * sheet.height and t not in judged
    ]
    if len(near) < 4:
        return False
    usual = median(t.box[3] for t in near)
    return any(t.text.isdigit() and t.box[3] > TALL * usual for t in judged)
