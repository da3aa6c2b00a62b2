"""Labels that a line break parts: ``… tờ bản đồ`` / ``số: 12``, or ``Họ, chữ đệm,`` / ``tên`` in a narrow cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from classifiers.fields.folding import bare
from classifiers.fields.labels import LabelHit
from classifiers.fields.layout import Run, Sheet

Closest = Callable[[str], tuple[str, float] | None]
_MOST = 8
"""So many words of a label may stand on either side of the break."""
_ALIKE = 0.9


def join_broken(
    sheet: Sheet, closest: Closest, hits: Mapping[int, Sequence[LabelHit]]
) -> dict[int, list[LabelHit]]:
    """The hits of a page with those of broken labels among them. What stands before the break and belongs to the
    label is a hit without a key: it ends the value before it, and no field asks for it."""
    joined = {key: list(found) for key, found in hits.items()}
    for above in sheet.runs:
        below = _line_below(sheet, above)
        if below is None:
            continue
        if abs(below.left - above.left) < above.height and len(above.tokens) <= _MOST:
            _join_cell(sheet, above, below, closest, joined)
        elif above.right > sheet.text_right - 6 * sheet.line_height:
            _join_lines(above, below, closest, joined)
    return joined


def _line_below(sheet: Sheet, above: Run) -> Run | None:
    """The run that carries on after ``above``: the leftmost of the next line, not left of its own column."""
    left = above.left if sheet.right_of(above) else sheet.text_left
    near = [
        r
        for r in sheet.runs
        if 0.6 * above.height < r.middle - above.middle < max(2.2 * above.height, 1.3 * sheet.pitch)
        and r.left > left - above.height
    ]
    return min(near, key=lambda r: (r.left, r.middle), default=None)


def _join_cell(
    sheet: Sheet, above: Run, below: Run, closest: Closest, joined: dict[int, list[LabelHit]]
) -> None:
    """A label over two lines of a cell: it fills both, and its value stands beside them."""
    first = "".join(bare(t.text) for t in above.tokens)
    match = closest(first + "".join(bare(t.text) for t in below.tokens))
    known = bool(joined[id(above)])
    if match is None or match[1] < (1.0 if known else _ALIKE) or len(below.tokens) > _MOST:
        return
    both = Run((*above.tokens, *below.tokens), above.page, below.leader)
    if sheet.right_of(both) is None:
        return
    firm = below.tokens[-1].text.endswith(":")
    joined[id(above)] = [LabelHit(both, 0, len(both.tokens), match[0], match[1], firm)]
    joined[id(below)] = []


def _join_lines(above: Run, below: Run, closest: Closest, joined: dict[int, list[LabelHit]]) -> None:
    """A label that begins at the end of a full line and goes on, up to its colon, on the next."""
    taken = max((h.end for h in joined[id(above)]), default=0)
    colon = next((at for at, t in enumerate(below.tokens[:_MOST]) if t.text.endswith(":")), None)
    if colon is None:
        return
    asked = 1.0 if any(h.start == 0 and h.likeness == 1.0 for h in joined[id(below)]) else _ALIKE
    rest = "".join(bare(t.text) for t in below.tokens[: colon + 1])
    for start in range(max(taken, len(above.tokens) - _MOST), len(above.tokens)):
        opening = start == 0 or above.tokens[start - 1].text[-1] in ";,.:)"
        match = closest("".join(bare(t.text) for t in above.tokens[start:]) + rest) if opening else None
        if match is None or match[1] < asked:
            continue
        joined[id(above)].append(LabelHit(above, start, len(above.tokens), "", match[1], True))
        following = [h for h in joined[id(below)] if h.start > colon]
        joined[id(below)] = [LabelHit(below, 0, colon + 1, match[0], match[1], True), *following]
        return
