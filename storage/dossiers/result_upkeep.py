"""Signed results are kept fresh: levels that could not be reached are raised, archive time-stamps renewed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from storage.database import Database
from storage.dossiers.events import record
from storage.dossiers.result_reading import result_row, viewed
from storage.refusals import ConflictError
from storage.result_models import Result
from storage.result_states import ResultState
from storage.result_views import ResultView


def take_due(database: Database, *, again_after: timedelta, limit: int = 20) -> tuple[ResultView, ...]:
    """Signed results whose time has come. Each is due again after ``again_after``, so that a failure, or the
    end of this process, is followed by another try, and no two processes take the same one."""
    with database.write() as session:
        now = database.clock()
        asked = (
            select(Result)
            .where(Result.state == ResultState.SIGNED, Result.due_at <= now)
            .order_by(Result.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = session.scalars(asked).all()
        for row in rows:
            row.due_at = now + again_after
        return tuple(viewed(session, row) for row in rows)


def record_raised(
    database: Database,
    result: ResultView,
    *,
    after_sha256: str,
    size: int,
    level: str,
    due_at: datetime | None,
    by: str,
) -> ResultView:
    """Take the raised file, stored already, in place of the one it was made from.

    Raises:
        ConflictError: ``version_conflict``, it is no longer that file; nothing is recorded.
    """
    with database.write() as session:
        row = result_row(session, result.id, lock=True)
        if row.sha256 != result.sha256:
            raise ConflictError("version_conflict", expected=result.version, now=row.version)
        row.sha256, row.size = after_sha256, size
        row.wanted_level, row.due_at = None, due_at
        row.version += 1
        details = {"result": row.id, "level": level, "before": result.sha256, "after": after_sha256}
        record(
            session,
            "result_raised",
            by=by,
            at=database.clock(),
            ma_ho_so=row.ma_ho_so,
            document_id=row.document_id,
            **details,
        )
        return viewed(session, row)
