"""Dossiers and what is in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.problems import documented
from api.service import Service, TheService
from api.v1 import bodies
from api.v1.intakes import intake_body
from api.v1.scans import DossierCode
from storage import dossiers
from storage.states import DocumentState
from storage.views import DocumentView, IntakeView

router = APIRouter(prefix="/dossiers", tags=["Hồ sơ"])

WHOLE = 500


def dossier_body(service: Service, ma_ho_so: str) -> bodies.Dossier:
    """A dossier with its documents and the files that came in for it."""
    view = dossiers.get_dossier(service.database, ma_ho_so)
    found = dossiers.list_documents(service.database, ma_ho_so=ma_ho_so, newest_first=False, limit=WHOLE)
    intakes = dossiers.list_intakes(service.database, ma_ho_so=ma_ho_so, newest_first=False, limit=WHOLE)
    by_intake: dict[str, list[DocumentView]] = {}
    for one in found.items:
        by_intake.setdefault(one.intake_id, []).append(one)

    def whole(intake: IntakeView) -> list[DocumentView] | None:
        """All documents of a file, where they are known to be all: some may lie in other dossiers."""
        known = by_intake.get(intake.id, [])
        return known if sum(len(one.source_pages) for one in known) == intake.pages_total else None

    return bodies.Dossier(
        ma_ho_so=view.ma_ho_so,
        noi_ho_tro=view.noi_ho_tro,
        noi_tiep_nhan=view.noi_tiep_nhan,
        co_quan_giai_quyet=view.co_quan_giai_quyet,
        opened_at=view.opened_at,
        opened_by=view.opened_by,
        documents=[bodies.document(one) for one in found.items],
        intakes=[intake_body(service, one, whole(one)) for one in intakes.items],
        href=f"/api/v1/dossiers/{view.ma_ho_so}",
    )


@router.get("/{ma_ho_so}", summary="A dossier", responses=documented(404))
def get_dossier(service: TheService, ma_ho_so: DossierCode) -> bodies.Dossier:
    """The dossier's places, documents and files (at most 500 of each)."""
    return dossier_body(service, ma_ho_so)


@router.get("/{ma_ho_so}/documents", summary="The documents of a dossier", responses=documented(404))
def dossier_documents(
    service: TheService,
    ma_ho_so: DossierCode,
    state: DocumentState | None = None,
    after: Annotated[str | None, Query(max_length=26, description="`next` of the part before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> bodies.Documents:
    """In the order they came in."""
    dossiers.get_dossier(service.database, ma_ho_so)
    found = dossiers.list_documents(
        service.database, ma_ho_so=ma_ho_so, state=state, newest_first=False, after=after, limit=limit
    )
    return bodies.Documents(items=[bodies.document(one) for one in found.items], next=found.next)
