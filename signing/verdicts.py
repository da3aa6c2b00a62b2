"""What the verification of a PDF says: frozen records and the contract's JSON form of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

VIETNAM = timezone(timedelta(hours=7))
"""Vietnam keeps UTC+7 all year."""


class Verdict(StrEnum):
    """``valid``: every signature intact, only permitted changes since, chain trusted. ``untrusted``: as
    valid,
    but some chain is not trusted or expired. ``invalid``: any signature broken, forbidden or unclear changes,
    unclear coverage. ``unsigned``: no signature (empty fields and document time-stamps alone included)."""

    VALID = "valid"
    UNTRUSTED = "untrusted"
    INVALID = "invalid"
    UNSIGNED = "unsigned"


class Coverage(StrEnum):
    """How much of the file the signed bytes are."""

    WHOLE_FILE = "whole_file"
    WHOLE_REVISION = "whole_revision"
    PARTIAL = "partial"
    UNCLEAR = "unclear"


class Changes(StrEnum):
    """What was done to the file after signing."""

    NONE = "none"
    PERMITTED = "permitted"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature. ``signing_time`` is that of the trusted time-stamp where there is one, else what the
    signer claimed. ``level`` is ``B-B`` … ``B-LTA``, or ``CMS`` for a signature that is not PAdES.
    ``weak`` names algorithms that are no longer safe (``sha1``, ``rsa-1024``); ``problems`` are codes of
    ``docs/signing.md``."""

    field: str
    signer: str
    signing_time: datetime | None
    level: str
    intact: bool
    coverage: Coverage
    changes: Changes
    trusted: bool
    weak: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Nothing about the bytes is wrong."""
        covered = self.coverage in (Coverage.WHOLE_FILE, Coverage.WHOLE_REVISION)
        return self.intact and covered and self.changes is not Changes.FORBIDDEN


@dataclass(frozen=True, slots=True)
class TimestampReport:
    """One time-stamp: of a signature, or of the document (``document`` is True)."""

    time: datetime
    authority: str
    trusted: bool
    intact: bool = True
    document: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was found in one file. ``problems`` concern the file as a whole (``uncovered_tail``)."""

    signatures: tuple[SignatureReport, ...] = ()
    timestamps: tuple[TimestampReport, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """See :class:`Verdict`."""
        if not self.signatures:
            return Verdict.UNSIGNED
        stamps_whole = all(t.intact for t in self.timestamps)
        if self.problems or not stamps_whole or not all(s.whole for s in self.signatures):
            return Verdict.INVALID
        stamps_trusted = all(t.trusted for t in self.timestamps)
        if not stamps_trusted or not all(s.trusted for s in self.signatures):
            return Verdict.UNTRUSTED
        return Verdict.VALID

    def as_record(self) -> dict[str, Any]:
        """The JSON form. Times are ISO 8601 with Vietnam's offset."""
        return {
            "verdict": self.verdict.value,
            "signatures": [
                {
                    "field": s.field,
                    "signer": s.signer,
                    "signing_time": _iso(s.signing_time),
                    "level": s.level,
                    "intact": s.intact,
                    "coverage": s.coverage.value,
                    "changes": s.changes.value,
                    "trusted": s.trusted,
                    "weak": list(s.weak),
                    "problems": list(s.problems),
                }
                for s in self.signatures
            ],
            "timestamps": [
                {
                    "time": _iso(t.time),
                    "authority": t.authority,
                    "trusted": t.trusted,
                    "intact": t.intact,
                    "document": t.document,
                    "problems": list(t.problems),
                }
                for t in self.timestamps
            ],
            "problems": list(self.problems),
        }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(VIETNAM).isoformat(timespec="seconds")
