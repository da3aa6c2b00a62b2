"""The clerks' pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.pages import wording
from api.pages.rendering import page
from api.pages.review import review_page
from api.pages.signing import results_of
from api.problems import Problem
from api.service import TheService
from api.v1 import bodies
from api.v1.cover_sheets import MOST_SHEETS
from api.v1.dossiers import dossier_body
from api.v1.scans import MOST_FILES
from api.v1.values import VIETNAM
from classifiers.catalogue import catalogue
from storage import dossiers
from storage.states import DocumentState, IntakeState
from storage.views import DocumentView

router = APIRouter(include_in_schema=False)

TELLING = ("so_ky_hieu", "so", "ho_ten", "ten_doanh_nghiep", "chu_dau_tu", "nguoi_nop", "trich_yeu")
"""Fields that tell one paper from another of its kind, in this order; two are shown."""

PER_PAGE = 30
VIEWS = {
    "can-kiem-tra": DocumentState.TO_CHECK,
    "dat": DocumentState.READY,
    "da-xac-nhan": DocumentState.CONFIRMED,
    "tat-ca": None,
}


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
) -> HTMLResponse:
    """Check one document: its picture and its fields side by side; words that were searched for are lit."""
    return review_page(service, document_id, trang, tim)


@router.get("/to-phan-cach")
def cover_sheet_page(ma: Annotated[str, Query(max_length=60)] = "") -> HTMLResponse:
    """In tờ phân cách."""
    return page(
        "cover_sheets.html",
        ma_ho_so=ma.strip().upper(),
        types=sorted((paper.label, paper.code) for paper in catalogue().values()),
        most=MOST_SHEETS,
    )


@router.get("/danh-sach")
def work_list(
    service: TheService,
    xem: str = "can-kiem-tra",
    loai: Annotated[str, Query(max_length=60)] = "",
    tim: Annotated[str, Query(max_length=200)] = "",
    xep: str = "cu",
    sau: Annotated[str | None, Query(max_length=26)] = None,
) -> HTMLResponse:
    """What waits for a person, oldest first; search; failed files."""
    failed_view = xem == "tep-loi"
    xem = xem if failed_view or xem in VIEWS else "can-kiem-tra"
    asked = {"xem": xem, "loai": loai, "tim": tim.strip(), "xep": xep}
    newest_first = xep == "moi"
    documents: tuple[DocumentView, ...] = ()
    intakes: list[bodies.Intake] = []
    following = None
    if failed_view:
        part = dossiers.list_intakes(
            service.database, state=IntakeState.FAILED, newest_first=newest_first, after=sau, limit=PER_PAGE
        )
        intakes, following = [bodies.intake(one) for one in part.items], part.next
    else:
        found = dossiers.search_documents(
            service.database,
            tim,
            state=VIEWS[xem],
            type_code=loai or None,
            newest_first=newest_first,
            after=sau,
            limit=PER_PAGE,
        )
        documents, following = found.items, found.next
    counts = dossiers.count_documents(service.database)
    shown = [bodies.document(one) for one in documents]
    return page(
        "list.html",
        here="danh-sach",
        view=xem,
        asked=asked,
        documents=shown,
        telling=telling_of(service, shown),
        intakes=intakes,
        counts=counts,
        failed_count=sum(lane.failed for lane in dossiers.lanes(service.database)),
        types=sorted((paper.label, paper.code) for paper in catalogue().values()),
        more=f"/danh-sach?{urlencode({**asked, 'sau': following})}" if following else None,
        first_part=sau is None,
    )


def telling_of(service: TheService, documents: Sequence[bodies.Document]) -> dict[str, str]:
    """A line for each document that tells it from others of its kind."""
    values = dossiers.field_values(service.database, [one.id for one in documents], TELLING)
    return {
        document: " · ".join([found[name] for name in TELLING if found.get(name)][:2])
        for document, found in values.items()
    }


def problem_page(request: Request, problem: Problem) -> HTMLResponse:
    """A problem as a page."""
    return page("problem.html", status=problem.status, problem=problem)
