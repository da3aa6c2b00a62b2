"""Documents under their national codes: registered once, each change a new version, nothing overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from errors import SenderError
from storage.database import Database
from storage.doc_code import MOST_NUMBER, DocCode, read_doc_code
from storage.dossiers.events import record
from storage.national_models import NationalDocument
from storage.refusals import ConflictError, UnknownRecordError

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Content:
    """What a version holds: the file of an intake, or the PDF of a ``document_id``; ``described`` are the
    metadata by their national names, without DocCode."""

    ma_ho_so: str
    intake_id: str
    document_id: str | None
    sha256: str
    size: int
    ending: str
    described: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NationalView:
    """One version. ``newest`` is the newest version's number."""

    code: DocCode
    content: Content
    added_at: datetime
    added_by: str
    newest: int

    @property
    def is_newest(self) -> bool:
        """Whether no later version is there."""
        return self.code.version == self.newest


def register(
    database: Database, wanted: DocCode | tuple[str, str], content: Content, *, by: str
) -> tuple[NationalView, bool]:
    """Register a document under a code of version 1, or under the next free number of an (agency, kind), and
    say whether it is new. The same content under the same code answers with the record that is there; under
    the next number, with the version 1 that holds the same file of the same kind in the same dossier.

    Raises:
        ConflictError: ``doc_code_taken``, another document has this code.
        SenderError: ``bad_doc_code``: the version is not 1, or no number is left.
    """
    if isinstance(wanted, DocCode) and wanted.version != 1:
        raise SenderError("bad_doc_code", value=str(wanted))
    for _ in range(_ATTEMPTS):
        with database.write() as session:
            known = _registered(session, wanted, content)
            if known is not None:
                if isinstance(wanted, DocCode) and not _same(known, content):
                    raise ConflictError("doc_code_taken", doc_code=known.doc_code)
                return _view(session, known), False
            code = wanted if isinstance(wanted, DocCode) else _next_code(session, *wanted)
            row = _added(session, code, content, by, database.clock(), "national_registered")
            if row is not None:
                return _view(session, row), True
    raise ConflictError("doc_code_taken", doc_code=str(wanted))


def add_version(database: Database, seen: DocCode, content: Content, *, by: str) -> tuple[NationalView, bool]:
    """Add the version after ``seen``, which must be the newest, and say whether it is new. What is sent again
    after it was taken answers with the version that it made.

    Raises:
        UnknownRecordError: nothing has this code.
        ConflictError: ``newer_version``.
    """
    with database.write() as session:
        _row(session, seen)
        following = seen.of_version(seen.version + 1)
        row = session.get(NationalDocument, str(following))
        if row is None:
            row = _added(session, following, content, by, database.clock(), "national_changed")
            if row is not None:
                return _view(session, row), True
            row = _row(session, following)
        view = _view(session, row)
        if not (view.is_newest and _same(row, content)):
            raise ConflictError("newer_version", doc_code=str(seen.of_version(view.newest)))
        return view, False


def get_version(database: Database, code: DocCode) -> NationalView:
    """The version of this code.

    Raises:
        UnknownRecordError: nothing has this code.
    """
    with database.read() as session:
        return _view(session, _row(session, code))


def _registered(
    session: Session, wanted: DocCode | tuple[str, str], content: Content
) -> NationalDocument | None:
    if isinstance(wanted, DocCode):
        return session.get(NationalDocument, str(wanted))
    agency, kind = wanted
    return session.scalar(
        select(NationalDocument)
        .filter_by(agency=agency, kind=kind, version=1, ma_ho_so=content.ma_ho_so, sha256=content.sha256)
        .order_by(NationalDocument.number)
        .limit(1)
    )


def _next_code(session: Session, agency: str, kind: str) -> DocCode:
    last = session.scalar(
        select(func.max(NationalDocument.number)).filter_by(agency=agency, kind=kind)  # none yet: None
    )
    if last == MOST_NUMBER:
        raise SenderError("bad_doc_code", value=f"{agency}_{kind}_{MOST_NUMBER + 1}")
    return read_doc_code(str(DocCode(agency, kind, (last or 0) + 1, 1)))


def _added(
    session: Session, code: DocCode, content: Content, by: str, at: datetime, what: str
) -> NationalDocument | None:
    """The new row; None if another transaction was faster with this code."""
    row = NationalDocument(
        doc_code=str(code),
        agency=code.agency,
        kind=code.kind,
        number=code.number,
        version=code.version,
        ma_ho_so=content.ma_ho_so,
        intake_id=content.intake_id,
        document_id=content.document_id,
        sha256=content.sha256,
        size=content.size,
        ending=content.ending,
        described=dict(content.described),
        added_at=at,
        added_by=by,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    record(
        session,
        what,
        by=by,
        at=at,
        ma_ho_so=content.ma_ho_so,
        intake_id=content.intake_id,
        document_id=content.document_id,
        doc_code=str(code),
        sha256=content.sha256,
    )
    session.flush()
    return row


def _row(session: Session, code: DocCode) -> NationalDocument:
    row = session.get(NationalDocument, str(code))
    if row is None:
        raise UnknownRecordError("doc_code", str(code))
    return row


def _same(row: NationalDocument, content: Content) -> bool:
    return _content(row) == content


def _content(row: NationalDocument) -> Content:
    return Content(
        ma_ho_so=row.ma_ho_so,
        intake_id=row.intake_id,
        document_id=row.document_id,
        sha256=row.sha256,
        size=row.size,
        ending=row.ending,
        described=dict(row.described),
    )


def _view(session: Session, row: NationalDocument) -> NationalView:
    code = read_doc_code(row.doc_code)
    newest = session.scalars(
        select(func.max(NationalDocument.version)).filter_by(
            agency=code.agency, kind=code.kind, number=code.number
        )
    ).one()
    return NationalView(code, _content(row), row.added_at, row.added_by, newest)
