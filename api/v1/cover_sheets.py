"""Cover sheets to print: laid before papers, they part a sack that is scanned in one go."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.blobs import BINARY
from api.names import disposition
from api.problems import documented
from api.service import TheService
from errors import SenderError
from ingest.channels.printing import wanted_sheets
from ingest.cover_sheets import make_cover_sheets
from storage.dossier_code import check_dossier_code

router = APIRouter(prefix="/cover-sheets", tags=["Tờ phân cách"])

MOST_SHEETS = 100


@router.get(
    "",
    summary="Cover sheets as a PDF",
    response_class=Response,
    responses={200: {"content": {"application/pdf": BINARY}}, **documented()},
)
def get_cover_sheets(
    service: TheService,
    ma_ho_so: Annotated[str, Query(max_length=60, description="Dossier code; empty leaves it open.")] = "",
    paper: Annotated[
        list[str] | None, Query(alias="type", max_length=60, description="Document type code; may repeat.")
    ] = None,
    copies: Annotated[int, Query(ge=1, le=MOST_SHEETS, description="How many of each sheet.")] = 1,
) -> Response:
    """A4, PDF/A-2b, one sheet a page (at most 100), each with a QR mark that names dossier and kind of paper.
    What is scanned behind a sheet is a document of its own and goes to the dossier that the sheet names."""
    dossier = ma_ho_so.strip().upper()
    if dossier:
        check_dossier_code(dossier, service.database.clock().date())
    wanted = wanted_sheets([dossier], paper or [""], copies)
    if len(wanted) > MOST_SHEETS:
        raise SenderError("invalid_request", where="copies", why=f"1-{MOST_SHEETS}")
    name = f"to-phan-cach {dossier}.pdf"
    return Response(
        make_cover_sheets(wanted),
        media_type="application/pdf",
        headers={"Content-Disposition": disposition(name, "inline"), "Cache-Control": "private, no-cache"},
    )
