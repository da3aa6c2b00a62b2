"""PDFs whose bones are broken, locked, or set as traps."""

from __future__ import annotations

import io
import re
import warnings

import pikepdf

from tests.corpus import motif
from tests.corpus.case import Case, done, refused
from tests.corpus.motif import saved
from tests.corpus.pdf_scans import G4, W, g4
from tests.corpus.pdf_writing import (
    FILL,
    PAGE,
    colour_jpeg,
    document,
    flate,
    pdf,
    picture,
    pictured,
    stream,
)
from tests.corpus.strangers import zipped
from tests.corpus.tiffs import fax_strip

RESOURCES = "/Resources << /XObject << /Im0 100 0 R >> >>"
MENDED = ("repaired",)


def whole() -> bytes:
    return pictured(colour_jpeg())


def three(second: bytes) -> bytes:
    """Three pages; the second shows another picture."""
    other = RESOURCES.replace("100", "101")
    pages = [(RESOURCES, FILL), (other, FILL), (RESOURCES, FILL)]
    return document(pages, {100: colour_jpeg(), 101: second})


def cut_jpeg() -> bytes:
    data = saved(motif.colour(), "JPEG", quality=88)
    return picture(data[: len(data) // 2], "/DCTDecode", "/DeviceRGB")


def tree(kids: str, count: int, more: dict[int, bytes | str] | None = None) -> bytes:
    """A page tree as told; page 3 is a good one."""
    objects: dict[int, bytes | str] = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        3: f"<< /Type /Page /Parent 2 0 R {PAGE} /Contents 4 0 R /Resources << /XObject << /Im0 5 0 R >> >> >>",
        4: stream("", FILL),
        5: colour_jpeg(),
    }
    return pdf({**objects, **(more or {})})


def locked(revision: int, *, user: str, owner: str = "owner") -> bytes:
    """Encrypted by each of the standard handler's revisions: 2 and 3 are RC4, 4 is AES-128, 5 and 6 are AES-256."""
    out = io.BytesIO()
    lock = pikepdf.Encryption(user=user, owner=owner, R=revision, aes=revision >= 4, metadata=revision >= 4)  # type: ignore[arg-type]
    with pikepdf.open(io.BytesIO(whole())) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the draft of AES-256 is out of date, and some files have it
        made.save(out, encryption=lock)
    return out.getvalue()


def certificate_locked() -> bytes:
    lock = "/Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Length 128 >>"
    return document([(RESOURCES, FILL)], {100: colour_jpeg()}, trailer=f"{lock} /ID [<00> <00>]")


def cut_in_third_page() -> bytes:
    """Three pages of their own pictures; the file ends within the third's."""
    pages = [(RESOURCES.replace("100", str(100 + k)), FILL) for k in range(3)]
    data = document(pages, {100 + k: colour_jpeg() for k in range(3)})
    return data[: data.index(b"102 0 obj") + 400]


def cut_in_content() -> bytes:
    """The last object is the second page's content, and the file ends within it."""
    objects: dict[int, bytes | str] = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
        3: f"<< /Type /Page /Parent 2 0 R {PAGE} /Contents 4 0 R /Resources << /XObject << /Im0 5 0 R >> >> >>",
        4: stream("", FILL),
        5: colour_jpeg(),
        6: f"<< /Type /Page /Parent 2 0 R {PAGE} /Contents 7 0 R /Resources << /XObject << /Im0 5 0 R >> >> >>",
        7: stream("", FILL + b" " * 200),
    }
    data = pdf(objects)
    return data[: data.index(b"7 0 obj") + 60]


def bomb(megabytes: int) -> bytes:
    """Much out of little."""
    import zlib

    packer = zlib.compressobj(9)
    block = b" " * 1_000_000
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def self_drawing_form() -> bytes:
    form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 144 204] /Resources << /XObject << /Fm0 100 0 R >> >>",
        b"/Fm0 Do /Fm0 Do",
    )
    return document([("/Resources << /XObject << /Fm0 100 0 R >> >>", b"/Fm0 Do")], {100: form})


def doubling_forms() -> bytes:
    """Sixty forms, each of which draws the next one twice."""
    objects: dict[int, bytes | str] = {}
    for k in range(60):
        objects[100 + k] = stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 144 204] "
            f"/Resources << /XObject << /Fm0 {101 + k} 0 R >> >>",
            b"/Fm0 Do /Fm0 Do",
        )
    objects[160] = stream("/Type /XObject /Subtype /Form /BBox [0 0 144 204]", b"0 0 1 1 re f")
    return document([("/Resources << /XObject << /Fm0 100 0 R >> >>", b"/Fm0 Do")], objects)


def deep_arrays() -> bytes:
    return document([(f"{RESOURCES} /Deep {'[' * 5000}{']' * 5000}", FILL)], {100: colour_jpeg()})


def wrong_offsets() -> bytes:
    return re.sub(rb"(\d{10}) 00000 n", lambda m: b"%010d 00000 n" % (int(m[1]) + 7), whole())


def wrong_length() -> bytes:
    return re.sub(rb"/Length (\d+)", b"/Length 3", whole())


def missing(what: bytes) -> bytes:
    """The file without one of its objects."""
    return re.sub(rb"(?s)\b" + what + rb" 0 obj.*?endobj\n", b"", whole())


STRUCTURES: list[Case] = [
    refused("pdf-head-only", "damaged", lambda: b"%PDF-1.7\n"),
    refused("pdf-noise", "damaged", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20),
    refused("pdf-cut-in-first-object", "damaged", lambda: whole()[:60]),
    refused("pdf-cut-before-page", "damaged", lambda: whole()[: whole().index(b"10 0 obj")]),
    done("pdf-cut-before-xref", lambda: whole()[: whole().index(b"xref\n")], warnings=MENDED, shows="red",
         codec="jpeg"),
    done("pdf-cut-in-trailer", lambda: whole()[: whole().index(b"trailer") + 12], warnings=MENDED, shows="red",
         codec="jpeg"),
    done("pdf-cut-in-third-page", cut_in_third_page, pages=3, warnings=MENDED, shows="red", codec="jpeg",
         bad_pages={3: "page_damaged"}),
    done("pdf-cut-in-content", cut_in_content, pages=2, warnings=MENDED, shows="red", codec="jpeg",
         bad_pages={2: "page_damaged"}),
    done("pdf-wrong-offsets", wrong_offsets, warnings=MENDED, shows="red", codec="jpeg"),
    done("pdf-wrong-startxref", lambda: re.sub(rb"startxref\n\d+", b"startxref\n5", whole()), warnings=MENDED,
         shows="red", codec="jpeg"),
    done("pdf-wrong-stream-length", wrong_length, warnings=MENDED, shows="red", codec="jpeg"),
    done("pdf-junk-before-head", lambda: b"\r\n\r\n  " + whole(), shows="red", codec="jpeg"),
    done("pdf-mail-head-before", lambda: b"Content-Type: application/pdf\r\n\r\n" + whole(), shows="red",
         codec="jpeg"),
    done("pdf-junk-behind", lambda: whole() + bytes(3000), warnings=MENDED, shows="red", codec="jpeg"),
    refused("pdf-no-catalog", "damaged", lambda: missing(b"1")),
    refused("pdf-no-page-tree", "damaged", lambda: missing(b"2")),
    refused("pdf-page-missing", "damaged", lambda: missing(b"10")),
    refused("pdf-content-missing", "damaged", lambda: missing(b"11")),
    done("pdf-picture-missing", lambda: missing(b"100"), warnings=MENDED, bad_pages={1: "page_damaged"}),
    refused("pdf-no-pages", "no_pages", lambda: tree("", 0)),
    done("pdf-tree-bites-its-tail", lambda: tree("3 0 R 2 0 R", 3), warnings=MENDED, shows="red", codec="jpeg"),
    refused("pdf-tree-only-itself", "damaged", lambda: tree("2 0 R 2 0 R 2 0 R", 3)),
    done("pdf-tree-two-rings", lambda: tree(
        "6 0 R 3 0 R", 9, {6: "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 5 >>"}),
        pages=2, warnings=MENDED, shows="red", codec="jpeg"),
    done("pdf-count-lies", lambda: tree("3 0 R", 1_000_000), shows="red", codec="jpeg"),
    done("pdf-count-negative", lambda: tree("3 0 R", -5), shows="red", codec="jpeg"),
    done("pdf-kid-missing", lambda: tree("3 0 R 77 0 R", 2), pages=2, warnings=MENDED, shows="red",
         codec="jpeg", bad_pages={2: "page_damaged"}),
    done("pdf-page-twice", lambda: tree("3 0 R 3 0 R", 2), pages=2, warnings=MENDED, shows="red", codec="jpeg"),
    refused("pdf-1001-pages", "too_many_pages", lambda: tree(" ".join(["3 0 R"] * 1001), 1001)),
    done("pdf-content-garbage", lambda: pictured(colour_jpeg(), content=b"\x80\x81 << ]] Do q q Q )"),
         bad_pages={1: "page_damaged"}),
    done("pdf-content-broken-flate", lambda: pictured(colour_jpeg()).replace(
        b"<<  /Length 30 >>", b"<< /Length 30 /Filter /FlateDecode >>"), warnings=MENDED,
        bad_pages={1: "page_damaged"}),
    done("pdf-content-bomb", lambda: tree("3 0 R", 1, {4: stream("/Filter /FlateDecode", bomb(80))}),
         bad_pages={1: "page_damaged"}),
    done("pdf-picture-bomb", lambda: pictured(picture(bomb(60), "/FlateDecode")), shows="any", codec="png"),
    done("pdf-picture-60000", lambda: pictured(picture(b"0", "/FlateDecode", size=(60000, 60000))),
         bad_pages={1: "page_too_large"}),
    done("pdf-picture-2-cut", lambda: three(cut_jpeg()), pages=3, bad_pages={2: "page_damaged"}, shows="red",
         codec="jpeg"),
    done("pdf-picture-2-flate-cut", lambda: three(picture(flate(motif.colour().tobytes())[:200],
         "/FlateDecode", "/DeviceRGB")), pages=3, bad_pages={2: "page_damaged"}, shows="red", codec="jpeg"),
    done("pdf-picture-2-g4-cut", lambda: three(g4(data=fax_strip()[:30])), pages=3,
         bad_pages={2: "page_damaged"}, shows="red", codec="jpeg"),
    done("pdf-picture-2-no-jpeg", lambda: three(picture(b"not a jpeg", "/DCTDecode", "/DeviceRGB")), pages=3,
         bad_pages={2: "page_damaged"}, shows="red", codec="jpeg"),
    done("pdf-form-draws-itself", self_drawing_form, bad_pages={1: "page_damaged"}),
    done("pdf-forms-draw-2-to-the-60", doubling_forms, bad_pages={1: "page_damaged"}),
    refused("pdf-deep-arrays", "damaged", deep_arrays),
    refused("pdf-password-rc4-40", "password", lambda: locked(2, user="secret")),
    refused("pdf-password-rc4-128", "password", lambda: locked(3, user="secret")),
    refused("pdf-password-aes-128", "password", lambda: locked(4, user="secret")),
    refused("pdf-password-aes-256", "password", lambda: locked(6, user="secret")),
    done("pdf-owner-only-rc4-40", lambda: locked(2, user=""), shows="red", codec="jpeg"),
    done("pdf-owner-only-rc4-128", lambda: locked(3, user=""), shows="red", codec="jpeg"),
    done("pdf-owner-only-aes-128", lambda: locked(4, user=""), shows="red", codec="jpeg"),
    done("pdf-owner-only-aes-256", lambda: locked(6, user=""), shows="red", codec="jpeg"),
    refused("pdf-certificate-locked", "unknown_encryption", certificate_locked),
    refused("pdf-in-html", "polyglot", lambda: b"<html><script>alert(1)</script>\n" + whole()),
    refused("pdf-behind-zip-head", "polyglot", lambda: zipped("a.txt", "x") + whole()),
    refused("pdf-zip-behind", "polyglot", lambda: whole() + zipped("a.txt", "x")),
    refused("pdf-behind-gif-head", "polyglot", lambda: b"GIF89a" + whole()),
]  # fmt: skip
_ = (G4, W)
