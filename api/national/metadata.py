"""The metadata of a document, by their national names and with their greatest lengths.

The first fifteen are those of the guidance of 11/2025 (Bộ KH&CN), seven of them mandatory; the others are
those of a document in NĐ 30/2020 Phụ lục VI. Where both name a field, the guidance's length counts. OrganId has
13 characters in the decree, but QĐ 20/2020 allows 35.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from errors import SenderError

_UNFIT = {"Cc", "Cf", "Cs", "Co", "Cn"}
ISO = "YYYY-MM-DD"


def one_line(value: str) -> str:
    """NFC, single spaces; controls and what has no letter are refused."""
    line = " ".join(unicodedata.normalize("NFC", value).split())
    if any(unicodedata.category(letter) in _UNFIT for letter in line):
        raise PydanticCustomError("letters", "control characters")
    return line


def real_date(value: str) -> str:
    """A date that exists, ``YYYY-MM-DD``."""
    try:
        if len(value) == 10:
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise PydanticCustomError("date", "not a date")


def _line(most: int, least: int = 0) -> Any:
    return Field(min_length=least, max_length=most)


_Line = AfterValidator(one_line)
Line10 = Annotated[str, _line(10), _Line]
Line11 = Annotated[str, _line(11, 1), _Line]
Line20 = Annotated[str, _line(20), _Line]
Line30 = Annotated[str, _line(30), _Line]
Line35 = Annotated[str, _line(35), _Line]
Line50 = Annotated[str, _line(50), _Line]
Line100 = Annotated[str, _line(100), _Line]
Line200 = Annotated[str, _line(200), _Line]
Line500 = Annotated[str, _line(500), _Line]
Line1000 = Annotated[str, _line(1000), _Line]
Day = Annotated[str, Field(json_schema_extra={"format": "date"}), AfterValidator(real_date)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FileCodeParts(_Strict):
    """The dossier that the document lies in (mã hồ sơ)."""

    OrganId: Line35 | None = Field(None, examples=["H49.12"])
    FileCatalog: int | None = Field(None, ge=1900, le=9999, description="The year.", examples=[2025])
    FileNotation: Line20 | None = Field(None, examples=["H49.12-251124-0007"])


class Signer(_Strict):
    """Who signed."""

    Position: Line100 | None = Field(None, examples=["Giám đốc"])
    FullName: Line50 | None = Field(None, examples=["Trần Văn Mẫu"])


class Receiver(_Strict):
    """Whom it is addressed to."""

    OrganId: Line35 | None = Field(None, examples=["H49.13"])
    OrganName: Line200 | None = Field(None, examples=["Sở Tài chính"])


class Metadata(_Strict):
    """What is told of a document. Dates are written as the service is set (``IssuedDate``: YYYY-MM-DD)."""

    DocCode: Line30 | None = Field(
        None, description="Without it the next free number is given.", examples=["G06.01_CV_000021_V1"]
    )
    TypeName: Line100 = Field(examples=["Công văn"])
    CodeNumber: Line11 = Field(examples=["15"])
    CodeNotation: Line30 = Field(examples=["SXD-QLXD"])
    IssuedDate: Day = Field(examples=["2025-09-05"])
    OrganName: Line200 = Field(examples=["Sở Xây dựng"])
    Subject: Line500 = Field(examples=["V/v số hoá tài liệu"])
    Language: Line100 | None = Field(None, examples=["Tiếng Việt"])
    PageAmount: int | None = Field(None, ge=1, le=9999)
    Description: Line500 | None = None
    InforSign: Line30 | None = None
    Keyword: Line100 | None = None
    Mode: Line20 | None = None
    ConfidenceLevel: Line30 | None = None
    Format: Line50 | None = None
    FileCode: FileCodeParts | None = None
    DocOrdinal: int | None = Field(None, ge=1, le=999)
    SignerInfo: Signer | None = None
    To: list[Receiver] | None = Field(None, max_length=200)
    Priority: int | None = Field(None, ge=0, le=9)
    IssuedAmount: int | None = Field(None, ge=0, le=999)
    DueDate: Day | None = None
    ArrivalDate: Day | None = None
    ArrivalNumber: Line10 | None = None
    ToPlaces: Line1000 | None = None


MANDATORY = tuple(name for name, field in Metadata.model_fields.items() if field.is_required())


def checked(given: Mapping[str, Any], date_form: str = ISO) -> dict[str, Any]:
    """The metadata as they are kept: checked, empty fields left out, dates in ISO 8601. ``date_form`` is how
    ``given`` writes IssuedDate.

    Raises:
        SenderError: ``bad_metadata``, with the first field that does not fit.
    """
    told = {name: value for name, value in given.items() if value not in (None, "")}
    if date_form != ISO and isinstance(told.get("IssuedDate"), str):
        told["IssuedDate"] = swapped(told["IssuedDate"])
    try:
        return Metadata.model_validate(told).model_dump(exclude_none=True)
    except ValidationError as error:
        raise _told(error, date_form) from None


def shown(described: Mapping[str, Any], doc_code: str, date_form: str = ISO) -> dict[str, Any]:
    """The kept metadata as they are given out, in the order of the table, DocCode first."""
    told = {**described, "DocCode": doc_code}
    if date_form != ISO:
        told["IssuedDate"] = swapped(told["IssuedDate"])
    return {name: told[name] for name in Metadata.model_fields if name in told}


def swapped(day: str) -> str:
    """``2025-31-07`` for ``2025-07-31`` and back; what is not three parts stays."""
    parts = day.split("-")
    return "-".join((parts[0], parts[2], parts[1])) if len(parts) == 3 else day


def _told(error: ValidationError, date_form: str) -> SenderError:
    first = error.errors()[0]
    why = {
        "missing": "bắt buộc phải có",
        "extra_forbidden": "không có trường này",
        "string_too_long": f"tối đa {first.get('ctx', {}).get('max_length')} ký tự",
        "too_long": f"tối đa {first.get('ctx', {}).get('max_length')} mục",
        "date": f"ngày phải có thật, viết theo dạng {date_form if first['loc'][0] == 'IssuedDate' else ISO}",
        "letters": "có ký tự điều khiển",
    }.get(first["type"], "giá trị không hợp lệ")
    where = ".".join(str(part) for part in first["loc"])[:100]
    return SenderError("bad_metadata", field=where, why=why, reason=first["msg"])
