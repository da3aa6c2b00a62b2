"""Batches for clerks: the list, and the minutes of handover of one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse

from api.pages.rendering import page
from api.service import TheService
from api.v1.batch_bodies import receipt
from storage import batches

router = APIRouter(include_in_schema=False)

PER_PAGE = 30
STATUSES = {
    "missing": ("Chưa nhận", "bad"),
    "reading": ("Đang đọc", "busy"),
    "matched": ("Khớp", "ok"),
    "pages_differ": ("Lệch số trang", "doubt"),
    "failed": ("Không đọc được", "bad"),
    "closed": ("Đã đóng", ""),
}
"""The words and the look of each state of an announced file."""


@router.get("/lo")
def batch_list(service: TheService, sau: Annotated[str | None, Query(max_length=26)] = None) -> HTMLResponse:
    """Các lô đã gửi."""
    found = batches.list_batches(service.database, after=sau, limit=PER_PAGE)
    return page(
        "batches.html",
        here="lo",
        batches=[receipt(one) for one in found.items],
        statuses=STATUSES,
        more=found.next,
    )


@router.get("/lo/{batch_id}")
def minutes_page(service: TheService, batch_id: Annotated[str, Path(max_length=26)]) -> HTMLResponse:
    """Biên bản giao nhận."""
    body = receipt(batches.get_batch(service.database, batch_id))
    return page(
        "minutes.html",
        batch=body,
        statuses=STATUSES,
        dossiers=len({one.ma_ho_so for one in body.files}),
        announced=sum(one.pages or 0 for one in body.files),
        unsaid=sum(one.pages is None for one in body.files),
        found=sum(one.pages_found or 0 for one in body.files),
        differences=[one for one in body.files if one.status not in ("matched", "reading")],
        now=service.database.clock(),
    )
