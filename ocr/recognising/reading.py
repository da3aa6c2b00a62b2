"""Reading one prepared page: words, boxes, confidences, rows in reading order."""

from __future__ import annotations

from ocr.recognising.engine import RawWord, Recogniser
from ocr.recognising.rows import pieces_in_rows
from records import Box, Line, PreparedPage, Word

_ASSUMED_DPI = 300


def recognise(prepared: PreparedPage, recogniser: Recogniser, *, seconds: float) -> tuple[Line, ...]:
    """Read the print of ``prepared.ink``.

    Lines come row by row, left to right, boxes in pixels of ``prepared.upright``. A blank page is not read
    and answers with no lines.

    Args:
        prepared: the page made ready.
        recogniser: the engine.
        seconds: wall clock for all of it.

    Raises:
        MachineError: see :class:`~ocr.recognising.engine.Recogniser`; never an empty text in its place.
    """
    if prepared.blank:
        return ()
    dpi = round(prepared.dpi * prepared.ink_scale) or _ASSUMED_DPI
    raw = recogniser.read(prepared.ink, dpi=dpi, seconds=seconds)
    scale = 1 / prepared.ink_scale
    return tuple(
        Line(tuple(_word(w, scale) for w in piece.words), row, cell)
        for row, pieces in enumerate(pieces_in_rows(raw))
        for cell, piece in enumerate(pieces)
    )


def _word(raw: RawWord, scale: float) -> Word:
    return Word(raw.text, _scaled(raw.box, scale), raw.confidence)


def _scaled(box: Box, scale: float) -> Box:
    left, top = round(box[0] * scale), round(box[1] * scale)
    right, bottom = round((box[0] + box[2]) * scale), round((box[1] + box[3]) * scale)
    return (left, top, max(right - left, 1), max(bottom - top, 1))
