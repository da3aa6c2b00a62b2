"""Dossiers are opened and files come in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage import models
from storage.database import Database
from storage.dossier_code import check_dossier_code, deciding_agency
from storage.dossiers.events import record
from storage.dossiers.turns import next_turn
from storage.dossiers.viewing import dossier_view, intake_view
from storage.identifiers import new_identifier
from storage.refusals import ConflictError
from storage.states import LANE_OF, Channel, IntakeState, Lane
from storage.views import DossierView, IntakeView


def open_dossier(
    database: Database,
    ma_ho_so: str,
    *,
    by: str,
    noi_ho_tro: str | None = None,
    noi_tiep_nhan: str | None = None,
    co_quan_giai_quyet: str | None = None,
) -> tuple[DossierView, bool]:
    """The dossier of this code, and whether it was opened just now. Places that were not known yet are
    filled in; without ``co_quan_giai_quyet`` it is the agency that the code names.

    Raises:
        SenderError: ``bad_dossier_code``.
        ConflictError: ``dossier_differs``, another place is recorded already.
    """
    places = {
        "noi_ho_tro": noi_ho_tro,
        "noi_tiep_nhan": noi_tiep_nhan,
        "co_quan_giai_quyet": co_quan_giai_quyet,
    }
    with database.write() as session:
        row, created = ensure_dossier(session, ma_ho_so, places, by, database.clock())
        return dossier_view(row), created


def receive_intake(
    database: Database,
    ma_ho_so: str,
    *,
    name: str,
    sha256: str,
    size: int,
    sender: str,
    channel: Channel = Channel.COUNTER,
    lane: Lane | None = None,
    media_type: str | None = None,
) -> tuple[IntakeView, bool]:
    """Record a file whose bytes are already stored and synced, and say whether it is new. The same bytes to
    the same dossier answer with the first record, however often and from wherever they come. The dossier is
    opened if need be. ``sender`` is who is answerable; ``lane`` follows from the channel unless given.

    Raises:
        SenderError: ``bad_dossier_code``.
    """
    with database.write() as session:
        now = database.clock()
        dossier, _ = ensure_dossier(session, ma_ho_so, {}, sender, now)
        first = select(models.Intake).filter_by(ma_ho_so=dossier.ma_ho_so, sha256=sha256)
        found = session.scalar(first)
        if found is None:
            chosen = lane or LANE_OF[channel]
            share = dossier.noi_tiep_nhan or sender
            row = models.Intake(
                id=new_identifier(),
                ma_ho_so=dossier.ma_ho_so,
                name=name,
                sha256=sha256,
                size=size,
                media_type=media_type,
                channel=channel,
                lane=chosen,
                share=share,
                turn=next_turn(session, chosen, share),
                sender=sender,
                received_at=now,
                state=IntakeState.RECEIVED,
            )
            if _added(session, row):
                record(
                    session,
                    "intake_received",
                    by=sender,
                    at=now,
                    ma_ho_so=row.ma_ho_so,
                    intake_id=row.id,
                    sha256=sha256,
                    size=size,
                    channel=channel,
                )
                session.flush()
                return intake_view(row), True
            found = session.scalars(first).one()
        record(
            session,
            "intake_sent_again",
            by=sender,
            at=now,
            ma_ho_so=found.ma_ho_so,
            intake_id=found.id,
            channel=channel,
        )
        return intake_view(found), False


def ensure_dossier(
    session: Session, ma_ho_so: str, places: dict[str, str | None], by: str, now: datetime
) -> tuple[models.Dossier, bool]:
    """Within a transaction: the dossier's row, opened if need be, and whether it was; as
    :func:`open_dossier`."""
    check_dossier_code(ma_ho_so, now.date())
    given = {place: value for place, value in places.items() if value}
    row = session.get(models.Dossier, ma_ho_so)
    if row is None:
        known = {"co_quan_giai_quyet": deciding_agency(ma_ho_so), **given}
        row = models.Dossier(ma_ho_so=ma_ho_so, opened_at=now, opened_by=by, **known)
        if _added(session, row):
            record(session, "dossier_opened", by=by, at=now, ma_ho_so=ma_ho_so)
            session.flush()
            return row, True
        row = session.get_one(models.Dossier, ma_ho_so)
    if given:
        session.refresh(row, with_for_update=True)
        _fill_in(session, row, given, by, now)
    return row, False


def _fill_in(session: Session, row: models.Dossier, given: dict[str, str], by: str, now: datetime) -> None:
    filled = []
    for place, value in given.items():
        known = getattr(row, place)
        if known is None:
            setattr(row, place, value)
            filled.append(place)
        elif known != value:
            raise ConflictError("dossier_differs", place=place, known=known, given=value)
    if filled:
        record(session, "dossier_places_filled_in", by=by, at=now, ma_ho_so=row.ma_ho_so, places=filled)


def _added(session: Session, row: models.Base) -> bool:
    """Whether the row went in; False if another transaction put the same one in before."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True
