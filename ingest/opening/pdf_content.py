"""What a PDF page draws, as far as it takes to know a scan: pictures, and whether anything else is seen."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace

import pikepdf

from ingest.opening.pdf_file import contents_of, stream_bytes

Affine = tuple[float, float, float, float, float, float]
"""PDF's ``[a b c d e f]``: ``x' = a x + c y + e``, ``y' = b x + d y + f``."""

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's units."""

_MAX_BYTES = 1_500_000  # a hidden text layer is far smaller; drawings that are larger are drawn by pdfium
_MAX_OPERATORS = 150_000
_MAX_DEPTH = 220
_MAX_PICTURES = 2_000
_UNIT: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PATHS = {"m", "l", "c", "v", "y", "h", "re"}
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
    """``ink`` says that something else than plain pictures is seen: text, lines, shadings, masks, clips."""

    pictures: list[Placement] = field(default_factory=list)
    ink: bool = False
    hidden_text: bool = False
    too_much: bool = False


@dataclass(slots=True)
class _State:
    matrix: Affine = _UNIT
    text_mode: int = 0
    white: bool = False  # the fill colour; black to begin with
    clip: Bounds | None = None


def read_contents(page: pikepdf.Object) -> Contents:
    """Walk the page's operators and those of the forms it uses.

    Raises:
        ValueError: the content cannot be read.
    """
    found = Contents()
    data = contents_of(page)
    if len(data) > _MAX_BYTES:
        found.too_much = found.ink = True
        return found
    _Walker(found).walk(page, page.get("/Resources"), data, _State(), 0)
    return found


class _Walker:
    def __init__(self, found: Contents) -> None:
        self.found = found
        self._desk = pikepdf.Pdf.new()  # owns the decoded streams while they are parsed
        self.operators = 0
        self.bytes = 0

    def walk(
        self, owner: pikepdf.Object, resources: pikepdf.Object | None, data: bytes, state: _State, depth: int
    ) -> None:
        """Walk one content stream; ``owner`` is the page or the form that has it."""
        self.bytes += len(data)
        if depth > _MAX_DEPTH:
            raise ValueError("forms nested too deep")
        if self.bytes > _MAX_BYTES:
            self.found.too_much = self.found.ink = True
            return
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                steps = pikepdf.parse_content_stream(pikepdf.Stream(self._desk, data))
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError) as broken:
            raise ValueError("unreadable content stream") from broken
        names = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
        stack: list[_State] = []
        path: list[list[float]] = []  # rectangles of the path under construction
        odd_path = False
        clip = False
        for step in steps:
            self.operators += 1
            if self.operators > _MAX_OPERATORS:
                self.found.too_much = self.found.ink = True
                return
            if isinstance(step, pikepdf.ContentStreamInlineImage):
                self.found.ink = True
                continue
            name = str(step.operator)
            operands = list(step.operands)
            if name == "q":
                stack.append(replace(state))
                if len(stack) > 500:
                    raise ValueError("states nested too deep")
            elif name == "Q":
                state = stack.pop() if stack else state
            elif name == "cm":
                state.matrix = times(_affine(operands), state.matrix)
            elif name == "Do":
                self._draw(names, operands, state, depth)
            elif name in _PATHS:
                if name == "re":
                    path.append(_numbers(operands, 4))
                else:
                    odd_path = True
            elif name in ("W", "W*"):
                clip = True
            elif name in _PAINTS or name == "n":
                if clip:
                    self._clip(path, odd_path, state)
                if name != "n" and not (state.white and name in ("f", "F", "f*") and not self.found.pictures):
                    self.found.ink = True
                path, odd_path, clip = [], False, False
            else:
                self._other(name, operands, names, state)

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
        elif name == "gs":
            self._graphics_state(names, operands)
        elif name == "sh" or (name in ("BDC", "DP") and operands and str(operands[0]) == "/OC"):
            self.found.ink = True

    def _graphics_state(self, names: pikepdf.Object, operands: list[pikepdf.Object]) -> None:
        table = names.get("/ExtGState")
        entry = table.get(str(operands[0])) if isinstance(table, pikepdf.Dictionary) and operands else None
        if not isinstance(entry, pikepdf.Dictionary):
            return
        opaque = all(float(entry.get(key, 1)) >= 1 for key in ("/CA", "/ca"))
        plain_mode = str(entry.get("/BM", "/Normal")) in ("/Normal", "/Compatible")
        plain_mask = str(entry.get("/SMask", "/None")) == "/None"
        if not (opaque and plain_mode and plain_mask):
            self.found.ink = True

    def _draw(self, names: pikepdf.Object, operands: list[pikepdf.Object], state: _State, depth: int) -> None:
        table = names.get("/XObject")
        thing = table.get(str(operands[0])) if isinstance(table, pikepdf.Dictionary) and operands else None
        if not isinstance(thing, pikepdf.Stream):
            raise ValueError("a drawn object is missing")  # noqa: TRY004 - what is wrong is the file
        if "/OC" in thing:
            self.found.ink = True
        kind = str(thing.get("/Subtype"))
        if kind == "/Image":
            self.found.pictures.append(Placement(thing, state.matrix, state.clip))
            if len(self.found.pictures) > _MAX_PICTURES:
                self.found.too_much = True
            if "/SMask" in thing or "/Mask" in thing or thing.get("/ImageMask", False):
                self.found.ink = True
        elif kind == "/Form":
            inner = replace(state)
            if "/Matrix" in thing:
                inner.matrix = times(_affine(list(thing.Matrix)), inner.matrix)
            data = stream_bytes(thing, _MAX_BYTES)
            self.walk(thing, thing.get("/Resources", names), data, inner, depth + 1)

    def _clip(self, path: list[list[float]], odd_path: bool, state: _State) -> None:
        """Follow clips that are plain upright rectangles; any other is left to pdfium."""
        a, b, c, d, _, _ = state.matrix
        if odd_path or len(path) != 1 or min(max(abs(a), abs(d)), max(abs(b), abs(c))) > 1e-6:
            self.found.ink = True
            return
        x, y, w, h = path[0]
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
