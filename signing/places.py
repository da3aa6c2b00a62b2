"""Places on a page as the reader sees it, and how they lie in the PDF's own space."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from errors import SenderError
from records import Pixels

_LOOK_DPI = 72.0
_MARGIN = 14.0  # points from the edges: printers do not reach further
_DARK = 200
_SPECKS = 0.004  # share of dark pixels that is dust, not print
_STEP = 3
_TOP_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class PageFrame:
    """A page as the reader sees it: ``width`` × ``height`` in points after ``rotation`` (clockwise degrees);
    ``left``, ``bottom`` of the visible box in user space."""

    width: float
    height: float
    rotation: int
    left: float
    bottom: float

    def to_user_space(self, box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        """``(x, y, w, h)`` as seen, origin top left, to ``(x1, y1, x2, y2)`` of user space, whole points."""
        x, y, w, h = box
        corners = [self._point(x, y), self._point(x + w, y + h)]
        xs, ys = sorted(p[0] for p in corners), sorted(p[1] for p in corners)
        return round(xs[0]), round(ys[0]), round(xs[1]), round(ys[1])

    def as_seen(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """``(x1, y1, x2, y2)`` of user space to ``(x, y, w, h)`` as seen: :meth:`to_user_space` undone."""
        (ax, ay), (bx, by) = self._seen(box[0], box[1]), self._seen(box[2], box[3])
        return min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by)

    def _seen(self, ux: float, uy: float) -> tuple[float, float]:
        if self.rotation == 90:
            return uy - self.bottom, ux - self.left
        if self.rotation == 180:
            return self.left + self.width - ux, uy - self.bottom
        if self.rotation == 270:
            return self.bottom + self.width - uy, self.left + self.height - ux
        return ux - self.left, self.bottom + self.height - uy

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return self.left + y, self.bottom + x
        if self.rotation == 180:
            return self.left + self.width - x, self.bottom + y
        if self.rotation == 270:
            return self.left + self.height - y, self.bottom + self.width - x
        return self.left + x, self.bottom + self.height - y

    def content_matrix(self, width: float, height: float) -> bytes:
        """The ``cm`` that makes content in a ``width`` × ``height`` box of user space stand upright for the
        reader."""
        if self.rotation == 90:
            return b"0 1 -1 0 %g 0 cm" % width
        if self.rotation == 180:
            return b"-1 0 0 -1 %g %g cm" % (width, height)
        if self.rotation == 270:
            return b"0 -1 1 0 0 %g cm" % height
        return b""


def read_frame(pdf: bytes, page: int) -> PageFrame:
    """The frame of a page (from 1).

    Raises:
        SenderError: ``bad_seal`` when there is no such page, ``damaged`` when it cannot be read.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        count = int(reader.root["/Pages"]["/Count"])
        if not 1 <= page <= count:
            raise SenderError("bad_seal", why=f"there is no page {page}")
        reference, _ = reader.find_page_for_modification(page - 1)
        node = reference.get_object()
        box = _inherited(node, "/CropBox") or _inherited(node, "/MediaBox")
        turned = _inherited(node, "/Rotate")
        rotation = int(turned) % 360 if isinstance(turned, int) else 0
    except (PdfError, KeyError, ValueError, TypeError, AttributeError):
        raise SenderError("damaged") from None
    if not isinstance(box, ArrayObject) or len(box) != 4:
        raise SenderError("damaged")
    x1, y1, x2, y2 = (float(v) for v in box)
    across, up = abs(x2 - x1), abs(y2 - y1)
    if rotation in (90, 270):
        across, up = up, across
    return PageFrame(across, up, rotation, min(x1, x2), min(y1, y2))


def _inherited(node: DictionaryObject, key: str) -> object:
    for _ in range(64):
        if key in node:
            found: object = node[key]
            return found
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    return None


def find_free_corner(pdf: bytes, page: int, width: float, height: float) -> tuple[float, float] | None:
    """The free place for a ``width`` × ``height`` point box that is nearest to the top right corner of the
    page as the reader sees it; ``(x, y)`` of its top left corner, or None when the page's top is full."""
    dark = _dark(pdf, page)
    rows, columns = dark.shape
    w, h, margin = int(np.ceil(width)), int(np.ceil(height)), int(_MARGIN)
    sums = np.pad(dark.astype(np.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    best: tuple[float, int, int] | None = None
    for y in range(margin, int(rows * _TOP_SHARE) - h, _STEP):
        for x in range(columns - margin - w, margin, -_STEP):
            ink = sums[y + h, x + w] - sums[y, x + w] - sums[y + h, x] + sums[y, x]
            if ink <= _SPECKS * w * h:
                # Going down is better than leaving the right edge.
                cost = (y - margin) + 1.5 * (columns - margin - w - x)
                if best is None or cost < best[0]:
                    best = (cost, x, y)
                break
    return None if best is None else (float(best[1]), float(best[2]))


def _dark(pdf: bytes, page: int) -> Pixels:
    try:
        document = pdfium.PdfDocument(pdf)
        try:
            document.init_forms()  # visible signatures are fields of a form: none is written over
            picture = document[page - 1].render(scale=_LOOK_DPI / 72, grayscale=True, may_draw_forms=True)
            gray: Pixels = picture.to_numpy()
            return (np.squeeze(gray) < _DARK).astype(np.uint8)
        finally:
            document.close()
    except pdfium.PdfiumError:
        raise SenderError("damaged") from None
