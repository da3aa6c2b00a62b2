"""JPEG, PNG and WebP: plain, odd, broken, hostile."""

from __future__ import annotations

import struct
import zlib

from PIL import Image, PngImagePlugin

from tests.corpus import motif
from tests.corpus.case import Case, done, refused
from tests.corpus.motif import saved


def jpeg(**options: object) -> bytes:
    return saved(motif.colour(), "JPEG", quality=88, **options)


def turned_jpeg(orientation: int) -> bytes:
    """A camera held sideways: the pixels lie turned, EXIF says so."""
    back = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    exif = Image.Exif()
    exif[274] = orientation
    return saved(motif.colour().transpose(back[orientation]), "JPEG", exif=exif, quality=88)


def sized_jpeg(width: int, height: int) -> bytes:
    """A JPEG whose frame claims another size."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def broken_exif() -> bytes:
    data = jpeg()
    block = b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 500
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + data[2:]


def exif_bomb() -> bytes:
    """A directory of 60 000 entries that each claim a gigabyte."""
    entry = struct.pack(">HHII", 0x9286, 7, 1_000_000_000, 8)
    block = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 5000) + entry * 5000
    data = jpeg()
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + data[2:]


def pdf_in_comment() -> bytes:
    data = jpeg()
    note = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj"
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + data[2:]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb(width: int, height: int) -> bytes:
    """A header of that size and next to no data."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return PNG_START + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


PNG_START = b"\x89PNG\r\n\x1a\n"


def text_bomb() -> bytes:
    """A compressed note that inflates to 80 MB."""
    data = saved(motif.colour(), "PNG")
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(10**6)) for _ in range(80)) + packer.flush()
    return data[:33] + chunk(b"zTXt", b"Comment\0\0" + bomb) + data[33:]


def wrong_checksum() -> bytes:
    data = bytearray(saved(motif.colour(), "PNG"))
    at = data.index(b"IDAT")
    data[at + 20] ^= 0xFF
    return bytes(data)


def sixteen_bit_gray() -> bytes:
    wide = motif.gray().point(lambda v: v * 257, "I")
    return saved(wide.convert("I;16"), "PNG")


def clear_png() -> bytes:
    """Nothing but ink: the paper is transparent, and black underneath."""
    picture = motif.colour().convert("RGBA")
    clear = [(0, 0, 0, 0) if p[:3] == (255, 255, 255) else p for p in picture.get_flattened_data()]
    picture.putdata(clear)
    return saved(picture, "PNG")


def palette_png(bits: int) -> bytes:
    return saved(motif.colour().quantize(2**bits), "PNG", bits=bits)


def transparent_palette() -> bytes:
    picture = motif.colour().quantize(4)
    return saved(picture, "PNG", transparency=0)


def noted_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "ai đó")
    return saved(motif.colour(), "PNG", pnginfo=notes)


def animated(form: str) -> bytes:
    second = Image.new("RGB", (motif.WIDTH, motif.HEIGHT), "black")
    return saved(motif.colour(), form, save_all=True, append_images=[second, second], duration=100)


def interlaced_png() -> bytes:
    """Adam7 of one pass only would do; Pillow does not write it, so the passes are laid here."""
    picture = motif.gray()
    pixels = picture.load()
    passes = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ]
    rows = bytearray()
    for x0, y0, dx, dy in passes:
        for y in range(y0, motif.HEIGHT, dy):
            rows += b"\0" + bytes(pixels[x, y] for x in range(x0, motif.WIDTH, dx))
    head = struct.pack(">IIBBBBB", motif.WIDTH, motif.HEIGHT, 8, 0, 0, 0, 1)
    body = zlib.compress(bytes(rows))
    return PNG_START + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def webp(**options: object) -> bytes:
    return saved(motif.colour(), "WEBP", **options)


JPEGS: list[Case] = [
    done("jpeg-colour", jpeg, shows="red", codec="jpeg"),
    done("jpeg-gray", lambda: saved(motif.gray(), "JPEG"), codec="jpeg"),
    done("jpeg-progressive", lambda: jpeg(progressive=True), shows="red", codec="jpeg"),
    done("jpeg-444", lambda: jpeg(subsampling=0), shows="red", codec="jpeg"),
    done("jpeg-cmyk", lambda: saved(motif.colour().convert("CMYK"), "JPEG"), shows="red"),
    done("jpeg-rgb-not-ycc", lambda: jpeg(keep_rgb=True), shows="red"),
    done("jpeg-turned-3", lambda: turned_jpeg(3), shows="red", codec="jpeg"),
    done("jpeg-turned-6", lambda: turned_jpeg(6), shows="red", codec="jpeg"),
    done("jpeg-turned-8", lambda: turned_jpeg(8), shows="red", codec="jpeg"),
    done("jpeg-broken-exif", broken_exif, shows="red", codec="jpeg"),
    done("jpeg-exif-bomb", exif_bomb, shows="red", codec="jpeg"),
    done("jpeg-no-end-marker", lambda: jpeg()[:-2], shows="red", codec="jpeg"),
    done("jpeg-film-behind", lambda: jpeg() + b"\0\0\0\x18ftypmp42" + bytes(4000), shows="red", codec="jpeg"),
    done("jpeg-second-picture-behind", lambda: jpeg() + jpeg(), shows="red", codec="jpeg"),
    done("jpeg-one-pixel", lambda: saved(motif.colour(1, 1), "JPEG"), shows="any", codec="jpeg"),
    done("jpeg-truncated", lambda: jpeg()[: len(jpeg()) * 2 // 3], bad_pages={1: "page_damaged"}),
    done("jpeg-zero-high", lambda: sized_jpeg(240, 0), bad_pages={1: "page_damaged"}),
    done("jpeg-60000", lambda: sized_jpeg(60000, 60000), bad_pages={1: "page_too_large"}),
    refused("jpeg-head-only", "damaged", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\0"),
    refused("jpeg-pdf-behind", "polyglot", lambda: jpeg() + b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj"),
    refused("jpeg-pdf-in-comment", "polyglot", pdf_in_comment),
    refused("jpeg-page-behind", "polyglot", lambda: jpeg() + b"<html><script>alert(1)</script></html>"),
]

PNGS: list[Case] = [
    done("png-colour", lambda: saved(motif.colour(), "PNG"), shows="red", codec="png"),
    done("png-gray", lambda: saved(motif.gray(), "PNG"), codec="png"),
    done("png-bitonal", lambda: saved(motif.bitonal(), "PNG"), codec="png"),
    done("png-palette-8", lambda: palette_png(8), shows="red", codec="png"),
    done("png-palette-2", lambda: palette_png(2), shows="red", codec="png"),
    done("png-with-notes", noted_png, shows="red", codec="png"),
    done("png-16-bit", sixteen_bit_gray),
    done("png-transparent", clear_png, shows="red"),
    done("png-transparent-palette", transparent_palette, shows="any"),
    done("png-interlaced", interlaced_png),
    done("png-animated", lambda: animated("PNG"), shows="red", codec="png"),
    done("png-truncated", lambda: saved(motif.colour(), "PNG")[:600], bad_pages={1: "page_damaged"}),
    done("png-wrong-checksum", wrong_checksum, bad_pages={1: "page_damaged"}),
    done("png-bomb", lambda: png_bomb(60000, 60000), bad_pages={1: "page_too_large"}),
    done("png-data-missing", lambda: png_bomb(4000, 4000), bad_pages={1: "page_damaged"}),
    done("png-zero-wide", lambda: png_bomb(0, 100), bad_pages={1: "page_damaged"}),
    done("png-text-bomb", text_bomb, shows="red", codec="png"),
    refused("png-head-only", "damaged", lambda: PNG_START + b"\0\0\0\x0dIHDR"),
    refused("png-zip-behind", "polyglot", lambda: saved(motif.colour(), "PNG") + b"PK\x03\x04" + bytes(60)),
]

WEBPS: list[Case] = [
    done("webp-lossy", webp, shows="red"),
    done("webp-lossless", lambda: webp(lossless=True), shows="red"),
    done("webp-gray", lambda: saved(motif.gray(), "WEBP")),
    done("webp-alpha", lambda: saved(Image.open(_file(clear_png())), "WEBP", lossless=True), shows="red"),
    done("webp-animated", lambda: animated("WEBP"), shows="red"),
    done("webp-truncated", lambda: webp()[:300], bad_pages={1: "page_damaged"}),
    refused("webp-head-only", "damaged", lambda: webp()[:20]),
]


def _file(data: bytes) -> object:
    import io

    return io.BytesIO(data)
