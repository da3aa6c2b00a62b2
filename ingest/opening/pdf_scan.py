"""PDF pages that are one scanned picture: taken out without re-encoding."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from errors import SenderError
from ingest.opening import fax
from ingest.opening.pdf_content import Contents, Placement, bounds
from ingest.opening.pdf_file import Sheet
from ingest.opening.pdf_picture import encoded_of
from ingest.opening.pictures import decode, decode_jpeg
from ingest.opening.pixels import bound_pixels, to_pixels, turn, turn_matrix
from limits import Limits
from records import EncodedPicture, Matrix, PageImage, Pixels, product

_DPI_RANGE = (60.0, 1300.0)
_FARTHEST = 1e5  # pixels; a picture that is laid out farther is not a scan of this page
_COVERS = 0.3  # a picture that fills less of the page than this is not the page
_TURNS = {
    (0, 1, 1): 1, (0, -1, 1): 2, (0, -1, -1): 3, (0, 1, -1): 4,
    (1, 1, 1): 5, (1, -1, 1): 6, (1, -1, -1): 7, (1, 1, -1): 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Laid:
    """A picture that is the page: its bytes, where its pixels lie on a page of ``size`` pixels at ``dpi``."""

    encoded: EncodedPicture
    matrix: Matrix
    dpi: float
    size: tuple[int, int]


def find_scan(contents: Contents, sheet: Sheet, number: int, limits: Limits) -> Laid | None:
    """The picture when the page is one upright picture that can be passed on as it lies in the file.

    Raises:
        LossError: the picture's data are not whole.
        SenderError: ``page_too_large``.
    """
    if contents.ink or len(contents.pictures) != 1:
        return None
    placement = contents.pictures[0]
    placed = _place(placement, sheet)
    if placed is None:
        return None
    matrix, dpi, size = placed
    encoded = encoded_of(placement.picture, limits)
    if encoded is None:
        return None
    bound_pixels(*size, number, limits)
    return Laid(encoded, matrix, dpi, size)


def take_scan(laid: Laid, number: int) -> PageImage | None:
    """The page with the picture decoded and laid on it; None when it has to be drawn by pdfium.

    Raises:
        SenderError: ``page_damaged`` when the picture's data are cut short.
    """
    if laid.encoded.codec == "jbig2":
        return None
    pixels, encoded = _pixels_of(laid.encoded, number)
    if pixels.shape[:2] != (encoded.height, encoded.width):
        return None
    page, landed = _lay(pixels, laid.matrix, laid.size)
    return PageImage(
        number=number,
        pixels=page,
        dpi=laid.dpi,
        encoded=encoded,
        encoded_matrix=landed,
        lossless=encoded.codec != "jpeg",
    )


# ---- geometry --------------------------------------------------------------------------------------------


def _place(placement: Placement, sheet: Sheet) -> tuple[Matrix, float, tuple[int, int]] | None:
    """Where the picture's pixels land on a page drawn at the picture's own resolution."""
    picture = placement.picture
    width, height = int(picture.get("/Width", 0)), int(picture.get("/Height", 0))
    a, b, c, d, e, f = placement.where
    upright, turned = max(abs(a), abs(d)), max(abs(b), abs(c))
    if width < 1 or height < 1 or min(upright, turned) > 0.002 * max(upright, turned):
        return None
    if not _is_covering(placement, sheet):
        return None
    across = max(abs(a), abs(b)) * sheet.unit / 72  # inches that the picture's rows span
    down = max(abs(c), abs(d)) * sheet.unit / 72
    if across <= 0 or down <= 0:
        return None
    dpi = max(width / across, height / down)
    if not _DPI_RANGE[0] <= dpi <= _DPI_RANGE[1]:
        return None
    page = to_page(sheet, dpi)
    # The unit square's corner (0, 1) is the picture's pixel (0, 0).
    unit = ((a / width, -c / height, c + e), (b / width, -d / height, d + f))
    edge = [
        [page[r][0] * unit[0][k] + page[r][1] * unit[1][k] + (page[r][2] if k == 2 else 0) for k in range(3)]
        for r in range(2)
    ]
    (p, q, r), (s, t, u) = edge
    matrix = (p, q, r + (p + q - 1) / 2, s, t, u + (s + t - 1) / 2)
    if max(map(abs, matrix)) > _FARTHEST:
        return None
    inches = sheet.inches
    return matrix, dpi, (max(1, round(inches[0] * dpi)), max(1, round(inches[1] * dpi)))


def _is_covering(placement: Placement, sheet: Sheet) -> bool:
    left, bottom, right, top = bounds(placement.where)
    seen = (max(left, sheet.left), max(bottom, sheet.bottom), min(right, sheet.right), min(top, sheet.top))
    if seen[2] <= seen[0] or seen[3] <= seen[1]:
        return False
    page_area = (sheet.right - sheet.left) * (sheet.top - sheet.bottom)
    if (seen[2] - seen[0]) * (seen[3] - seen[1]) < _COVERS * page_area:
        return False
    clip = placement.clip
    slack = 0.004 * max(sheet.right - sheet.left, sheet.top - sheet.bottom)
    return clip is None or (
        clip[0] <= seen[0] + slack
        and clip[1] <= seen[1] + slack
        and clip[2] >= seen[2] - slack
        and clip[3] >= seen[3] - slack
    )


def to_page(sheet: Sheet, dpi: float) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Rows of the mapping from PDF units to pixels of the page as a reader sees it (edges, not centres)."""
    s = sheet.unit * dpi / 72
    rows = {
        0: ((s, 0.0, -sheet.left * s), (0.0, -s, sheet.top * s)),
        90: ((0.0, s, -sheet.bottom * s), (s, 0.0, -sheet.left * s)),
        180: ((-s, 0.0, sheet.right * s), (0.0, s, -sheet.bottom * s)),
        270: ((0.0, -s, sheet.top * s), (-s, 0.0, sheet.right * s)),
    }
    return rows[sheet.rotation]


def _lay(pixels: Pixels, matrix: Matrix, page_size: tuple[int, int]) -> tuple[Pixels, Matrix]:
    """Lay the picture on a white page. Where it fills the page to a pixel or two, the picture is the page."""
    height, width = pixels.shape[:2]
    p, q, r, s, t, u = matrix
    swapped = int(abs(q) > abs(p))
    first, second = (q, s) if swapped else (p, t)
    orientation = _TURNS[(swapped, 1 if first > 0 else -1, 1 if second > 0 else -1)]
    exact = all(abs(abs(v) - 1) < 0.01 for v in (first, second))
    turned_size = (height, width) if swapped else (width, height)
    turned = turn_matrix(width, height, orientation)
    shift = (r - turned[2], u - turned[5])
    slack = [max(2.0, 0.004 * side) for side in page_size]
    fills = all(
        abs(shift[k]) <= slack[k] and abs(page_size[k] - shift[k] - turned_size[k]) <= slack[k]
        for k in (0, 1)
    )
    if exact and fills:
        return turn(pixels, orientation), turned
    paper = (255,) * (1 if pixels.ndim == 2 else 3)
    affine = np.array([[p, q, r], [s, t, u]], dtype=np.float64)
    if exact:
        affine = np.array(product((1, 0, round(shift[0]), 0, 1, round(shift[1])), turned)).reshape(2, 3)
    page = cv2.warpAffine(
        pixels, affine, page_size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
    )
    a, b, c, d, e, f = (float(v) for v in affine.ravel())
    return np.asarray(page, dtype=np.uint8), (a, b, c, d, e, f)


# ---- the picture itself ----------------------------------------------------------------------------------


def _pixels_of(encoded: EncodedPicture, number: int) -> tuple[Pixels, EncodedPicture]:
    if encoded.codec == "ccitt_g4":
        return _fax_pixels(encoded, number), encoded
    if encoded.codec == "jpeg":
        picture, encoded = decode_jpeg(encoded, number)
        return to_pixels(picture), encoded
    return to_pixels(decode(encoded.data, number)), encoded


def _fax_pixels(encoded: EncodedPicture, number: int) -> Pixels:
    try:
        if not fax.is_whole(encoded.data, encoded.width, encoded.height):
            raise SenderError("page_damaged", page=number)
        pixels = fax.decode_strip(encoded.data, encoded.width, encoded.height)
    except (OSError, ValueError):
        raise SenderError("page_damaged", page=number) from None
    return ~pixels if encoded.black_is_1 else pixels
