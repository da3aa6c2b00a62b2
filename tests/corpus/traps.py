"""Files that ask for more than they are worth: time, memory, or a way round a check. What the fuzzers found is
here, too."""

from __future__ import annotations

import struct

from tests.corpus import motif, tiffs
from tests.corpus.case import Case, done, refused
from tests.corpus.motif import saved
from tests.corpus.pdf_scans import jbig2
from tests.corpus.pdf_structures import bomb, tree, whole
from tests.corpus.pdf_writing import FILL, colour_jpeg, document, flate, pdf, picture, pictured, stream

W, H = motif.WIDTH, motif.HEIGHT
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 144 204]"
DAMAGED = {1: "page_damaged"}
TOO_LARGE = {1: "page_too_large"}


def many_scans(count: int) -> bytes:
    """Each scan is a pass over the whole picture."""
    data = saved(motif.gray(), "JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * count + b"\xff\xd9"


def content(filters: str, data: bytes) -> bytes:
    return tree("3 0 R", 1, {4: stream(f"/Filter {filters}", data)})


def lzw_bomb(rounds: int) -> bytes:
    """Runs of blanks, each one longer than the last, until the table is full, and again; 8 MB a round."""
    bits: list[str] = []
    for _ in range(rounds):
        width, known = 9, 258
        bits += [format(256, "09b"), format(32, "09b")]
        while known < 4094:
            bits.append(format(known, f"0{width}b"))
            known += 1
            if known + 1 >= 1 << width and width < 12:
                width += 1
        bits.append(format(256, f"0{width}b"))
    text = "".join([*bits, format(257, "09b")])
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


def drawn_twice(forms: int, operator: bytes) -> bytes:
    """A chain of forms, each of which draws the next one twice."""
    objects: dict[int, bytes | str] = {}
    for k in range(forms):
        objects[100 + k] = stream(f"{FORM} /Resources << /XObject << /Fm0 {101 + k} 0 R >> >>", operator * 2)
    objects[100 + forms] = stream(FORM, b"0 0 1 1 re f")
    return document([("/Resources << /XObject << /Fm0 100 0 R >> >>", operator)], objects)


def another_size(of: dict[int, bytes | str]) -> dict[int, bytes | str]:
    """JBIG2 whose page information speaks of 60 000 by 60 000."""
    data = of[100]
    assert isinstance(data, bytes)
    at = data.index(struct.pack(">II", W, H))
    return {**of, 100: data[:at] + struct.pack(">II", 60000, 60000) + data[at + 8 :]}


def large_jpx(side: int) -> bytes:
    data = bytearray(saved(motif.gray(), "JPEG2000"))
    at = data.index(b"\xff\x51")
    for place in (at + 6, at + 10, at + 22, at + 26):
        data[place : place + 4] = struct.pack(">I", side)
    at = data.index(b"ihdr") + 4
    data[at : at + 8] = struct.pack(">II", side, side)
    return stream(f"/Type /XObject /Subtype /Image /Width {W} /Height {H} /Filter /JPXDecode", bytes(data))


def large_jpeg_in_flate() -> bytes:
    """The dictionary speaks of a small picture, the JPEG inside of one of 65 000 by 65 000."""
    data = bytearray(saved(motif.colour().convert("CMYK"), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65000, 65000)
    return picture(flate(bytes(data)), "[/FlateDecode /DCTDecode]", "/DeviceCMYK")


def tiles(width: int, height: int) -> bytes:
    tags: list[tiffs.Tag] = [
        (256, 4, [100]), (257, 4, [100]), (258, 3, [8]), (259, 3, [1]), (262, 3, [1]), (273, 4, [0]),
        (277, 3, [1]), (322, 4, [width]), (323, 4, [height]), (325, 4, [1000]),
    ]  # fmt: skip
    made = bytearray(tiffs.raw(tags, bytes(1000)))
    at = made.index(struct.pack("<HH", 273, 4))
    offset = struct.unpack_from("<I", made, at + 8)[0]
    entry = made[at : at + 12]
    del made[at : at + 12]
    made[at + 48 : at + 48] = struct.pack("<HHII", 324, 4, 1, offset)  # tags must stay in order
    return bytes(made[: at + 60] + made[at + 60 :]) if entry else b""


def strips_over_each_other(count: int) -> bytes:
    """Every row's strip is the whole file: 100 KB that would be read as 200 MB."""
    body = bytes(100_000)
    tags: list[tiffs.Tag] = [
        (256, 4, [1000]), (257, 4, [count]), (258, 3, [8]), (259, 3, [1]), (262, 3, [1]), (277, 3, [1]),
        (278, 4, [1]), (279, 4, [len(body)] * count), (320, 4, [8] * count),
    ]  # fmt: skip
    made = bytearray(tiffs.raw(tags, body))
    at = made.index(struct.pack("<HH", 320, 4))
    # The values of an unused tag become the offsets; directories may be out of order, and readers cope.
    struct.pack_into("<H", made, at, 273)
    return bytes(made)


def value_beyond_the_end() -> bytes:
    """BigTIFF with a resolution that lies at 2 to the 63: found by atheris."""
    made = bytearray(tiffs.fax((258, 3, [1] * 9), big=True))
    at = made.index(struct.pack("<HHQ", 258, 3, 9))
    struct.pack_into("<Q", made, at + 12, 1 << 63)
    return bytes(made)


def many_objects(count: int) -> bytes:
    """Objects that nobody uses, without a table: the file has to be rebuilt."""
    head = whole()[: whole().index(b"xref\n")]
    more = b"".join(b"%d 0 obj\n1\nendobj\n" % number for number in range(1000, 1000 + count))
    return head + more + b"trailer << /Root 1 0 R >>\n"


def deep_tree(depth: int) -> bytes:
    objects: dict[int, bytes | str] = {1: "<< /Type /Catalog /Pages 2 0 R >>"}
    for k in range(2, depth):
        objects[k] = f"<< /Type /Pages /Kids [{k + 1} 0 R] /Count 1 /Parent {k - 1} 0 R >>"
    objects[depth] = f"<< /Type /Page /Parent {depth - 1} 0 R /MediaBox [0 0 9 9] >>"
    return pdf(objects)


def size_of_xref_stream() -> bytes:
    """An update whose cross-reference stream claims two thousand million objects."""
    rows = flate(b"\x01" + bytes(6))
    entries = "/Type /XRef /Size 2147483647 /W [1 4 2] /Index [0 2147483647] /Root 1 0 R /Filter /FlateDecode"
    update = b"50 0 obj\n" + stream(entries, rows) + b"\nendobj\n"
    return whole() + update + b"startxref\n%d\n%%%%EOF\n" % len(whole())


def loop_of_updates() -> bytes:
    at = whole().index(b"xref\n")
    return whole().replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % at)


def letter_that_draws_itself() -> bytes:
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 102 0 R >> "
        "/Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1] "
        "/Resources << /Font << /F0 101 0 R >> >> >>"
    )
    letter = stream("", b"1 0 d0 BT /F0 1 Tf (aaaaaaaaaa) Tj ET 0 0 1 1 re f")
    shown = b"BT /F0 10 Tf 10 10 Td (aaaaaaaaaaaa) Tj ET"
    return document([("/Resources << /Font << /F0 101 0 R >> >>", shown)], {101: font, 102: letter})


def groups_in_groups(depth: int) -> bytes:
    objects: dict[int, bytes | str] = {}
    for k in range(depth):
        objects[200 + k] = stream(
            f"{FORM} /Group << /S /Transparency /I true >> /Resources << /XObject << /F {201 + k} 0 R >> "
            "/ExtGState << /G << /ca 0.5 >> >> >>",
            b"/G gs /F Do 0 0 9 9 re f",
        )
    objects[200 + depth] = stream(FORM, b"0 0 9 9 re f")
    return document([("/Resources << /XObject << /F 200 0 R >> >>", b"/F Do")], objects)


def webp_in_a_smaller_frame() -> bytes:
    made = bytearray(saved(motif.colour().convert("RGBA"), "WEBP", lossless=True, exif=b"Exif\0\0II*\0"))
    at = made.index(b"VP8X")
    made[at + 12 : at + 18] = b"\x0a\0\0\x0a\0\0"
    return bytes(made)


TRAPS: list[Case] = [
    refused("trap-jpeg-of-5000-scans", "damaged", lambda: many_scans(5000)),
    done("trap-jpeg-of-5000-scans-in-pdf", lambda: pictured(picture(many_scans(5000), "/DCTDecode")),
         bad_pages=DAMAGED),
    done("trap-webp-larger-than-its-frame", webp_in_a_smaller_frame, bad_pages=DAMAGED),
    done("trap-tiff-huge-tile", lambda: tiles(65520, 65520), bad_pages=DAMAGED),
    done("trap-tiff-tile-of-nothing", lambda: tiles(0, 0), bad_pages=DAMAGED),
    done("trap-tiff-1000-samples", lambda: tiffs.lying(100, 100, [8] * 1000), bad_pages=DAMAGED),
    done("trap-tiff-strips-over-each-other", lambda: strips_over_each_other(2000), bad_pages=DAMAGED),
    done("trap-tiff-value-beyond-the-end", value_beyond_the_end, codec="ccitt_g4"),
    done("trap-content-lzw", lambda: content("/LZWDecode", lzw_bomb(12)), bad_pages=DAMAGED),
    done("trap-content-run-length", lambda: content("/RunLengthDecode", b"\x81 " * 1_000_000 + b"\x80"),
         bad_pages=DAMAGED),
    done("trap-content-flate-twice", lambda: content("[/FlateDecode /FlateDecode]", flate(bomb(100))),
         bad_pages=DAMAGED),
    done("trap-content-hex-of-flate", lambda: content("[/ASCIIHexDecode /FlateDecode]", bomb(80).hex().encode()),
         bad_pages=DAMAGED),
    done("trap-content-9-filters", lambda: content("[" + "/ASCIIHexDecode " * 9 + "]", FILL.hex().encode() * 9),
         bad_pages=DAMAGED),
    done("trap-forms-2-to-the-24", lambda: drawn_twice(24, b"/Fm0 Do "), bad_pages=DAMAGED),
    done("trap-forms-name-escaped", lambda: drawn_twice(40, b"/Fm#30 Do "), bad_pages=DAMAGED),
    done("trap-forms-note-between", lambda: drawn_twice(40, b"/Fm0 % note\n\0Do "), bad_pages=DAMAGED),
    done("trap-groups-in-groups", lambda: groups_in_groups(25), shows="any"),
    done("trap-letter-draws-itself", letter_that_draws_itself, shows="any"),
    done("trap-jbig2-huge-page", lambda: pictured(b"", another_size(jbig2())), shows="any", codec="jbig2"),
    done("trap-jpx-huge", lambda: pictured(large_jpx(9000)), bad_pages=TOO_LARGE),
    done("trap-jpeg-in-flate-huge", lambda: pictured(large_jpeg_in_flate()), bad_pages=TOO_LARGE),
    done("trap-picture-scaled-by-millions", lambda: pictured(
        colour_jpeg(), content=b"q 4294967296 0 0 204 0 0 cm /Im0 Do Q"), shows="any"),
    done("trap-picture-at-no-place", lambda: pictured(
        colour_jpeg(), content=b"q 3e38 0 0 3e38 3e38 3e38 cm 3e38 0 0 3e38 0 0 cm /Im0 Do Q"), bad_pages=DAMAGED),
    done("trap-brackets", lambda: content("/FlateDecode", flate(b"[" * 200_000 + FILL)), bad_pages=DAMAGED),
    done("trap-states-never-closed", lambda: content("/FlateDecode", flate(b"q " * 200_000 + FILL)), shows="any"),
    refused("trap-many-objects", "too_complex", lambda: many_objects(500_001)),
    refused("trap-deep-page-tree", "damaged", lambda: deep_tree(20_000)),
    done("trap-xref-stream-of-billions", size_of_xref_stream, warnings=("repaired",), shows="red", codec="jpeg"),
    done("trap-loop-of-updates", loop_of_updates, warnings=("repaired",), shows="red", codec="jpeg"),
]  # fmt: skip
