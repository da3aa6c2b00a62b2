"""Deferred signing sessions: opened, kept over restarts, completed once, expired."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from storage.database import Database
from storage.dossiers.result_reading import viewed
from storage.dossiers.results import MadeSignature, note, take_signature, waiting_signature
from storage.identifiers import new_identifier
from storage.refusals import ConflictError, UnknownRecordError
from storage.result_models import SigningSession
from storage.result_views import ResultView, SessionView, session_view


def open_session(
    database: Database,
    result: ResultView,
    prepared_sha256: str,
    plan: dict[str, Any],
    *,
    lasts: timedelta,
    by: str,
) -> SessionView:
    """Record that a digest is handed out. The prepared file is stored already; ``plan`` is what completing
    needs. Others may sign in the meantime: then the session is of no use.

    Raises:
        UnknownRecordError: no such result.
        ConflictError: ``not_waiting``, ``version_conflict``, ``being_signed``.
    """
    with database.write() as session:
        row, signature = waiting_signature(session, result.id, result.version)
        now = database.clock()
        if signature.lease_until is not None and signature.lease_until > now:
            raise ConflictError("being_signed")
        opened = SigningSession(
            id=new_identifier(),
            result_id=row.id,
            position=signature.position,
            before_sha256=row.sha256,
            prepared_sha256=prepared_sha256,
            plan=plan,
            opened_at=now,
            opened_by=by,
            expires_at=now + lasts,
        )
        session.add(opened)
        note(session, database, row, "result_handed_out", by, position=signature.position)
        return session_view(opened)


def get_session(database: Database, session_id: str) -> SessionView:
    """One session.

    Raises:
        UnknownRecordError: no such session.
    """
    with database.read() as session:
        row = session.get(SigningSession, session_id)
        if row is None:
            raise UnknownRecordError("session", session_id)
        return session_view(row)


def check_open(database: Database, opened: SessionView) -> None:
    """Whether a session can still be completed.

    Raises:
        ConflictError: ``session_used``, ``session_expired``.
    """
    if opened.completed_at is not None:
        raise ConflictError("session_used")
    if database.clock() >= opened.expires_at:
        raise ConflictError("session_expired")


def complete_session(database: Database, opened: SessionView, made: MadeSignature, *, by: str) -> ResultView:
    """Take the completed file, once, while the result still is what was prepared.

    Raises:
        ConflictError: ``session_used``, ``session_expired``; ``not_waiting``, ``version_conflict``: it was
            signed or changed in the meantime; nothing is recorded.
    """
    with database.write() as session:
        row = session.get(SigningSession, opened.id, with_for_update=True)
        if row is None:
            raise UnknownRecordError("session", opened.id)
        check_open(database, session_view(row))
        result, signature = waiting_signature(session, row.result_id, None)
        if result.sha256 != row.before_sha256 or signature.position != row.position:
            raise ConflictError("version_conflict", expected=row.before_sha256[:8], now=result.sha256[:8])
        if signature.lease_until is not None and signature.lease_until > database.clock():
            raise ConflictError("being_signed")
        row.completed_at = database.clock()
        take_signature(session, database, result, signature, made, by)
        return viewed(session, result)
