"""The way of a scan, in order.

Paper comes in as a file and leaves as digitized documents::

    refuse_malware ─▶ open_file ─▶ read_pages ─▶ separate ─▶ understand ─▶ compose
                                   (a page: take out, prepare, recognise, find marks, park its picture)

What comes before (receive, store the original) and after (attach to the dossier) belongs to the service:
``worker.py`` and ``storage``; the one-shot command writes files instead (``outputs.py``). Both run the same
:func:`digitize_file`.

The functions of the first half run here and only give out work; those of the second half (``*_in_child``)
run in the isolated children of a :class:`isolation.Workshop`, which is where untrusted bytes are touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from classifiers.catalogue import OTHER, catalogue
from classifiers.deciding import decide
from classifiers.fields import find_fields
from classifiers.marks import find_marks
from classifiers.reviewing import Thresholds, review
from classifiers.secrecy import find_secrecy
from errors import MachineError, SenderError, SohoaError
from ingest.opening import survey as survey_file
from ingest.opening import take_page
from ingest.scanning import scan
from ingest.separating import separate
from isolation import TaskCrashedError, TaskTimeoutError, Workshop, processor_bound
from limits import Limits
from ocr.composing import compose, keep_signed, park_picture
from ocr.preparing import prepare
from ocr.recognising.engine import Recogniser
from ocr.recognising.reading import recognise
from ocr.recognising.tesseract import TesseractRecogniser
from reasons import REASONS, Family
from records import (
    IDENTITY,
    Composed,
    CoverSheet,
    DigitizedFile,
    Document,
    EmbeddedWord,
    FieldValue,
    Line,
    PageImage,
    PageReading,
    PreparedPage,
    RefusedPage,
    Review,
    Separation,
    SourceFile,
    Survey,
    TextOrigin,
    TypeFinding,
    Word,
)

Progress = Callable[[int, int], None]
"""Called with (pages done, pages in all) whenever a page is finished."""

_SCANNER_SECONDS = 180.0
_TAKING_SHARE = 0.3  # of a page's time, in processor time; a second try may need as much
_RECOGNISER_SHARE = 0.8  # of a page's time; the rest is for taking out, preparing and parking
_ENOUGH_TO_TURN = 15.0
"""Seconds that must be left to read a page again on its head."""
_POOR, _FEW_LETTERS = 0.85, 120
"""A page of a lower mean confidence or with fewer letters may have been read on its head."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How files are digitized: bounds, thresholds for review, the day that counts as today, the lane (lower goes
    first: a clerk's file before a batch), and the address of a malware scanner (empty: none)."""

    limits: Limits
    thresholds: Thresholds
    today: date
    lane: int = 0
    scanner: str = ""


def digitize_file(
    source: SourceFile, *, workshop: Workshop, plan: Plan, scratch: Path, on_page: Progress | None = None
) -> DigitizedFile:
    """Take one file the whole way.

    ``scratch`` is an empty folder of the caller's; pictures and finished PDFs lie there until the caller
    removes it. ``source.path`` is only read.

    Raises:
        SenderError: the file as a whole cannot be digitized, with the plain reason.
        MachineError: this machine could not do it now.
    """
    desk = _Desk(workshop, plan, time.monotonic() + plan.limits.file_seconds)
    refuse_malware(desk, source)
    survey = open_file(desk, source, scratch)
    pages, refused = read_pages(desk, survey, scratch, on_page)
    separation = separate_pages(desk, survey, pages)
    documents = understand_documents(desk, source, survey, pages, refused, separation)
    composed = compose_documents(desk, source, survey, documents, scratch)
    return DigitizedFile(
        source=source,
        media_type=survey.media_type,
        page_count=survey.page_count,
        documents=tuple(zip(documents, composed, strict=True)),
        separators=separation.separators,
        refused=refused,
        warnings=survey.warnings,
        covers=separation.covers,
    )


# ---- the steps, as seen from outside the children --------------------------------------------------------


class _Desk:
    """The workshop, the plan and the file's deadline, together."""

    def __init__(self, workshop: Workshop, plan: Plan, deadline: float) -> None:
        self._workshop = workshop
        self.plan = plan
        self.limits = plan.limits
        self._deadline = deadline

    def left(self) -> float:
        """Seconds until the file's deadline.

        Raises:
            MachineError: ``file_timeout`` when it has passed.
        """
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise MachineError("file_timeout", seconds=round(self.limits.file_seconds))
        return left

    def give(
        self, function: Callable[..., Any], *arguments: Any, seconds: float | None = None
    ) -> Future[Any]:
        """Hand a ``*_in_child`` function to a child; by default it has the time of one page."""
        bound = min(self.left(), seconds or self.limits.page_seconds)
        name = f"{__name__}:{function.__name__}"
        return self._workshop.submit(name, *arguments, seconds=bound, priority=self.plan.lane)

    def wait(self, future: Future[Any]) -> Any:
        """The future's value, no later than the file's deadline."""
        try:
            return future.result(self.left())
        except FutureTimeoutError:
            future.cancel()
            raise MachineError("file_timeout", seconds=round(self.limits.file_seconds)) from None


def refuse_malware(desk: _Desk, source: SourceFile) -> None:
    """Ask the scanner, if there is one, before anything looks into the file.

    Raises:
        SenderError: ``malware``.
        MachineError: the scanner cannot be had or gave no answer: the file waits, it does not pass.
    """
    if desk.plan.scanner:
        scan(desk.plan.scanner, source.path, seconds=min(desk.left(), _SCANNER_SECONDS))


def open_file(desk: _Desk, source: SourceFile, scratch: Path) -> Survey:
    """Tell the file's kind and count its pages, or say plainly why it cannot be opened."""
    survey: Survey = desk.wait(desk.give(open_in_child, source.path, source.name, desk.limits, scratch))
    return survey


def read_pages(
    desk: _Desk, survey: Survey, scratch: Path, on_page: Progress | None
) -> tuple[tuple[PageReading, ...], tuple[RefusedPage, ...]]:
    """Read all pages, many at once. One bad page does not sink the others.

    Raises:
        SenderError: the reason that all pages share, or ``all_pages_refused``.
        MachineError: the same, when no page could be read for the machine's sake.
    """
    numbers = range(1, survey.page_count + 1)
    tasks = {desk.give(read_page_in_child, survey, n, desk.limits, scratch): n for n in numbers}
    outcomes: dict[int, PageReading | RefusedPage] = {}
    try:
        for done in as_completed(tasks, timeout=desk.left()):
            number = tasks[done]
            outcomes[number] = _page_outcome(desk, done, survey, number, scratch)
            if on_page:
                on_page(len(outcomes), survey.page_count)
    except FutureTimeoutError:
        raise MachineError("file_timeout", seconds=round(desk.limits.file_seconds)) from None
    finally:
        for task in tasks:
            task.cancel()
    pages = tuple(o for n in numbers if isinstance(o := outcomes[n], PageReading))
    refused = tuple(o for n in numbers if isinstance(o := outcomes[n], RefusedPage))
    if not pages:
        raise _all_refused(refused)
    return pages, refused


def _all_refused(refused: tuple[RefusedPage, ...]) -> SohoaError:
    """The pages' own reason where they share one, told of the first; else that none could be read."""
    first = refused[0]
    reason = REASONS[first.reason]
    kind = MachineError if reason.family is Family.MACHINE else SenderError
    values = {"page": first.number, **dict(first.values)}
    if all(page.reason == first.reason for page in refused):
        return kind(first.reason, **values)
    return kind("all_pages_refused", why=reason.in_english(**values), ly_do=reason.in_vietnamese(**values))


def _page_outcome(
    desk: _Desk, done: Future[Any], survey: Survey, number: int, scratch: Path
) -> PageReading | RefusedPage:
    try:
        outcome: PageReading | RefusedPage = done.result()
    except SohoaError as failed:
        if failed.code == "disk_full":  # of no page's making: the whole file waits
            raise
        # The reading was killed or crashed. The picture alone may still be had, so that the page is not lost.
        code = _page_code(failed)
        try:
            outcome = desk.wait(desk.give(picture_in_child, survey, number, desk.limits, scratch, code))
        except SohoaError as again:
            if again.code in ("disk_full", "file_timeout"):
                raise
            return RefusedPage(number, code, (("seconds", f"{desk.limits.page_seconds:g}"),))
    return outcome


def _page_code(failed: SohoaError) -> str:
    if isinstance(failed, TaskTimeoutError):
        return "page_timeout"
    if isinstance(failed, TaskCrashedError) or failed.code in ("task_crashed", "out_of_memory"):
        return "page_crashed"
    return failed.code


def separate_pages(desk: _Desk, survey: Survey, pages: tuple[PageReading, ...]) -> Separation:
    """Part the pages into documents. A file that arrived signed is one document and stays whole.

    Raises:
        SenderError: ``secret``: a page bears a secrecy stamp; such papers are not digitized (TT 03/2025).
    """
    separation: Separation = desk.wait(desk.give(separate_in_child, pages))
    if survey.signed:
        return Separation(documents=(tuple(p.number for p in pages),))
    return separation


def understand_documents(
    desk: _Desk,
    source: SourceFile,
    survey: Survey,
    pages: tuple[PageReading, ...],
    refused: tuple[RefusedPage, ...],
    separation: Separation,
) -> tuple[Document, ...]:
    """Type, fields and doubts of each document, each from its own pages only."""
    by_number = {p.number: p for p in pages}
    parts = [tuple(by_number[n] for n in numbers) for numbers in separation.documents]
    doubts = list(separation.doubts)
    if refused:
        doubts.append("page_refused")
    covers = separation.covers or (None,) * len(parts)
    tasks = [
        desk.give(understand_in_child, part, tuple(doubts), desk.plan, cover)
        for part, cover in zip(parts, covers, strict=True)
    ]
    documents = []
    for part, task in zip(parts, tasks, strict=True):
        finding, fields, verdict = desk.wait(task)
        documents.append(Document(source, survey.media_type, part, finding, fields, verdict, survey.warnings))
    return tuple(documents)


def compose_documents(
    desk: _Desk, source: SourceFile, survey: Survey, documents: Sequence[Document], scratch: Path
) -> tuple[Composed, ...]:
    """The two-layer PDF/A of each document; the bytes themselves of a file that arrived signed."""
    if survey.signed:
        return (keep_signed(source.path, scratch / "kept.pdf"),)
    tasks = []
    for index, document in enumerate(documents, start=1):
        # Time grows with the pages; a page's bound each is far more than it needs.
        seconds = desk.limits.page_seconds * len(document.pages)
        out = scratch / f"document-{index}.pdf"
        tasks.append(desk.give(compose_in_child, document.pages, title_of(document), out, seconds=seconds))
    return tuple(desk.wait(task) for task in tasks)


def title_of(document: Document) -> str:
    """The PDF's title: label, number and subject as far as they were read, else the file's name."""
    known = {f.name: f.value for f in document.fields if f.valid}
    parts = [known[n] for n in ("so_ky_hieu", "so", "trich_yeu", "ho_ten") if n in known]
    if document.type.code == "khac" and not parts:
        return document.source.name
    return " ".join([document.type.label, *parts[:2]])


# ---- inside a child --------------------------------------------------------------------------------------


def open_in_child(path: Path, name: str, limits: Limits, scratch: Path) -> Survey:
    """:func:`ingest.opening.survey`."""
    return survey_file(path, name, limits, scratch)


@cache
def _standing_recogniser() -> Recogniser:
    """The child's own, its models loaded once for all its pages."""
    return TesseractRecogniser()


def read_page_in_child(
    survey: Survey, number: int, limits: Limits, scratch: Path, recogniser: Recogniser | None = None
) -> PageReading | RefusedPage:
    """One page: take it out, make it ready, read it, find its marks, park its picture.

    A page whose picture cannot be had is refused with its reason; one whose reading fails keeps its picture
    and is marked, never passed off as empty.
    """
    clock = _Clock()
    recogniser = recogniser or _standing_recogniser()
    try:
        page = _take_out(survey, number, limits, scratch)
    except SenderError as refusal:
        return _refused(number, refusal)
    clock.lap("open")
    if page.text is not None:
        return _keep_own_text(page, page.text, scratch, clock)
    failure = None
    lines: tuple[Line, ...] = ()
    prepared = prepare(page, recogniser)
    clock.lap("prepare")
    if not prepared.blank:
        try:
            left = limits.page_seconds * _RECOGNISER_SHARE - clock.total
            lines = recognise(prepared, recogniser, seconds=max(left, 1.0))
            left = limits.page_seconds * _RECOGNISER_SHARE - clock.total
            if left > _ENOUGH_TO_TURN and _poorly_read(lines):
                prepared, lines = _better_on_its_head(page, prepared, lines, recogniser, left)
        except MachineError as failed:
            if failed.code == "recogniser_missing":
                raise
            failure = failed.code
    clock.lap("recognise")
    flat = prepared.picture
    marks = find_marks(page.pixels, prepared.matrix) if flat is None else find_marks(flat)
    clock.lap("marks")
    picture = park_picture(page, prepared, scratch)
    clock.lap("park")
    return PageReading(
        number=number,
        width=prepared.width,
        height=prepared.height,
        dpi=prepared.dpi,
        rotation=prepared.rotation,
        skew=prepared.skew,
        picture=picture,
        lines=lines,
        origin=TextOrigin.OCR if lines else TextOrigin.NONE,
        blank=prepared.blank,
        marks=marks,
        regions=prepared.regions,
        warnings=(*page.warnings, *prepared.warnings),
        failure=failure,
        seconds=clock.laps,
    )


def _poorly_read(lines: Sequence[Line]) -> bool:
    letters = sum(len(w.text) for line in lines for w in line.words)
    return letters < _FEW_LETTERS or _sure_letters(lines) < _POOR * letters


def _sure_letters(lines: Sequence[Line]) -> float:
    return sum(len(w.text) * w.confidence for line in lines for w in line.words)


def _better_on_its_head(
    page: PageImage, prepared: PreparedPage, lines: tuple[Line, ...], recogniser: Recogniser, seconds: float
) -> tuple[PreparedPage, tuple[Line, ...]]:
    """The page as it was prepared, or turned by half where it reads clearly better so: a card has too little
    print to show which way up it is."""
    try:
        turned = prepare(page, recogniser, seconds / 4, overturned=True)
        again = recognise(turned, recogniser, seconds=seconds / 2)
    except MachineError:
        return prepared, lines
    better = _sure_letters(again) > 1.3 * _sure_letters(lines) + 10
    return (turned, again) if better else (prepared, lines)


def picture_in_child(
    survey: Survey, number: int, limits: Limits, scratch: Path, failure: str
) -> PageReading | RefusedPage:
    """Only the picture of a page whose reading failed before, marked with the reason."""
    try:
        page = _take_out(survey, number, limits, scratch)
    except SenderError as refusal:
        return _refused(number, refusal)
    return replace(_keep_own_text(page, (), scratch, _Clock()), failure=failure)


def _take_out(survey: Survey, number: int, limits: Limits, scratch: Path) -> PageImage:
    """:func:`ingest.opening.take_page` with a share of the page's time, so that a page which nothing can draw
    is known as such while there is time for the rest."""
    with processor_bound(limits.page_seconds * _TAKING_SHARE):
        return take_page(survey, number, limits, scratch)


def _refused(number: int, refusal: SenderError) -> RefusedPage:
    values = tuple((name, str(value)) for name, value in refusal.values.items() if name != "page")
    return RefusedPage(number, refusal.code, values)


def separate_in_child(pages: tuple[PageReading, ...]) -> Separation:
    """:func:`ingest.separating.separate`, but a secret paper goes no further."""
    if secret := find_secrecy(pages):
        raise SenderError("secret", page=secret[0])
    return separate(pages)


def understand_in_child(
    pages: tuple[PageReading, ...], doubts: tuple[str, ...], plan: Plan, cover: CoverSheet | None = None
) -> tuple[TypeFinding, tuple[FieldValue, ...], Review]:
    """What kind of paper it is, what stands on it, and what a person should look at.

    A cover sheet that names a kind speaks where the paper itself does not; where the two disagree the paper
    stands (a sheet may lie before several papers) and a person is told.
    """
    finding = decide(pages)
    if cover is not None and cover.code and cover.code != finding.code:
        if finding.code == OTHER or finding.confidence < plan.thresholds.type_confidence:
            finding = TypeFinding(cover.code, catalogue()[cover.code].label, 1.0, ("cover sheet",))
        else:
            doubts = (*doubts, "cover_disagrees")
    fields = find_fields(finding.code, pages, today=plan.today)
    return finding, fields, review(finding, fields, pages, doubts, plan.thresholds)


def compose_in_child(pages: tuple[PageReading, ...], title: str, out: Path) -> Composed:
    """:func:`ocr.composing.compose`."""
    return compose(pages, title=title, out=out)


def _keep_own_text(
    page: PageImage, text: tuple[EmbeddedWord, ...], scratch: Path, clock: _Clock
) -> PageReading:
    """A page that is not read by OCR: its picture as it is, with the text that it brought."""
    height, width = page.pixels.shape[:2]
    prepared = PreparedPage(
        width=width,
        height=height,
        ink=page.pixels,
        ink_scale=1.0,
        dpi=page.dpi,
        rotation=0,
        skew=0.0,
        matrix=IDENTITY,
    )
    marks = find_marks(page.pixels)
    picture = park_picture(page, prepared, scratch)
    clock.lap("park")
    rows: dict[int, list[Word]] = {}
    for word in text:
        rows.setdefault(word.line, []).append(Word(word.text, word.box, 1.0))
    return PageReading(
        number=page.number,
        width=width,
        height=height,
        dpi=page.dpi,
        rotation=0,
        skew=0.0,
        picture=picture,
        lines=tuple(Line(tuple(words), row=row) for row, words in rows.items()),
        origin=TextOrigin.EMBEDDED if text else TextOrigin.NONE,
        marks=marks,
        warnings=page.warnings,
        seconds=clock.laps,
    )


class _Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        self._started = self._last = time.monotonic()
        self.laps: tuple[tuple[str, float], ...] = ()

    def lap(self, step: str) -> None:
        now = time.monotonic()
        self.laps += ((step, round(now - self._last, 4)),)
        self._last = now

    @property
    def total(self) -> float:
        return time.monotonic() - self._started
