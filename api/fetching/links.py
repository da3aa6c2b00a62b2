"""Links to one file that end by themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from api.blobs import file_answers
from api.fetching.signing_links import check_link, link_key, signature_of
from api.national.routes import download_national
from api.problems import documented
from api.service import Service, TheService, Who
from api.v1.bodies import Body
from api.v1.files import get_document_original, get_pdf
from api.v1.results import get_result_pdf
from storage import dossiers
from storage.doc_code import PATTERN, read_doc_code
from storage.national import get_version
from storage.trace.sealing import append

router = APIRouter(prefix="/links", tags=["Lấy dữ liệu"])

Kind = Literal["pdf", "original", "result", "doc-code"]
LONGEST_SECONDS = 24 * 3600


class WantedLink(Body):
    """What a link shall open, and for how long."""

    kind: Kind = Field(
        description="`pdf` or `original` of a document, `result`, or `doc-code`.", examples=["pdf"]
    )
    target: str = Field(
        pattern=f"^(?:[0-9A-HJKMNP-TV-Z]{{26}}|{PATTERN})$",
        description="The document's or result's id, or the DocCode.",
        examples=["01KB2Y3M7Q9C4X8T5N6P0R1S2V"],
    )
    seconds: int = Field(900, ge=1, le=LONGEST_SECONDS)


class Link(Body):
    """A link; whoever has it may open it until it ends."""

    href: str
    expires_at: datetime


@router.post(
    "",
    status_code=201,
    summary="Make a short-lived link to a file",
    responses=documented(403, 404),
)
def make_link(service: TheService, wanted: WantedLink, by: Who) -> Link:
    """Signed with a key of this service: nothing of it can be changed, and it ends by itself."""
    target = wanted.target
    _see_that_it_is_there(service, wanted.kind, target)
    expires = int(service.database.clock().timestamp()) + wanted.seconds
    signature = signature_of(link_key(service.settings.data_dir), wanted.kind, target, expires)
    code = {"doc_code": target} if wanted.kind == "doc-code" else {}
    named = {"document_id": target} if wanted.kind in ("pdf", "original") else {}
    if wanted.kind == "result":
        code = {"result": target}
    append(service.database, "link_made", by=by, name=wanted.kind, **named, **code)
    address = f"/api/v1/links/{wanted.kind}/{quote(target, safe='')}"
    return Link(
        href=f"{address}?expires={expires}&signature={signature}",
        expires_at=datetime.fromtimestamp(expires, UTC),
    )


@router.get(
    "/{kind}/{target}",
    summary="Open a short-lived link",
    response_class=Response,
    responses={**file_answers("application/pdf"), **documented(403, 404, 410, 416)},
)
def open_link(
    request: Request,
    service: TheService,
    kind: Kind,
    target: Annotated[str, Path(max_length=30)],
    expires: Annotated[int, Query(ge=0, le=10**11, description="Unix time.")],
    signature: Annotated[str, Query(max_length=64)],
) -> Response:
    """The file, to be saved; ranges and conditional requests work. 403: the link is not one of this service,
    or was changed. 410: it has ended."""
    now = service.database.clock().timestamp()
    check_link(link_key(service.settings.data_dir), kind, target, expires, signature, now)
    match kind:
        case "pdf":
            return get_pdf(request, service, target)
        case "original":
            return get_document_original(request, service, target)
        case "result":
            return get_result_pdf(request, service, target)
        case "doc-code":
            return download_national(request, service, target)


def _see_that_it_is_there(service: Service, kind: Kind, target: str) -> None:
    match kind:
        case "doc-code":
            get_version(service.database, read_doc_code(target))
        case "result":
            dossiers.get_result(service.database, target)
        case _:
            dossiers.get_document(service.database, target)
