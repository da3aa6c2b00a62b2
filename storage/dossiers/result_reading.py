"""What is asked of the results; nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.database import Database
from storage.dossiers.reading import MAX_SLICE
from storage.refusals import UnknownRecordError
from storage.result_models import Result, ResultSignature
from storage.result_states import ResultState
from storage.result_views import ResultView, result_view
from storage.views import Slice


def get_result(database: Database, result_id: str) -> ResultView:
    """One result with its signatures.

    Raises:
        UnknownRecordError: no such result.
    """
    with database.read() as session:
        return viewed(session, result_row(session, result_id))


def list_results(
    database: Database,
    *,
    ma_ho_so: str | None = None,
    state: ResultState | None = None,
    signer: str | None = None,
    newest_first: bool = True,
    after: str | None = None,
    limit: int = 50,
) -> Slice[ResultView]:
    """Results by the time they were added. ``signer``: those that wait for this signer now. ``limit`` is at
    most 500."""
    asked = select(Result)
    if ma_ho_so is not None:
        asked = asked.where(Result.ma_ho_so == ma_ho_so)
    if state is not None:
        asked = asked.where(Result.state == state)
    if signer is not None:
        asked = asked.join(
            ResultSignature,
            (ResultSignature.result_id == Result.id) & (ResultSignature.position == Result.turn),
        ).where(ResultSignature.signer == signer)
    if after is not None:
        asked = asked.where(Result.id < after if newest_first else Result.id > after)
    limit = max(1, min(limit, MAX_SLICE))
    ordered = asked.order_by(Result.id.desc() if newest_first else Result.id).limit(limit + 1)
    with database.read() as session:
        rows = session.scalars(ordered).all()
        views = _all_viewed(session, rows)
    return Slice(views[:limit], views[limit - 1].id if len(views) > limit else None)


def waiting_signers(database: Database) -> dict[str, int]:
    """Who has results to sign now, and how many."""
    asked = (
        select(ResultSignature.signer, func.count())
        .join(Result, (ResultSignature.result_id == Result.id) & (ResultSignature.position == Result.turn))
        .group_by(ResultSignature.signer)
        .order_by(ResultSignature.signer)
    )
    with database.read() as session:
        return {row[0]: row[1] for row in session.execute(asked)}


def result_row(session: Session, result_id: str, *, lock: bool = False) -> Result:
    """A result's row.

    Raises:
        UnknownRecordError: no such result.
    """
    row = session.get(Result, result_id, with_for_update=lock)
    if row is None:
        raise UnknownRecordError("result", result_id)
    return row


def of_result(session: Session, ma_ho_so: str, kind: str, sha256: str) -> Result | None:
    """The result that these bytes are in this dossier."""
    return session.scalar(select(Result).filter_by(ma_ho_so=ma_ho_so, kind=kind, source_sha256=sha256))


def viewed(session: Session, row: Result) -> ResultView:
    """The row as the rest sees it."""
    session.flush()
    return _all_viewed(session, [row])[0]


def _all_viewed(session: Session, rows: Iterable[Result]) -> tuple[ResultView, ...]:
    rows = list(rows)
    asked = select(ResultSignature).where(ResultSignature.result_id.in_([row.id for row in rows]))
    signatures: dict[str, list[ResultSignature]] = {}
    for one in session.scalars(asked.order_by(ResultSignature.position)):
        signatures.setdefault(one.result_id, []).append(one)
    return tuple(result_view(row, tuple(signatures.get(row.id, ()))) for row in rows)
