"""The JSON bodies of batches."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from pydantic import Field

from api.problems import Problem
from api.v1.bodies import Body, DossierCode, Reason, Sha256, reason
from storage.batches import BatchView, ItemStatus


class BatchFile(Body):
    """One file that the manifest names, and what became of it."""

    number: int = Field(ge=1)
    ma_ho_so: DossierCode
    file: str
    sha256: Sha256
    pages: int | None = Field(description="As announced.")
    status: ItemStatus = Field(
        description="`missing`, `reading`, `matched`, `pages_differ`, `failed` or `closed`."
    )
    pages_found: int | None
    reason: Reason | None
    href: str | None = Field(description="The intake, once it arrived.")


class Unexpected(Body):
    """A file that came with the batch and was not taken."""

    name: str
    sha256: Sha256 | None
    problem: Problem


class Receipt(Body):
    """What was announced, what arrived, what matches, what is missing. ``receipt_sha256`` is that of the
    canonical JSON (sorted names, no spaces, UTF-8) of ``id``, ``manifest_sha256`` and ``files`` without
    ``href`` and ``reason``: the same hash is the same outcome."""

    id: str
    manifest_sha256: Sha256
    sent_from: str
    sent_to: str
    sender: str
    received_at: datetime
    counts: dict[ItemStatus, int]
    complete: bool = Field(description="Every file arrived and was read with the announced pages.")
    files: list[BatchFile]
    unexpected: list[Unexpected] = Field(description="Of this request only.")
    receipt_sha256: Sha256
    href: str


def receipt(view: BatchView, unexpected: list[Unexpected] | None = None) -> Receipt:
    """The receipt of a batch as it stands now."""
    files = [
        BatchFile(
            number=one.announced.number,
            ma_ho_so=one.announced.ma_ho_so,
            file=one.announced.file,
            sha256=one.announced.sha256,
            pages=one.announced.pages,
            status=one.status,
            pages_found=one.pages_found,
            reason=reason(one.reason) if one.reason else None,
            href=f"/api/v1/intakes/{one.intake_id}" if one.intake_id else None,
        )
        for one in view.items
    ]
    counts = {status: sum(one.status is status for one in view.items) for status in ItemStatus}
    told = {
        "id": view.id,
        "manifest_sha256": view.manifest_sha256,
        "files": [one.model_dump(mode="json", exclude={"href", "reason"}) for one in files],
    }
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Receipt(
        id=view.id,
        manifest_sha256=view.manifest_sha256,
        sent_from=view.sent_from,
        sent_to=view.sent_to,
        sender=view.sender,
        received_at=view.received_at,
        counts=counts,
        complete=counts[ItemStatus.MATCHED] == len(files),
        files=files,
        unexpected=unexpected or [],
        receipt_sha256=hashlib.sha256(canonical).hexdigest(),
        href=f"/api/v1/batches/{view.id}",
    )
