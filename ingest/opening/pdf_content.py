"""What a PDF page draws, as far as it takes to know a scan: pictures, and whether anything else is seen."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from ingest.opening.pdf_file import LossError, contents_of, name_of, stream_bytes

Affine = tuple[float, float, float, float, float, float]
"""PDF's ``[a b c d e f]``: ``x' = a x + c y + e``, ``y' = b x + d y + f``."""

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's units."""

_MAX_BYTES = 1_500_000  # a hidden text layer is far smaller; drawings that are larger are drawn by pdfium
_MAX_OPERATORS = 150_000
_MAX_DEPTH = 220
_MAX_WALKS = 2_000
_MAX_PICTURES = 2_000
_MAX_STATES = 500
_UNIT: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PATHS = {"m", "l", "c", "v", "y", "h", "re"}
_CLIPS = {"W", "W*"}
_PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
_SHOWS = {"Tj", "TJ", "'", '"'}
_INVISIBLE_TEXT = (3, 7)


@dataclass(frozen=True, slots=True)
class Placement:
    """A picture on the page: its stream, where its unit square lands in the page's units, and the rectangle
    that it is clipped to."""

    picture: pikepdf.Object
    where: Affine
    clip: Bounds | None = None


@dataclass(slots=True)
class Contents:
    """``ink`` says that something else than plain pictures is seen: text, lines, shadings, masks, clips.
    ``broken`` says that operators could not be understood."""

    pictures: list[Placement] = field(default_factory=list)
    ink: bool = False
    hidden_text: bool = False
    broken: bool = False


@dataclass(slots=True)
class _State:
    matrix: Affine = _UNIT
    text_mode: int = 0
    white: bool = False  # the fill colour; black to begin with
    clip: Bounds | None = None


def read_contents(page: pikepdf.Object) -> Contents:
    """Walk the page's operators and those of the forms it uses.

    Raises:
        LossError: a content stream, a form or a picture is missing or not whole.
    """
    found = Contents()
    data = contents_of(page)
    if len(data) > _MAX_BYTES:
        found.ink = True
        return found
    _Walker(found).walk(page.get("/Resources"), data, _State(), 0)
    return found


@dataclass(slots=True)
class _Path:
    """A path under construction: its rectangles, whether it has anything else, whether it clips."""

    boxes: list[list[float]] = field(default_factory=list)
    odd: bool = False
    clips: bool = False

    def add(self, name: str, operands: list[pikepdf.Object]) -> None:
        if name in _CLIPS:
            self.clips = True
        elif name == "re":
            self.boxes.append(_numbers(operands, 4))
        else:
            self.odd = True


class _Walker:
    def __init__(self, found: Contents) -> None:
        self.found = found
        self._desk = pikepdf.Pdf.new()  # owns the decoded streams while they are parsed
        self.operators = 0
        self.bytes = 0
        self.walks = 0

    def walk(self, resources: pikepdf.Object | None, data: bytes, state: _State, depth: int) -> None:
        """Walk one content stream with the resources that it names."""
        self.bytes += len(data)
        self.walks += 1
        if depth > _MAX_DEPTH or self.bytes > _MAX_BYTES or self.walks > _MAX_WALKS:
            self.found.ink = True
            return
        names = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
        stack: list[_State] = []
        path = _Path()
        for step in self._steps(data):
            self.operators += 1
            if self.operators > _MAX_OPERATORS or len(stack) > _MAX_STATES:
                self.found.ink = True
                return
            try:
                name = str(step.operator)
                operands = list(step.operands)
                if isinstance(step, pikepdf.ContentStreamInlineImage):
                    self.found.ink = True
                elif name == "q":
                    stack.append(replace(state))
                elif name == "Q":
                    state = stack.pop() if stack else state
                elif name == "Do":
                    self._draw(names, operands, state, depth)
                elif name in _PATHS or name in _CLIPS:
                    path.add(name, operands)
                elif name in _PAINTS or name == "n":
                    self._paint(name, path, state)
                    path = _Path()
                else:
                    self._other(name, operands, names, state)
            except LossError:
                raise
            except (ValueError, TypeError, OverflowError):
                self.found.broken = self.found.ink = True

    def _steps(self, data: bytes) -> list[Any]:
        try:
            with warnings.catch_warnings(record=True) as complaints:
                warnings.simplefilter("always")
                steps = list(pikepdf.parse_content_stream(pikepdf.Stream(self._desk, data)))
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
            self.found.broken = self.found.ink = True
            return []
        self.found.broken = self.found.broken or bool(complaints)
        return steps

    def _paint(self, name: str, path: _Path, state: _State) -> None:
        if path.clips:
            self._clip(path, state)
        under = state.white and name in ("f", "F", "f*") and not self.found.pictures
        if name != "n" and not under:
            self.found.ink = True

    def _other(self, name: str, operands: list[pikepdf.Object], names: pikepdf.Object, state: _State) -> None:
        if name == "Tr":
            state.text_mode = int(_numbers(operands, 1)[0])
        elif name in _SHOWS:
            if state.text_mode in _INVISIBLE_TEXT:
                self.found.hidden_text = True
            elif operands and _says_something(operands[-1]):
                self.found.ink = True
        elif name in ("g", "rg", "k", "sc", "scn"):
            values = [float(v) for v in operands if _is_number(v)]
            state.white = bool(values) and (not any(values) if name == "k" else all(v >= 1 for v in values))
            if name in ("sc", "scn") and len(values) not in (1, 3):
                state.white = False
        elif name == "cm":
            state.matrix = times(_affine(operands), state.matrix)
        elif name == "gs":
            self._graphics_state(names, operands)
        elif name == "sh" or (name in ("BDC", "DP") and operands and name_of(operands[0]) == "/OC"):
            self.found.ink = True

    def _graphics_state(self, names: pikepdf.Object, operands: list[pikepdf.Object]) -> None:
        table = names.get("/ExtGState")
        entry = (
            table.get(name_of(operands[0]) or "/")
            if isinstance(table, pikepdf.Dictionary) and operands
            else None
        )
        if not isinstance(entry, pikepdf.Dictionary):
            return
        opaque = all(float(entry.get(key, 1)) >= 1 for key in ("/CA", "/ca"))
        plain_mode = name_of(entry.get("/BM", "/Normal")) in ("/Normal", "/Compatible")
        plain_mask = name_of(entry.get("/SMask", "/None")) == "/None"
        if not (opaque and plain_mode and plain_mask):
            self.found.ink = True

    def _draw(self, names: pikepdf.Object, operands: list[pikepdf.Object], state: _State, depth: int) -> None:
        table = names.get("/XObject")
        thing = (
            table.get(name_of(operands[0]) or "/")
            if isinstance(table, pikepdf.Dictionary) and operands
            else None
        )
        if not isinstance(thing, pikepdf.Stream):
            raise LossError("a drawn object is missing")
        if "/OC" in thing:
            self.found.ink = True
        kind = name_of(thing.get("/Subtype"))
        if kind == "/Image":
            self.found.pictures.append(Placement(thing, state.matrix, state.clip))
            if len(self.found.pictures) > _MAX_PICTURES:
                self.found.ink = True
            if "/SMask" in thing or "/Mask" in thing or thing.get("/ImageMask", False):
                self.found.ink = True
        elif kind == "/Form":
            inner = replace(state)
            if "/Matrix" in thing:
                inner.matrix = times(_affine(list(thing.Matrix)), inner.matrix)
            data = stream_bytes(thing, _MAX_BYTES)
            self.walk(thing.get("/Resources", names), data, inner, depth + 1)

    def _clip(self, path: _Path, state: _State) -> None:
        """Follow clips that are plain upright rectangles; any other is left to pdfium."""
        a, b, c, d, _, _ = state.matrix
        if path.odd or len(path.boxes) != 1 or min(max(abs(a), abs(d)), max(abs(b), abs(c))) > 1e-6:
            self.found.ink = True
            return
        x, y, w, h = path.boxes[0]
        box = bounds(times((w, 0.0, 0.0, h, x, y), state.matrix))
        known = state.clip
        if known is not None:
            box = (max(box[0], known[0]), max(box[1], known[1]), min(box[2], known[2]), min(box[3], known[3]))
        state.clip = box


def times(first: Affine, second: Affine) -> Affine:
    """PDF's matrix product: ``first`` is applied first."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def bounds(where: Affine) -> Bounds:
    """The upright box around the unit square after ``where``."""
    a, b, c, d, e, f = where
    xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
    return (min(xs), min(ys), max(xs), max(ys))


def _affine(operands: list[pikepdf.Object]) -> Affine:
    a, b, c, d, e, f = _numbers(operands, 6)
    return (a, b, c, d, e, f)


def _numbers(operands: list[pikepdf.Object], count: int) -> list[float]:
    try:
        values = [float(v) for v in operands[:count]]
    except (TypeError, ValueError) as broken:
        raise ValueError("an operand is no number") from broken
    if len(values) < count:
        raise ValueError("an operand is missing")
    return values


def _is_number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def _says_something(shown: pikepdf.Object) -> bool:
    parts = list(shown) if isinstance(shown, pikepdf.Array) else [shown]
    return any(isinstance(p, pikepdf.String) and bytes(p).strip() for p in parts)
