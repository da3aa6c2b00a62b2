"""PDF pages that bring text of their own: trustworthy or not."""

from __future__ import annotations

from tests.corpus.case import Case, done
from tests.corpus.pdf_writing import HELVETICA, PROSE, document, prose, stream

BOX = "/MediaBox [0 0 288 408]"
ENTRIES = f"{BOX} /Resources << /Font << /F0 100 0 R >> >>"


def page_of(font: str, content: bytes, more: dict[int, bytes | str] | None = None) -> bytes:
    return document([(ENTRIES, content)], {100: font, **(more or {})})


def two_columns() -> bytes:
    """The head of a letter: left and right cells of one row."""
    shown = b"BT /F0 8 Tf 20 380 Td (PROVINCE OFFICE) Tj 130 0 Td (NATION AND MOTTO) Tj ET "
    return page_of(HELVETICA, shown + prose())


def symbolic(first: int) -> tuple[str, dict[int, bytes | str]]:
    """A font whose letters map to Unicode from ``first`` on: the private area, or nothing that is right."""
    lines = "\n".join(f"<{code:02X}> <{first + code:04X}>" for code in range(32, 127))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
        f"1 begincodespacerange <00> <FF> endcodespacerange 95 beginbfchar\n{lines}\nendbfchar "
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 101 0 R >>"
    return font, {101: stream("", cmap.encode())}


def private_use() -> bytes:
    font, more = symbolic(0xE000)
    return page_of(font, prose(), more)


def legacy(name: str) -> bytes:
    """An 8-bit font of the nineties, told by its name; its text is Latin-1 to everybody else."""
    font = f"<< /Type /Font /Subtype /TrueType /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
    return page_of(font, prose())


def mojibake(lines: list[str]) -> bytes:
    """Text of an 8-bit code under a font that does not say so."""
    return page_of(HELVETICA, prose(lines=lines))


def ciphered() -> bytes:
    """The map to Unicode is shuffled: letters, but no words."""
    plain = "abcdefghijklmnopqrstuvwxyz"
    other = (
        "qzxwvbnmtrpkljhgfdscyoaeiu".replace("a", "k").replace("e", "z").replace("i", "x").replace("o", "q")
    )
    lines = [line.lower().translate(str.maketrans(plain, other)) for line in PROSE]
    return page_of(HELVETICA, prose(lines=lines))


def hidden_only() -> bytes:
    """Invisible text on an empty page."""
    return page_of(HELVETICA, prose(mode=3))


def filled_form() -> bytes:
    """What stands in a form's field is seen, so it is text."""
    appearance = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F0 100 0 R >> >>",
        b"/Tx BMC BT /F0 9 Tf 2 6 Td (Nguyen Van Mau) Tj ET EMC",
    )
    field = (
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Nguyen Van Mau) /Rect [20 200 220 220] /F 4 "
        "/DA (/F0 9 Tf 0 g) /AP << /N 102 0 R >> >>"
    )
    return document(
        [(f"{ENTRIES} /Annots [101 0 R]", prose())],
        {100: HELVETICA, 101: field, 102: appearance},
        catalog="/AcroForm << /Fields [101 0 R] /DA (/F0 9 Tf 0 g) /DR << /Font << /F0 100 0 R >> >> >>",
    )


def drawn_letters() -> bytes:
    """A page number in text, everything else as outlines."""
    outlines = b" ".join(b"%d %d 3 5 re f" % (20 + 5 * (k % 40), 380 - 9 * (k // 40)) for k in range(600))
    return page_of(HELVETICA, outlines + b" BT /F0 8 Tf 140 10 Td (- 2 -) Tj ET")


TCVN3 = ["C¸n bé tiÕp nhËn hå s¬ cña c«ng d©n", "§éc lËp - Tù do - H¹nh phóc", "Chñ tÞch ñy ban nh©n d©n"]
VNI = ["Coäng hoøa xaõ hoäi chuû nghóa", "Ñoäc laäp - Töï do - Haïnh phuùc", "UÛy ban nhaân daân"]

TEXTS: list[Case] = [
    done("text-born-digital", lambda: page_of(HELVETICA, prose()), shows="any", text="kept by the office"),
    done("text-two-column-head", two_columns, shows="any", text="PROVINCE OFFICE NATION AND MOTTO Research"),
    done("text-filled-form", filled_form, shows="any", text="Nguyen Van Mau"),
    done("text-private-use", private_use, shows="any"),
    done("text-font-vntime", lambda: legacy(".VnTime"), shows="any"),
    done("text-font-vni", lambda: legacy("VNI-Times"), shows="any"),
    done("text-tcvn3", lambda: mojibake(TCVN3), shows="any"),
    done("text-vni", lambda: mojibake(VNI), shows="any"),
    done("text-ciphered", ciphered, shows="any"),
    done("text-hidden-only", hidden_only, shows="white"),
    done("text-drawn-letters", drawn_letters, shows="any"),
]
