"""A result comes into its dossier: a born-digital PDF, or a paper that was scanned and read before."""

from __future__ import annotations

from pathlib import Path

from errors import SenderError
from isolation import Workshop
from storage import dossiers
from storage.database import Database
from storage.dossiers import NewResult, WantedSignature
from storage.objects import ObjectStore
from storage.result_states import ResultKind, SignerRole
from storage.result_views import ResultView
from storage.views import DocumentView

FORMS = ("officer", "agency", "digitized", "none")
"""Visible forms that can be asked for (:class:`signing.seals.Form`)."""
_LOOK_SECONDS = 60.0


def wanted_signatures(
    officer: str, agency: str, *, scanned: bool, officer_form: str = "", agency_form: str = ""
) -> tuple[WantedSignature, ...]:
    """Who signs, in the order of NĐ 30/2020: the officer, then the agency. Without a form given, a scanned
    paper, which bears its own signature and seal, gets the text of digitized papers; a born-digital one the
    officer's hand signature and the seal over a third of it.

    Raises:
        SenderError: ``invalid_request``: nobody signs, or no such form.
    """
    for form in (officer_form, agency_form):
        if form and form not in FORMS:
            raise SenderError("invalid_request", where="form", why=", ".join(FORMS))
    wanted = []
    if officer:
        default = "digitized" if scanned else "officer"
        wanted.append(WantedSignature(SignerRole.OFFICER, officer, officer_form or default))
    if agency:
        over = wanted and wanted[0].form == "officer"
        default = "agency" if over else "digitized"
        wanted.append(WantedSignature(SignerRole.AGENCY, agency, agency_form or default))
    if not wanted:
        raise SenderError("invalid_request", where="officer, agency", why="one of the two")
    return tuple(wanted)


def add_file(
    database: Database,
    objects: ObjectStore,
    children: Workshop,
    path: Path,
    *,
    ma_ho_so: str,
    name: str,
    title: str,
    sha256: str,
    size: int,
    signatures: tuple[WantedSignature, ...],
    by: str,
) -> tuple[ResultView, bool]:
    """Put a PDF that lies on this machine before its signers; whether it is new.

    Raises:
        SenderError: ``not_a_pdf_result``, ``password``, ``damaged``, ``no_pages``, ``unknown_dossier``.
        MachineError: the store or the database cannot be had.
    """
    dossiers.get_dossier(database, ma_ho_so)
    pages = int(children.run("results.looking:count_pages", path, seconds=_LOOK_SECONDS))
    objects.put_file(path, sha256, "application/pdf")
    new = NewResult(ma_ho_so, name, title or name, sha256, size, pages, signatures)
    return dossiers.add_result(database, new, by=by)


def add_document(
    database: Database,
    document: DocumentView,
    signatures: tuple[WantedSignature, ...],
    *,
    title: str,
    by: str,
    kind: ResultKind = ResultKind.RESULT,
) -> tuple[ResultView, bool]:
    """Put the PDF of a paper that was scanned and read before its signers; whether it is new."""
    new = NewResult(
        ma_ho_so=document.ma_ho_so,
        name=document.source_name,
        title=title or document.type_label,
        sha256=document.pdf_sha256,
        size=document.pdf_size,
        pages=len(document.source_pages),
        signatures=signatures,
        kind=kind,
        document_id=document.id,
    )
    return dossiers.add_result(database, new, by=by)
