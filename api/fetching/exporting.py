"""Many documents in one stream: a ZIP of files with their hashes, or lines of JSON."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import IO, Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.blobs import BINARY
from api.names import disposition, safe_name
from api.problems import documented
from api.service import Service, TheService, Who
from api.v1 import bodies
from api.v1.files import download_name
from api.v1.values import VIETNAM
from storage import dossiers
from storage.objects import key_of
from storage.objects.protocol import CHUNK
from storage.states import DocumentState
from storage.trace.sealing import append
from storage.views import DocumentView

router = APIRouter(prefix="/export", tags=["Lấy dữ liệu"])

PER_LOOK = 200
NDJSON = "application/x-ndjson"


@router.get(
    "",
    summary="Export many documents",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "A stream; one that was cut off has no end (ZIP) or no `manifest` (NDJSON).",
            "content": {"application/zip": BINARY, NDJSON: {"schema": {"type": "string"}}},
        },
        **documented(),
    },
)
def export_documents(
    service: TheService,
    by: Who,
    kind: Annotated[Literal["zip", "ndjson"], Query(alias="format")] = "zip",
    ma_ho_so: Annotated[str | None, Query(max_length=60)] = None,
    type_code: Annotated[str | None, Query(alias="type", max_length=60)] = None,
    state: DocumentState | None = None,
    first: Annotated[
        date | None, Query(alias="from", description="First day of attaching (Vietnam).")
    ] = None,
    last: Annotated[date | None, Query(alias="to", description="Last day of attaching (Vietnam).")] = None,
) -> StreamingResponse:
    """`zip`: the PDF and the JSON record of each document, `documents.ndjson`, and `SHA256SUMS` over all of them
    at the end. `ndjson`: a line a document with its fields; the last line is `manifest`, with the number of
    documents and the sha256 of all lines before."""
    wanted = _documents(service, ma_ho_so, type_code, state, first, last)
    append(
        service.database,
        "exported",
        by=by,
        ma_ho_so=ma_ho_so or None,
        name=kind,
        type=type_code,
        status=state,
    )
    name = f"so-hoa {service.database.clock().astimezone(VIETNAM):%Y%m%d-%H%M}.{kind}"
    return StreamingResponse(
        _zipped(service, wanted) if kind == "zip" else _lines(service, wanted),
        media_type="application/zip" if kind == "zip" else NDJSON,
        headers={"Content-Disposition": disposition(name), "Cache-Control": "no-store"},
    )


def _documents(
    service: Service,
    ma_ho_so: str | None,
    type_code: str | None,
    state: DocumentState | None,
    first: date | None,
    last: date | None,
) -> Iterator[DocumentView]:
    """All that are wanted, by the time they were attached; those that come in meanwhile too."""
    since = _midnight(first) if first else None
    until = _midnight(last) + timedelta(days=1) if last and last < date.max - timedelta(days=1) else None
    after = None
    while True:
        found = dossiers.list_documents(
            service.database,
            ma_ho_so=ma_ho_so,
            type_code=type_code,
            state=state,
            newest_first=False,
            after=after,
            limit=PER_LOOK,
        )
        for view in found.items:
            if (since is None or view.attached_at >= since) and (until is None or view.attached_at < until):
                yield view
        if found.next is None:
            return
        after = found.next


def _midnight(day: date) -> datetime:
    return datetime.combine(day, clock_time(), VIETNAM)


def line_of(service: Service, view: DocumentView) -> bytes:
    """A document with its fields, as one line."""
    fields = dossiers.get_document(service.database, view.id).fields
    told: dict[str, Any] = bodies.document(view).model_dump(mode="json")
    told["record_sha256"] = view.record_sha256
    told["fields"] = {field.name: field.value for field in fields}
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _lines(service: Service, wanted: Iterator[DocumentView]) -> Iterator[bytes]:
    digest, count = hashlib.sha256(), 0
    for view in wanted:
        line = line_of(service, view)
        digest.update(line)
        count += 1
        yield line
    told = {"manifest": {"documents": count, "sha256": digest.hexdigest()}}
    yield json.dumps(told).encode() + b"\n"


class _Pipe(io.RawIOBase):
    """What the archive writes, until it is taken."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.waiting += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self.waiting)
        self.waiting.clear()
        return data


def _again(written: IO[bytes]) -> Iterator[bytes]:
    written.seek(0)
    while piece := written.read(CHUNK):
        yield piece


def _zipped(service: Service, wanted: Iterator[DocumentView]) -> Iterator[bytes]:
    pipe = _Pipe()
    at = time.localtime(service.database.clock().timestamp())[:6]
    with (
        tempfile.TemporaryFile(dir=service.incoming) as lines,
        tempfile.TemporaryFile(dir=service.incoming) as sums,
        zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive,  # what is in it is compressed already
    ):

        def put(name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
            digest = hashlib.sha256()
            with archive.open(zipfile.ZipInfo(name, at), "w", force_zip64=True) as out:
                for piece in pieces:
                    digest.update(piece)
                    out.write(piece)
                    yield pipe.taken()
            sums.write(f"{digest.hexdigest()}  {name}\n".encode())
            yield pipe.taken()

        for view in wanted:
            # The id keeps names apart, whatever two senders called their files.
            stem = f"{safe_name(view.ma_ho_so)}/{view.id} {safe_name(download_name(view))}"
            yield from put(f"{stem}.pdf", service.objects.stream(key_of(view.pdf_sha256)))
            yield from put(f"{stem}.json", service.objects.stream(key_of(view.record_sha256)))
            lines.write(line_of(service, view))
        yield from put("documents.ndjson", _again(lines))
        listed = list(_again(sums))  # the list does not name itself
        yield from put("SHA256SUMS", iter(listed))
    yield pipe.taken()
