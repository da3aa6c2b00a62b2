"""Files that are no scan at all, whatever they are called."""

from __future__ import annotations

import io
import random
import zipfile

from tests.corpus import motif
from tests.corpus.case import Case, refused
from tests.corpus.motif import saved


def zipped(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, text)
    return out.getvalue()


STRANGERS: list[Case] = [
    refused("empty", "empty_file", lambda: b""),
    refused("one-byte", "unsupported_kind", lambda: b"%"),
    refused("text", "unsupported_kind", lambda: "Kính gửi: Ủy ban nhân dân\n".encode()),
    refused("text-utf-16", "unsupported_kind", lambda: "Kính gửi".encode("utf-16")),
    refused("html", "unsupported_kind", lambda: b"<!DOCTYPE html><html><body>%PDF</body></html>"),
    refused("svg", "unsupported_kind", lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>'),
    refused("heic", "unsupported_kind", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)),
    refused("avif", "unsupported_kind", lambda: b"\0\0\0\x1cftypavif" + bytes(200)),
    refused("film", "unsupported_kind", lambda: b"\0\0\0\x18ftypmp42" + bytes(200)),
    refused("gif", "unsupported_kind", lambda: saved(motif.colour(), "GIF")),
    refused("bmp", "unsupported_kind", lambda: saved(motif.colour(), "BMP")),
    refused("docx", "unsupported_kind", lambda: zipped("word/document.xml", "<w:document/>")),
    refused("zip", "unsupported_kind", lambda: zipped("a.txt", "a")),
    refused("old-word", "unsupported_kind", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    refused("program", "unsupported_kind", lambda: b"MZ" + bytes(600)),
    refused("postscript", "unsupported_kind", lambda: b"%!PS-Adobe-3.0\nshowpage\n"),
    refused("noise", "unsupported_kind", lambda: random.Random(7).randbytes(5000)),
    refused("zeros", "unsupported_kind", lambda: bytes(5000)),
]
FOUND = {"heic": "HEIC", "docx": "DOCX", "zip": "ZIP", "html": "HTML", "text": "TXT", "gif": "GIF"}
