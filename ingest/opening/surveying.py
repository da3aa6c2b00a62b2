"""The first look at a file, and taking single pages out of it."""

from __future__ import annotations

from pathlib import Path

from errors import SenderError
from ingest.opening.kinds import HEAD_BYTES, TAIL_BYTES, tell_kind
from ingest.opening.pdf_page import take_pdf_page
from ingest.opening.pdf_survey import survey_pdf
from ingest.opening.pictures import survey_picture, take_picture
from ingest.opening.tiff_page import survey_tiff, take_tiff_page
from limits import Limits
from records import MediaType, PageImage, Survey


def survey(path: Path, name: str, limits: Limits, scratch: Path) -> Survey:
    """Tell a file's kind by its content, count its pages, and mend it where it can be mended.

    ``name`` is the sender's, and nothing is told by it. ``scratch`` is an existing folder for a mended copy.

    Raises:
        SenderError: ``not_found``, ``not_readable``, ``empty_file``, ``file_too_large``,
            ``unsupported_kind``, ``polyglot``, ``password``, ``unknown_encryption``, ``damaged``,
            ``no_pages``, ``too_many_pages``, ``too_complex``.
    """
    head, tail, size = _ends_of(path, limits)
    kind = tell_kind(head, tail, size)
    if kind is MediaType.PDF:
        found = survey_pdf(path, limits, scratch)
        warnings = ["repaired"] if found.repaired else []
        if found.active:
            warnings += ["active_content_kept" if found.signed else "active_content_removed", *found.active]
        if found.signed:
            warnings.append("already_signed")
        return Survey(kind, found.page_count, found.signed, found.readable, tuple(warnings))
    if kind is MediaType.TIFF:
        count, broken = survey_tiff(path, limits)
        if count > limits.max_pages:
            raise SenderError("too_many_pages", pages=f"> {limits.max_pages}", limit=limits.max_pages)
        return Survey(kind, count, False, path, ("repaired",) if broken else ())
    survey_picture(path.read_bytes(), kind)
    return Survey(kind, 1, False, path)


def take_page(survey: Survey, number: int, limits: Limits, scratch: Path) -> PageImage:
    """Take one page (counted from 1) out of a surveyed file.

    The file is opened anew, so that pages can be taken in any order by any process. ``scratch`` is not
    written to by any of today's kinds; it is there for those that need it.

    Raises:
        SenderError: ``page_damaged`` or ``page_too_large``.
    """
    if not 1 <= number <= survey.page_count:
        raise SenderError("page_damaged", page=number)
    if survey.media_type is MediaType.PDF:
        return take_pdf_page(survey.readable, number, limits)
    if survey.media_type is MediaType.TIFF:
        return take_tiff_page(survey.readable, number, limits)
    return take_picture(survey.readable, survey.media_type, number, limits)


def _ends_of(path: Path, limits: Limits) -> tuple[bytes, bytes, int]:
    try:
        size = path.stat().st_size
        if size > limits.max_file_bytes:
            raise SenderError("file_too_large", limit=f"{limits.max_file_bytes // 2**20} MB")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            file.seek(max(size - TAIL_BYTES, 0))
            tail = file.read(TAIL_BYTES)
    except FileNotFoundError:
        raise SenderError("not_found") from None
    except (PermissionError, IsADirectoryError) as refused:
        raise SenderError("not_readable", why=refused.strerror or "no permission") from None
    if not head:
        raise SenderError("empty_file")
    return head, tail, size
