"""Electronic results: put into their dossier, signed in turn, refused, kept fresh.

A result's file only ever grows: each signature names the bytes that it was made over (``before_sha256``) and
is taken only while these are still the result's. So nothing is signed that was changed, and nothing is signed
twice, however often and from wherever it is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage import models
from storage.database import Database
from storage.dossiers.events import record
from storage.dossiers.result_reading import of_result, result_row, viewed
from storage.identifiers import new_identifier
from storage.refusals import ConflictError, UnknownRecordError
from storage.result_models import Result, ResultSignature
from storage.result_states import ResultKind, ResultState, SignerRole
from storage.result_views import ResultView, SignatureClaim, signature_view

RESULT_EVENTS = (
    "result_added",
    "result_signed",
    "result_issued",
    "result_refused",
    "result_handed_out",
    "result_raised",
)
"""What can happen to a result. ``result_issued`` announces it: all signatures are there."""
SIGNING_LEASE = timedelta(minutes=3)
"""How long one signature may take; afterwards another may try."""


@dataclass(frozen=True, slots=True)
class WantedSignature:
    """Whose signature is needed, and how it looks (a form of :class:`signing.seals.Form`, or ``none``)."""

    role: SignerRole
    signer: str
    form: str


@dataclass(frozen=True, slots=True)
class NewResult:
    """A PDF that is stored already. ``signatures`` in the order in which they are to be made."""

    ma_ho_so: str
    name: str
    title: str
    sha256: str
    size: int
    pages: int
    signatures: Sequence[WantedSignature]
    kind: ResultKind = ResultKind.RESULT
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class MadeSignature:
    """What signing gave; the signed file is stored already. ``wanted_level`` and ``due_at``: see the table."""

    before_sha256: str
    after_sha256: str
    size: int
    level: str
    holder: str
    certificate: str
    signed_at: datetime
    checked: dict[str, object] = field(default_factory=dict)
    wanted_level: str | None = None
    due_at: datetime | None = None


def add_result(database: Database, new: NewResult, *, by: str) -> tuple[ResultView, bool]:
    """Put a result before its signers, and say whether it is new: the same bytes in the same dossier answer
    with the first record.

    Raises:
        UnknownRecordError: no such dossier.
    """
    if not new.signatures:
        raise ValueError("a result that nobody signs")
    with database.write() as session:
        if session.get(models.Dossier, new.ma_ho_so) is None:
            raise UnknownRecordError("dossier", new.ma_ho_so)
        found = of_result(session, new.ma_ho_so, new.kind, new.sha256)
        if found is not None:
            return viewed(session, found), False
        row = _result_of(new, by, database.clock())
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError:  # the same, at the same time, from elsewhere
            found = of_result(session, new.ma_ho_so, new.kind, new.sha256)
            assert found is not None
            return viewed(session, found), False
        session.add_all(
            ResultSignature(result_id=row.id, position=n, role=one.role, signer=one.signer, form=one.form)
            for n, one in enumerate(new.signatures, 1)
        )
        note(session, database, row, "result_added", by, kind=new.kind, sha256=new.sha256)
        return viewed(session, row), True


def _result_of(new: NewResult, by: str, now: datetime) -> Result:
    return Result(
        id=new_identifier(),
        ma_ho_so=new.ma_ho_so,
        kind=new.kind,
        document_id=new.document_id,
        name=new.name,
        title=new.title,
        pages=new.pages,
        state=ResultState.WAITING,
        turn=1,
        source_sha256=new.sha256,
        sha256=new.sha256,
        size=new.size,
        version=1,
        added_at=now,
        added_by=by,
    )


def claim_signature(database: Database, result_id: str, *, expected_version: int) -> SignatureClaim:
    """Take leave to make the signature whose turn it is. Nobody else gets it until it is made, given back or
    :data:`SIGNING_LEASE` has run out.

    Raises:
        UnknownRecordError: no such result.
        ConflictError: ``version_conflict``, it is not what the signer saw; ``not_waiting``, it is signed or
            refused already; ``being_signed``.
    """
    with database.write() as session:
        row, signature = waiting_signature(session, result_id, expected_version)
        now = database.clock()
        if signature.lease_until is not None and signature.lease_until > now:
            raise ConflictError("being_signed")
        signature.claim, signature.lease_until = new_identifier(), now + SIGNING_LEASE
        session.flush()
        return SignatureClaim(signature.claim, signature_view(signature), viewed(session, row))


def release_signature(database: Database, claim: SignatureClaim) -> None:
    """Give a claim back: nothing was signed."""
    with database.write() as session:
        held = session.get(ResultSignature, (claim.result.id, claim.signature.position), with_for_update=True)
        if held is not None and held.claim == claim.token:
            held.claim = held.lease_until = None


def attach_signature(
    database: Database, claim: SignatureClaim, made: MadeSignature, *, by: str
) -> ResultView:
    """Take a signed file in place of the one it was made over; after the last signature the result is issued.

    Raises:
        ConflictError: ``not_waiting``, ``version_conflict``: it is no longer the file that was signed, or the
            claim ran out and another signed; nothing is recorded.
    """
    with database.write() as session:
        row, signature = waiting_signature(session, claim.result.id, claim.result.version)
        if signature.claim != claim.token or row.sha256 != made.before_sha256:
            raise ConflictError("version_conflict", expected=claim.result.version, now=row.version)
        take_signature(session, database, row, signature, made, by)
        return viewed(session, row)


def take_signature(
    session: Session,
    database: Database,
    row: Result,
    signature: ResultSignature,
    made: MadeSignature,
    by: str,
) -> None:
    signature.claim = signature.lease_until = None
    signature.before_sha256, signature.after_sha256 = made.before_sha256, made.after_sha256
    signature.level, signature.holder, signature.certificate = made.level, made.holder, made.certificate
    signature.checked, signature.signed_at, signature.signed_by = dict(made.checked), made.signed_at, by
    row.sha256, row.size = made.after_sha256, made.size
    row.version += 1
    # What an earlier signature still lacks is not forgotten over a later one that lacks nothing.
    row.wanted_level, row.due_at = made.wanted_level or row.wanted_level, made.due_at or row.due_at
    session.flush()
    note(
        session,
        database,
        row,
        "result_signed",
        by,
        position=signature.position,
        level=made.level,
        before=made.before_sha256,
        after=made.after_sha256,
    )
    if session.get(ResultSignature, (row.id, signature.position + 1)) is not None:
        row.turn = signature.position + 1
    else:
        row.turn, row.state, row.finished_at = None, ResultState.SIGNED, database.clock()
        note(session, database, row, "result_issued", by, sha256=row.sha256)


def refuse_result(
    database: Database, result_id: str, why: str, *, by: str, expected_version: int
) -> ResultView:
    """A signer does not sign. ``why`` stays with the result, not in the events.

    Raises:
        UnknownRecordError: no such result.
        ConflictError: as :func:`claim_signature`.
    """
    with database.write() as session:
        row, signature = waiting_signature(session, result_id, expected_version)
        now = database.clock()
        if signature.lease_until is not None and signature.lease_until > now:
            raise ConflictError("being_signed")
        signature.claim = signature.lease_until = None
        row.state, row.turn, row.refusal, row.refused_by = ResultState.REFUSED, None, why, by
        row.finished_at = now
        row.version += 1
        note(session, database, row, "result_refused", by, position=signature.position)
        return viewed(session, row)


def waiting_signature(
    session: Session, result_id: str, expected_version: int | None
) -> tuple[Result, ResultSignature]:
    """The rows of a result and of the signature whose turn it is, held until the transaction ends. Without
    ``expected_version`` the caller compares the bytes.

    Raises:
        UnknownRecordError: no such result.
        ConflictError: ``not_waiting``, ``version_conflict``.
    """
    row = result_row(session, result_id, lock=True)
    if row.state != ResultState.WAITING:
        raise ConflictError("not_waiting")
    if expected_version not in (None, row.version):
        raise ConflictError("version_conflict", expected=expected_version, now=row.version)
    signature = session.get(ResultSignature, (row.id, row.turn), with_for_update=True)
    assert signature is not None
    return row, signature


def note(session: Session, database: Database, row: Result, what: str, by: str, **details: object) -> None:
    """Add an event of a result to the transaction."""
    record(
        session,
        what,
        by=by,
        at=database.clock(),
        ma_ho_so=row.ma_ho_so,
        document_id=row.document_id,
        **{"result": row.id, **details},  # type: ignore[arg-type]
    )
    session.flush()
