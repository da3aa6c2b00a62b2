"""Batches: what was announced, held against what arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.exc import IntegrityError

from storage import models
from storage.batch_models import Batch, BatchItem
from storage.database import Database
from storage.identifiers import new_identifier
from storage.refusals import UnknownRecordError
from storage.states import IntakeState
from storage.views import Slice


class ItemStatus(StrEnum):
    """``missing``: not arrived. ``reading``: arrived. ``matched``: read, with the pages that were announced.
    ``pages_differ``: read, with another number of pages. ``failed``: it cannot be read. ``closed``: given up
    by a person."""

    MISSING = "missing"
    READING = "reading"
    MATCHED = "matched"
    PAGES_DIFFER = "pages_differ"
    FAILED = "failed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Announced:
    """One file that a manifest names. ``number`` counts the files from 1; ``pages`` None: not said."""

    number: int
    ma_ho_so: str
    file: str
    sha256: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An announced file and what became of it. ``intake_id``, ``pages_found``, ``arrived_at``: once it
    arrived, by whatever channel."""

    announced: Announced
    status: ItemStatus
    intake_id: str | None
    pages_found: int | None
    arrived_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with its files in the order of the manifest."""

    id: str
    manifest_sha256: str
    sent_from: str
    sent_to: str
    sender: str
    received_at: datetime
    items: tuple[ItemView, ...]


def register_batch(
    database: Database,
    announced: Sequence[Announced],
    *,
    manifest: str,
    manifest_sha256: str,
    sent_from: str,
    sent_to: str,
    sender: str,
) -> tuple[BatchView, bool]:
    """The batch of this manifest, and whether it is new; the same manifest answers with the first record."""
    known = select(Batch.id).filter_by(manifest_sha256=manifest_sha256)
    created = False
    with database.write() as session:
        found = session.scalar(known)
        if found is None:
            row = Batch(
                id=new_identifier(),
                manifest_sha256=manifest_sha256,
                manifest=manifest,
                sent_from=sent_from,
                sent_to=sent_to,
                sender=sender,
                received_at=database.clock(),
            )
            try:
                with session.begin_nested():
                    session.add(row)
                    session.flush()
                    session.add_all(
                        BatchItem(
                            batch_id=row.id,
                            number=one.number,
                            ma_ho_so=one.ma_ho_so,
                            file=one.file,
                            sha256=one.sha256,
                            pages=one.pages,
                        )
                        for one in announced
                    )
                found, created = row.id, True
            except IntegrityError:  # another request was faster
                found = session.scalars(known).one()
    return get_batch(database, found), created


def get_batch(database: Database, batch_id: str) -> BatchView:
    """One batch, held against what is there now.

    Raises:
        UnknownRecordError: no such batch.
    """
    asked = (
        select(BatchItem, models.Intake)
        .outerjoin(
            models.Intake,
            and_(models.Intake.ma_ho_so == BatchItem.ma_ho_so, models.Intake.sha256 == BatchItem.sha256),
        )
        .where(BatchItem.batch_id == batch_id)
        .order_by(BatchItem.number)
    )
    with database.read() as session:
        row = session.get(Batch, batch_id)
        if row is None:
            raise UnknownRecordError("batch", batch_id)
        items = tuple(_item(item, intake) for item, intake in session.execute(asked).all())
        return BatchView(
            id=row.id,
            manifest_sha256=row.manifest_sha256,
            sent_from=row.sent_from,
            sent_to=row.sent_to,
            sender=row.sender,
            received_at=row.received_at,
            items=items,
        )


def list_batches(database: Database, *, after: str | None = None, limit: int = 50) -> Slice[BatchView]:
    """Batches, the newest first."""
    asked = select(Batch.id).order_by(Batch.id.desc()).limit(limit + 1)
    if after is not None:
        asked = asked.where(Batch.id < after)
    with database.read() as session:
        ids = session.scalars(asked).all()
    views = tuple(get_batch(database, one) for one in ids[:limit])
    return Slice(views, views[-1].id if len(ids) > limit else None)


def _item(item: BatchItem, intake: models.Intake | None) -> ItemView:
    announced = Announced(item.number, item.ma_ho_so, item.file, item.sha256, item.pages)
    if intake is None:
        return ItemView(announced, ItemStatus.MISSING, None, None, None, None)
    match IntakeState(intake.state):
        case IntakeState.ATTACHED:
            same = item.pages is None or item.pages == intake.pages_total
            status = ItemStatus.MATCHED if same else ItemStatus.PAGES_DIFFER
        case IntakeState.FAILED:
            status = ItemStatus.FAILED
        case IntakeState.CLOSED:
            status = ItemStatus.CLOSED
        case _:
            status = ItemStatus.READING
    reason = intake.reason if status is ItemStatus.FAILED else None
    return ItemView(announced, status, intake.id, intake.pages_total, intake.received_at, reason)
