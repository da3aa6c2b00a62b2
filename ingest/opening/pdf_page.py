"""One page of a PDF: a scan taken out, a born-digital page with its text, anything else drawn."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from errors import SenderError
from ingest.opening import fax, jpeg
from ingest.opening.pdf_content import Contents, bounds, read_contents
from ingest.opening.pdf_draw import check_decodable, draw, ingredients_of, open_page, pixel_size
from ingest.opening.pdf_file import (
    LOST,
    Sheet,
    before_last,
    filters_of,
    name_of,
    open_pdf,
    parms_of,
    sheet_of,
)
from ingest.opening.pdf_picture import encoded_of
from ingest.opening.pdf_scan import Laid, find_scan, take_scan
from ingest.opening.pdf_text import trusted_words
from ingest.opening.pdf_weight import weigh
from ingest.opening.pictures import coded_size, decode
from ingest.opening.pixels import bound_pixels, nominal, settle_dpi
from limits import Limits
from records import PageImage

_DRAWN_DPI = 300.0
_SCAN_DPI = (150.0, 600.0)
_SCAN_SHARE = 0.5
_MAX_CHECKED = 64
_MAX_CODED_BYTES = 256 * 1024 * 1024
_DRAWABLE_DEPTH = 30  # pdfium silently leaves out forms that are nested deeper than some forty
_LOSSY = {"/DCTDecode", "/JPXDecode"}
_ABSURD_INCHES = 23.5  # a low-resolution "page" longer than A2 is a phone's picture, not a sheet
_ABSURD_DPI = 100.0
_SEEN_NOTES_ONLY = {"/Link", "/Popup"}


def take_pdf_page(path: Path, number: int, limits: Limits) -> PageImage:
    """One page as a reader sees it.

    Raises:
        SenderError: ``page_too_large`` or ``page_damaged``.
    """
    with open_pdf(path) as pdf:
        try:
            look = _look_at(pdf, number, limits)
        except (pikepdf.PdfError, ValueError, TypeError, IndexError, AttributeError, RuntimeError, KeyError):
            raise SenderError("page_damaged", page=number) from None
        except OverflowError:
            raise SenderError("page_damaged", page=number) from None
    if look.scan is not None:
        return look.scan
    return _draw_page(path, number, look, limits)


@dataclass(frozen=True, slots=True)
class _Look:
    """``dpi``: the resolution of the scan on the page, None where none fills it. ``broken``: some operators
    were not understood; when nothing is seen then, the page is not blank but lost. ``laid``: the picture
    to pass on, which pdfium decodes. ``bitonal``: JBIG2 is among the pictures."""

    sheet: Sheet
    scan: PageImage | None = None
    dpi: float | None = None
    lossless: bool = False
    broken: bool = False
    laid: Laid | None = None
    bitonal: bool = False


def _look_at(pdf: pikepdf.Pdf, number: int, limits: Limits) -> _Look:
    page = pdf.pages[number - 1].obj
    if LOST in page:
        raise SenderError("page_damaged", page=number)
    sheet = sheet_of(page)
    depth = weigh(page)
    contents = read_contents(page)
    if not _has_notes(page):
        laid = find_scan(contents, sheet, number, limits)
        scan = take_scan(laid, number) if laid else None
        if scan is not None:
            return _Look(sheet, _true_to_paper(scan))
        if laid is not None:
            return _Look(sheet, dpi=laid.dpi, lossless=True, laid=laid, bitonal=True)
    if depth > _DRAWABLE_DEPTH:
        raise SenderError("page_damaged", page=number)
    _check_pictures(contents, number, limits)
    dpi = _scan_dpi(contents, sheet)
    names = {name for p in contents.pictures for name in filters_of(p.picture)}
    lossless = bool(contents.pictures) and not names & _LOSSY
    return _Look(sheet, None, dpi, lossless, contents.broken, bitonal="/JBIG2Decode" in names)


def _draw_page(path: Path, number: int, look: _Look, limits: Limits) -> PageImage:
    width, height, dpi = pixel_size(look.sheet.inches, look.dpi or _DRAWN_DPI, number, limits)
    with open_page(path, number) as (_, page):
        text = trusted_words(page, ingredients_of(page), width, height)
        if look.bitonal:
            check_decodable(page, number)
        pixels = draw(page, width, height)
    if look.broken and text is None and int(pixels.min()) > 250:
        raise SenderError("page_damaged", page=number)
    drawn = PageImage(number=number, pixels=pixels, dpi=dpi, text=text, lossless=look.lossless)
    if look.laid is not None and (width, height) == look.laid.size:
        drawn = replace(drawn, encoded=look.laid.encoded, encoded_matrix=look.laid.matrix)
    return drawn if text is not None else _true_to_paper(drawn)


def _true_to_paper(page: PageImage) -> PageImage:
    """Phones write a photograph as a page of one point a pixel, which no printer takes: such a page counts
    as A4."""
    long_side = max(page.pixels.shape[:2])
    dpi = nominal(page.dpi)
    if dpi <= _ABSURD_DPI and long_side / dpi > _ABSURD_INCHES:
        dpi = settle_dpi(None, page.pixels.shape[1], page.pixels.shape[0])
    return replace(page, dpi=dpi)


def _has_notes(page: pikepdf.Object) -> bool:
    """Whether the page has annotations that may be seen: fields, stamps, comments."""
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return False
    for note in list(notes)[:10_000]:
        if not isinstance(note, pikepdf.Dictionary) or name_of(note.get("/Subtype")) in _SEEN_NOTES_ONLY:
            continue
        flags = int(note.get("/F", 0))
        if not flags & 0b10:  # not hidden
            return True
    return False


def _scan_dpi(contents: Contents, sheet: Sheet) -> float | None:
    """The resolution of the pictures when they fill at least half of the page (in strips, layers, or one)."""
    page_area = (sheet.right - sheet.left) * (sheet.top - sheet.bottom)
    covered = 0.0
    finest = 0.0
    for placement in contents.pictures:
        left, bottom, right, top = bounds(placement.where)
        left, bottom = max(left, sheet.left), max(bottom, sheet.bottom)
        right, top = min(right, sheet.right), min(top, sheet.top)
        area = max(right - left, 0.0) * max(top - bottom, 0.0)
        a, b, c, d, _, _ = placement.where
        across, down = math.hypot(a, b) * sheet.unit / 72, math.hypot(c, d) * sheet.unit / 72
        if area <= 0 or across <= 0 or down <= 0:
            continue
        covered += area
        if area > 0.02 * page_area:
            width, height = int(placement.picture.get("/Width", 0)), int(placement.picture.get("/Height", 0))
            finest = max(finest, width / across, height / down)
    if covered < _SCAN_SHARE * page_area or finest <= 0:
        return None
    if contents.ink and finest < _DRAWN_DPI:
        # Print or lines over a coarse picture want their own sharpness, in whole multiples of the scan's.
        finest *= math.ceil(2 * _DRAWN_DPI / 3 / finest)
    return min(max(finest, _SCAN_DPI[0] if contents.ink else 72.0), _SCAN_DPI[1])


# ---- pictures that pdfium would show half -----------------------------------------------------------------


def _check_pictures(contents: Contents, number: int, limits: Limits) -> None:
    """pdfium draws what it can of a broken picture and says nothing: look first.

    Raises:
        SenderError: ``page_damaged`` or ``page_too_large``.
    """
    seen: set[tuple[int, int]] = set()
    for placement in contents.pictures[:_MAX_CHECKED]:
        picture = placement.picture
        if picture.objgen in seen:
            continue
        seen.add(picture.objgen)
        width, height = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
        bound_pixels(width, height, number, limits)
        names = filters_of(picture)
        raw = picture.read_raw_bytes()
        if not raw:
            raise SenderError("page_damaged", page=number)
        if names[-1:] == ["/DCTDecode"]:
            raw = before_last(picture, names, raw, _MAX_CODED_BYTES)
            look = jpeg.look_into(raw)
            bound_pixels(look.width, look.height, number, limits)
            decode(raw, number)
        elif names == ["/FlateDecode"]:
            _check_flate(picture, raw, width, height, number)
        elif names == ["/CCITTFaxDecode"]:
            parms = parms_of(picture, 0)
            if int(parms.get("/K", 0)) < 0 and not parms.get("/EncodedByteAlign", False):
                columns = int(parms.get("/Columns", 1728))
                bound_pixels(columns, height, number, limits)
                if not fax.is_whole(raw, columns, height):
                    raise SenderError("page_damaged", page=number)
        elif names[-1:] == ["/JPXDecode"]:
            raw = before_last(picture, names, raw, _MAX_CODED_BYTES)
            bound_pixels(*coded_size(raw, number), number, limits)
            decode(raw, number)
        elif names == ["/JBIG2Decode"]:
            encoded_of(picture, limits)


def _check_flate(picture: pikepdf.Object, raw: bytes, width: int, height: int, number: int) -> None:
    bits = 1 if picture.get("/ImageMask", False) else int(picture.get("/BitsPerComponent", 8))
    least = (width * bits + 7) // 8 * height  # one channel at least
    parms = parms_of(picture, 0)
    if int(parms.get("/Predictor", 1)) >= 10:
        least += height
    try:
        whole = len(zlib.decompressobj().decompress(raw, least)) >= least
    except zlib.error:
        whole = False
    if not whole:
        raise SenderError("page_damaged", page=number)
