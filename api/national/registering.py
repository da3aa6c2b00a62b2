"""What is sent becomes a version: the file through the same acceptance as every scan, its metadata checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.national import formats, metadata
from api.receiving import Parked, Upload
from api.service import Service
from classifiers.catalogue import catalogue
from errors import SenderError
from storage import dossiers
from storage.accepting import Arrival, accept_file
from storage.doc_code import KINDS, OTHER_KIND, DocCode, read_doc_code
from storage.dossier_code import check_dossier_code, deciding_agency
from storage.national import Content, NationalView, add_version, get_version, register
from storage.refusals import ConflictError
from storage.states import Channel, DocumentState
from storage.views import DocumentDetail

_FROM_FIELDS = {"IssuedDate": "ngay_ban_hanh", "OrganName": "co_quan_ban_hanh", "Subject": "trich_yeu"}
_HEAD = 1024


@dataclasses.dataclass(slots=True)
class Sent:
    """A request: metadata as sent (None: not sent), a file, the dossier, or a digitized document."""

    described: dict[str, Any] | None
    file: Parked | None
    ma_ho_so: str = ""
    document_id: str = ""


def read_upload(upload: Upload, most_bytes: int) -> Sent:
    """The parts of a form: ``metadata`` (a field or a file), ``file``, ``ma_ho_so``, ``document_id``.

    Raises:
        SenderError: ``bad_metadata``, ``file_too_large``, ``too_many_files``, ``invalid_request``.
    """
    told = upload.fields.get("metadata")
    raw = told.encode() if told is not None else None
    files = []
    for parked in upload.files:
        if parked.too_large:
            raise SenderError("file_too_large", limit=f"{most_bytes / 1e6:.0f} MB")
        if parked.part == "metadata":
            raw = parked.path.open("rb").read(formats.MOST_BYTES + 1)
        elif parked.part == "file":
            files.append(parked)
        else:
            raise SenderError("invalid_request", where=parked.part[:60], why="metadata, file")
    if len(files) > 1:
        raise SenderError("too_many_files", limit=1)
    return Sent(
        formats.read_metadata(raw) if raw is not None else None,
        files[0] if files else None,
        upload.fields.get("ma_ho_so", "").strip(),
        upload.fields.get("document_id", "").strip(),
    )


def import_document(service: Service, sent: Sent, by: str) -> tuple[NationalView, bool]:
    """Register what was sent as version 1, and say whether it is new.

    Raises:
        SenderError: what does not fit.
        MachineError: nothing was registered.
    """
    if sent.document_id:
        return _register_digitized(service, sent, by)
    described = _checked(service, sent.described or {})
    if sent.file is None:
        raise SenderError("no_files")
    ma_ho_so = sent.ma_ho_so or described.get("FileCode", {}).get("FileNotation", "")
    check_dossier_code(ma_ho_so, service.database.clock().date())
    wanted = _wanted(described.pop("DocCode", None), ma_ho_so, _kind_of_name(described["TypeName"]))
    if isinstance(wanted, DocCode):
        _see_that_it_is_free(service, wanted, sent.file.sha256)
    content = _accepted(service, sent.file, ma_ho_so, described, by)
    return register(service.database, wanted, content, by=by)


def change_document(service: Service, seen: DocCode, sent: Sent, by: str) -> tuple[NationalView, bool]:
    """Make the version after ``seen`` of what was sent: new metadata, a new file, or both. What is not sent
    stays as it was.

    Raises:
        SenderError: what does not fit.
        MachineError: nothing was changed.
    """
    known = get_version(service.database, seen)
    if sent.described is None and sent.file is None:
        raise SenderError("bad_metadata", field="metadata", why="bắt buộc phải có", reason="nothing was sent")
    content = known.content
    if sent.described is not None:
        described = _checked(service, sent.described)
        own = (None, str(seen), str(seen.of_version(seen.version + 1)))
        if described.pop("DocCode", None) not in own:
            raise SenderError(
                "bad_metadata", field="DocCode", why="khác với mã trong địa chỉ", reason="not the address's"
            )
        content = dataclasses.replace(content, described=described)
    if sent.file is not None:
        if not known.is_newest and known.newest > seen.version + 1:
            raise ConflictError("newer_version", doc_code=str(seen.of_version(known.newest)))
        content = _accepted(service, sent.file, content.ma_ho_so, dict(content.described), by)
    return add_version(service.database, seen, content, by=by)


def _register_digitized(service: Service, sent: Sent, by: str) -> tuple[NationalView, bool]:
    detail = dossiers.get_document(service.database, sent.document_id)
    view = detail.document
    if view.state is DocumentState.TO_CHECK:
        raise ConflictError("unchecked_document")
    described = _checked(service, {**_read_from(service, detail), **(sent.described or {})})
    kind = KINDS.get(view.type_code, OTHER_KIND)
    wanted = _wanted(described.pop("DocCode", None), view.ma_ho_so, kind)
    content = Content(
        ma_ho_so=view.ma_ho_so,
        intake_id=view.intake_id,
        document_id=view.id,
        sha256=view.pdf_sha256,
        size=view.pdf_size,
        ending="pdf",
        described=described,
    )
    return register(service.database, wanted, content, by=by)


def _read_from(service: Service, detail: DocumentDetail) -> dict[str, Any]:
    """What the fields of a checked document tell; nothing is filled in that they do not."""
    values = {field.name: field.value for field in detail.fields if field.value and field.valid}
    number, _, notation = values.get("so_ky_hieu", "").partition("/")
    told: dict[str, Any] = {
        "TypeName": detail.document.type_label,
        "CodeNumber": number,
        "CodeNotation": notation,
        "PageAmount": len(detail.document.source_pages),
        "SignerInfo": {
            name: values[field]
            for name, field in (("Position", "chuc_vu_nguoi_ky"), ("FullName", "nguoi_ky"))
            if field in values
        },
        **{name: values.get(field, "") for name, field in _FROM_FIELDS.items()},
    }
    if service.settings.issued_date_form != metadata.ISO:
        told["IssuedDate"] = metadata.swapped(told["IssuedDate"])
    return {name: value for name, value in told.items() if value}


def _checked(service: Service, described: Mapping[str, Any]) -> dict[str, Any]:
    return metadata.checked(described, service.settings.issued_date_form)


def _wanted(doc_code: str | None, ma_ho_so: str, kind: str) -> DocCode | tuple[str, str]:
    if doc_code is None:
        return deciding_agency(ma_ho_so), kind
    code = read_doc_code(doc_code)
    if code.version != 1:
        raise SenderError("bad_doc_code", value=doc_code)
    return code


def _kind_of_name(type_name: str) -> str:
    wanted = type_name.casefold()
    codes = [paper.code for paper in catalogue().values() if paper.label.casefold() == wanted]
    return KINDS.get(codes[0], OTHER_KIND) if codes else OTHER_KIND


def _see_that_it_is_free(service: Service, code: DocCode, sha256: str) -> None:
    """Known before a byte is accepted; the database decides in the end."""
    try:
        known = get_version(service.database, code)
    except SenderError:
        return
    if known.content.sha256 != sha256:
        raise ConflictError("doc_code_taken", doc_code=str(code))


def _accepted(service: Service, file: Parked, ma_ho_so: str, described: dict[str, Any], by: str) -> Content:
    ending = _ending(file.path)
    arrival = Arrival(ma_ho_so=ma_ho_so, name=file.name, sender=by, channel=Channel.BATCH)
    intake, created = accept_file(
        service.database, service.objects, arrival, file.path, sha256=file.sha256, size=file.size
    )
    if created:
        service.queue.send(intake)
    return Content(
        ma_ho_so=ma_ho_so,
        intake_id=intake.id,
        document_id=None,
        sha256=file.sha256,
        size=file.size,
        ending=ending,
        described=described,
    )


def _ending(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise SenderError("empty_file")
    return formats.ending_of(head)
