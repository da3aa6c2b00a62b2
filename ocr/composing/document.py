"""Write a document as PDF/A-2b in two layers, or keep a signed file as it came."""

from __future__ import annotations

import hashlib
import os
import shutil
import unicodedata
import zlib
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ImageCms

from errors import MachineError
from ocr.composing.glyphless import Codes, add_font
from ocr.composing.layer import characters_of, page_content, page_size
from ocr.composing.sheaf import write_sheaf
from records import Composed, PageReading

_PRODUCER = "sohoa"
_LANGUAGE = "vi-VN"
_BLOCK = 1 << 20


def compose(pages: Sequence[PageReading], *, title: str, out: Path) -> Composed:
    """Write the pages in order into ``out``, which appears whole or not at all.

    The same pages and title give the same bytes. Pictures are read from their files while writing.

    Raises:
        MachineError: ``disk_full``.
        pikepdf.pdfa.PdfaError: what was written is not PDF/A-2b, which is a fault of this program.
    """
    if not pages:
        raise ValueError("a document has at least one page")
    sheaf = out.with_name(out.name + ".pictures")
    part = out.with_name(out.name + ".part")
    try:
        write_sheaf((page.picture for page in pages), sheaf)
        with pikepdf.open(sheaf) as pdf:
            _lay_out(pdf, pages)
            _declare(pdf, title)
            _save(pdf, part)
        return _finish(part, out, kept=False)
    except OSError as failed:
        raise _of_disk(failed) from failed
    finally:
        sheaf.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def keep_signed(path: Path, out: Path) -> Composed:
    """Copy a file that arrived signed, byte for byte; ``out`` appears whole or not at all.

    Raises:
        MachineError: ``disk_full``.
    """
    part = out.with_name(out.name + ".part")
    try:
        shutil.copyfile(path, part)
        return _finish(part, out, kept=True)
    except OSError as failed:
        raise _of_disk(failed) from failed
    finally:
        part.unlink(missing_ok=True)


def _lay_out(pdf: pikepdf.Pdf, pages: Sequence[PageReading]) -> None:
    pictures = pdf.Root.Pictures
    del pdf.Root.Pictures
    codes = Codes(character for page in pages for character in characters_of(page))
    font = add_font(pdf, codes)
    for page, picture in zip(pages, pictures, strict=True):
        width, height = page_size(page)
        leaf = Dictionary(
            Type=Name.Page,
            MediaBox=[0, 0, round(width, 3), round(height, 3)],
            Resources=Dictionary(XObject=Dictionary(Im0=picture), Font=Dictionary(F0=font)),
            Contents=Stream(pdf, zlib.compress(page_content(page, codes), 9), Filter=Name.FlateDecode),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(leaf)))


def _declare(pdf: pikepdf.Pdf, title: str) -> None:
    """Title, language, output intent and the claim of PDF/A-2b."""
    title = " ".join(unicodedata.normalize("NFC", title).split())
    title = "".join(c for c in title if unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    pdf.Root.Lang = String(_LANGUAGE)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pdf.make_indirect(Stream(pdf, srgb_profile(), N=3))
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([intent])
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = [_LANGUAGE]
        metadata["pdf:Producer"] = _PRODUCER
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"
    pdf.docinfo[Name.Title] = String(title)
    pdf.docinfo[Name.Producer] = String(_PRODUCER)


def srgb_profile() -> bytes:
    """The sRGB ICC profile of LittleCMS, its date of making blanked so that it is the same every time."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex("07ea00010001000000000000")  # 2026-01-01
    profile[84:100] = bytes(16)  # no digest
    return bytes(profile)


def _save(pdf: pikepdf.Pdf, path: Path) -> None:
    from pikepdf import pdfa  # here, as its import takes longer than reading a page takes to be parked

    pdfa.save(pdf, path, "2b", repair=False, deterministic_id=True)


def _finish(part: Path, out: Path, *, kept: bool) -> Composed:
    digest = hashlib.sha256()
    size = 0
    with part.open("rb+") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
        os.fsync(file.fileno())
    part.replace(out)
    return Composed(path=out, sha256=digest.hexdigest(), size=size, kept=kept)


def _of_disk(failed: OSError) -> Exception:
    return MachineError("disk_full") if failed.errno in (28, 122) else failed
