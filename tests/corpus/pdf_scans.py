"""PDF pages that are scans, in all the ways that scanners and programs write them."""

from __future__ import annotations

import base64
import io
import struct

from PIL import Image, ImageChops

from tests.corpus import motif, tiffs
from tests.corpus.case import Case, done
from tests.corpus.motif import saved
from tests.corpus.pdf_writing import (
    FILL,
    HELVETICA,
    PAGE,
    colour_jpeg,
    document,
    flate,
    gray_jpeg,
    pdf,
    picture,
    pictured,
    prose,
    stream,
)

W, H = motif.WIDTH, motif.HEIGHT
G4 = f"/DecodeParms << /K -1 /Columns {W} /Rows {H} >>"


def g4(more: str = G4, data: bytes | None = None) -> bytes:
    return picture(tiffs.fax_strip() if data is None else data, "/CCITTFaxDecode", bits=1, more=more)


def negative_g4(more: str) -> bytes:
    """Coded the other way about: runs of ink are white."""
    data = tiffs.strips(motif.bitonal(), "group4", H)
    with Image.open(io.BytesIO(data)) as coded:
        (at,), (size,) = coded.tag_v2[273], coded.tag_v2[279]  # type: ignore[attr-defined]
    return picture(data[at : at + size], "/CCITTFaxDecode", bits=1, more=more)


def g3() -> bytes:
    data = tiffs.strips(ImageChops.invert(motif.bitonal()), "group3", H)
    with Image.open(io.BytesIO(data)) as coded:
        (at,), (size,) = coded.tag_v2[273], coded.tag_v2[279]  # type: ignore[attr-defined]
    parms = f"/DecodeParms << /K 0 /Columns {W} /Rows {H} >>"
    return picture(data[at : at + size], "/CCITTFaxDecode", bits=1, more=parms)


def rgb_flate(more: str = "") -> bytes:
    return picture(flate(motif.colour().tobytes()), "/FlateDecode", "/DeviceRGB", more=more)


def predicted() -> bytes:
    """PNG's predictors, as most programs write them."""
    rows = motif.colour().tobytes()
    data = flate(b"".join(b"\0" + rows[3 * W * y : 3 * W * (y + 1)] for y in range(H)))
    return picture(
        data, "/FlateDecode", "/DeviceRGB", more=f"/DecodeParms << /Predictor 15 /Colors 3 /Columns {W} >>"
    )


def indexed() -> bytes:
    small = motif.colour().quantize(4)
    palette = bytes(small.getpalette()[:12]).hex()  # type: ignore[index]
    return picture(flate(small.tobytes()), "/FlateDecode", f"[/Indexed /DeviceRGB 3 <{palette}>]")


def sixteen_bits() -> bytes:
    return picture(flate(bytes(b for v in motif.gray().tobytes() for b in (v, v))), "/FlateDecode", bits=16)


def cmyk_jpeg() -> bytes:
    """As Photoshop writes it: Adobe's marker, values inverted, a Decode array to turn them back."""
    data = saved(motif.colour().convert("CMYK"), "JPEG", quality=90)
    return picture(data, "/DCTDecode", "/DeviceCMYK", more="/Decode [1 0 1 0 1 0 1 0]")


def device_n() -> dict[int, bytes | str]:
    """One ink named Đen, so that high values are dark."""
    function = "<< /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>"
    data = flate(ImageChops.invert(motif.gray()).tobytes())
    return {
        100: picture(data, "/FlateDecode", "[/DeviceN [/Black] /DeviceGray 101 0 R]"),
        101: function,
    }


def masked() -> dict[int, bytes | str]:
    """Black all over; the soft mask shows only the ink."""
    mask = ImageChops.invert(motif.bitonal().convert("L"))
    return {
        100: picture(flate(bytes(W * H)), "/FlateDecode", more="/SMask 101 0 R"),
        101: picture(flate(mask.tobytes()), "/FlateDecode"),
    }


def stencil() -> bytes:
    bits = motif.bitonal().tobytes()
    return stream(
        f"/Type /XObject /Subtype /Image /Width {W} /Height {H} /ImageMask true /BitsPerComponent 1 "
        "/Filter /FlateDecode",
        flate(bits),
    )


def jbig2(size: int | None = None) -> dict[int, bytes | str]:
    """A page of one generic region coded as MMR; the globals hold an empty dictionary of symbols."""

    def segment(number: int, kind: int, page: int, body: bytes) -> bytes:
        return struct.pack(">IBBBI", number, kind, 0, page, len(body)) + body

    symbols = struct.pack(">H", 0) + struct.pack(">bbbbbbbb", 3, -1, -3, -1, 2, -2, -2, -2)
    symbols += struct.pack(">II", 0, 0) + b"\xff\xac"
    page = struct.pack(">IIIIBH", W, H, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", W, H, 0, 0, 0) + b"\x01" + tiffs.fax_strip()
    data = segment(1, 48, 1, page) + segment(2, 38, 1, region)
    return {
        100: picture(data[:size], "/JBIG2Decode", bits=1, more="/DecodeParms << /JBIG2Globals 101 0 R >>"),
        101: stream("", segment(0, 0, 0, symbols)),
    }


def jpx() -> bytes:
    data = saved(motif.colour(), "JPEG2000")
    return stream(f"/Type /XObject /Subtype /Image /Width {W} /Height {H} /Filter /JPXDecode", data)


def strips(make: str) -> bytes:
    """The page cut into four pictures, as many copiers do."""
    objects: dict[int, bytes | str] = {}
    content = b""
    rows = H // 4
    for k in range(4):
        part = (motif.colour() if make == "jpeg" else motif.bitonal()).crop((0, k * rows, W, (k + 1) * rows))
        if make == "jpeg":
            data, name, space, bits = saved(part, "JPEG", quality=90), "/DCTDecode", "/DeviceRGB", 8
        else:
            data, name, space, bits = flate(part.tobytes()), "/FlateDecode", "/DeviceGray", 1
        objects[100 + k] = picture(data, name, space, bits, size=(W, rows))
        content += f"q 144 0 0 51 0 {204 - 51 * (k + 1)} cm /Im{k} Do Q ".encode()
    names = " ".join(f"/Im{k} {100 + k} 0 R" for k in range(4))
    return document([(f"/Resources << /XObject << {names} >> >>", content)], objects)


def rotated(turn: int) -> bytes:
    """The picture lies turned in the page, and /Rotate sets it right."""
    matrices = {
        90: b"0 144 -204 0 204 0",
        180: b"-144 0 0 -204 144 204",
        270: b"0 -144 204 0 0 144",
    }
    box = "/MediaBox [0 0 204 144]" if turn % 180 else PAGE
    content = b"q " + matrices[turn] + b" cm /Im0 Do Q"
    return pictured(colour_jpeg(), page=f"{box} /Rotate {turn}", content=content)


def lzw_literals(data: bytes) -> bytes:
    """LZW without ever using its table: a clear code before every 200 literals keeps codes at nine bits."""
    bits = ""
    for start in range(0, len(data), 200):
        bits += format(256, "09b") + "".join(format(b, "09b") for b in data[start : start + 200])
    bits += format(257, "09b")
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def inline_picture() -> bytes:
    head = f"q 144 0 0 204 0 0 cm BI /W {W} /H {H} /BPC 1 /CS /G /F /AHx ID ".encode()
    return document([("", head + motif.bitonal().tobytes().hex().encode() + b"> EI Q")])


def nested_forms(depth: int) -> bytes:
    """A form in a form in a form ... and the picture in the innermost."""
    objects: dict[int, bytes | str] = {100: colour_jpeg()}
    for k in range(depth):
        inner = "/Im0 100 0 R" if k == 0 else f"/Fm0 {100 + k} 0 R"
        content = FILL if k == 0 else b"/Fm0 Do"
        objects[101 + k] = stream(
            f"/Type /XObject /Subtype /Form /BBox [0 0 144 204] /Resources << /XObject << {inner} >> >>",
            content,
        )
    return document([(f"/Resources << /XObject << /Fm0 {100 + depth} 0 R >> >>", b"/Fm0 Do")], objects)


def ocr_layer() -> bytes:
    """A scan that another program has read before: its invisible words are read again."""
    entries = "/Resources << /XObject << /Im0 100 0 R >> /Font << /F0 101 0 R >> >>"
    content = FILL + b" BT /F0 6 Tf 3 Tr 10 150 Td (Old words of another reader over the scan) Tj ET"
    return document([(entries, content)], {100: colour_jpeg(), 101: HELVETICA})


def stamped_scan() -> bytes:
    """A scan with a line of real text printed over it, as electronic offices do."""
    entries = "/Resources << /XObject << /Im0 100 0 R >> /Font << /F0 101 0 R >> >>"
    content = FILL + b" BT /F0 6 Tf 80 190 Td (Incoming 123) Tj ET"
    return document([(entries, content)], {100: colour_jpeg(), 101: HELVETICA})


def layered(shown: bool) -> bytes:
    """The scan in an optional layer that is on or off."""
    entries = "/Resources << /XObject << /Im0 100 0 R >> /Properties << /L 101 0 R >> >>"
    state = "/ON" if shown else "/OFF"
    catalog = f"/OCProperties << /OCGs [101 0 R] /D << {state} [101 0 R] /Order [101 0 R] >> >>"
    content = b"/OC /L BDC " + FILL + b" EMC"
    return document(
        [(entries, content)], {100: colour_jpeg(), 101: "<< /Type /OCG /Name (L) >>"}, catalog=catalog
    )


def in_object_streams() -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pictured(colour_jpeg()))) as made:
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def no_media_box() -> bytes:
    entries = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /Im0 5 0 R >> >> >>"
    return pdf(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: entries,
            4: stream("", b"q 612 0 0 792 0 0 cm /Im0 Do Q"),
            5: colour_jpeg(),
        }
    )


TWICE_FLATE = "[/FlateDecode /DCTDecode]"
JPEG_DATA = saved(motif.colour(), "JPEG", quality=88)

SCANS: list[Case] = [
    done("pdf-jpeg-colour", lambda: pictured(colour_jpeg()), shows="red", codec="jpeg"),
    done("pdf-jpeg-gray", lambda: pictured(gray_jpeg()), codec="jpeg"),
    done("pdf-jpeg-in-flate", lambda: pictured(picture(flate(JPEG_DATA), TWICE_FLATE, "/DeviceRGB")),
         shows="red", codec="jpeg"),
    done("pdf-jpeg-cmyk", lambda: pictured(cmyk_jpeg()), shows="red"),
    done("pdf-jpeg-inverted", lambda: pictured(picture(
        saved(ImageChops.invert(motif.gray()), "JPEG"), "/DCTDecode", more="/Decode [1 0]"))),
    done("pdf-g4", lambda: pictured(g4()), codec="ccitt_g4"),
    done("pdf-g4-black-is-1", lambda: pictured(negative_g4(
        f"/DecodeParms << /K -1 /Columns {W} /BlackIs1 true >>")), codec="ccitt_g4"),
    done("pdf-g4-decode-inverted", lambda: pictured(negative_g4(G4 + " /Decode [1 0]")), codec="ccitt_g4"),
    done("pdf-g4-too-many-rows", lambda: pictured(picture(tiffs.fax_strip(), "/CCITTFaxDecode", bits=1, size=(W, 400),
         more=f"/DecodeParms << /K -1 /Columns {W} /Rows 400 >>")), codec="ccitt_g4"),
    done("pdf-g4-too-few-rows", lambda: pictured(picture(tiffs.fax_strip(), "/CCITTFaxDecode", bits=1, size=(W, 335),
         more=f"/DecodeParms << /K -1 /Columns {W} /Rows 335 >>")), codec="ccitt_g4"),
    done("pdf-g3", lambda: pictured(g3())),
    done("pdf-flate-rgb", lambda: pictured(rgb_flate()), shows="red", codec="png"),
    done("pdf-flate-predicted", lambda: pictured(predicted()), shows="red", codec="png"),
    done("pdf-indexed", lambda: pictured(indexed()), shows="red", codec="png"),
    done("pdf-16-bit", lambda: pictured(sixteen_bits())),
    done("pdf-raw", lambda: pictured(picture(motif.gray().tobytes(), ""))),
    done("pdf-lzw", lambda: pictured(picture(lzw_literals(motif.gray().tobytes()), "/LZWDecode"))),
    done("pdf-ascii85-jpeg", lambda: pictured(picture(
        base64.a85encode(JPEG_DATA) + b"~>", "[/ASCII85Decode /DCTDecode]", "/DeviceRGB")), shows="red"),
    done("pdf-devicen-inverted", lambda: pictured(b"", device_n())),
    done("pdf-soft-mask", lambda: pictured(b"", masked())),
    done("pdf-stencil", lambda: pictured(stencil())),
    done("pdf-flate-bitonal", lambda: pictured(picture(flate(motif.bitonal().tobytes()), "/FlateDecode", bits=1)),
         codec="png"),
    done("pdf-jbig2-cut", lambda: pictured(b"", jbig2(80)), bad_pages={1: "page_damaged"}),
    done("pdf-jbig2-globals", lambda: pictured(b"", jbig2()), codec="jbig2"),
    done("pdf-jpx", lambda: pictured(jpx()), shows="red"),
    done("pdf-strips-jpeg", lambda: strips("jpeg"), shows="red"),
    done("pdf-strips-bitonal", lambda: strips("flate")),
    done("pdf-inline-picture", inline_picture),
    done("pdf-rotate-90", lambda: rotated(90), shows="red", codec="jpeg"),
    done("pdf-rotate-180", lambda: rotated(180), shows="red", codec="jpeg"),
    done("pdf-rotate-270", lambda: rotated(270), shows="red", codec="jpeg"),
    done("pdf-rotate-minus-90", lambda: rotated(270).replace(b"/Rotate 270", b"/Rotate -90"), shows="red",
         codec="jpeg"),
    done("pdf-mirrored", lambda: pictured(picture(
        saved(motif.colour().transpose(Image.Transpose.FLIP_TOP_BOTTOM), "JPEG"), "/DCTDecode", "/DeviceRGB"),
        content=b"q 144 0 0 -204 0 204 cm /Im0 Do Q"), shows="red", codec="jpeg"),
    done("pdf-user-unit", lambda: pictured(colour_jpeg(), page="/UserUnit 2"), shows="red", codec="jpeg"),
    done("pdf-crop-box", lambda: pictured(
        colour_jpeg(), page="/MediaBox [-50 -50 300 300] /CropBox [0 0 144 204]"), shows="red", codec="jpeg"),
    done("pdf-box-upside-down", lambda: pictured(colour_jpeg(), page="/MediaBox [144 204 0 0]"), shows="red",
         codec="jpeg"),
    done("pdf-with-margin", lambda: pictured(
        colour_jpeg(), page="/MediaBox [-10 -14 154 218]"), shows="red", codec="jpeg"),
    done("pdf-slightly-tilted", lambda: pictured(
        colour_jpeg(), content=b"q 143.9 3 -3 203.9 0 0 cm /Im0 Do Q"), shows="red"),
    done("pdf-clipped", lambda: pictured(
        colour_jpeg(), content=b"q 0 0 144 204 re W n " + FILL + b" Q"), shows="red", codec="jpeg"),
    done("pdf-clipped-half", lambda: pictured(
        colour_jpeg(), content=b"q 0 102 144 102 re W n " + FILL + b" Q")),
    done("pdf-nested-3-forms", lambda: nested_forms(3), shows="red", codec="jpeg"),
    done("pdf-nested-200-forms", lambda: nested_forms(200), shows="red", codec="jpeg"),
    done("pdf-ocr-layer", ocr_layer, shows="red", codec="jpeg"),
    done("pdf-stamped-scan", stamped_scan, shows="red"),
    done("pdf-layer-on", lambda: layered(True), shows="red"),
    done("pdf-layer-off", lambda: layered(False), shows="white"),
    done("pdf-object-streams", in_object_streams, shows="red", codec="jpeg"),
    done("pdf-no-media-box", no_media_box, shows="red", warnings=("repaired",)),
    done("pdf-one-unit-page", lambda: document([("/MediaBox [0 0 1 1]", b"")]), shows="white"),
    done("pdf-blank", lambda: document([("", b"")]), shows="white"),
    done("pdf-5-metres", lambda: document([("/MediaBox [0 0 14173 14173]", b"")]),
         bad_pages={1: "page_too_large"}),
    done("pdf-huge-numbers", lambda: document([("/MediaBox [0 0 1e30 1e30]", b"")]), warnings=("repaired",),
         shows="white"),
    done("pdf-tagged-no-text", lambda: document(
        [("/Resources << /XObject << /Im0 100 0 R >> >> /StructParents 0",
          b"/Figure << /MCID 0 >> BDC " + FILL + b" EMC")],
        {100: colour_jpeg()}, catalog="/MarkInfo << /Marked true >> /Lang (vi)"), shows="red", codec="jpeg"),
]  # fmt: skip
_ = prose
