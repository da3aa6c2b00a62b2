"""How like is a reading to the picture: the word is drawn and laid over the ink.

This is the picture's own voice where readings differ: between ``để`` and ``đề`` only the strokes above the
letter decide, and there the drawing of the wrong one leaves ink unexplained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.recognising.drawing import ASCENT, DESCENT, EM, SOFTNESS, Drawing, draw_word, faces, width_of
from ocr.recognising.engine import RawWord
from ocr.recognising.stacking import has_stacks
from records import Pixels

_SURE = 0.9
_PLAY = 4
"""Rows and columns by which a drawing may be moved to fit."""
_SAMPLES = 4
_STRETCH = 0.05
_GOOD_WIDTH = 0.08
"""Share by which a face's widths may miss before it is not worth drawing."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a piece of a line is set: the face, pixels of ink per pixel of drawing, the baseline (level at the
    left edge and tilt), and the misfit (0 perfect, 1 nothing in common) of its sure words."""

    face: Path
    scale: float
    baseline: float
    tilt: float
    misfit: float


@dataclass(frozen=True, slots=True)
class Patch:
    """A word's place in the picture at drawing scale, darkness 0 to 1, with :data:`_PLAY` around."""

    dark: NDArray[np.float32]
    energy: float


def setting_of(ink: Pixels, words: Sequence[RawWord], baseline: float, tilt: float) -> Setting | None:
    """Find the face and size of a piece from its surest, longest words; None if no face comes near."""
    sample = sorted(words, key=lambda w: (w.confidence > _SURE, len(w.text)), reverse=True)[:_SAMPLES]
    sample = [w for w in sample if any(c.isalnum() for c in w.text)]
    if not sample:
        return None
    best: Setting | None = None
    for face in faces():
        ratios = [w.box[2] / max(width_of(w.text, face), 1.0) for w in sample]
        scale = median(ratios)
        if len(ratios) > 2 and median(abs(r / scale - 1) for r in ratios) > _GOOD_WIDTH:
            continue
        trial = Setting(face, scale, baseline, tilt, 1.0)
        misfits = [misfit(patch_of(ink, w, trial), w.text, trial) for w in sample[:3]]
        found = Setting(face, scale, baseline, tilt, sum(misfits) / len(misfits))
        if best is None or found.misfit < best.misfit:
            best = found
    return best


def patch_of(ink: Pixels, word: RawWord, setting: Setting, left: float = 0, right: float = 1e9) -> Patch:
    """Cut ``word`` out of ``ink`` at drawing scale. ``left`` and ``right`` part it from its neighbours."""
    scale = setting.scale
    level = setting.baseline + setting.tilt * (word.box[0] + word.box[2] / 2)
    margin = 0.15 * EM * scale
    first = max(word.box[0] - margin, left)
    last = min(word.box[0] + word.box[2] + margin, right)
    width = max(round((last - first) / scale), 1)
    matrix = np.array([[scale, 0, first], [0, scale, level - ASCENT * scale]])
    part = cv2.warpAffine(
        ink,
        matrix,
        (width, ASCENT + DESCENT),
        flags=cv2.WARP_INVERSE_MAP | cv2.INTER_AREA if scale > 1 else cv2.WARP_INVERSE_MAP | cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    dark = 1 - cv2.GaussianBlur(part, (0, 0), SOFTNESS).astype(np.float32) / 255
    dark = cv2.copyMakeBorder(dark, _PLAY, _PLAY, 2 * _PLAY, 2 * _PLAY, cv2.BORDER_CONSTANT, value=0)
    return Patch(np.asarray(dark, dtype=np.float32), float((dark * dark).sum()))


def misfit(patch: Patch, text: str, setting: Setting) -> float:
    """0 where the drawing of ``text`` explains the ink wholly, 1 where they have nothing in common."""
    drawing = draw_word(text, setting.face)
    room, need = patch.dark.shape[1], drawing.dark.shape[1]
    picture = patch.dark
    if need > room:
        picture = cv2.copyMakeBorder(picture, 0, 0, 0, need - room, cv2.BORDER_CONSTANT, value=0)
    together = float(cv2.matchTemplate(picture, drawing.dark, cv2.TM_CCORR).max())
    return 1 - 2 * together / max(patch.energy + drawing.energy, 1e-6)


def unexplained(patch: Patch, text: str, setting: Setting) -> float:
    """Squared difference between ink and drawing at the best place, in pixels of full contrast. The drawing
    may be stretched a little to the width of the ink: printers and scanners do it too."""
    found = _least_left_over(patch, draw_word(text, setting.face))
    if has_stacks(text):
        found = min(found, _least_left_over(patch, draw_word(text, setting.face, stacked=True)))
    return found


def _least_left_over(patch: Patch, drawing: Drawing) -> float:
    found = _left_over(patch, drawing.dark)
    stretch = _ink_width(patch) / max(drawing.dark.shape[1] - 4, 1)
    if 0.004 < abs(stretch - 1) < _STRETCH:
        width = round(drawing.dark.shape[1] * stretch)
        found = min(found, _left_over(patch, cv2.resize(drawing.dark, (width, drawing.dark.shape[0]))))
    return found


def _left_over(patch: Patch, drawing: Pixels | NDArray[np.float32]) -> float:
    room, need = patch.dark.shape[1], drawing.shape[1]
    picture = patch.dark
    if need > room:
        picture = cv2.copyMakeBorder(picture, 0, 0, 0, need - room, cv2.BORDER_CONSTANT, value=0)
    together = float(cv2.matchTemplate(picture, drawing, cv2.TM_CCORR).max())
    return patch.energy + float((drawing * drawing).sum()) - 2 * together


def _ink_width(patch: Patch) -> int:
    columns = np.flatnonzero(patch.dark.max(axis=0) > 0.4)
    return int(columns[-1] - columns[0] + 1) if len(columns) else 0
