"""The JSON bodies of the API, made from the views of :mod:`storage`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.problems import Problem, problem_of
from errors import MachineError, SenderError, SohoaError
from reasons import REASONS, Family
from storage import views

DossierCode = Annotated[str, Field(description="Mã hồ sơ.", examples=["H49.12-251124-0007"])]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Share = Annotated[float, Field(ge=0, le=1)]


class Body(BaseModel):
    """A body; unknown members are refused where one is sent."""

    model_config = ConfigDict(extra="forbid")


class Reason(Body):
    """A reason code with its sentences."""

    code: str = Field(examples=["invalid_field"])
    vietnamese: str = Field(examples=["Có trường thông tin không hợp lệ."])
    english: str = Field(examples=["a field does not pass its check"])


def reason(code: str, **values: object) -> Reason:
    """The reason of a code; one that the table does not know (any more) stands for itself."""
    row = REASONS.get(code)
    if row is None:
        return Reason(code=code, vietnamese=code, english=code)
    return Reason(code=code, vietnamese=row.in_vietnamese(**values), english=row.in_english(**values))


class PaperType(Body):
    """What kind of paper it is. ``read`` is what the classifier said, should a person have said otherwise."""

    code: str = Field(examples=["quyet_dinh"])
    label: str = Field(examples=["Quyết định"])
    confidence: Share = Field(examples=[0.98])
    read: str = Field(description="The code that was read.", examples=["quyet_dinh"])


class Document(Body):
    """One document in its dossier."""

    id: str = Field(examples=["01KB2Y3M7Q9C4X8T5N6P0R1S2V"])
    ma_ho_so: DossierCode
    intake_id: str
    position: int = Field(description="Which document of its file, from 1.", ge=1)
    source_name: str = Field(examples=["quyet-dinh.pdf"])
    source_pages: list[int] = Field(description="Page numbers in the file that was sent.", examples=[[1, 2]])
    pages: int = Field(ge=1)
    type: PaperType
    state: str = Field(description="`ready`, `to_check` or `confirmed`.", examples=["to_check"])
    version: int = Field(
        description="Counts the changes by people, from 1; the `ETag` of the document.", ge=1
    )
    verdict: str = Field(description="`auto`, `check` or `manual`.", examples=["check"])
    reasons: list[Reason] = Field(description="Why a person should look.")
    doubtful_fields: list[str] = Field(examples=[["ngay_ban_hanh"]])
    confidence: Share = Field(description="Mean confidence of the words.")
    pdf_sha256: Sha256
    pdf_size: int
    pdf_kept: bool = Field(description="The PDF is the sender's own signed file, byte for byte.")
    attached_at: datetime
    confirmed_at: datetime | None
    confirmed_by: str | None
    href: str = Field(examples=["/api/v1/documents/01KB2Y3M7Q9C4X8T5N6P0R1S2V"])


def document(view: views.DocumentView) -> Document:
    """A document's body."""
    return Document(
        id=view.id,
        ma_ho_so=view.ma_ho_so,
        intake_id=view.intake_id,
        position=view.position,
        source_name=view.source_name,
        source_pages=list(view.source_pages),
        pages=len(view.source_pages),
        type=PaperType(
            code=view.type_code, label=view.type_label, confidence=view.type_confidence, read=view.type_read
        ),
        state=view.state,
        version=view.version,
        verdict=view.verdict,
        reasons=[reason(code) for code in view.reasons],
        doubtful_fields=list(view.doubtful_fields),
        confidence=view.confidence,
        pdf_sha256=view.pdf_sha256,
        pdf_size=view.pdf_size,
        pdf_kept=view.pdf_kept,
        attached_at=view.attached_at,
        confirmed_at=view.confirmed_at,
        confirmed_by=view.confirmed_by,
        href=f"/api/v1/documents/{view.id}",
    )


class DocumentField(Body):
    """One field of a document: what counts, and what was read where a person has changed it."""

    name: str = Field(examples=["ngay_ban_hanh"])
    value: str = Field(examples=["2025-07-31"])
    read_value: str | None = Field(examples=["2025-07-31"])
    confidence: Share | None
    page: int | None = Field(description="Page within the document, from 1.")
    box: tuple[int, int, int, int] | None = Field(
        description="`[x, y, w, h]` in pixels of the upright page, origin top left.",
        examples=[[410, 520, 380, 44]],
    )
    valid: bool
    problems: list[Reason]
    source: str = Field(description="`print`, `qr`, `mrz`, `handwriting` or `person`.", examples=["print"])
    corrected_by: str | None
    corrected_at: datetime | None


def document_field(view: views.FieldView) -> DocumentField:
    """A field's body."""
    return DocumentField(
        name=view.name,
        value=view.value,
        read_value=view.read_value,
        confidence=view.confidence,
        page=view.page,
        box=view.box,
        valid=view.valid,
        problems=[reason(code) for code in view.problems],
        source=view.source,
        corrected_by=view.corrected_by,
        corrected_at=view.corrected_at,
    )


class DocumentDetail(Document):
    """A document with its fields and the record of how it was read (``docs/document.schema.json``)."""

    fields: list[DocumentField]
    record: dict[str, Any] = Field(description="As read: schema 1 of `docs/document.schema.json`.")


class RefusedPage(Body):
    """A page of which not even the picture could be had."""

    number: int = Field(description="Page in the file that was sent.", examples=[2])
    reason: Reason


class Intake(Body):
    """One file that was sent, and how far its digitization has come."""

    id: str = Field(examples=["01KB2Y3M7Q9C4X8T5N6P0R1S2V"])
    ma_ho_so: DossierCode
    name: str = Field(examples=["quyet-dinh.pdf"])
    sha256: Sha256
    size: int = Field(description="Bytes.", examples=[183204])
    media_type: str | None = Field(examples=["application/pdf"])
    channel: str = Field(examples=["counter"])
    sender: str
    received_at: datetime
    finished_at: datetime | None
    state: str = Field(
        description="`received`, `working`, `attached`, `failed` (a person must decide) or `closed`.",
        examples=["working"],
    )
    attempts: int
    pages_done: int = Field(examples=[2])
    pages_total: int | None = Field(description="Null until the file was opened.", examples=[5])
    problem: Problem | None = Field(description="Why it failed, or why the last attempt broke off.")
    warnings: list[Reason]
    documents: list[Document]
    separators: list[int] = Field(description="Pages that only part documents.")
    refused_pages: list[int] = Field(description="Pages of which not even the picture could be had.")
    refusals: list[RefusedPage]
    href: str


def intake(
    view: views.IntakeView,
    documents: Sequence[views.DocumentView] = (),
    loose: Sequence[views.PageView] = (),
) -> Intake:
    """An intake's body."""
    refused = [page for page in loose if page.refusal is not None]
    return Intake(
        id=view.id,
        ma_ho_so=view.ma_ho_so,
        name=view.name,
        sha256=view.sha256,
        size=view.size,
        media_type=view.media_type,
        channel=view.channel,
        sender=view.sender,
        received_at=view.received_at,
        finished_at=view.finished_at,
        state=view.state,
        attempts=view.attempts,
        pages_done=view.pages_done,
        pages_total=view.pages_total,
        problem=problem_of(intake_error(view)) if view.reason else None,
        warnings=[reason(code) for code in view.warnings],
        documents=[document(one) for one in documents],
        separators=[page.number for page in loose if page.refusal is None],
        refused_pages=[page.number for page in refused],
        refusals=[
            RefusedPage(
                number=page.number,
                reason=reason(page.refusal or "", **{"page": page.number, **page.refusal_values}),
            )
            for page in refused
        ],
        href=f"/api/v1/intakes/{view.id}",
    )


def intake_error(view: views.IntakeView) -> SohoaError:
    """The error that ended (or broke off) an intake, as it was raised then."""
    code = view.reason if view.reason in REASONS else "internal"
    machines = REASONS[code or "internal"].family is Family.MACHINE
    return (MachineError if machines else SenderError)(code or "internal", **dict(view.reason_values))


class SentFile(Body):
    """What became of one file of a request. Without ``id`` it was not kept, and ``problem`` says why."""

    name: str = Field(description="The file's name, made safe to show.", examples=["quyet-dinh.pdf"])
    id: str | None = Field(description="The intake.", examples=["01KB2Y3M7Q9C4X8T5N6P0R1S2V"])
    sha256: Sha256 | None
    size: int = Field(description="Bytes that were sent.")
    state: str | None
    created: bool = Field(description="True: this request made the intake.")
    duplicate: bool = Field(
        description="True: the dossier holds these bytes already, and this is the first record."
    )
    href: str | None
    problem: Problem | None


class Sent(Body):
    """The answer to a request that sent files, one entry a file, in the order sent."""

    ma_ho_so: DossierCode
    files: list[SentFile]


class Dossier(Body):
    """One dossier. Three places are kept apart: the one that helped, the one that received, the agency that
    decides (phi địa giới)."""

    ma_ho_so: DossierCode
    noi_ho_tro: str | None = Field(examples=["Bưu điện Hà Lầm"])
    noi_tiep_nhan: str | None = Field(examples=["Trung tâm PVHCC phường Hồng Gai"])
    co_quan_giai_quyet: str | None = Field(examples=["H49.12"])
    opened_at: datetime
    opened_by: str
    documents: list[Document]
    intakes: list[Intake]
    href: str


class Documents(Body):
    """Part of a list of documents. ``next`` goes back in as ``after``."""

    items: list[Document]
    next: str | None


class Intakes(Body):
    """Part of a list of intakes. ``next`` goes back in as ``after``."""

    items: list[Intake]
    next: str | None


class Correction(Body):
    """A person's value of a field."""

    value: str = Field(max_length=2000, description="NFC is made of it.", examples=["2025-07-31"])


class TypeCorrection(Body):
    """A person's word on what kind of paper it is."""

    code: str = Field(max_length=60, description="A document type code.", examples=["cong_van"])


class PageWord(Body):
    """A word of a page, its box in pixels of the upright page."""

    text: str = Field(examples=["ỦY"])
    box: tuple[int, int, int, int]
    confidence: Share


class PageDetail(Body):
    """One page of a document, with its words."""

    number: int = Field(description="Page within the document, from 1.")
    source_number: int = Field(description="Page in the file that was sent.")
    width: int
    height: int
    dpi: float
    rotation: int = Field(description="Clockwise quarter turn that was applied.", examples=[0, 90, 180, 270])
    skew: float = Field(description="Degrees that were removed.")
    blank: bool
    confidence: Share
    failure: Reason | None = Field(description="Why the page's text could not be read.")
    text: str
    words: list[PageWord]


class InspectedPage(Body):
    """A page as the look before sending saw it."""

    number: int = Field(ge=1)
    faults: list[Reason] = Field(description="Why it should be scanned again; empty: good enough.")
    picture: str = Field(description="A small JPEG, base64; empty where the page cannot be had.")


class Inspection(Body):
    """What a look at a file told."""

    name: str = Field(examples=["to-khai.pdf"])
    pages_total: int = Field(ge=1)
    pages: list[InspectedPage] = Field(description="Those that were looked at.")


class FoundCodes(Body):
    """What a photographed receipt told."""

    codes: list[str] = Field(
        description="Dossier codes in its marks, each once.", examples=[["H49.12-251124-0007"]]
    )


class Health(Body):
    """Alive."""

    status: str = Field(examples=["ok"])
