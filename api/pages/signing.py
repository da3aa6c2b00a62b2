"""The pages on which results are signed and signatures are verified."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from api.pages import wording
from api.pages.rendering import environment, page
from api.service import Service, TheService
from api.v1 import bodies
from api.v1 import result_bodies as results
from api.v1.verifying import verify_sent, verify_stored
from errors import SenderError
from results.keyring import KeyRing
from storage import dossiers
from storage.result_states import ResultState

router = APIRouter(include_in_schema=False)

PER_PAGE = 50


@router.get("/ky-so")
def sign_page(
    service: TheService,
    nguoi: Annotated[str, Query(max_length=200)] = "",
    sau: Annotated[str | None, Query(max_length=26)] = None,
) -> HTMLResponse:
    """What waits for a signer, oldest first."""
    waiting = dossiers.waiting_signers(service.database)
    if not nguoi and len(waiting) == 1:
        nguoi = next(iter(waiting))
    found = dossiers.list_results(
        service.database,
        state=ResultState.WAITING,
        signer=nguoi,
        newest_first=False,
        after=sau,
        limit=PER_PAGE,
    )
    return page(
        "sign.html",
        here="ky-so",
        signers=waiting,
        signer=nguoi,
        results=[results.result(one) for one in found.items],
        keys=KeyRing(service.settings.signing_keys).entries,
        next=found.next,
    )


def results_of(service: Service, ma_ho_so: str) -> list[results.Result]:
    """The results of a dossier, in the order in which they were added; at most 500."""
    found = dossiers.list_results(service.database, ma_ho_so=ma_ho_so, newest_first=False, limit=500)
    return [results.result(one) for one in found.items]


@router.get("/ket-qua/{result_id}")
def result_page(service: TheService, result_id: Annotated[str, Path(max_length=26)]) -> HTMLResponse:
    """One result: its pages, who signed it and who is still to, and what a verification says."""
    view = dossiers.get_result(service.database, result_id)
    found = verify_stored(service, view.sha256) if view.signed_file else None
    return page("result.html", here="ky-so", result=results.result(view), found=found, file_name=view.name)


@router.get("/kiem-tra-chu-ky")
def verify_page(service: TheService) -> HTMLResponse:
    """Choose a PDF; the finding comes as a piece of the page."""
    limit = service.settings.max_file_bytes
    return page(
        "verify.html",
        here="kiem-tra-chu-ky",
        max_file_size=wording.size(limit),
        trusts=service.settings.trust_dir is not None,
        found=None,
        document=None,
    )


@router.post("/kiem-tra-chu-ky/tep")
async def verify_sent_piece(request: Request, service: TheService) -> HTMLResponse:
    """The finding on a PDF that is sent, as a piece of the page; that it is none is a finding, too."""
    pieces = environment().get_template("finding.html").module
    try:
        found = await verify_sent(request, service)
    except SenderError as refused:
        return HTMLResponse(pieces.refused(refused.vietnamese))  # type: ignore[attr-defined]
    return HTMLResponse(pieces.finding(found))  # type: ignore[attr-defined]


@router.get("/kiem-tra-chu-ky/{document_id}")
def verify_document_page(
    service: TheService, document_id: Annotated[str, Path(max_length=26)]
) -> HTMLResponse:
    """The finding on a document's PDF."""
    view = dossiers.get_document(service.database, document_id).document
    limit = service.settings.max_file_bytes
    return page(
        "verify.html",
        here="kiem-tra-chu-ky",
        max_file_size=wording.size(limit),
        trusts=service.settings.trust_dir is not None,
        found=verify_stored(service, view.pdf_sha256),
        document=bodies.document(view),
    )
