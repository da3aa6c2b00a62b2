"""What is asked of the records; nothing is changed here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import models
from storage.database import Database
from storage.dossiers.viewing import (
    document_view,
    dossier_view,
    event_view,
    field_view,
    intake_view,
    page_views,
)
from storage.refusals import UnknownRecordError
from storage.states import DocumentState, IntakeState, Lane
from storage.views import (
    DocumentDetail,
    DocumentView,
    DossierView,
    EventView,
    IntakeView,
    LaneView,
    PageView,
    Slice,
)

T = TypeVar("T")
MAX_SLICE = 500


def get_dossier(database: Database, ma_ho_so: str) -> DossierView:
    """One dossier.

    Raises:
        UnknownRecordError: no such dossier.
    """
    with database.read() as session:
        row = session.get(models.Dossier, ma_ho_so)
        if row is None:
            raise UnknownRecordError("dossier", ma_ho_so)
        return dossier_view(row)


def list_dossiers(database: Database, *, after: str | None = None, limit: int = 50) -> Slice[DossierView]:
    """Dossiers by their code."""
    asked = select(models.Dossier).order_by(models.Dossier.ma_ho_so)
    if after is not None:
        asked = asked.where(models.Dossier.ma_ho_so > after)
    with database.read() as session:
        rows = session.scalars(asked.limit(_bounded(limit) + 1)).all()
        return _slice([dossier_view(row) for row in rows], limit, lambda view: view.ma_ho_so)


def get_intake(database: Database, intake_id: str) -> IntakeView:
    """One intake.

    Raises:
        UnknownRecordError: no such intake.
    """
    with database.read() as session:
        row = session.get(models.Intake, intake_id)
        if row is None:
            raise UnknownRecordError("intake", intake_id)
        return intake_view(row)


def list_intakes(
    database: Database,
    *,
    ma_ho_so: str | None = None,
    state: IntakeState | None = None,
    lane: Lane | None = None,
    sha256: str | None = None,
    newest_first: bool = True,
    after: str | None = None,
    limit: int = 50,
) -> Slice[IntakeView]:
    """Intakes by the time they came in; by ``sha256``, the same bytes in every dossier that has them.
    ``limit`` is at most 500."""
    wanted = {"ma_ho_so": ma_ho_so, "state": state, "lane": lane, "sha256": sha256}
    asked = select(models.Intake).filter_by(**_given(wanted))
    with database.read() as session:
        rows = _in_order(session, asked, models.Intake.id, newest_first, after, limit)
        return _slice([intake_view(row) for (row,) in rows], limit, lambda view: view.id)


def get_document(database: Database, document_id: str) -> DocumentDetail:
    """One document with its text, fields and pages.

    Raises:
        UnknownRecordError: no such document.
    """
    with database.read() as session:
        row = session.get(models.Document, document_id)
        if row is None:
            raise UnknownRecordError("document", document_id)
        source_name = session.get_one(models.Intake, row.intake_id).name
        fields = session.scalars(
            select(models.Field).filter_by(document_id=document_id).order_by(models.Field.order)
        )
        pages = session.scalars(
            select(models.Page).filter_by(document_id=document_id).order_by(models.Page.position)
        ).all()
        return DocumentDetail(
            document=document_view(row, source_name),
            text=row.text,
            fields=tuple(field_view(field) for field in fields),
            pages=page_views(pages, row.text.split("\f")),
        )


def list_documents(
    database: Database,
    *,
    ma_ho_so: str | None = None,
    intake_id: str | None = None,
    state: DocumentState | None = None,
    type_code: str | None = None,
    newest_first: bool = True,
    after: str | None = None,
    limit: int = 50,
) -> Slice[DocumentView]:
    """Documents by the time they were attached, those of one intake in their order. ``limit`` is at most
    500."""
    wanted = {"ma_ho_so": ma_ho_so, "intake_id": intake_id, "state": state, "type_code": type_code}
    asked = (
        select(models.Document, models.Intake.name)
        .join(models.Intake, models.Intake.id == models.Document.intake_id)
        .filter(*(getattr(models.Document, column) == value for column, value in _given(wanted).items()))
    )
    with database.read() as session:
        rows = _in_order(session, asked, models.Document.id, newest_first, after, limit)
        return _slice([document_view(row, name) for row, name in rows], limit, lambda view: view.id)


def loose_pages(database: Database, intake_id: str) -> tuple[PageView, ...]:
    """The pages of an intake that are in no document: separators and refused ones, with their reasons."""
    asked = select(models.Page).filter_by(intake_id=intake_id, document_id=None).order_by(models.Page.number)
    with database.read() as session:
        return page_views(session.scalars(asked).all(), ())


def events_of(
    database: Database,
    *,
    ma_ho_so: str | None = None,
    intake_id: str | None = None,
    document_id: str | None = None,
    after: str | None = None,
    limit: int = 100,
) -> Slice[EventView]:
    """What happened to a dossier, an intake or a document, oldest first."""
    wanted = {"ma_ho_so": ma_ho_so, "intake_id": intake_id, "document_id": document_id}
    asked = select(models.Event).filter_by(**_given(wanted))
    with database.read() as session:
        rows = _in_order(session, asked, models.Event.id, False, after, limit)
        return _slice([event_view(row) for (row,) in rows], limit, lambda view: view.id)


def lanes(database: Database) -> tuple[LaneView, ...]:
    """How each lane stands."""
    asked = select(
        models.Intake.lane, models.Intake.state, func.count(), func.min(models.Intake.received_at)
    ).where(models.Intake.state.in_([IntakeState.RECEIVED, IntakeState.WORKING, IntakeState.FAILED]))
    with database.read() as session:
        rows = session.execute(asked.group_by(models.Intake.lane, models.Intake.state)).all()
    found = {(lane, state): (count, oldest) for lane, state, count, oldest in rows}
    return tuple(
        LaneView(
            lane=lane,
            received=found.get((lane, IntakeState.RECEIVED), (0, None))[0],
            working=found.get((lane, IntakeState.WORKING), (0, None))[0],
            failed=found.get((lane, IntakeState.FAILED), (0, None))[0],
            oldest=found.get((lane, IntakeState.RECEIVED), (0, None))[1],
        )
        for lane in Lane
    )


def _given(wanted: dict[str, str | None]) -> dict[str, str]:
    return {column: value for column, value in wanted.items() if value is not None}


def _bounded(limit: int) -> int:
    return max(1, min(limit, MAX_SLICE))


def _in_order(
    session: Session, asked: Any, key: Any, newest_first: bool, after: str | None, limit: int
) -> Sequence[Any]:
    if after is not None:
        asked = asked.where(key < after if newest_first else key > after)
    return session.execute(
        asked.order_by(key.desc() if newest_first else key).limit(_bounded(limit) + 1)
    ).all()


def _slice(views: list[T], limit: int, key: Callable[[T], str]) -> Slice[T]:
    """One more than the limit was asked for, to know whether something follows."""
    limit = _bounded(limit)
    return Slice(tuple(views[:limit]), key(views[limit - 1]) if len(views) > limit else None)
