"""What changed since a cursor."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from api.problems import documented
from api.service import TheService
from api.v1.bodies import Body
from errors import SenderError
from storage.trace.reading import last_number, part

router = APIRouter(tags=["Lấy dữ liệu"])


class Change(Body):
    """One thing that happened to a dossier."""

    cursor: str = Field(examples=["4711"])
    at: datetime
    what: str = Field(examples=["document_attached"])
    ma_ho_so: str | None = Field(examples=["H49.12-251124-0007"])
    intake_id: str | None
    document_id: str | None
    details: dict[str, Any] = Field(examples=[{"type": "quyet_dinh", "verdict": "auto"}])


class Changes(Body):
    """Part of the changes. ``next`` goes back in as ``since``, also when nothing is new."""

    items: list[Change]
    next: str
    more: bool = Field(description="Ask again at once: there is more already.")


@router.get("/changes", summary="Changes since a cursor", responses=documented())
def list_changes(
    service: TheService,
    since: Annotated[
        str, Query(pattern="^[0-9]{1,18}$", description="`next` of the answer before; 0: from the start.")
    ] = "0",
    ma_ho_so: Annotated[str | None, Query(max_length=60)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Changes:
    """In the order in which they were committed: none is ever missed, none comes twice. A cursor of another
    database (one that was restored from an older copy) is refused: begin anew."""
    asked = int(since)
    last = last_number(service.database)  # before the look: what is committed in between comes next time
    if asked > last:
        raise SenderError("bad_cursor")
    found = part(service.database, after=asked, limit=limit, ma_ho_so=ma_ho_so, events_only=True)
    more = len(found) == limit
    following = found[-1].number if more else max(last, found[-1].number if found else 0)
    return Changes(
        items=[
            Change(
                cursor=str(one.number),
                at=one.at,
                what=one.what,
                ma_ho_so=one.ma_ho_so,
                intake_id=one.intake_id,
                document_id=one.document_id,
                details=dict(one.details),
            )
            for one in found
        ],
        next=str(following),
        more=more,
    )
