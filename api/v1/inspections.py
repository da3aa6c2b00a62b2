"""A look at a scan before it is sent, while the citizen is still there. Nothing of it is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Query, Request

from api.problems import documented
from api.receiving import form, receive_one
from api.service import Service, TheService
from api.v1 import bodies
from records import Survey
from storage.dossier_code import codes_in

router = APIRouter(prefix="/inspections", tags=["Gửi hồ sơ"])

MOST_PAGES = 60
MOST_BYTES = 60 * 1024 * 1024
PAGE_SECONDS = 20.0
PICTURE_SIDE = 360
FORM = form(["file"], {"file": {"type": "string", "format": "binary"}})


@router.post(
    "",
    summary="Look at a scan before it is sent",
    responses=documented(400, 403, 413, 415),
    openapi_extra=FORM,
)
async def inspect(
    request: Request,
    service: TheService,
    first: Annotated[int, Query(ge=1, le=100_000, description="The page to begin with.")] = 1,
    limit: Annotated[int, Query(ge=1, le=MOST_PAGES, description="Most pages to look at.")] = MOST_PAGES,
) -> bodies.Inspection:
    """How many pages the file has, and of each page a small picture and what makes it worth scanning again:
    resolution, blur, darkness, print cut off at an edge. Upside-down and crooked pages are mended later and
    are no fault. Nothing is kept; sending is a request of its own, and may be done in spite of a fault."""
    most = min(MOST_BYTES, service.settings.max_file_bytes)
    async with receive_one(request, service.incoming, max_file_bytes=most) as (parked, _):
        return await to_thread.run_sync(_inspect, service, parked.path, parked.name, first, limit)


@router.post(
    "/codes",
    summary="Read the dossier code on a photograph",
    responses=documented(400, 403, 413, 415),
    openapi_extra=FORM,
)
async def read_codes(request: Request, service: TheService) -> bodies.FoundCodes:
    """The dossier codes in the QR marks and barcodes of a receipt that was photographed, so that nobody has to
    type one. Nothing is kept."""
    most = min(MOST_BYTES, service.settings.max_file_bytes)
    async with receive_one(request, service.incoming, max_file_bytes=most) as (parked, _):
        return await to_thread.run_sync(_codes, service, parked.path, parked.name)


def _codes(service: Service, path: Path, name: str) -> bodies.FoundCodes:
    limits, scratch = service.settings.limits, path.parent
    child = service.pictures
    found: Survey = child.run(
        "api.inspecting:open_file", path, name, limits, scratch, seconds=limits.page_seconds
    )
    texts = json.loads(child.run("api.inspecting:read_marks", found, limits, scratch, seconds=PAGE_SECONDS))
    today = service.database.clock().date()
    codes = [code for text in texts for code in codes_in(text, today)]
    return bodies.FoundCodes(codes=list(dict.fromkeys(codes)))


def _inspect(service: Service, path: Path, name: str, first: int, limit: int) -> bodies.Inspection:
    limits, scratch = service.settings.limits, path.parent
    child = service.pictures
    found: Survey = child.run(
        "api.inspecting:open_file", path, name, limits, scratch, seconds=limits.page_seconds
    )
    pages = []
    for number in range(first, min(found.page_count, first + limit - 1) + 1):
        told = json.loads(
            child.run(
                "api.inspecting:look_at_page",
                *(found, number, limits, scratch, service.settings.low_dpi, PICTURE_SIDE),
                seconds=PAGE_SECONDS,
            )
        )
        faults = [bodies.reason(code, **{"page": number, **values}) for code, values in told["faults"]]
        pages.append(bodies.InspectedPage(number=number, faults=faults, picture=told["picture"]))
    return bodies.Inspection(name=name, pages_total=found.page_count, pages=pages)
