"""The tables. Only :mod:`storage.dossiers` writes them; nobody outside this room sees these objects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import Moment, Plain, Words
from storage.states import Channel, DocumentState, IntakeState, Lane

Identifier = String(26)
Sha256 = String(64)


def _one_of(column: str, values: type[IntakeState | DocumentState | Lane | Channel]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Base(DeclarativeBase):
    """Constraints are named, so that a migration can find them on either database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Dossier(Base):
    """One dossier (hồ sơ). Three places are kept apart (phi địa giới): the one that helped, the one that
    received, the agency that decides."""

    __tablename__ = "dossier"
    __table_args__ = (Index(None, "opened_at"),)

    ma_ho_so: Mapped[str] = mapped_column(String(60), primary_key=True)
    noi_ho_tro: Mapped[str | None] = mapped_column(Words)
    noi_tiep_nhan: Mapped[str | None] = mapped_column(Words)
    co_quan_giai_quyet: Mapped[str | None] = mapped_column(Words)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    opened_by: Mapped[str] = mapped_column(Words)


class Intake(Base):
    """One file as a sender sent it, and how far its digitization has come.

    ``claim``, ``claimed_by``, ``lease_until`` and ``deadline`` are set while a worker holds it.
    ``sent_at``: when it was last given to the broker; ``not_before``: when it may be tried again.
    ``share`` names whose turn it waits for, ``turn`` which (:mod:`storage.dossiers.turns`).
    """

    __tablename__ = "intake"
    __table_args__ = (
        UniqueConstraint("ma_ho_so", "sha256"),
        _one_of("state", IntakeState),
        _one_of("lane", Lane),
        _one_of("channel", Channel),
        CheckConstraint("(state = 'working') = (claim IS NOT NULL)", name="claim"),
        CheckConstraint("state <> 'failed' OR reason IS NOT NULL", name="reason"),
        Index(None, "state", "lane", "id"),
        Index(None, "state", "lane", "turn", "id"),
        Index(None, "state", "lane", "share", "turn"),
        Index(None, "sha256"),
    )

    id: Mapped[str] = mapped_column(Identifier, primary_key=True)
    ma_ho_so: Mapped[str] = mapped_column(ForeignKey("dossier.ma_ho_so"))
    name: Mapped[str] = mapped_column(Words)
    sha256: Mapped[str] = mapped_column(Sha256)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str | None] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(20))
    lane: Mapped[str] = mapped_column(String(20))
    sender: Mapped[str] = mapped_column(Words)
    received_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(60))
    reason_values: Mapped[dict[str, Any]] = mapped_column(Plain, default=dict)
    attempts: Mapped[int] = mapped_column(default=0)
    pages_done: Mapped[int] = mapped_column(default=0)
    pages_total: Mapped[int | None] = mapped_column()
    warnings: Mapped[list[str]] = mapped_column(Plain, default=list)
    claim: Mapped[str | None] = mapped_column(Identifier)
    claimed_by: Mapped[str | None] = mapped_column(Words)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    deadline: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    not_before: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    share: Mapped[str] = mapped_column(Words, default="", server_default="")
    turn: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")


class Document(Base):
    """One document found in an intake. ``position`` counts the documents of the intake from 1.
    ``record_sha256`` names the object with the whole JSON record (words and boxes)."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("intake_id", "position"),
        _one_of("state", DocumentState),
        Index(None, "ma_ho_so", "id"),
        Index(None, "state", "id"),
        Index(None, "type_code", "id"),
        Index(None, "pdf_sha256"),
        Index(None, "record_sha256"),
    )

    id: Mapped[str] = mapped_column(Identifier, primary_key=True)
    intake_id: Mapped[str] = mapped_column(ForeignKey("intake.id"))
    ma_ho_so: Mapped[str] = mapped_column(ForeignKey("dossier.ma_ho_so"))
    position: Mapped[int] = mapped_column()
    source_pages: Mapped[list[int]] = mapped_column(Plain)
    type_code: Mapped[str] = mapped_column(String(60))
    type_label: Mapped[str] = mapped_column(Words)
    type_confidence: Mapped[float] = mapped_column(Float)
    type_read: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[str]] = mapped_column(Plain)
    doubtful_fields: Mapped[list[str]] = mapped_column(Plain)
    confidence: Mapped[float] = mapped_column(Float)
    pdf_sha256: Mapped[str] = mapped_column(Sha256)
    pdf_size: Mapped[int] = mapped_column(BigInteger)
    pdf_kept: Mapped[bool] = mapped_column()
    record_sha256: Mapped[str] = mapped_column(Sha256)
    text: Mapped[str] = mapped_column(Words)
    version: Mapped[int] = mapped_column(default=1)
    attached_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by: Mapped[str | None] = mapped_column(Words)


class Page(Base):
    """One page of an intake: of a document (``document_id``, ``position`` within it), a separator, or
    refused. None is ever missing: the numbers of an attached intake run from 1 to ``pages_total``."""

    __tablename__ = "page"
    __table_args__ = (
        CheckConstraint("role IN ('document', 'separator', 'refused')", name="role"),
        CheckConstraint("(role = 'document') = (document_id IS NOT NULL)", name="document"),
        CheckConstraint("(role = 'refused') = (refusal IS NOT NULL)", name="refusal"),
        Index(None, "document_id", "position"),
    )

    intake_id: Mapped[str] = mapped_column(ForeignKey("intake.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(20))
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    position: Mapped[int | None] = mapped_column()
    width: Mapped[int | None] = mapped_column()
    height: Mapped[int | None] = mapped_column()
    dpi: Mapped[float | None] = mapped_column(Float)
    rotation: Mapped[int | None] = mapped_column()
    skew: Mapped[float | None] = mapped_column(Float)
    blank: Mapped[bool] = mapped_column(default=False)
    confidence: Mapped[float | None] = mapped_column(Float)
    origin: Mapped[str | None] = mapped_column(String(20))
    failure: Mapped[str | None] = mapped_column(String(60))
    refusal: Mapped[str | None] = mapped_column(String(60))
    refusal_values: Mapped[dict[str, Any]] = mapped_column(Plain, default=dict)
    warnings: Mapped[list[str]] = mapped_column(Plain, default=list)


class Field(Base):
    """One field of a document. What was read stays; a person's value stands beside it."""

    __tablename__ = "field"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    order: Mapped[int] = mapped_column()
    read_value: Mapped[str | None] = mapped_column(Words)
    value: Mapped[str] = mapped_column(Words)
    confidence: Mapped[float | None] = mapped_column(Float)
    page: Mapped[int | None] = mapped_column()
    box: Mapped[list[int] | None] = mapped_column(Plain)
    valid: Mapped[bool] = mapped_column()
    problems: Mapped[list[str]] = mapped_column(Plain, default=list)
    source: Mapped[str] = mapped_column(String(20))
    corrected_by: Mapped[str | None] = mapped_column(Words)
    corrected_at: Mapped[datetime | None] = mapped_column(Moment)


class Correction(Base):
    """Every value that a person gave, kept apart from the events, which hold no personal data."""

    __tablename__ = "correction"

    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(60))
    before: Mapped[str | None] = mapped_column(Words)
    after: Mapped[str] = mapped_column(Words)
    by: Mapped[str] = mapped_column(Words)
    at: Mapped[datetime] = mapped_column(Moment)


class Event(Base):
    """What happened, to what, by whom, when. Rows are only ever added (a trigger holds it)."""

    __tablename__ = "event"
    __table_args__ = (
        Index(None, "ma_ho_so", "id"),
        Index(None, "intake_id", "id"),
        Index(None, "document_id", "id"),
    )

    id: Mapped[str] = mapped_column(Identifier, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    what: Mapped[str] = mapped_column(String(60))
    by: Mapped[str] = mapped_column(Words)
    ma_ho_so: Mapped[str] = mapped_column(ForeignKey("dossier.ma_ho_so"))
    intake_id: Mapped[str | None] = mapped_column(ForeignKey("intake.id"))
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"))
    details: Mapped[dict[str, Any]] = mapped_column(Plain, default=dict)
