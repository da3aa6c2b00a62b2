"""The first look at a PDF: can it be opened, how many pages does it really hold, is it signed, what acts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Name

from errors import SenderError
from ingest.opening.pdf_active import active_kinds
from ingest.opening.pdf_file import LOST, open_pdf
from limits import Limits

_MAX_OBJECTS = 500_000  # a thousand pages full of text have fifty thousand
_MAX_NODES = 100_000
_MAX_DEPTH = 60
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")


@dataclass(frozen=True, slots=True)
class PdfSurvey:
    """``readable`` is the file to read from: the original or its mended copy. ``active`` are the kinds of
    :data:`ingest.opening.pdf_active.KINDS` in it."""

    page_count: int
    signed: bool
    readable: Path
    repaired: bool
    active: tuple[str, ...]


def survey_pdf(path: Path, limits: Limits, scratch: Path) -> PdfSurvey:
    """Open, count, mend where needed.

    Raises:
        SenderError: ``password``, ``unknown_encryption``, ``damaged``, ``no_pages``, ``too_many_pages``,
            ``too_complex``.
    """
    try:
        return _survey(path, limits, scratch)
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RuntimeError,
    ) as odd:
        raise SenderError("damaged") from odd


def _survey(path: Path, limits: Limits, scratch: Path, *, ended: bool = False) -> PdfSurvey:
    with open_pdf(path, as_is=True) as pdf:
        if len(pdf.objects) > _MAX_OBJECTS:
            raise SenderError("too_complex", objects=len(pdf.objects), limit=_MAX_OBJECTS)
        signed = has_signature(pdf)
        active = active_kinds(pdf)
        leaves = list(_leaves(pdf, limits.max_pages))
        if len(leaves) > limits.max_pages:
            raise SenderError("too_many_pages", pages=f"> {limits.max_pages}", limit=limits.max_pages)
        complaints = _complaints(pdf, leaves)
        if not complaints:
            if not leaves:
                raise SenderError("no_pages")
            return PdfSurvey(len(leaves), signed, path, False, active)
        if "EOF after endobj" not in complaints or ended:
            count, mended = _mend(pdf, leaves, scratch, rebuilt="reconstruct" in complaints)
            return PdfSurvey(count, signed, mended, True, active)
    # qpdf gives up the last object of a file that ends right behind it; with an end it reads it.
    longer = scratch / "ended.pdf"
    with path.open("rb") as source, longer.open("wb") as copy:
        shutil.copyfileobj(source, copy)
        copy.write(b"\n%%EOF\n")
    return _survey(longer, limits, scratch, ended=True)


def _complaints(pdf: pikepdf.Pdf, leaves: list[_Leaf]) -> str:
    """What is wrong with the file; empty when qpdf says nothing and both ways to walk the page tree agree."""
    found = []
    if any(leaf.page is None for leaf in leaves):
        found.append("a page is missing")
    try:
        if len(pdf.pages) != len(leaves):
            found.append("page trees differ")
    except (pikepdf.PdfError, RuntimeError, ValueError) as broken:
        found.append(str(broken))
    return "\n".join([*found, *map(str, pdf.get_warnings())])


# ---- the page tree ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page, or None for a place in the tree that leads nowhere; and what it inherits."""

    page: pikepdf.Object | None
    inherited: dict[str, pikepdf.Object]


def _leaves(pdf: pikepdf.Pdf, limit: int) -> Iterator[_Leaf]:
    """Walk the tree ourselves, at most ``limit + 1`` leaves: a count is only a claim."""
    root = pdf.Root.get("/Pages")
    if not isinstance(root, pikepdf.Dictionary):
        return
    seen: set[tuple[int, int]] = set()
    stack: list[tuple[pikepdf.Object | None, dict[str, pikepdf.Object], int]] = [(root, {}, 0)]
    given = nodes = 0
    while stack and given <= limit and nodes < _MAX_NODES:
        node, inherited, depth = stack.pop()
        nodes += 1
        if not isinstance(node, pikepdf.Dictionary):
            given += 1
            yield _Leaf(None, {})
            continue
        kids = node.get("/Kids")
        if not isinstance(kids, pikepdf.Array):
            if depth > 0 or node.get("/Type") == Name.Page:
                given += 1
                yield _Leaf(node, inherited)
            continue
        if (node.is_indirect and node.objgen in seen) or depth > _MAX_DEPTH:
            continue  # bites its tail
        seen.add(node.objgen)
        below = {**inherited, **{k: node[k] for k in _INHERITED if k in node}}
        stack.extend((kid, below, depth + 1) for kid in reversed(list(kids)[: limit + 2]))


def _mend(pdf: pikepdf.Pdf, leaves: list[_Leaf], scratch: Path, *, rebuilt: bool) -> tuple[int, Path]:
    """Write a copy with a flat page tree; a page that is not in the file keeps its place, marked. ``rebuilt``
    says that the file's index was gone, so that parts of it may be, too.

    Raises:
        SenderError: ``damaged`` when no page is left.
    """
    kids: list[pikepdf.Object] = []
    whole = 0
    used: set[tuple[int, int]] = set()
    for leaf in leaves:
        page = leaf.page if leaf.page is not None and (not rebuilt or _has_substance(leaf.page)) else None
        if page is None:
            lost = pikepdf.Dictionary(Type=Name.Page, MediaBox=[0, 0, 595, 842], Resources={})
            lost[LOST] = True
            kids.append(pdf.make_indirect(lost))
            continue
        whole += 1
        if not page.is_indirect or page.objgen in used:
            page = pdf.make_indirect(pikepdf.Dictionary(dict(page.items())))
        used.add(page.objgen)
        page[Name.Type] = Name.Page
        for key, value in leaf.inherited.items():
            if key not in page:
                page[key] = value
        kids.append(page)
    if not whole:
        raise SenderError("damaged")
    tree = pdf.make_indirect(pikepdf.Dictionary(Type=Name.Pages, Count=len(kids), Kids=pikepdf.Array(kids)))
    for kid in kids:
        kid[Name.Parent] = tree
    pdf.Root[Name.Pages] = tree
    mended = scratch / "mended.pdf"
    try:
        pdf.save(mended, static_id=True, encryption=False)
        with open_pdf(mended) as again:
            count = len(again.pages)
    except (pikepdf.PdfError, RuntimeError, ValueError, SenderError) as broken:
        raise SenderError("damaged") from broken
    if count != len(kids):
        raise SenderError("damaged")
    return count, mended


def _has_substance(page: pikepdf.Object) -> bool:
    """Whether a page of a file without a whole index still has what it draws. A cut-off stream is missing or
    read as empty, and a page without it must not pass for a blank one."""
    try:
        contents = page.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        return all(isinstance(p, pikepdf.Stream) and len(p.read_raw_bytes()) > 0 for p in parts)
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return False


# ---- signatures ------------------------------------------------------------------------------------------


def has_signature(pdf: pikepdf.Pdf) -> bool:
    """Whether a signature field holds a signature. An empty field, or one that was prepared and never filled,
    is none. A document time-stamp counts: it, too, proves these very bytes and would be lost."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    seen: set[tuple[int, int]] = set()
    stack = [form.get("/Fields")]
    nodes = 0
    while stack and nodes < _MAX_NODES:
        node = stack.pop()
        nodes += 1
        if isinstance(node, pikepdf.Array):
            stack.extend(list(node)[:_MAX_NODES])
        elif isinstance(node, pikepdf.Dictionary):
            if node.is_indirect:
                if node.objgen in seen:
                    continue
                seen.add(node.objgen)
            if _is_filled_signature(node.get("/V")):
                return True
            stack.append(node.get("/Kids"))
    return False


def _is_filled_signature(value: pikepdf.Object | None) -> bool:
    if not isinstance(value, pikepdf.Dictionary):
        return False
    ranges, contents = value.get("/ByteRange"), value.get("/Contents")
    if not isinstance(ranges, pikepdf.Array) or len(ranges) < 2 or not isinstance(contents, pikepdf.String):
        return False
    return bool(bytes(contents).strip(b"\0"))
