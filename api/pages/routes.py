"""The clerks' pages."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.pages import wording
from api.pages.rendering import page
from api.pages.review import review_page
from api.pages.signing import results_of
from api.pages.telling import telling_of
from api.problems import Problem
from api.service import TheService
from api.v1.cover_sheets import MOST_SHEETS
from api.v1.dossiers import dossier_body
from api.v1.scans import MOST_FILES
from api.v1.values import VIETNAM
from classifiers.catalogue import catalogue
from storage import dossiers

router = APIRouter(include_in_schema=False)


@router.get("/")
def send_page(service: TheService, ma: Annotated[str, Query(max_length=60)] = "") -> HTMLResponse:
    """Gửi hồ sơ."""
    today = service.database.clock().astimezone(VIETNAM)
    limit = service.settings.max_file_bytes
    return page(
        "send.html",
        here="gui",
        ma_ho_so=ma,
        sample_date=today.strftime("%y%m%d"),
        max_file_bytes=limit,
        max_file_size=wording.size(limit),
        max_files=MOST_FILES,
    )


@router.get("/ho-so")
def find_dossier(ma: Annotated[str, Query(max_length=60)] = "") -> Response:
    """The search box of every page."""
    return RedirectResponse(f"/ho-so/{quote(ma.strip().upper(), safe='')}" if ma.strip() else "/", 303)


@router.get("/ho-so/{ma_ho_so}")
def dossier_page(service: TheService, ma_ho_so: Annotated[str, Path(max_length=60)]) -> HTMLResponse:
    """A dossier: its documents, files and history."""
    body = dossier_body(service, ma_ho_so)
    events = dossiers.events_of(service.database, ma_ho_so=ma_ho_so, limit=500).items
    return page(
        "dossier.html",
        dossier=body,
        events=[one for one in reversed(events) if one.what not in wording.UNTOLD],
        names={one.id: one.name for one in body.intakes},
        labels={one.id: one.type.label for one in body.documents},
        failed=[one for one in body.intakes if one.state in ("failed", "closed")],
        telling=telling_of(service, body.documents),
        busy=[one for one in body.intakes if one.state in ("received", "working")],
        results=results_of(service, ma_ho_so),
    )


@router.get("/giay-to/{document_id}")
def document_page(
    service: TheService,
    document_id: Annotated[str, Path(max_length=26)],
    trang: Annotated[int | None, Query(ge=1, le=100_000)] = None,
    tim: Annotated[str, Query(max_length=200)] = "",
    khong_dau: bool = False,
) -> HTMLResponse:
    """Check one document: its picture and its fields side by side; words that were searched for are lit."""
    return review_page(service, document_id, trang, tim, khong_dau)


@router.get("/to-phan-cach")
def cover_sheet_page(ma: Annotated[str, Query(max_length=60)] = "") -> HTMLResponse:
    """In tờ phân cách."""
    return page(
        "cover_sheets.html",
        ma_ho_so=ma.strip().upper(),
        types=sorted((paper.label, paper.code) for paper in catalogue().values()),
        most=MOST_SHEETS,
    )


def problem_page(request: Request, problem: Problem) -> HTMLResponse:
    """A problem as a page."""
    return page("problem.html", status=problem.status, problem=problem)
