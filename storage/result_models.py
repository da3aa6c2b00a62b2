"""The tables of electronic results. As in :mod:`storage.models`, only :mod:`storage.dossiers` writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Moment, Plain, Words
from storage.models import Base, Identifier, Sha256


class Result(Base):
    """One PDF that is to be signed and issued. ``sha256`` is the file as it stands, ``source_sha256`` as it
    was added. ``turn`` is the position of the signature that is waited for. ``due_at``: when the file's level
    is to be raised to ``wanted_level``, or its archive time-stamp renewed."""

    __tablename__ = "result"
    __table_args__ = (
        UniqueConstraint("ma_ho_so", "kind", "source_sha256"),
        CheckConstraint("state IN ('waiting', 'signed', 'refused')", name="state"),
        CheckConstraint("kind IN ('result', 'certified_copy')", name="kind"),
        CheckConstraint("(state = 'waiting') = (turn IS NOT NULL)", name="turn"),
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refusal"),
        Index(None, "ma_ho_so", "id"),
        Index(None, "state", "id"),
        Index(None, "sha256"),
        Index(None, "source_sha256"),
        Index(None, "due_at"),
    )

    id: Mapped[str] = mapped_column(Identifier, primary_key=True)
    ma_ho_so: Mapped[str] = mapped_column(ForeignKey("dossier.ma_ho_so"))
    kind: Mapped[str] = mapped_column(String(20))
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    name: Mapped[str] = mapped_column(Words)
    title: Mapped[str] = mapped_column(Words)
    pages: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(20))
    turn: Mapped[int | None] = mapped_column()
    source_sha256: Mapped[str] = mapped_column(Sha256)
    sha256: Mapped[str] = mapped_column(Sha256)
    size: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(default=1)
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by: Mapped[str] = mapped_column(Words)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    refusal: Mapped[str | None] = mapped_column(Words)
    refused_by: Mapped[str | None] = mapped_column(Words)
    wanted_level: Mapped[str | None] = mapped_column(String(10))
    due_at: Mapped[datetime | None] = mapped_column(Moment)


class ResultSignature(Base):
    """One signature that a result needs, and, once it is there, what it is. What was signed never changes
    again (a trigger holds it). ``claim`` and ``lease_until``: somebody is signing just now. ``certificate``
    is the signer's, DER in base64; ``checked`` what was found of it before signing."""

    __tablename__ = "result_signature"
    __table_args__ = (
        CheckConstraint("role IN ('officer', 'agency')", name="role"),
        CheckConstraint("(after_sha256 IS NULL) = (signed_at IS NULL)", name="signed"),
        CheckConstraint("(claim IS NULL) = (lease_until IS NULL)", name="claim"),
        Index(None, "after_sha256"),
        Index(None, "signer"),
    )

    result_id: Mapped[str] = mapped_column(ForeignKey("result.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(20))
    signer: Mapped[str] = mapped_column(Words)
    form: Mapped[str] = mapped_column(String(20))
    claim: Mapped[str | None] = mapped_column(Identifier)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    before_sha256: Mapped[str | None] = mapped_column(Sha256)
    after_sha256: Mapped[str | None] = mapped_column(Sha256)
    level: Mapped[str | None] = mapped_column(String(10))
    holder: Mapped[str | None] = mapped_column(Words)
    certificate: Mapped[str | None] = mapped_column(Words)
    checked: Mapped[dict[str, Any] | None] = mapped_column(Plain)
    signed_at: Mapped[datetime | None] = mapped_column(Moment)
    signed_by: Mapped[str | None] = mapped_column(Words)


class SigningSession(Base):
    """A signature that a tool elsewhere makes (deferred signing): the file is prepared and stored, its digest
    was handed out, the value is waited for until ``expires_at``. ``plan`` holds what completing needs."""

    __tablename__ = "signing_session"
    __table_args__ = (Index(None, "result_id"), Index(None, "prepared_sha256"))

    id: Mapped[str] = mapped_column(Identifier, primary_key=True)
    result_id: Mapped[str] = mapped_column(ForeignKey("result.id"))
    position: Mapped[int] = mapped_column()
    before_sha256: Mapped[str] = mapped_column(Sha256)
    prepared_sha256: Mapped[str] = mapped_column(Sha256)
    plan: Mapped[dict[str, Any]] = mapped_column(Plain)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    opened_by: Mapped[str] = mapped_column(Words)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    completed_at: Mapped[datetime | None] = mapped_column(Moment)
