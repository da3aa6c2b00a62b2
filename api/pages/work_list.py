"""The work list: what waits for a person, search, failed files."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.pages.rendering import page
from api.pages.telling import telling_of
from api.service import TheService
from api.v1 import bodies
from classifiers.catalogue import catalogue
from reasons import REASONS, Family
from storage import dossiers
from storage.states import DocumentState, IntakeState
from storage.views import DocumentView

router = APIRouter(include_in_schema=False)

PER_PAGE = 30
VIEWS = {
    "can-kiem-tra": DocumentState.TO_CHECK,
    "dat": DocumentState.READY,
    "da-xac-nhan": DocumentState.CONFIRMED,
    "tat-ca": None,
}
AGES = {"4": "Hơn 4 giờ", "24": "Hơn 1 ngày", "72": "Hơn 3 ngày", "168": "Hơn 7 ngày"}
"""Hours since a document came in, and what the choice is called."""
DOUBTS = (
    *("doubtful_field", "invalid_field", "missing_field", "low_confidence", "unsure_type", "unknown_type"),
    *("handwriting", "unsure_boundary", "low_resolution", "page_failed", "page_refused", "mark_disagrees"),
    *("cover_disagrees", "unreadable_separator"),
)


@router.get("/danh-sach")
def work_list(
    service: TheService,
    xem: str = "can-kiem-tra",
    loai: Annotated[str, Query(max_length=60)] = "",
    tim: Annotated[str, Query(max_length=200)] = "",
    khong_dau: bool = False,
    noi: Annotated[str, Query(max_length=200)] = "",
    nghi: Annotated[str, Query(max_length=60)] = "",
    tuoi: Annotated[str, Query(max_length=4)] = "",
    xep: str = "cu",
    sau: Annotated[str | None, Query(max_length=26)] = None,
) -> HTMLResponse:
    """What waits for a person, oldest first; search; failed files."""
    failed_view = xem == "tep-loi"
    xem = xem if failed_view or xem in VIEWS else "can-kiem-tra"
    asked = {"xem": xem, "loai": loai, "tim": tim.strip(), "noi": noi, "nghi": nghi, "tuoi": tuoi, "xep": xep}
    if khong_dau:
        asked["khong_dau"] = "1"
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
            without_marks=khong_dau,
            state=VIEWS[xem],
            type_code=loai or None,
            place=noi or None,
            reason=nghi if nghi in DOUBTS else None,
            attached_before=service.database.clock() - timedelta(hours=int(tuoi)) if tuoi in AGES else None,
            newest_first=newest_first,
            after=sau,
            limit=PER_PAGE,
        )
        documents, following = found.items, found.next
    shown = [bodies.document(one) for one in documents]
    return page(
        "list.html",
        here="danh-sach",
        view=xem,
        asked=asked,
        plain=khong_dau,
        documents=shown,
        telling=telling_of(service, shown),
        intakes=intakes,
        counts=dossiers.count_documents(service.database),
        failed_count=sum(lane.failed for lane in dossiers.lanes(service.database)),
        types=sorted((paper.label, paper.code) for paper in catalogue().values()),
        places=dossiers.places(service.database),
        ages=AGES,
        doubts=[(code, REASONS[code].vietnamese) for code in DOUBTS if REASONS[code].family is Family.REVIEW],
        filtered=any(asked[name] for name in ("tim", "loai", "noi", "nghi", "tuoi")),
        more=f"/danh-sach?{urlencode({**asked, 'sau': following})}" if following else None,
        first=None if sau is None else f"/danh-sach?{urlencode(asked)}",
    )
