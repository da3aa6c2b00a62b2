"""Documents: the record, the fields, and what people decide about them."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import AwareDatetime

from api.blobs import matches, unchanged
from api.national.bodies import NationalDocument
from api.problems import documented
from api.rereading import reread
from api.service import Service, TheService, Who
from api.v1 import bodies
from api.v1.values import VIETNAM, problems_of_value, typed_value
from classifiers.catalogue import catalogue
from errors import SenderError
from records import TypeFinding
from storage import dossiers
from storage.doc_code import PATTERN
from storage.identifiers import PATTERN as IDENTIFIER
from storage.objects import key_of
from storage.states import DocumentState
from storage.views import DocumentView

router = APIRouter(prefix="/documents", tags=["Giấy tờ"])

DocumentId = Annotated[str, Path(description="The document.", pattern=IDENTIFIER)]
DocumentOrCode = Annotated[
    str,
    Path(
        description="The document's id, or a DocCode.",
        pattern=IDENTIFIER,
        examples=["01KB2Y3M7Q9C4X8T5N6P0R1S2V", "G06.01_CV_000021_V1"],
        # Beside the id; a DocCode goes to a route of its own (api.national).
        json_schema_extra={"pattern": f"^(?:[0-9A-HJKMNP-TV-Z]{{26}}|{PATTERN})$"},
    ),
]
FieldName = Annotated[
    str, Path(description="A field's name.", pattern="^[a-z][a-z_]{0,59}$", examples=["so"])
]
IfMatch = Annotated[
    str,
    Header(
        description="The document's `version` (its `ETag`) that you saw; 428 without it.",
        examples=['"3"'],
        json_schema_extra={"pattern": '^"[0-9]{1,9}"$'},
    ),
]
NO_CACHE = "private, no-cache"
ETAG = {"ETag": {"description": "The document's version.", "schema": {"type": "string"}, "example": '"3"'}}
OK_WITH_ETAG: dict[int | str, dict[str, Any]] = {200: {"headers": ETAG}}


@router.get("", summary="List and search documents", responses=documented())
def list_documents(
    service: TheService,
    ma_ho_so: Annotated[str | None, Query(max_length=60)] = None,
    state: DocumentState | None = None,
    type_code: Annotated[
        str | None, Query(alias="type", max_length=60, description="A document type code.")
    ] = None,
    q: Annotated[
        str | None,
        Query(max_length=200, description="Words that begin so in the text, or parts of file name or code."),
    ] = None,
    without_marks: Annotated[bool, Query(description="Take `Nguyen` for `Nguyễn`.")] = False,
    place: Annotated[
        str | None, Query(max_length=200, description="Received there (`noi_tiep_nhan`) or decided there.")
    ] = None,
    reason: Annotated[
        str | None,
        Query(pattern="^[a-z_]{1,60}$", description="A code of `reasons`: why a person should look."),
    ] = None,
    attached_before: Annotated[AwareDatetime | None, Query(description="Came in before this moment.")] = None,
    newest_first: bool = True,
    after: Annotated[str | None, Query(max_length=26, description="`next` of the part before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> bodies.Documents:
    """By the time they were attached."""
    found = dossiers.search_documents(
        service.database,
        q or "",
        without_marks=without_marks,
        ma_ho_so=ma_ho_so,
        state=state,
        type_code=type_code,
        place=place,
        reason=reason,
        attached_before=attached_before,
        newest_first=newest_first,
        after=after,
        limit=limit,
    )
    return bodies.Documents(items=[bodies.document(one) for one in found.items], next=found.next)


def read_record(service: Service, view: DocumentView) -> dict[str, Any]:
    """The document's JSON record, as it was read."""
    record: dict[str, Any] = json.loads(b"".join(service.objects.stream(key_of(view.record_sha256))))
    return record


@router.get(
    "/{document_id}",
    summary="A document",
    response_model=bodies.DocumentDetail | NationalDocument,
    responses={
        200: {"headers": ETAG, "content": {"application/xml": {"schema": {"type": "string"}}}},
        304: {"description": "It is still what `If-None-Match` names."},
        **documented(404),
    },
)
def get_document(
    request: Request, response: Response, service: TheService, document_id: DocumentOrCode
) -> Any:
    """State, fields (with people's corrections) and, under `record`, the JSON record as read. By a DocCode
    (`G06.01_CV_000021_V1`): that version's metadata and file, as JSON, or the metadata alone as XML where
    `Accept` asks for `application/xml`."""
    detail = dossiers.get_document(service.database, document_id)
    etag = f'"{detail.document.version}"'
    if matches(request, etag):
        return unchanged(etag, NO_CACHE)
    response.headers.update({"ETag": etag, "Cache-Control": NO_CACHE})
    return bodies.DocumentDetail(
        **bodies.document(detail.document).model_dump(),
        fields=[bodies.document_field(one) for one in detail.fields],
        record=read_record(service, detail.document),
    )


@router.put(
    "/{document_id}/fields/{name}",
    summary="Correct a field",
    responses={**OK_WITH_ETAG, **documented(403, 404, 412, 428)},
)
def correct_field(
    response: Response,
    service: TheService,
    document_id: DocumentId,
    name: FieldName,
    correction: bodies.Correction,
    by: Who,
    if_match: IfMatch = "",
) -> bodies.DocumentDetail:
    """A person's value stands beside what was read; nothing that was read is lost. `If-Match` must name the
    version that the person saw: when somebody else was faster, nothing is changed (412). A value that the
    checks object to is kept, with `valid: false` and the problems: the paper itself may be wrong."""
    version = seen_version(if_match)
    value = typed_value(name, correction.value)
    known = dossiers.get_document(service.database, document_id)
    problems = problems_of_value(
        known.document.type_code,
        name,
        value,
        {field.name: field.value for field in known.fields if field.value},
        service.database.clock().astimezone(VIETNAM).date(),
    )
    view = dossiers.correct_field(
        service.database,
        document_id,
        name,
        value,
        by=by,
        expected_version=version,
        valid=not problems,
        problems=problems,
    )
    return _changed(service, response, view)


@router.put(
    "/{document_id}/type",
    summary="Correct the type",
    responses={**OK_WITH_ETAG, **documented(403, 404, 412, 428)},
)
def correct_type(
    response: Response,
    service: TheService,
    document_id: DocumentId,
    said: bodies.TypeCorrection,
    by: Who,
    if_match: IfMatch = "",
) -> bodies.DocumentDetail:
    """A person says what kind of paper it is; `type.read` keeps what was read. The fields follow: those that
    a paper of that type bears are found in what was read, and every value that a person gave stays."""
    paper = catalogue().get(said.code)
    if paper is None:
        raise SenderError("invalid_request", where="code", why="a document type code")
    version = seen_version(if_match)
    known = dossiers.get_document(service.database, document_id).document
    found = reread(
        read_record(service, known),
        TypeFinding(paper.code, paper.label, 1.0, ("a person",)),
        known.reasons,
        today=service.database.clock().astimezone(VIETNAM).date(),
        thresholds=service.settings.thresholds,
    )
    view = dossiers.correct_type(
        service.database,
        document_id,
        paper.code,
        paper.label,
        by=by,
        expected_version=version,
        found=found,
    )
    return _changed(service, response, view)


@router.post(
    "/{document_id}/confirm",
    summary="Confirm a document",
    responses={**OK_WITH_ETAG, **documented(403, 404, 409, 412, 428)},
)
def confirm_document(
    response: Response, service: TheService, document_id: DocumentId, by: Who, if_match: IfMatch = ""
) -> bodies.DocumentDetail:
    """A person has compared the document with the paper and answers for it."""
    view = dossiers.confirm_document(
        service.database, document_id, by=by, expected_version=seen_version(if_match)
    )
    return _changed(service, response, view)


def _changed(service: Service, response: Response, view: DocumentView) -> bodies.DocumentDetail:
    response.headers["ETag"] = f'"{view.version}"'
    detail = dossiers.get_document(service.database, view.id)
    return bodies.DocumentDetail(
        **bodies.document(view).model_dump(),
        fields=[bodies.document_field(one) for one in detail.fields],
        record=read_record(service, view),
    )


def seen_version(if_match: str) -> int:
    """The version that ``If-Match`` names.

    Raises:
        SenderError: ``version_missing``; ``invalid_request`` where it is not a version.
    """
    if not if_match:
        raise SenderError("version_missing")
    found = re.fullmatch(r'(?:W/)?"?(\d{1,9})"?', if_match.strip())
    if found is None:
        raise SenderError("invalid_request", where="If-Match", why='"3"')
    return int(found.group(1))
