"""From a label to the printed tokens of its value: to the right, on the next lines, in the next cell, below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from classifiers.fields.folding import bare
from classifiers.fields.labels import NUMBERING, LabelHit, skip_numbering
from classifiers.fields.layout import Run, Sheet, Token
from ocr.vietnamese.syllables import is_syllable

_GOES_ON = frozenset(
    [
        "tỉnh",
        "huyện",
        "xã",
        "phường",
        "quận",
        "thị",
        "trấn",
        "thành",
        "phố",
        "tp",
        "tp.",
        "khu",
        "tổ",
        "thôn",
        "số",
        "và",
        "của",
        "tại",
    ]
)
"""A place or a name that ends in one of these words goes on in the next line."""
_FIGURES = re.compile(r"\d[./-]\d{1,2}[./-]\d{4}|(?<!\d)(?:\d{9}|\d{12})(?!\d)")
"""Dates and personal numbers are kept however they were read."""
Hits = Mapping[int, list[LabelHit]]


@dataclass(frozen=True, slots=True)
class Extent:
    """The tokens of a value in reading order. ``way`` is ``right``, ``cell`` or ``below``; ``breaks`` are the
    indices at which a new printed line starts."""

    tokens: tuple[Token, ...]
    page: int
    way: str
    breaks: tuple[int, ...] = ()


def extents_of(
    sheet: Sheet, hit: LabelHit, hits: Hits, lines: int, all_cells: bool = False, address: bool = False
) -> list[Extent]:
    """The places where the value of ``hit`` may stand, the likeliest first, each over at most ``lines``
    printed lines. ``all_cells``: every cell to the right is one, not only the next. ``address``: a line that begins
    a sentence does not carry the value on."""
    found: list[Extent] = []
    inline = _until_next(hit.run, hit.end, hits)
    if inline:
        found.append(_continued(sheet, hit, inline, hit.run, "right", hits, lines, address))
        if not all_cells or inline[-1] is not hit.run.tokens[-1]:
            return found
    elif hit.run.leader and hit.end == len(hit.run.tokens):
        return []
    beside = sheet.right_of(hit.run) if inline or hit.end == len(hit.run.tokens) else None
    while beside and not _opens_with_label(beside, hits):
        tokens = _until_next(beside, 0, hits)
        if tokens:
            found.append(_continued(sheet, hit, tokens, beside, "cell", hits, lines, address))
        beside = sheet.right_of(beside) if all_cells else None
    if not found and hit.firm and hit.run.right > sheet.text_right - 6 * sheet.line_height:
        found += _on_next_line(sheet, hit, hits, lines, address)
    if inline:
        return found
    label = hit.run.part(hit.start, hit.end)
    below = sheet.below(label, reach=3.2) if label else None
    if below and not _opens_with_label(below, hits):
        tokens = _until_next(below, 0, hits)
        if tokens:
            found.append(_continued(sheet, hit, tokens, below, "below", hits, lines, address))
    return found


def _on_next_line(sheet: Sheet, hit: LabelHit, hits: Hits, lines: int, address: bool) -> list[Extent]:
    """The value of a label that ends at the margin: it stands at the beginning of the next line."""
    step = max(2.2 * hit.run.height, 1.3 * sheet.pitch)
    near = [r for r in sheet.runs if 0.6 * hit.run.height < r.middle - hit.run.middle < step]
    first = min(near, key=lambda r: r.left, default=None)
    if (
        first is None
        or first.left > sheet.text_left + 2 * sheet.line_height
        or _opens_with_label(first, hits)
    ):
        return []
    tokens = _until_next(first, 0, hits)
    return [_continued(sheet, hit, tokens, first, "below", hits, lines, address)] if tokens else []


def _until_next(run: Run, start: int, hits: Hits) -> tuple[Token, ...]:
    """Tokens from ``start`` up to the next label of the run."""
    stop = next((h.start for h in hits.get(id(run), ()) if h.start >= start), len(run.tokens))
    tokens = run.tokens[start:stop]
    trash: Token | None = None
    for at in range(1, len(tokens)):
        rest = tokens[at:]
        if not any(c.isalnum() for c in rest[0].text) and rest[0].confidence < 0.6:
            if sum(t.confidence for t in rest) < 0.4 * len(rest) and not any(
                _FIGURES.search(t.text) for t in rest
            ):
                tokens = tokens[:at]
            break
    while tokens and is_trash(tokens[-1]):
        trash = tokens[-1]
        tokens = tokens[:-1]
    if tokens and trash and trash.box[0] - tokens[-1].right < 0.6 * run.height and bare(trash.text):
        # it may have been part of the value
        tokens = (*tokens[:-1], replace(tokens[-1], confidence=min(tokens[-1].confidence, 0.6)))
    # numbering and dashes between a value and the next label belong to the label
    while tokens and NUMBERING.match(tokens[-1].text) and stop < len(run.tokens):
        tokens = tokens[:-1]
    return tokens


def is_trash(token: Token) -> bool:
    """What a recogniser makes of dotted leaders: read with great doubt, and neither a syllable nor a figure
    of some length."""
    if not any(c.isalnum() for c in token.text):
        return token.confidence < 0.6
    if token.confidence >= 0.4 or _FIGURES.search(token.text):
        return False
    word = token.text.strip(".,;:-")
    if word.isdigit():
        return token.confidence < 0.25
    return not is_syllable(word) or (len(word) < 3 and not word[0].isupper())


def _opens_with_label(run: Run, hits: Hits) -> bool:
    first = skip_numbering(run.tokens, 0)
    return any(h.start <= first for h in hits.get(id(run), ()))


def _continued(
    sheet: Sheet,
    hit: LabelHit,
    tokens: tuple[Token, ...],
    run: Run,
    way: str,
    hits: Hits,
    lines: int,
    address: bool,
) -> Extent:
    """Add the following printed lines while the value wraps."""
    breaks: list[int] = []
    last = run
    reached_end = tokens[-1] is run.tokens[-1]
    while reached_end and len(breaks) + 1 < lines:
        following = _wrapped_line(sheet, last, run, hit, hits)
        if following is None or (
            address and (_begins_sentence(last, following) or _heads_table(sheet, last, following))
        ):
            break
        more = _until_next(following, 0, hits)
        if not more:
            break
        breaks.append(len(tokens))
        tokens += more
        reached_end = more[-1] is following.tokens[-1]
        last = following
    return Extent(tokens, run.page, way, tuple(breaks))


def _begins_sentence(last: Run, following: Run) -> bool:
    """Whether a line begins a sentence (``Nay tôi làm đơn …``, ``Yêu cầu hoàn thiện …``): a capital word before a
    small one that is no part of an address."""
    if last.tokens[-1].text[-1] in ",-–" or len(following.tokens) < 4:
        return False
    first, second = following.tokens[0].text, following.tokens[1].text
    plain = first.isalpha() and first[0].isupper() and second.strip(".,:;").isalpha()
    return plain and second[0].islower() and second.strip(",:;").lower() not in _GOES_ON


def _heads_table(sheet: Sheet, last: Run, following: Run) -> bool:
    """Whether the next line is the first of a table: several cells under a line that stood alone."""
    return len(sheet.beside(last)) == 1 and len(sheet.beside(following)) > 1


def _wrapped_line(sheet: Sheet, last: Run, first: Run, hit: LabelHit, hits: Hits) -> Run | None:
    """The printed line on which the text of ``last`` goes on, if it does."""
    height = max(last.height, 0.8 * sheet.line_height)
    column_right = _column_right(sheet, last)
    value_left = (
        first.tokens[hit.end].box[0] if first is hit.run and hit.end < len(first.tokens) else first.left
    )
    candidates = [
        r
        for r in sheet.runs
        if 0.6 * height < r.middle - last.middle < min(3.0 * height, max(1.45 * sheet.pitch, 1.9 * height))
        and r.left < value_left + 4 * height
        and r.left < last.right
        and r.left < column_right
        and r.left >= min(hit.run.left, first.left) - 4 * height
        and r.right > min(last.left, hit.run.left)
    ]
    if not candidates:
        return None
    following = min(candidates, key=lambda r: (r.middle, abs(r.left - first.left)))
    if _opens_with_label(following, hits) or NUMBERING.match(following.tokens[0].text):
        return None
    room = column_right - last.right
    first_word = following.tokens[0]
    ends_open = last.tokens[-1].text[-1] in ",-–" or last.tokens[-1].text.lower() in _GOES_ON
    if last.tokens[-1].text[-1] in ".;":
        return None
    if room < first_word.box[2] + 0.9 * height or ends_open:
        return following
    return None


def _column_right(sheet: Sheet, run: Run) -> int:
    """How far the line of ``run`` could have reached: the next column, or the right edge of the body."""
    beside = sheet.right_of(run)
    edge = max(sheet.text_right, run.right)
    return min(edge, beside.left) if beside else edge
