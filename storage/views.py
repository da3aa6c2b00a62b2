"""What the rest of the house gets to see of the records: frozen, detached from the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from records import Box, Verdict
from storage.states import Channel, DocumentState, IntakeState, Lane

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """Part of a list. ``next`` goes back in as ``after`` to get what follows; None at the end."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class DossierView:
    """One dossier. ``co_quan_giai_quyet`` is the code of the agency that decides."""

    ma_ho_so: str
    noi_ho_tro: str | None
    noi_tiep_nhan: str | None
    co_quan_giai_quyet: str | None
    opened_at: datetime
    opened_by: str


@dataclass(frozen=True, slots=True)
class IntakeView:
    """One file that came in. ``sha256`` also names the original in the object store.

    ``reason`` is a code of :data:`reasons.REASONS`, ``reason_values`` what its sentence needs; on a
    ``received`` intake it tells why the last attempt broke off. ``pages_total`` is None until the file was
    opened. ``finished_at`` is set on ``attached``, ``failed`` and ``closed``.
    """

    id: str
    ma_ho_so: str
    name: str
    sha256: str
    size: int
    media_type: str | None
    channel: Channel
    lane: Lane
    sender: str
    received_at: datetime
    state: IntakeState
    reason: str | None
    reason_values: Mapping[str, object]
    attempts: int
    pages_done: int
    pages_total: int | None
    warnings: tuple[str, ...]
    claimed_by: str | None
    deadline: datetime | None
    not_before: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One worker's hold on an intake, to be shown with everything it reports. ``attempt`` counts from 1.
    ``lease_until`` is renewed by reporting; ``deadline`` is not."""

    token: str
    worker: str
    attempt: int
    lease_until: datetime
    deadline: datetime
    intake: IntakeView


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field. ``value`` is what counts: a person's value where there is one, else ``read_value``.
    ``page`` counts within the document. ``corrected_by`` is None where nobody changed it."""

    name: str
    value: str
    read_value: str | None
    confidence: float | None
    page: int | None
    box: Box | None
    valid: bool
    problems: tuple[str, ...]
    source: str
    corrected_by: str | None
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class PageView:
    """One page. ``number`` counts in the source, ``position`` within the document (None for separators and
    refused pages). Sizes in pixels of the upright page; None where the page was refused or not read.
    ``refusal_values`` is what the sentence of ``refusal`` needs."""

    number: int
    role: str
    position: int | None
    width: int | None
    height: int | None
    dpi: float | None
    rotation: int | None
    skew: float | None
    blank: bool
    confidence: float | None
    origin: str | None
    failure: str | None
    refusal: str | None
    refusal_values: Mapping[str, object]
    warnings: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document in its dossier. ``pdf_sha256`` and ``record_sha256`` name the PDF and the JSON record in
    the object store. ``version`` counts the changes by people, from 1; show it when changing something."""

    id: str
    intake_id: str
    ma_ho_so: str
    position: int
    source_name: str
    source_pages: tuple[int, ...]
    type_code: str
    type_label: str
    type_confidence: float
    type_read: str
    state: DocumentState
    verdict: Verdict
    reasons: tuple[str, ...]
    doubtful_fields: tuple[str, ...]
    confidence: float
    pdf_sha256: str
    pdf_size: int
    pdf_kept: bool
    record_sha256: str
    version: int
    attached_at: datetime
    confirmed_at: datetime | None
    confirmed_by: str | None


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """A document with everything in it. ``text``: pages parted by form feeds."""

    document: DocumentView
    text: str
    fields: tuple[FieldView, ...]
    pages: tuple[PageView, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened."""

    id: str
    at: datetime
    what: str
    by: str
    ma_ho_so: str
    intake_id: str | None
    document_id: str | None
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LaneView:
    """How a lane stands. ``oldest`` is when the longest-waiting received intake came in."""

    lane: Lane
    received: int
    working: int
    failed: int
    oldest: datetime | None
