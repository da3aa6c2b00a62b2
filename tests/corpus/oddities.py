"""Files that are right, and seldom: kinds that the public collections of test files hold."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable

import pikepdf
from PIL import Image, ImageChops, TiffImagePlugin

from tests.corpus import motif, tiffs
from tests.corpus.case import Case, done, refused
from tests.corpus.motif import saved
from tests.corpus.pdf_scans import jbig2
from tests.corpus.pdf_structures import locked, whole
from tests.corpus.pdf_texts import ENTRIES, page_of
from tests.corpus.pdf_writing import (
    FILL,
    PAGE,
    colour_jpeg,
    document,
    flate,
    pdf,
    picture,
    pictured,
    prose,
    stream,
)
from tests.corpus.pictures import PNG_START, chunk

W, H = motif.WIDTH, motif.HEIGHT
RESOURCES = "/Resources << /XObject << /Im0 100 0 R >> >>"
MENDED = ("repaired",)


def packed(bits: int) -> bytes:
    """The gray motif in so few bits a pixel, rows filled up to whole bytes."""
    top = (1 << bits) - 1
    rows = []
    for y in range(H):
        row = motif.gray().crop((0, y, W, y + 1)).tobytes()
        text = "".join(format(round(v * top / 255), f"0{bits}b") for v in row)
        rows.append(int(text + "0" * (-len(text) % 8), 2).to_bytes((len(text) + 7) // 8, "big"))
    return b"".join(rows)


def in_space(space: str, data: bytes, more: dict[int, bytes | str] | None = None, bits: int = 8) -> bytes:
    return pictured(picture(flate(data), "/FlateDecode", space, bits), more)


def rgb() -> bytes:
    return motif.colour().tobytes()


def lab() -> bytes:
    """White paper, black and red squares in L*a*b*."""
    codes = {(255, 255, 255): (255, 128, 128), (0, 0, 0): (0, 128, 128), (220, 20, 20): (117, 197, 184)}
    return b"".join(bytes(codes[p]) for p in motif.colour().get_flattened_data())


def tint() -> dict[int, bytes | str]:
    return {101: "<< /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [0 0 0] /N 1 >>"}


def two_dimensional_fax() -> bytes:
    """Group 3 with lines coded by their differences (K above 0)."""
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[278], info[292] = H, 1
    data = tiffs.tiff(ImageChops.invert(motif.bitonal()), "group3", tiffinfo=info)
    with Image.open(io.BytesIO(data)) as coded:
        (at,), (size,) = coded.tag_v2[273], coded.tag_v2[279]  # type: ignore[attr-defined]
    parms = f"/DecodeParms << /K 4 /Columns {W} /Rows {H} /EndOfLine true >>"
    return picture(data[at : at + size], "/CCITTFaxDecode", bits=1, more=parms)


def jbig2_alone() -> dict[int, bytes | str]:
    made = jbig2()[100]
    assert isinstance(made, bytes)
    return {100: re.sub(rb"/DecodeParms << /JBIG2Globals 101 0 R >>", b"", made)}


def jpx(form: Callable[[], Image.Image], more: str = "") -> bytes:
    data = saved(form(), "JPEG2000")
    entries = f"/Type /XObject /Subtype /Image /Width {W} /Height {H} /Filter /JPXDecode {more}"
    return stream(entries, data)


def inherited() -> bytes:
    """Box, turn and resources all stand in the tree above the page."""
    return pdf(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: f"<< /Type /Pages /Kids [3 0 R] /Count 1 {PAGE} /Rotate 0 "
            "/Resources << /XObject << /Im0 6 0 R >> >> >>",
            3: "<< /Type /Pages /Parent 2 0 R /Kids [4 0 R] /Count 1 >>",
            4: "<< /Type /Page /Parent 3 0 R /Contents 5 0 R >>",
            5: stream("", FILL),
            6: colour_jpeg(),
        }
    )


def turned(turn: int, lies: bytes, box: str) -> bytes:
    return pictured(colour_jpeg(), page=f"{box} /Rotate {turn}", content=b"q " + lies + b" cm /Im0 Do Q")


def linearized(part: float = 1.0) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole())) as made:
        made.save(out, linearize=True)
    return out.getvalue()[: round(len(out.getvalue()) * part)]


def xref_stream(spoil: bytes = b"") -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole())) as made:
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = out.getvalue()
    return data.replace(b"/W [", b"/W [" + spoil) if spoil else data


def page_replaced() -> bytes:
    """An update gives the page another content; what stood there before is not seen."""
    first = document([(RESOURCES, b"0 0 144 204 re f")], {100: colour_jpeg()})
    content = b"11 0 obj\n" + stream("", FILL) + b"\nendobj\n"
    at, before = len(first), first.rindex(b"xref\n", 0, first.rindex(b"startxref"))
    update = b"xref\n11 1\n%010d 00000 n \n" % at
    trailer = b"trailer\n<< /Size 101 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return first + content + update + trailer % (before, at + len(content))


def letters_as_drawings() -> bytes:
    """A Type 3 font, as old TeX and plotters write; its letters have no Unicode."""
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 101 0 R >> "
        "/Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1] /Resources << >> >>"
    )
    content = b"BT /F0 28 Tf 22 148 Td (a) Tj ET"
    return document(
        [("/Resources << /Font << /F0 100 0 R >> >>", content)],
        {100: font, 101: stream("", b"1 0 d0 0 0 1 1 re f")},
    )


def fontless() -> bytes:
    """The font is not in the file, and its name says nothing."""
    return page_of("<< /Type /Font /Subtype /TrueType /BaseFont /KhongCoPhongNay >>", prose())


def arithmetic_jpeg() -> bytes:
    """A frame that says: arithmetic coding."""
    data = saved(motif.colour(), "JPEG")
    return data.replace(b"\xff\xc0", b"\xff\xc9", 1)


def twelve_bits() -> bytes:
    data = bytearray(saved(motif.gray(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 1], data[at + 4] = 0xC1, 12
    return bytes(data)


def clear_colour(kind: int) -> bytes:
    """PNG's tRNS for gray and RGB: white shows through."""
    source = motif.gray().point(lambda v: 255 if v > 100 else 0) if kind == 0 else motif.colour()
    bits = b"\0\xff" * (1 if kind == 0 else 3)
    made = saved(source, "PNG")
    return made[:33] + chunk(b"tRNS", bits) + made[33:]


def tiled() -> bytes:
    """Four tiles of 128 by 176, the last ones overhanging."""
    width, height = 128, 176
    parts = []
    for y in (0, height):
        for x in (0, width):
            tile = Image.new("L", (width, height), 250)
            tile.paste(motif.gray().crop((x, y, min(x + width, W), min(y + height, H))))
            parts.append(tile.tobytes())
    tags = [(256, W), (257, H), (258, 8), (259, 1), (262, 1), (277, 1), (322, width), (323, height)]
    start = 8 + 2 + 12 * 10 + 4
    body_at = start + 32
    entries = [struct.pack("<HHIHxx" if t not in (256, 257) else "<HHII", t, 3 if t not in (256, 257) else 4, 1, v)
               for t, v in tags]  # fmt: skip
    entries += [struct.pack("<HHII", 324, 4, 4, start), struct.pack("<HHII", 325, 4, 4, start + 16)]
    offsets = struct.pack("<4I", *(body_at + k * width * height for k in range(4)))
    sizes = struct.pack("<4I", *[width * height] * 4)
    table = struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + b"".join(entries) + bytes(4)
    return table + offsets + sizes + b"".join(parts)


def held(orientation: int) -> bytes:
    """TIFF's eight orientations, undone beforehand."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[274] = orientation
    shown = motif.colour()
    return tiffs.tiff(
        shown.transpose(back[orientation]) if orientation > 1 else shown, "tiff_lzw", tiffinfo=info
    )


def small_gray(bits: int) -> bytes:
    body = packed(bits)
    tags: list[tiffs.Tag] = [
        (256, 4, [W]), (257, 4, [H]), (258, 3, [bits]), (259, 3, [1]), (262, 3, [1]), (273, 4, [0]),
        (277, 3, [1]), (278, 4, [H]), (279, 4, [len(body)]),
    ]  # fmt: skip
    return tiffs.raw(tags, body)


def with_photometric(value: int) -> bytes:
    body = rgb()
    tags: list[tiffs.Tag] = [
        (256, 4, [W]), (257, 4, [H]), (258, 3, [8, 8, 8]), (259, 3, [1]), (262, 3, [value]), (273, 4, [0]),
        (277, 3, [3]), (278, 4, [H]), (279, 4, [len(body)]),
    ]  # fmt: skip
    return tiffs.raw(tags, body)


def scan(name: str, make: Callable[[], bytes], **more: object) -> Case:
    return done(name, make, **{"shows": "red", "codec": "jpeg", **more})


ODDITIES: list[Case] = [
    done("odd-2-bits", lambda: in_space("/DeviceGray", packed(2), bits=2), codec="png"),
    done("odd-4-bits", lambda: in_space("/DeviceGray", packed(4), bits=4), codec="png"),
    done("odd-lab", lambda: in_space("[/Lab << /WhitePoint [0.95 1 1.09] /Range [-128 127 -128 127] >>]", lab()),
         shows="red"),
    done("odd-calrgb", lambda: in_space("[/CalRGB << /WhitePoint [0.95 1 1.09] >>]", rgb()), shows="red",
         codec="png"),
    done("odd-calgray", lambda: in_space("[/CalGray << /WhitePoint [0.95 1 1.09] >>]", motif.gray().tobytes()),
         codec="png"),
    done("odd-separation", lambda: in_space(
        "[/Separation /Den /DeviceRGB 101 0 R]", ImageChops.invert(motif.gray()).tobytes(), tint())),
    done("odd-indexed-of-separation", lambda: in_space(
        "[/Indexed [/Separation /Den /DeviceRGB 101 0 R] 1 <00FF>]",
        motif.gray().point(lambda v: int(v < 128)).tobytes(), tint())),
    done("odd-icc-broken", lambda: in_space("[/ICCBased 101 0 R]", rgb(), {101: stream("/N 3", b"no profile")}),
         shows="red", codec="png"),
    done("odd-icc-of-another-kind", lambda: in_space(
        "[/ICCBased 101 0 R]", motif.gray().tobytes(), {101: stream("/N 1 /Alternate /DeviceGray", bytes(128))}),
        codec="png"),
    done("odd-g3-two-dimensional", lambda: pictured(two_dimensional_fax())),
    done("odd-jbig2-without-globals", lambda: pictured(b"", jbig2_alone()), codec="jbig2"),
    done("odd-jpx-gray", lambda: pictured(jpx(motif.gray))),
    done("odd-jpx-with-space", lambda: pictured(jpx(motif.colour, "/ColorSpace /DeviceRGB /BitsPerComponent 8")),
         shows="red"),
    scan("odd-all-inherited", inherited),
    scan("odd-rotate-450", lambda: turned(450, b"0 144 -204 0 204 0", "/MediaBox [0 0 204 144]")),
    scan("odd-rotate-45", lambda: turned(45, b"144 0 0 204 0 0", PAGE)),
    scan("odd-rotate-no-number", lambda: pictured(colour_jpeg(), page="/Rotate /North")),
    scan("odd-user-unit-75", lambda: pictured(
        colour_jpeg(), page="/MediaBox [0 0 1.92 2.72] /UserUnit 75", content=b"q 1.92 0 0 2.72 0 0 cm /Im0 Do Q")),
    done("odd-user-unit-1000", lambda: pictured(colour_jpeg(), page="/UserUnit 1000"),
         bad_pages={1: "page_too_large"}),
    scan("odd-crop-outside", lambda: pictured(colour_jpeg(), page="/CropBox [900 900 950 950]")),
    scan("odd-box-of-three", lambda: pictured(colour_jpeg(), page="/CropBox [0 0 144]")),
    scan("odd-linearized", linearized),
    scan("odd-linearized-cut", lambda: linearized(0.97), warnings=MENDED),
    scan("odd-xref-stream", xref_stream),
    refused("odd-xref-stream-broken", "damaged", lambda: xref_stream(b"9 ")),
    scan("odd-page-replaced", page_replaced),
    scan("odd-owner-only-aes-256-draft", lambda: locked(5, user="")),
    refused("odd-password-aes-256-draft", "password", lambda: locked(5, user="secret")),
    done("odd-letters-as-drawings", letters_as_drawings),
    done("odd-font-missing", fontless, shows="any", text="kept by the office"),
    done("odd-no-font-at-all", lambda: document(
        [(ENTRIES.replace("100 0 R", "77 0 R"), prose())]), shows="any", text="kept by the office"),
    done("odd-jpeg-arithmetic", arithmetic_jpeg, shows="any"),
    done("odd-jpeg-12-bits", twelve_bits, bad_pages={1: "page_damaged"}),
    done("odd-png-clear-gray", lambda: clear_colour(0)),
    done("odd-png-clear-white", lambda: clear_colour(2), shows="red"),
    done("odd-png-no-data", lambda: PNG_START + chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 0, 0, 0, 0))
         + chunk(b"IEND", b""), bad_pages={1: "page_damaged"}),
    done("odd-tiff-tiled", tiled),
    *[done(f"odd-tiff-held-{k}", lambda k=k: held(k), shows="red") for k in range(1, 9)],
    done("odd-tiff-2-bits", lambda: small_gray(2)),
    done("odd-tiff-4-bits", lambda: small_gray(4)),
    done("odd-tiff-lab", lambda: with_photometric(8), shows="any"),
    done("odd-tiff-logluv", lambda: with_photometric(32845), bad_pages={1: "page_damaged"}),
    refused("odd-jxl", "unsupported_kind", lambda: b"\xff\x0a" + bytes(200)),
    refused("odd-jxl-in-boxes", "unsupported_kind", lambda: b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(200)),
    refused("odd-jp2", "unsupported_kind", lambda: saved(motif.colour(), "JPEG2000")),
    refused("odd-heif-sequence", "unsupported_kind", lambda: b"\0\0\0\x18ftypmsf1" + bytes(200)),
    refused("odd-rar", "unsupported_kind", lambda: b"Rar!\x1a\x07\x01\0" + bytes(200)),
    refused("odd-7z", "unsupported_kind", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(200)),
    refused("odd-rtf", "unsupported_kind", lambda: b"{\\rtf1 a}"),
    refused("odd-djvu", "unsupported_kind", lambda: b"AT&TFORM" + bytes(200)),
    refused("odd-psd", "unsupported_kind", lambda: b"8BPS\0\x01" + bytes(200)),
    refused("odd-svg-plain", "unsupported_kind", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
]  # fmt: skip
