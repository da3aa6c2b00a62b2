"""The frozen records that pass from step to step.

Everything here is plain data: no database, queue, web or clock. Boxes are ``(x, y, w, h)`` in pixels of the
*upright* page image, origin top left. Confidences run from 0 to 1. Text is NFC. Page numbers count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Box: TypeAlias = tuple[int, int, int, int]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""``(a, b, c, d, e, f)``: a source pixel ``(x, y)`` lands at ``(a*x + b*y + c, d*x + e*y + f)``. Coordinates are
those of pixel centres, as in OpenCV: a half turn of a picture ``w`` wide is ``x' = w - 1 - x``."""
Pixels: TypeAlias = NDArray[np.uint8]
"""``(h, w)`` gray (0 black, 255 white) or ``(h, w, 3)`` RGB."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def product(second: Matrix, first: Matrix) -> Matrix:
    """The matrix that does ``first``, then ``second``."""
    a, b, c, d, e, f = second
    p, q, r, s, t, u = first
    return (a * p + b * s, a * q + b * t, a * r + b * u + c, d * p + e * s, d * q + e * t, d * r + e * u + f)


# ---- what came in ---------------------------------------------------------------------------------------


class MediaType(StrEnum):
    """The kinds of file that are read, told by content, never by name."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as a sender sent it."""

    path: Path
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first look at a file told: its kind and how many pages it claims, before any page is read.

    ``warnings`` are reason codes (``repaired``, ``active_content_removed`` ...).  ``readable`` is the file to
    take pages from: the original, or a mended copy in the scratch folder.
    """

    media_type: MediaType
    page_count: int
    signed: bool
    readable: Path
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbeddedWord:
    """A word of a born-digital page, its box in pixels of the page's picture (``PageImage.pixels``). ``line``
    counts the visual rows, ``cell`` the parts of a row that stand clearly apart (as :class:`Line` does)."""

    text: str
    box: Box
    line: int
    cell: int = 0


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """The page's picture as it lay in the file, to be passed into the PDF without re-encoding.

    ``codec`` is ``jpeg`` (``data`` is a whole JPEG file), ``ccitt_g4`` (``data`` is the raw strip,
    ``black_is_1`` as in the PDF filter), ``jbig2`` (the segments of one page, shared ones first) or ``png``
    (lossless; ``data`` is a whole PNG file, not interlaced and without alpha; gray, RGB or a palette).
    ``components`` is 1 (gray or bitonal) or 3 (RGB, palette);
    ``bits`` per component 1 to 8.
    """

    codec: str
    data: bytes
    width: int
    height: int
    components: int
    bits: int
    black_is_1: bool = False


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page taken out of its file.

    ``dpi`` holds for both axes (a fax with unequal axes is made square by opening). ``text`` is set only for
    a born-digital page whose own text is trustworthy; such a page is not read by OCR.
    ``encoded`` is the same picture as ``pixels``, or None when it has to be encoded anew; its pixels land in
    ``pixels`` by ``encoded_matrix`` (a camera's quarter turn, a page's margins, unequal axes made square).
    ``lossless`` says that the source held these very pixels, so that they are encoded without loss again.
    """

    number: int
    pixels: Pixels
    dpi: float
    encoded: EncodedPicture | None = None
    text: tuple[EmbeddedWord, ...] | None = None
    warnings: tuple[str, ...] = ()
    encoded_matrix: Matrix = IDENTITY
    lossless: bool = False


# ---- one page, prepared and read -------------------------------------------------------------------------


class RegionKind(StrEnum):
    """What is on the page beside print."""

    SEAL = "seal"
    HANDWRITING = "handwriting"
    PICTURE = "picture"
    TABLE = "table"
    STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class Region:
    """A place on the upright page that is not plain print."""

    kind: RegionKind
    box: Box


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """A page made ready: where it lies in its source, and a picture for the recogniser.

    ``width`` and ``height`` are those of the upright page, which people see: turned and straightened, colour
    kept. ``matrix`` maps source pixels to upright pixels; nobody draws them until a PDF is shown. ``picture`` is
    set where the upright page cannot be had from the source by ``matrix`` alone (a flattened photograph): the
    PDF then carries it. ``ink`` is what the recogniser reads: gray, dark print on white, seals and shadows gone;
    pixel ``(x, y)`` of the upright page lies at ``(x * ink_scale, y * ink_scale)`` of ``ink``.
    ``rotation`` is the clockwise quarter turn applied, ``skew`` the degrees (positive: clockwise tilt of the
    scan) that were removed.
    """

    width: int
    height: int
    ink: Pixels
    ink_scale: float
    dpi: float
    rotation: int
    skew: float
    matrix: Matrix
    picture: Pixels | None = None
    blank: bool = False
    regions: tuple[Region, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word. ``heard`` is what the recogniser first said where another reading was chosen, and
    ``why`` says on what grounds."""

    text: str
    box: Box
    confidence: float
    heard: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one printed line, left to right. ``cell`` tells the cells of one table row or of the
    two-column head of a letter apart (0 for plain text); ``row`` groups lines that are printed side by
    side: lines with the same ``row`` are one visual row."""

    words: tuple[Word, ...]
    row: int = 0
    cell: int = 0

    @property
    def text(self) -> str:
        """The line's words with single spaces."""
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> Box:
        """The smallest box around the words."""
        left = min(w.box[0] for w in self.words)
        top = min(w.box[1] for w in self.words)
        right = max(w.box[0] + w.box[2] for w in self.words)
        bottom = max(w.box[1] + w.box[3] for w in self.words)
        return (left, top, right - left, bottom - top)

    @property
    def confidence(self) -> float:
        """Mean of the words' confidences, weighted by their length."""
        letters = sum(len(w.text) for w in self.words)
        return sum(w.confidence * len(w.text) for w in self.words) / letters if letters else 0.0


class MarkKind(StrEnum):
    """Machine-readable marks."""

    QR = "qr"
    BARCODE = "barcode"
    MRZ = "mrz"


@dataclass(frozen=True, slots=True)
class Mark:
    """A machine-readable mark found on the page."""

    kind: MarkKind
    text: str
    box: Box


class TextOrigin(StrEnum):
    """Where a page's text came from."""

    OCR = "ocr"
    EMBEDDED = "embedded"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PictureFile:
    """The page's picture for the PDF, parked in the scratch folder.

    ``codec``, ``components``, ``bits``, ``black_is_1`` as in :class:`EncodedPicture`, whose ``data`` the file
    holds. Drawn with ``matrix`` it fills the upright page.
    """

    path: Path
    codec: str
    width: int
    height: int
    components: int
    bits: int
    matrix: Matrix
    black_is_1: bool = False


@dataclass(frozen=True, slots=True)
class PageReading:
    """Everything known of one page after it was prepared and read.

    ``failure`` is a reason code when the page's picture is whole but its reading failed (a time-out, a
    killed recogniser): the page stays in its document, marked, with no text.
    ``thumbnail`` and ``upright`` picture files are not kept: they are drawn from the finished PDF.
    """

    number: int
    width: int
    height: int
    dpi: float
    rotation: int
    skew: float
    picture: PictureFile
    lines: tuple[Line, ...]
    origin: TextOrigin
    blank: bool = False
    marks: tuple[Mark, ...] = ()
    regions: tuple[Region, ...] = ()
    warnings: tuple[str, ...] = ()
    failure: str | None = None
    seconds: tuple[tuple[str, float], ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in reading order."""
        return tuple(w for line in self.lines for w in line.words)

    @property
    def confidence(self) -> float:
        """Mean confidence of the words weighted by length; 1 for a blank page, 0 for a failed one."""
        if self.failure:
            return 0.0
        letters = sum(len(w.text) for w in self.words)
        if not letters:
            return 1.0 if self.blank else 0.0
        return sum(w.confidence * len(w.text) for w in self.words) / letters

    @property
    def text(self) -> str:
        """The page's text. Lines that are printed side by side stand on one line, cells parted by a tab
        only in :func:`rows_of`; here every row is one line with single spaces."""
        return "\n".join(" ".join(line.text for line in row) for row in rows_of(self.lines))


def rows_of(lines: tuple[Line, ...]) -> list[list[Line]]:
    """Group consecutive lines by their ``row``."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and rows[-1][0].row == line.row:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """A page of which not even the picture could be had, and why: a reason code and the values that its
    sentence needs."""

    number: int
    reason: str
    values: tuple[tuple[str, str], ...] = ()


# ---- documents --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """What a cover sheet says of the papers behind it: the dossier's code and the paper's code, each empty
    where the sheet leaves it open. ``readable`` is False for a sheet that is known as one but whose mark
    cannot be read: what follows it belongs to no dossier until a person has looked."""

    ma_ho_so: str = ""
    code: str = ""
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Separation:
    """How the pages of one file fall into documents.

    Each entry of ``documents`` lists page numbers of the source in order. ``separators`` are cover sheets and
    blank parting sheets that belong to no document. ``doubts`` are reason codes for the whole file.
    ``covers`` holds for each document the cover sheet it lies behind, or None.
    """

    documents: tuple[tuple[int, ...], ...]
    separators: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
    covers: tuple[CoverSheet | None, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeFinding:
    """The paper's type: a code of the contract, its Vietnamese label, how sure, and what spoke for it."""

    code: str
    label: str
    confidence: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One field read from a document. ``page`` counts within the document. ``valid`` is False when a
    validator objects; ``problems`` then holds reason codes. ``source`` is ``print``, ``qr``, ``mrz`` or
    ``handwriting``."""

    name: str
    value: str
    confidence: float
    page: int
    box: Box
    valid: bool = True
    problems: tuple[str, ...] = ()
    source: str = "print"


class Verdict(StrEnum):
    """What a document still needs from a person."""

    AUTO = "auto"
    CHECK = "check"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Review:
    """Why a person should look. ``fields`` names the doubtful fields."""

    reasons: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    verdict: Verdict = Verdict.AUTO

    @property
    def needed(self) -> bool:
        """True unless nothing is doubtful."""
        return self.verdict is not Verdict.AUTO


@dataclass(frozen=True, slots=True)
class Document:
    """One document found in a file. ``pages`` are in document order; ``PageReading.number`` still counts in
    the source, the position in ``pages`` (from 1) is the page number within the document. ``warnings`` are
    those of the whole file (see :class:`Survey`)."""

    source: SourceFile
    media_type: MediaType
    pages: tuple[PageReading, ...]
    type: TypeFinding
    fields: tuple[FieldValue, ...]
    review: Review
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, pages parted by form feeds."""
        return "\f".join(p.text for p in self.pages)


@dataclass(frozen=True, slots=True)
class Composed:
    """A document's finished PDF in the scratch folder. ``kept`` says that it is the sender's own signed
    file, byte for byte."""

    path: Path
    sha256: str
    size: int
    kept: bool = False


@dataclass(frozen=True, slots=True)
class DigitizedFile:
    """The whole outcome for one file. Built only by the pipeline, which checks that no page is lost.

    ``covers`` holds for each document the cover sheet that it lay behind, or None; empty: none had one."""

    source: SourceFile
    media_type: MediaType
    page_count: int
    documents: tuple[tuple[Document, Composed], ...]
    separators: tuple[int, ...] = ()
    refused: tuple[RefusedPage, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    covers: tuple[CoverSheet | None, ...] = ()

    def __post_init__(self) -> None:
        """Pages in = pages in documents + separators + refused, each exactly once.

        Raises:
            ValueError: a page is missing, doubled or invented.
        """
        seen = [p.number for d, _ in self.documents for p in d.pages]
        seen += [*self.separators, *(r.number for r in self.refused)]
        if sorted(seen) != list(range(1, self.page_count + 1)):
            raise ValueError(f"pages not conserved: {self.page_count} in, accounted for {sorted(seen)}")
