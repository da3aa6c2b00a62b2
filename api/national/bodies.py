"""The JSON body of a document under its DocCode."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from pydantic import Field

from api.national import formats, metadata
from api.v1.bodies import Body, DossierCode, Sha256
from storage.national import NationalView

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "tif": "image/tiff",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}


class NationalDocument(Body):
    """One version of a document under its DocCode."""

    doc_code: str = Field(examples=["G06.01_CV_000021_V1"])
    version: str = Field(examples=["V1"])
    newest: str = Field(description="The code of the newest version.", examples=["G06.01_CV_000021_V1"])
    versions: list[str] = Field(examples=[["G06.01_CV_000021_V1"]])
    metadata: metadata.Metadata
    file_name: str = Field(examples=["G06.01_CV_000021_V1_20250202_SohoaTailieu.pdf"])
    media_type: str = Field(examples=["application/pdf"])
    sha256: Sha256
    size: int = Field(description="Bytes.", ge=0)
    ma_ho_so: DossierCode
    intake_id: str = Field(description="The file as it came in, and how far its digitization is.")
    document_id: str | None = Field(description="The digitized document, if it was registered as one.")
    added_at: datetime
    added_by: str
    href: str
    download: str


def national_document(view: NationalView, date_form: str) -> NationalDocument:
    """The body of a version."""
    code, content = view.code, view.content
    told = metadata.shown(content.described, str(code), date_form)
    return NationalDocument(
        doc_code=str(code),
        version=f"V{code.version}",
        newest=str(code.of_version(view.newest)),
        versions=[str(code.of_version(number)) for number in range(1, view.newest + 1)],
        # Already checked; a date may be written in another order than the check knows.
        metadata=metadata.Metadata.model_construct(**told),
        file_name=stored_name(view),
        media_type=MEDIA_TYPES[content.ending],
        sha256=content.sha256,
        size=content.size,
        ma_ho_so=content.ma_ho_so,
        intake_id=content.intake_id,
        document_id=content.document_id,
        added_at=view.added_at,
        added_by=view.added_by,
        href=f"/api/v1/documents/{quote(str(code))}",
        download=f"/api/v1/documents/download/{quote(str(code))}",
    )


def stored_name(view: NationalView) -> str:
    """The file's name by the rule."""
    content = view.content
    return formats.file_name(str(view.code), view.added_at, content.described["Subject"], content.ending)
