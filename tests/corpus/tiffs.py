"""TIFF: all its compressions, and directories that lie."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

from PIL import Image, ImageChops, TiffImagePlugin

from tests.corpus import motif
from tests.corpus.case import Case, done, refused
from tests.corpus.motif import saved

Tag = tuple[int, int, Sequence[int]]
_FORMAT = {1: "B", 3: "H", 4: "I", 5: "I", 16: "Q"}


def tiff(picture: Image.Image, compression: str | None = None, **options: object) -> bytes:
    return saved(picture, "TIFF", compression=compression, **options)


def pages_of(*pictures: Image.Image, compression: str = "group4") -> bytes:
    first, *others = pictures
    return saved(first, "TIFF", save_all=True, append_images=others, compression=compression)


def strips(picture: Image.Image, compression: str, rows: int, **tags: int) -> bytes:
    """In strips of ``rows`` lines."""
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[278] = rows
    for tag, value in tags.items():
        info[int(tag[1:])] = value
    return tiff(picture, compression, tiffinfo=info)


def fax_strip() -> bytes:
    data = strips(ImageChops.invert(motif.bitonal()), "group4", motif.HEIGHT)
    with Image.open(io.BytesIO(data)) as picture:
        (at,), (size,) = picture.tag_v2[273], picture.tag_v2[279]  # type: ignore[attr-defined]
    return data[at : at + size]


def raw(tags: Sequence[Tag], body: bytes, *, order: str = "<", big: bool = False, next_at: int = 0) -> bytes:
    """A TIFF of one directory, its tags as given; ``273`` is set to where the body lies."""
    wide, entry, code = (8, 20, "Q") if big else (4, 12, "I")
    start = 16 if big else 8
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}H", 43 if big else 42)
    if big:
        head += struct.pack(f"{order}HH", 8, 0)
    head += struct.pack(f"{order}{code}", start)
    extra_at = start + (8 if big else 2) + entry * len(tags) + wide
    values = {tag: struct.pack(f"{order}{len(v)}{_FORMAT[kind]}", *v) for tag, kind, v in tags if tag != 273}
    body_at = extra_at + sum(len(v) for v in values.values() if len(v) > wide)
    table, extra = b"", b""
    for tag, kind, value in sorted(tags):
        count = len(value) // (2 if kind == 5 else 1)
        field = struct.pack(f"{order}{code}", body_at) if tag == 273 else values[tag]
        if len(field) > wide:
            field, extra = struct.pack(f"{order}{code}", extra_at + len(extra)), extra + field
        kind = (16 if big else 4) if tag == 273 else kind
        table += struct.pack(f"{order}HH{code}", tag, kind, count) + field.ljust(wide, b"\0")
    counter = struct.pack(f"{order}{'Q' if big else 'H'}", len(tags))
    return head + counter + table + struct.pack(f"{order}{code}", next_at) + extra + body


def fax(*more: Tag, body: bytes | None = None, photometric: int = 0, **options: object) -> bytes:
    """One Group 4 page with the tags given."""
    body = fax_strip() if body is None else body
    tags: dict[int, Tag] = {
        t[0]: t
        for t in [
            (256, 4, [motif.WIDTH]),
            (257, 4, [motif.HEIGHT]),
            (258, 3, [1]),
            (259, 3, [4]),
            (262, 3, [photometric]),
            (273, 4, [0]),
            (277, 3, [1]),
            (278, 4, [motif.HEIGHT]),
            (279, 4, [len(body)]),
        ]
    }
    tags.update({t[0]: t for t in more})
    return raw(list(tags.values()), body, **options)  # type: ignore[arg-type]


def flipped_bits() -> bytes:
    body = bytes(int(f"{b:08b}"[::-1], 2) for b in fax_strip())
    return fax((266, 3, [2]), body=body)


def white_is_black() -> bytes:
    """Photometric says that set bits are white, and the strip is coded the other way about."""
    data = strips(motif.bitonal(), "group4", motif.HEIGHT)
    with Image.open(io.BytesIO(data)) as picture:
        (at,), (size,) = picture.tag_v2[273], picture.tag_v2[279]  # type: ignore[attr-defined]
    return fax(body=data[at : at + size], photometric=1)


def lying(width: int, height: int, bits: Sequence[int] = (8, 8, 8)) -> bytes:
    return raw(
        [
            (256, 4, [width]),
            (257, 4, [height]),
            (258, 3, bits),
            (259, 3, [1]),
            (262, 3, [2]),
            (273, 4, [0]),
            (277, 3, [len(bits)]),
            (278, 4, [height]),
            (279, 4, [1000]),
        ],
        bytes(1000),
    )


def page_two_broken() -> bytes:
    """Three pages; the strip of the second leads out of the file."""
    data = bytearray(pages_of(motif.bitonal(), motif.bitonal(), motif.bitonal()))
    directory = struct.unpack_from("<I", data, 4)[0]
    directory = struct.unpack_from(
        "<I", data, directory + 2 + 12 * struct.unpack_from("<H", data, directory)[0]
    )[0]
    for k in range(struct.unpack_from("<H", data, directory)[0]):
        at = directory + 2 + 12 * k
        if struct.unpack_from("<H", data, at)[0] == 273:
            struct.pack_into("<I", data, at + 8, len(data) + 1000)
    return bytes(data)


def with_thumbnail() -> bytes:
    """A small copy of the page as a directory of its own, marked as such."""
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[254] = 1
    out = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(out, True) as writer:
        motif.bitonal().save(writer, "TIFF", compression="group4")
        writer.newFrame()
        Image.new("L", (24, 34), 128).save(writer, "TIFF", tiffinfo=info)
        writer.newFrame()
    return out.getvalue()


def fax_machine() -> bytes:
    """204 by 98 dots per inch: half of the lines."""
    squat = ImageChops.invert(motif.bitonal(motif.WIDTH, motif.HEIGHT // 2))
    data = strips(squat, "group4", motif.HEIGHT)
    with Image.open(io.BytesIO(data)) as picture:
        (at,), (size,) = picture.tag_v2[273], picture.tag_v2[279]  # type: ignore[attr-defined]
    axes: list[Tag] = [(282, 5, [204, 1]), (283, 5, [98, 1]), (296, 3, [2]), (257, 4, [motif.HEIGHT // 2])]
    return fax(*axes, (278, 4, [motif.HEIGHT // 2]), body=data[at : at + size])


def sideways() -> bytes:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[274] = 6
    return tiff(motif.colour().transpose(Image.Transpose.ROTATE_90), "tiff_lzw", tiffinfo=info)


def planes_apart() -> bytes:
    red, green, blue = (band.tobytes() for band in motif.colour().split())
    size = motif.WIDTH * motif.HEIGHT
    start = 8 + 2 + 12 * 10 + 4 + 6 + 12 + 12
    tags: list[Tag] = [
        (256, 4, [motif.WIDTH]),
        (257, 4, [motif.HEIGHT]),
        (258, 3, [8, 8, 8]),
        (259, 3, [1]),
        (262, 3, [2]),
        (277, 3, [3]),
        (278, 4, [motif.HEIGHT]),
        (279, 4, [size, size, size]),
        (284, 3, [2]),
    ]
    data = raw([*tags, (273, 4, [0])], red + green + blue)
    # The offsets of three strips do not fit the maker's one: they are put where its extra values lie.
    patched = bytearray(data[: start - 12] + struct.pack("<3I", start, start + size, start + 2 * size))
    patched += red + green + blue
    at = patched.index(struct.pack("<HHI", 273, 4, 1))
    struct.pack_into("<HHII", patched, at, 273, 4, 3, start - 12)
    return bytes(patched)


TIFFS: list[Case] = [
    done("tiff-g4", lambda: fax(), codec="ccitt_g4"),
    done("tiff-g4-big-endian", lambda: fax(order=">"), codec="ccitt_g4"),
    done("tiff-g4-bigtiff", lambda: fax(big=True), codec="ccitt_g4"),
    done("tiff-g4-bits-reversed", flipped_bits, codec="ccitt_g4"),
    done("tiff-g4-black-is-zero", white_is_black, codec="ccitt_g4"),
    done("tiff-g4-strips", lambda: strips(motif.bitonal(), "group4", 50)),
    done("tiff-g4-fax-axes", fax_machine, codec="ccitt_g4"),
    done("tiff-g4-claims-more-lines", lambda: fax((257, 4, [400]), (278, 4, [400])), codec="ccitt_g4"),
    done("tiff-g4-three-pages", lambda: pages_of(*[motif.bitonal()] * 3), pages=3, codec="ccitt_g4"),
    done("tiff-g3", lambda: tiff(motif.bitonal(), "group3")),
    done("tiff-packbits", lambda: tiff(motif.bitonal(), "packbits")),
    done("tiff-bitonal-raw", lambda: tiff(motif.bitonal())),
    done("tiff-lzw-gray", lambda: tiff(motif.gray(), "tiff_lzw")),
    done("tiff-lzw-colour-predicted", lambda: strips(motif.colour(), "tiff_lzw", 64, t317=2), shows="red"),
    done("tiff-deflate", lambda: tiff(motif.colour(), "tiff_adobe_deflate"), shows="red"),
    done("tiff-raw-colour", lambda: tiff(motif.colour()), shows="red"),
    done("tiff-planes-apart", planes_apart, shows="red"),
    done("tiff-palette", lambda: tiff(motif.colour().quantize(8), "tiff_lzw"), shows="red"),
    done("tiff-cmyk", lambda: tiff(motif.colour().convert("CMYK"), "tiff_lzw"), shows="red"),
    done("tiff-alpha", lambda: tiff(motif.colour().convert("RGBA"), "tiff_lzw"), shows="red"),
    done("tiff-16-bit", lambda: tiff(motif.gray().point(lambda v: v * 257, "I").convert("I;16"), "tiff_lzw")),
    done("tiff-float", lambda: tiff(motif.gray().convert("F").point(lambda v: v / 255), "tiff_lzw")),
    done("tiff-jpeg", lambda: strips(motif.colour(), "jpeg", motif.HEIGHT), shows="red", codec="jpeg"),
    done("tiff-jpeg-strips", lambda: strips(motif.colour(), "jpeg", 64), shows="red", codec="jpeg"),
    done("tiff-jpeg-gray", lambda: strips(motif.gray(), "jpeg", motif.HEIGHT), codec="jpeg"),
    done("tiff-sideways", sideways, shows="red"),
    done("tiff-with-thumbnail", with_thumbnail, codec="ccitt_g4"),
    done("tiff-zero-resolution", lambda: fax((282, 5, [0, 0]), (283, 5, [0, 0])), codec="ccitt_g4"),
    done("tiff-absurd-resolution", lambda: fax((282, 5, [1, 9999]), (283, 5, [9999, 1])), codec="ccitt_g4"),
    done("tiff-bites-its-tail", lambda: fax(next_at=8), codec="ccitt_g4", warnings=("repaired",)),
    done("tiff-next-leads-out", lambda: fax(next_at=99_999_999), codec="ccitt_g4", warnings=("repaired",)),
    done("tiff-page-2-broken", page_two_broken, pages=3, bad_pages={2: "page_damaged"}, codec="ccitt_g4"),
    done("tiff-g4-truncated", lambda: fax(body=fax_strip()[:30]), bad_pages={1: "page_damaged"}),
    done("tiff-cut-short", lambda: fax()[:-20], bad_pages={1: "page_damaged"}),
    refused("tiff-cut-before-directory", "damaged", lambda: tiff(motif.gray(), "tiff_lzw")[:400]),
    done("tiff-no-strips", lambda: fax(body=b""), bad_pages={1: "page_damaged"}),
    done("tiff-60000", lambda: lying(60000, 60000), bad_pages={1: "page_too_large"}),
    done("tiff-120-megapixels", lambda: lying(12000, 10000, [1]), bad_pages={1: "page_too_large"}),
    done("tiff-less-data-than-claimed", lambda: lying(3000, 3000), bad_pages={1: "page_damaged"}),
    done("tiff-zero-wide", lambda: lying(0, 10), bad_pages={1: "page_damaged"}),
    done("tiff-unknown-compression", lambda: fax((259, 3, [65000])), bad_pages={1: "page_damaged"}),
    refused("tiff-head-only", "damaged", lambda: b"II*\0"),
    refused("tiff-directory-outside", "damaged", lambda: b"II*\0\xff\xff\xff\x00" + bytes(100)),
    refused("tiff-no-directory", "no_pages", lambda: b"II*\0\0\0\0\0" + bytes(100)),
    refused("tiff-too-many-tags", "damaged", lambda: b"II*\0\x08\0\0\0\xff\xff" + bytes(100)),
    refused("tiff-pdf-behind", "polyglot", lambda: fax() + b"%PDF-1.4\n1 0 obj<<>>endobj"),
    refused("tiff-pdf-in-head", "polyglot", lambda: fax((270, 1, list(b"%PDF-1.4 1 0 obj")))),
    refused("tiff-1001-pages", "too_many_pages", lambda: pages_of(*[Image.new("1", (8, 8))] * 1001)),
]
