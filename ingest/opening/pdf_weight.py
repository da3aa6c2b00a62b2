"""How deep and how often a page's forms draw each other, known without drawing: a kilobyte of forms that each
draw the next one twice keeps a renderer busy for ever."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pikepdf

from ingest.opening.pdf_file import contents_of, name_of, stream_bytes

_MAX_WEIGHT = 1 << 28  # bytes of operators, every form counted as often as it is drawn
_FORM_WEIGHT = 4096  # of drawing a form, whatever is in it
_MAX_FORMS = 20_000
_MAX_DEPTH = 400
_FORM_BYTES = 32 * 1024 * 1024
_NAME = re.compile(rb"/([^\s\0/<>\[\](){}%]+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class _Known:
    weight: int
    depth: int


def weigh(page: pikepdf.Object) -> int:
    """How deep the page's forms are nested.

    Raises:
        ValueError: a form draws itself, or all together would draw more than is bearable.
    """
    known: dict[tuple[int, int], _Known] = {}
    return _weigh(contents_of(page), page.get("/Resources"), known, set(), 0).depth


def _weigh(
    data: bytes,
    resources: pikepdf.Object | None,
    known: dict[tuple[int, int], _Known],
    above: set[tuple[int, int]],
    level: int,
) -> _Known:
    weight, depth = len(data), 0
    if level > _MAX_DEPTH or len(known) > _MAX_FORMS:
        raise ValueError("forms nested too deep")
    table = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(table, pikepdf.Dictionary):
        return _Known(weight, depth)
    # Every mention counts as drawn: what stands between a name and its operator may be written in many ways.
    times = Counter(_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name) for name in _NAME.findall(data))
    for name, count in times.items():
        try:
            form = table.get("/" + name.decode())
        except UnicodeDecodeError:  # no key that can be asked for
            continue
        if not isinstance(form, pikepdf.Stream) or name_of(form.get("/Subtype")) != "/Form":
            continue
        key = form.objgen
        if key in above:
            raise ValueError("a form draws itself")
        if key not in known:
            inner = stream_bytes(form, _FORM_BYTES)
            known[key] = _weigh(inner, form.get("/Resources", resources), known, above | {key}, level + 1)
        weight += count * (known[key].weight + _FORM_WEIGHT)
        depth = max(depth, known[key].depth + 1)
        if weight > _MAX_WEIGHT:
            raise ValueError("forms draw each other without end")
    return _Known(weight, depth)
