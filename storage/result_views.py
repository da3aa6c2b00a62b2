"""What the rest of the house gets to see of electronic results: frozen, detached from the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage import result_models
from storage.result_states import ResultKind, ResultState, SignerRole


@dataclass(frozen=True, slots=True)
class SignatureView:
    """One signature that a result needs. The last seven are None until it is there."""

    position: int
    role: SignerRole
    signer: str
    form: str
    before_sha256: str | None
    after_sha256: str | None
    level: str | None
    holder: str | None
    checked: Mapping[str, object] | None
    signed_at: datetime | None
    signed_by: str | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """One result. ``sha256`` names the PDF as it stands in the object store."""

    id: str
    ma_ho_so: str
    kind: ResultKind
    document_id: str | None
    name: str
    title: str
    pages: int
    state: ResultState
    turn: int | None
    source_sha256: str
    sha256: str
    size: int
    version: int
    added_at: datetime
    added_by: str
    finished_at: datetime | None
    refusal: str | None
    refused_by: str | None
    wanted_level: str | None
    due_at: datetime | None
    signatures: tuple[SignatureView, ...]

    @property
    def waits_for(self) -> SignatureView | None:
        """The signature whose turn it is."""
        return next((one for one in self.signatures if one.position == self.turn), None)

    @property
    def signed_file(self) -> bool:
        """Whether the file holds a signature of ours."""
        return any(one.after_sha256 for one in self.signatures)


@dataclass(frozen=True, slots=True)
class SignatureClaim:
    """Leave to make the signature whose turn it is, for one signer at a time."""

    token: str
    signature: SignatureView
    result: ResultView


@dataclass(frozen=True, slots=True)
class SessionView:
    """A deferred signing session."""

    id: str
    result_id: str
    position: int
    before_sha256: str
    prepared_sha256: str
    plan: Mapping[str, Any]
    opened_at: datetime
    opened_by: str
    expires_at: datetime
    completed_at: datetime | None


def signature_view(row: result_models.ResultSignature) -> SignatureView:
    """A signature's row as the rest sees it."""
    return SignatureView(
        position=row.position,
        role=SignerRole(row.role),
        signer=row.signer,
        form=row.form,
        before_sha256=row.before_sha256,
        after_sha256=row.after_sha256,
        level=row.level,
        holder=row.holder,
        checked=row.checked,
        signed_at=row.signed_at,
        signed_by=row.signed_by,
    )


def result_view(
    row: result_models.Result, signatures: tuple[result_models.ResultSignature, ...]
) -> ResultView:
    """A result's row, with those of its signatures in order, as the rest sees it."""
    return ResultView(
        id=row.id,
        ma_ho_so=row.ma_ho_so,
        kind=ResultKind(row.kind),
        document_id=row.document_id,
        name=row.name,
        title=row.title,
        pages=row.pages,
        state=ResultState(row.state),
        turn=row.turn,
        source_sha256=row.source_sha256,
        sha256=row.sha256,
        size=row.size,
        version=row.version,
        added_at=row.added_at,
        added_by=row.added_by,
        finished_at=row.finished_at,
        refusal=row.refusal,
        refused_by=row.refused_by,
        wanted_level=row.wanted_level,
        due_at=row.due_at,
        signatures=tuple(signature_view(one) for one in signatures),
    )


def session_view(row: result_models.SigningSession) -> SessionView:
    """A session's row as the rest sees it."""
    return SessionView(
        id=row.id,
        result_id=row.result_id,
        position=row.position,
        before_sha256=row.before_sha256,
        prepared_sha256=row.prepared_sha256,
        plan=dict(row.plan),
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        expires_at=row.expires_at,
        completed_at=row.completed_at,
    )
