"""An embedded font without visible glyphs: it carries the text of the invisible layer.

Every character has the same empty glyph, half an em wide; what it means stands in the ToUnicode map. Codes
are given out by each document for the characters that it uses.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Stream

NAME = "SohoaGlyphless"
WIDTH = 500  # of every glyph, in thousandths of the font size
ASCENT, DESCENT = 800, -200
_UNITS = 1000
_RANGES_A_BLOCK = 100
_MADE = 3_850_000_000  # seconds since 1904: the same file every time


class Codes:
    """The codes of a document's characters: 1, 2, 3 ... in the order of Unicode."""

    def __init__(self, characters: Iterable[str]) -> None:
        self._codes = {c: n for n, c in enumerate(sorted(set(characters)), start=1)}

    def __len__(self) -> int:
        return len(self._codes)

    def shown(self, text: str) -> str:
        """The operand of a text-showing operator."""
        return "<" + "".join(f"{self._codes[c]:04X}" for c in text) + ">"

    def to_unicode(self) -> bytes:
        """The ToUnicode CMap."""
        lines = [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
        ]
        pairs = [f"<{n:04X}> <{c.encode('utf-16-be').hex().upper()}>" for c, n in self._codes.items()]
        for start in range(0, len(pairs), _RANGES_A_BLOCK):
            block = pairs[start : start + _RANGES_A_BLOCK]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(lines).encode("ascii")


def font_file() -> bytes:
    """A TrueType font of two empty glyphs, the same bytes every time."""
    builder = FontBuilder(_UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", "empty"])
    builder.setupCharacterMap({})
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({".notdef": empty, "empty": empty})
    builder.setupHorizontalMetrics({".notdef": (WIDTH, 0), "empty": (WIDTH, 0)})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = _MADE
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def add_font(pdf: pikepdf.Pdf, codes: Codes) -> pikepdf.Object:
    """Put the font into a PDF and give the font dictionary for the pages' resources."""
    program = font_file()
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + NAME),
            Flags=4,
            FontBBox=[0, DESCENT, WIDTH, ASCENT],
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=700,
            StemV=80,
            FontFile2=Stream(pdf, program, Length1=len(program)),
        )
    )
    glyphs = b"\0\0" + b"\0\1" * len(codes)
    descendant = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/" + NAME),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=descriptor,
            DW=WIDTH,
            CIDToGIDMap=Stream(pdf, glyphs),
        )
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + NAME),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([descendant]),
            ToUnicode=Stream(pdf, codes.to_unicode()),
        )
    )
