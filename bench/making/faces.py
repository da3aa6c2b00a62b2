"""Type faces for made pages: Liberation (metric twin of Times New Roman and Arial) and DejaVu."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import ImageFont

DPI = 300
"""Pages are drawn at this resolution; :mod:`bench.making.wear` makes the others."""

_LIBERATION = "/usr/share/fonts/truetype/liberation2/Liberation"
_DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVu"
_FILES = {
    "serif": (f"{_LIBERATION}Serif-", "Regular", "Bold", "Italic", "BoldItalic"),
    "sans": (f"{_LIBERATION}Sans-", "Regular", "Bold", "Italic", "BoldItalic"),
    "mono": (f"{_LIBERATION}Mono-", "Regular", "Bold", "Italic", "BoldItalic"),
    "dejavu": (f"{_DEJAVU}Serif", "", "-Bold", "", "-Bold"),
}
Colour = tuple[int, int, int]
BLACK: Colour = (15, 15, 15)
RED: Colour = (190, 25, 35)
BLUE: Colour = (25, 55, 130)


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text is set. ``size`` in points."""

    size: float = 13.0
    bold: bool = False
    italic: bool = False
    face: str = "serif"
    colour: Colour = BLACK

    def but(self, **changes: object) -> Style:
        """The same style with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        """The loaded font at 300 dpi."""
        return _load(self.face, self.bold, self.italic, self.size)

    def width(self, text: str) -> float:
        """Pixels that ``text`` takes."""
        return _measure(self.face, self.bold, self.italic, self.size, text)


@lru_cache(maxsize=256)
def _load(face: str, bold: bool, italic: bool, size: float) -> ImageFont.FreeTypeFont:
    stem, *variants = _FILES[face]
    name = f"{stem}{variants[bold + 2 * italic]}.ttf"
    return ImageFont.truetype(name, size * DPI / 72, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=200_000)
def _measure(face: str, bold: bool, italic: bool, size: float, text: str) -> float:
    return float(_load(face, bold, italic, size).getlength(text))


def px(mm: float) -> int:
    """Millimetres to pixels."""
    return round(mm * DPI / 25.4)
