"""Số liệu: how digitization goes, month by month, for the head of the centre."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.names import disposition
from api.pages.rendering import page
from api.problems import documented
from api.service import Service, TheService, Who
from api.v1.bodies import Body, reason
from api.v1.values import VIETNAM
from storage.figures.counting import (
    Figures,
    figures_of,
    months_until,
    reasons_of,
    received_by_month,
)
from storage.figures.others import CODES, COLUMNS, keep, read_csv, told_of_month

pages = APIRouter(include_in_schema=False)
router = APIRouter(prefix="/figures", tags=["Số liệu"])

Month = Annotated[str, Query(pattern="^(20[0-9]{2}-(0[1-9]|1[0-2]))?$", description="`2025-07`; empty: now.")]
SIDES: dict[str, Literal["centre", "agency"]] = {"noi-tiep-nhan": "centre", "co-quan": "agency"}
NOT_RECORDED = "(chưa ghi)"
SHARES = (
    ("digitized", "Số hoá hồ sơ", "SO_HOA_GIAY_TO_GIAI_QUYET"),
    ("electronic", "Kết quả điện tử", "ORIGINAL_RESULT_AVAILABLE"),
    ("crossing", "Phi địa giới", ""),
)
"""Counts that are shown as shares of what was received, with the code of the national scoring they belong to."""
HEADER = (
    *("thang", "noi", "ho_so_tiep_nhan", "ho_so_so_hoa", "ty_le_so_hoa_%", "ket_qua_dien_tu"),
    *(
        "ty_le_ket_qua_dien_tu_%",
        "phi_dia_gioi",
        "giay_to",
        "can_nguoi_kiem_tra",
        "ty_le_can_kiem_tra_%",
        "nguon",
    ),
)


class ToldFigures(Body):
    """How many figures were taken."""

    rows: int


@pages.get("/so-lieu")
def figures_page(service: TheService, thang: Month = "", theo: str = "noi-tiep-nhan") -> HTMLResponse:
    """Số liệu của một tháng, theo nơi tiếp nhận hoặc cơ quan giải quyết."""
    month = thang or _this_month(service)
    theo = theo if theo in SIDES else "noi-tiep-nhan"
    rows = figures_of(service.database, month, SIDES[theo])
    course = received_by_month(service.database, months_until(month, 12))
    return page(
        "figures.html",
        here="so-lieu",
        month=month,
        side=theo,
        rows=rows,
        whole=together(rows),
        shares=SHARES,
        course=course,
        highest=max(1, *(count for _, count in course)),
        reasons=[(reason(code).vietnamese, count) for code, count in reasons_of(service.database, month)],
        others=told_of_month(service.database, month),
        codes=CODES,
        columns=",".join(COLUMNS),
        not_recorded=NOT_RECORDED,
        share=share,
    )


@router.get(
    ".csv",
    summary="Figures of a month as CSV",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}, **documented()},
)
def figures_csv(
    service: TheService,
    month: Month = "",
    side: Annotated[
        Literal["centre", "agency"], Query(alias="by", description="Rows by centre or agency.")
    ] = "centre",
) -> Response:
    """UTF-8 with a mark that spreadsheets know. A name that a spreadsheet would take for a formula begins with
    an apostrophe. The first row is all together."""
    month = month or _this_month(service)
    rows = figures_of(service.database, month, side)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for one in (together(rows), *rows):
        writer.writerow([month, plain_cell(one.name or NOT_RECORDED), *_numbers(one), "sohoa"])
    for told in told_of_month(service.database, month):
        cells = (
            month,
            plain_cell(told.centre or "(toàn tỉnh)"),
            told.code,
            told.value,
            plain_cell(told.source),
        )
        writer.writerow(cells)
    return Response(
        "\ufeff" + out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition(f"so-lieu-{month}.csv")},
    )


@router.post(
    "",
    status_code=201,
    summary="Tell figures that other systems own",
    responses=documented(403, 413),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"text/csv": {"schema": {"type": "string", "description": ",".join(COLUMNS)}}},
        }
    },
)
async def tell_figures(request: Request, service: TheService, by: Who) -> ToldFigures:
    """CSV with the columns `thang,noi,ma,gia_tri,nguon`: month, place (empty: all together), code (`on_time`,
    `online_filing`, `online_payment`, `satisfaction`), a share of 0 to 100, and the source, which is shown
    beside the figure. All rows are taken, or none."""
    told = read_csv(await request.body())
    await to_thread.run_sync(lambda: keep(service.database, told, by=by))
    return ToldFigures(rows=len(told))


def together(rows: tuple[Figures, ...]) -> Figures:
    """All rows in one."""
    whole = Figures("Tất cả")
    for one in rows:
        whole = whole.plus(one)
    return whole


def share(part: int, whole: int) -> float | None:
    """A share in per cent, one place; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def plain_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r\n|") else text


def _numbers(one: Figures) -> list[object]:
    return [
        *(one.received, one.digitized, share(one.digitized, one.received)),
        *(one.electronic, share(one.electronic, one.received), one.crossing),
        *(one.documents, one.doubtful, share(one.doubtful, one.documents)),
    ]


def _this_month(service: Service) -> str:
    return service.database.clock().astimezone(VIETNAM).strftime("%Y-%m")
