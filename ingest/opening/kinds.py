"""Tell what a file is by its content, never by its name."""

from __future__ import annotations

from errors import SenderError
from records import MediaType

HEAD_BYTES = 8192
TAIL_BYTES = 66_000  # a ZIP's last record may stand this far from the end
_PDF_WITHIN = 1024  # readers accept the PDF header this late

_PICTURES = (
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"II*\0", MediaType.TIFF),
    (b"MM\0*", MediaType.TIFF),
    (b"II+\0", MediaType.TIFF),
    (b"MM\0+", MediaType.TIFF),
)
_FOREIGN = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"8BPS", "PSD"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b", "GZIP"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
    (b"AT&TFORM", "DjVu"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x97JB2\r\n\x1a\n", "JBIG2"),
    (b"ID3", "MP3"),
    (b"OggS", "OGG"),
    (b"SQLite format 3\0", "SQLite"),
)
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_OFFICE = (
    (b"word/", "DOCX"),
    (b"xl/", "XLSX"),
    (b"ppt/", "PPTX"),
    (b"application/vnd.oasis.opendocument", "ODF"),
    (b"application/epub", "EPUB"),
)


def tell_kind(head: bytes, tail: bytes, size: int) -> MediaType:
    """The kind of a file of ``size`` bytes from its first :data:`HEAD_BYTES` and last :data:`TAIL_BYTES`.

    Raises:
        SenderError: ``unsupported_kind`` (with what it looks like instead) or ``polyglot``.
    """
    picture = _picture_kind(head)
    foreign = None if picture else _foreign_kind(head)
    pdf_at = head[: _PDF_WITHIN + 5].find(b"%PDF-")
    if pdf_at > 0 and (picture or (foreign and foreign not in ("TXT", "XML"))):
        raise SenderError("polyglot")
    if picture or pdf_at >= 0:
        if _ends_as_zip(tail, size):
            raise SenderError("polyglot")
        return picture or MediaType.PDF
    raise SenderError("unsupported_kind", found=f" ({foreign})" if foreign else "")


def hides_another(trailer: bytes) -> bool:
    """Whether what follows a picture's end is a second file of a kind that something would open or run.
    Cameras append films and second pictures: those are no danger and are cut off."""
    start = trailer[:_PDF_WITHIN].lstrip(b"\0\r\n\t ")
    if b"%PDF-" in trailer[: _PDF_WITHIN + 5] or start.startswith(
        (b"PK\x03\x04", b"MZ", b"\x7fELF", b"Rar!")
    ):
        return True
    return start[:64].lower().startswith((b"<html", b"<!doctype", b"<script", b"<svg", b"<?php"))


def _picture_kind(head: bytes) -> MediaType | None:
    for magic, kind in _PICTURES:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    return None


def _foreign_kind(head: bytes) -> str | None:
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return next((name for mark, name in _OFFICE if mark in head), "ZIP")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "DOC/XLS"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "HEIC" if brand in _HEIF else "AVIF" if brand in (b"avif", b"avis") else "MP4"
    if head[:4] == b"RIFF":
        return "RIFF"
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            return name
    return _text_kind(head)


def _text_kind(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "TXT"
    sample = head[:4096]
    start = sample.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<script", b"<body")):
        return "HTML"
    if any(b < 9 or 13 < b < 27 for b in sample) or not sample:
        return None
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        return "SVG"
    if start.startswith(b"<?xml"):
        return "HTML" if b"<html" in start else "XML"
    return "TXT"


def _ends_as_zip(tail: bytes, size: int) -> bool:
    """Whether a ZIP reader, which starts from the end, would find an archive here."""
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        return False
    directory_size = int.from_bytes(tail[at + 12 : at + 16], "little")
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    start = size - (len(tail) - at) - directory_size
    return entries > 0 and start >= 0 and at + 22 + comment <= len(tail)
