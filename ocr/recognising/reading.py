"""Reading one prepared page: words, boxes, confidences, rows in reading order.

The page is read once. Its language tells where that reading is doubtful; those words are read again in one more
run, and readings and language together choose each word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from errors import MachineError
from ocr.recognising.again import read_again
from ocr.recognising.confidence import confidence_of
from ocr.recognising.engine import RawWord, Recogniser
from ocr.recognising.marks import joined, low_height, mended, tightened
from ocr.recognising.noise import NoiseFilter
from ocr.recognising.parting import parted
from ocr.recognising.picture import PieceInPicture
from ocr.recognising.rows import Piece, pieces_in_rows, tilt_of
from ocr.vietnamese.choosing import START, Choice, Context, Picture, choose, context_after
from ocr.vietnamese.model import LanguageModel, language_model
from records import Box, Line, Pixels, PreparedPage, Word

_ASSUMED_DPI = 300
_FULL_LINE = 0.93
"""A line that ends beyond this share of the widest one's right edge goes on in the next."""
_FIRST_SHARE = 0.65
"""Share of the time that the first reading may take."""
_DOUBTED, _DOUBTED_NUMBER = 0.85, 0.93
_CLOSE = 4.0
"""A choice with a smaller lead (natural log) is read again."""
_AROUND = 2
"""So many words on either side of a doubtful one are read again with it."""

Seconds = dict[int, RawWord]


def recognise(prepared: PreparedPage, recogniser: Recogniser, *, seconds: float) -> tuple[Line, ...]:
    """Read the print of ``prepared.ink``.

    Lines come row by row, left to right, boxes in pixels of the upright page. A blank page is not read
    and answers with no lines.

    Args:
        prepared: the page made ready.
        recogniser: the engine.
        seconds: wall clock for all of it.

    Raises:
        MachineError: see :class:`~ocr.recognising.engine.Recogniser`; never an empty text in its place. Where
            only the second reading fails, the first stands, its doubtful words with low confidence.
    """
    if prepared.blank:
        return ()
    model = language_model()
    dpi = round(prepared.dpi * prepared.ink_scale) or _ASSUMED_DPI
    raw = recogniser.read(prepared.ink, dpi=dpi, seconds=_FIRST_SHARE * seconds)
    rows = _tidy(pieces_in_rows(raw), prepared.ink, model)
    again = _second_readings(rows, prepared.ink, recogniser, model, dpi, (1 - _FIRST_SHARE) * seconds)
    tilt = tilt_of(raw)
    rows, again = _print_of(rows, again, prepared.ink, tilt, model)
    pictures = {
        id(p): PieceInPicture(prepared.ink, p, tilt).costs for row in rows for p in row if again.get(id(p))
    }
    chosen = _chosen(rows, again, model, pictures)
    scale = 1 / prepared.ink_scale
    return tuple(
        Line(tuple(_word(w, c, scale) for w, c in zip(piece.words, choices, strict=True)), row, cell)
        for row, (pieces, picked) in enumerate(zip(rows, chosen, strict=True))
        for cell, (piece, choices) in enumerate(zip(pieces, picked, strict=True))
    )


def _tidy(rows: Sequence[Sequence[Piece]], ink: Pixels, model: LanguageModel) -> list[list[Piece]]:
    """The rows with small marks mended and words that were run together parted."""
    low = low_height(w for row in rows for p in row for w in p.words)
    mend = [
        [
            replace(p, words=tuple(parted(joined(ws), ink, model)))
            for p in row
            if (ws := [x for w in p.words for x in mended(tightened(w, ink), low)])
        ]
        for row in rows
    ]
    return [row for row in mend if row]


def _second_readings(
    rows: Sequence[Sequence[Piece]],
    ink: Pixels,
    recogniser: Recogniser,
    model: LanguageModel,
    dpi: int,
    seconds: float,
) -> dict[int, Seconds]:
    """Second readings of the doubtful words and their neighbours, by the piece's identity."""
    chosen = _chosen(rows, {}, model, {})
    stretches = [
        (piece, first, last)
        for row, picked in zip(rows, chosen, strict=True)
        for piece, choices in zip(row, picked, strict=True)
        for first, last in _stretches([_is_doubtful(w, c) for w, c in zip(piece.words, choices, strict=True)])
    ]
    if not stretches:
        return {}
    parts = [replace(piece, words=piece.words[first:last]) for piece, first, last in stretches]
    try:
        found = read_again(ink, parts, recogniser, dpi=dpi, seconds=seconds)
    except MachineError:
        return {}
    again: dict[int, Seconds] = {}
    for (piece, first, _), words in zip(stretches, found, strict=True):
        again.setdefault(id(piece), {}).update({first + i: word for i, word in words.items()})
    return again


def _stretches(doubtful: Sequence[bool]) -> list[tuple[int, int]]:
    """First and past-last word of the stretches to read again: a doubtful word is read with its neighbours, for
    the engine reads words by their surroundings, and stretches that meet are one."""
    stretches: list[tuple[int, int]] = []
    for i in (i for i, doubt in enumerate(doubtful) if doubt):
        first, last = max(i - _AROUND, 0), min(i + _AROUND + 1, len(doubtful))
        if stretches and first <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], last)
        else:
            stretches.append((first, last))
    return stretches


def _is_doubtful(word: RawWord, choice: Choice) -> bool:
    if choice.text != word.text or choice.margin < _CLOSE or "@" in word.text:
        return True
    number = any(c.isdigit() for c in word.text)
    return word.confidence < (_DOUBTED_NUMBER if number else _DOUBTED)


def _print_of(
    rows: Sequence[Sequence[Piece]], again: dict[int, Seconds], ink: Pixels, tilt: float, model: LanguageModel
) -> tuple[list[list[Piece]], dict[int, Seconds]]:
    """The rows without what is no print."""
    noise = NoiseFilter(ink, rows, tilt, model)
    kept: list[list[Piece]] = []
    seconds: dict[int, Seconds] = {}
    for row in rows:
        pieces = []
        for piece in row:
            readings = again.get(id(piece))
            places = noise.print_of(piece, readings, row)
            if not places:
                continue
            left = replace(piece, words=tuple(piece.words[i] for i in places))
            pieces.append(left)
            if readings:
                seconds[id(left)] = {k: readings[i] for k, i in enumerate(places) if i in readings}
        if pieces:
            kept.append(pieces)
    return kept, seconds


def _chosen(
    rows: Sequence[Sequence[Piece]],
    again: dict[int, Seconds],
    model: LanguageModel,
    pictures: Mapping[int, Picture],
) -> list[list[list[Choice]]]:
    """The readings chosen for every piece; a full line hands its last words on to the next."""
    edge = max((w.box[0] + w.box[2] for row in rows for p in row for w in p.words), default=0)
    context: Context = START
    out = []
    for row in rows:
        before = context if len(row) == 1 else START
        chosen = [choose(p.words, model, before, again.get(id(p)), pictures.get(id(p))) for p in row]
        last = row[-1].words[-1].box
        full = len(row) == 1 and last[0] + last[2] > _FULL_LINE * edge
        context = context_after([c.text for c in chosen[-1]]) if full else START
        out.append(chosen)
    return out


def _word(raw: RawWord, choice: Choice, scale: float) -> Word:
    box = _scaled(raw.box, scale)
    sure = confidence_of(raw, choice)
    if choice.text == raw.text:
        return Word(raw.text, box, sure)
    why = "second reading" if choice.agreed else "language"
    return Word(choice.text, box, sure, heard=raw.text, why=why)


def _scaled(box: Box, scale: float) -> Box:
    left, top = round(box[0] * scale), round(box[1] * scale)
    right, bottom = round((box[0] + box[2]) * scale), round((box[1] + box[3]) * scale)
    return (left, top, max(right - left, 1), max(bottom - top, 1))
