"""Who signed a PDF, when, over which bytes, to which level, trusted or not, and what changed since.

A matching digest is not a valid signature: coverage of the bytes and the difference to the signed revision
are judged by pyHanko's analysis. Trust in the past follows the time-stamps from the last to the first: each
is judged at the time that the next later one proves, and the signature at the time that its own proves.
"""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    KeyUsageConstraints,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms

from errors import SenderError
from signing.findings import COVERAGE, byte_problems, changes_of, trust_problems, weak_parts
from signing.trust import name_of
from signing.verdicts import Changes, Coverage, SignatureReport, TimestampReport, Verification

_MAYBE_STALE = (("revocation_unknown",), ("untrusted_chain",))
_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})


def verify(pdf: bytes, roots: tuple[x509.Certificate, ...], now: datetime) -> Verification:
    """Judge every signature and time-stamp of a PDF.

    ``roots`` are the trusted root certificates; nothing is fetched from outside, so revocation is known as
    far as the file carries it. ``now`` (with a zone) is when trust is asked for.

    Raises:
        SenderError: ``damaged`` or ``password`` when the PDF cannot be read at all.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        embedded = list(reader.embedded_signatures)
    except (PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError):
        reader, embedded = _read_leniently(pdf)
    if not embedded:
        return Verification()
    problems = ("uncovered_tail",) if _has_tail(pdf) else ()
    judge = _Judge(reader, roots, now)
    # Later revisions first: a document time-stamp proves when what lies before it existed.
    for one in sorted(embedded, key=lambda e: e.signed_revision, reverse=True):
        if one.sig_object_type == "/DocTimeStamp":
            judge.judge_timestamp(one)
        else:
            judge.judge_signature(one)
    return Verification(tuple(reversed(judge.signatures)), tuple(reversed(judge.timestamps)), problems)


def _read_leniently(pdf: bytes) -> tuple[PdfFileReader, list[EmbeddedPdfSignature]]:
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        if reader.encrypted:
            raise SenderError("password")
        return reader, list(reader.embedded_signatures)
    except SenderError:
        raise
    except Exception:  # the parser meets hostile files with whatever error comes first
        raise SenderError("damaged") from None


def _has_tail(pdf: bytes) -> bool:
    """Bytes after the last end-of-file mark that are not white space belong to no revision."""
    end = pdf.rfind(b"%%EOF")
    return end < 0 or bool(pdf[end + 5 :].strip(b"\r\n\t \0"))


class _Judge:
    def __init__(self, reader: PdfFileReader, roots: tuple[x509.Certificate, ...], now: datetime) -> None:
        self.signatures: list[SignatureReport] = []
        self.timestamps: list[TimestampReport] = []
        self._roots = list(roots)
        self._proven = now.astimezone(UTC)  # what is judged next existed at this time
        self._now = self._proven
        self._reader = reader
        self._last_stamped_revision = -1
        self._last_archived_revision = -1
        try:
            self._dss: DocumentSecurityStore | None = DocumentSecurityStore.read_dss(reader)
        except NoDSSFoundError:
            self._dss = None

    def judge_timestamp(self, one: EmbeddedPdfSignature) -> None:
        """A document time-stamp."""
        try:
            status = _run(async_validate_pdf_timestamp(one, self._context(self._proven)))
            # Old answers show as unknown revocation, or, inside another's path, as no path at all.
            stale = status.intact and status.valid and trust_problems(status) in _MAYBE_STALE
            if stale and self._was_good(one, status.timestamp):
                status = _run(async_validate_pdf_timestamp(one, self._context(self._proven, answers=False)))
        except (SignatureValidationError, PdfError, ValueError):
            self.timestamps.append(TimestampReport(self._proven, "", False, False, True, ("unreadable",)))
            return
        coverage = COVERAGE[status.coverage]
        intact = status.intact and status.valid and coverage in (Coverage.WHOLE_FILE, Coverage.WHOLE_REVISION)
        intact = intact and changes_of(status) is not Changes.FORBIDDEN
        trusted = intact and status.trusted
        self.timestamps.append(
            TimestampReport(
                status.timestamp, name_of(status.signing_cert), trusted, intact, True, trust_problems(status)
            )
        )
        if trusted:
            self._proven = min(self._proven, status.timestamp)
            self._last_stamped_revision = max(self._last_stamped_revision, one.signed_revision)
            if self._has_answers(one.signed_revision):
                self._last_archived_revision = max(self._last_archived_revision, one.signed_revision)

    def _has_answers(self, revision: int) -> bool:
        """Whether validation data lay in the file at this revision: a document time-stamp that came before
        them does not archive them."""
        try:
            store = DocumentSecurityStore.read_dss(self._reader.get_historical_resolver(revision))
        except (NoDSSFoundError, PdfError, ValueError):
            return False
        return bool(store.ocsps or store.crls)

    def _was_good(self, one: EmbeddedPdfSignature, moment: datetime) -> bool:
        """Whether the answers in the file speak for the authority at the time of its stamp. Answers age;
        nothing newer is fetched, so an old good answer counts like none, and a bad one still counts."""
        status: Any = _run(async_validate_pdf_timestamp(one, self._context(moment)))
        return bool(status.trusted)

    def judge_signature(self, one: EmbeddedPdfSignature) -> None:
        """A signature, with its own time-stamp if it has one."""
        try:
            status = _run(self._validate(one, self._proven))
            stamp = status.timestamp_validity
            proven = self._proven
            if stamp is not None:
                self._report_stamp(stamp)
                if stamp.valid and stamp.intact and stamp.trusted:
                    proven = min(proven, stamp.timestamp)
            if proven < self._now:
                status = _run(self._validate(one, proven))
        except (SignatureValidationError, PdfError, ValueError, NotImplementedError):
            self.signatures.append(_unreadable(one))
            return
        timed = proven < self._now
        problems = [*trust_problems(status), *byte_problems(status)]
        trusted = status.trusted
        if stamp is not None and not (stamp.intact and stamp.valid):
            problems.append("timestamp_broken")
            trusted = False
        elif stamp is not None and not stamp.trusted:
            problems.append("timestamp_untrusted")
        self.signatures.append(
            SignatureReport(
                field=one.field_name,
                signer=name_of(status.signing_cert),
                signing_time=proven if timed else status.signer_reported_dt,
                level=self._level(one, has_stamp=stamp is not None, proven=proven),
                intact=status.intact and status.valid,
                coverage=COVERAGE[status.coverage],
                changes=changes_of(status),
                trusted=trusted,
                weak=weak_parts(one),
                problems=tuple(dict.fromkeys(problems)),
            )
        )

    def _report_stamp(self, stamp: Any) -> None:
        intact = stamp.intact and stamp.valid
        problems = trust_problems(stamp)
        authority = name_of(stamp.signing_cert)
        trusted = intact and stamp.trusted
        self.timestamps.append(TimestampReport(stamp.timestamp, authority, trusted, intact, False, problems))

    async def _validate(self, one: EmbeddedPdfSignature, moment: datetime) -> Any:
        return await async_validate_pdf_signature(
            one,
            signer_validation_context=self._context(moment),
            ts_validation_context=self._context(self._proven),
            key_usage_settings=_USAGE,
            algorithm_policy=None,
        )

    def _context(
        self, moment: datetime, revocation: str = "soft-fail", *, answers: bool = True
    ) -> ValidationContext:
        options: dict[str, Any] = {
            "trust_roots": self._roots,
            "moment": moment,
            "allow_fetching": False,
            "revocation_mode": revocation,
            # Answers in the file were fetched after signing; what counts is a revocation before it.
            "retroactive_revinfo": True,
            # Old algorithms are told as weak, not as broken.
            "algorithm_usage_policy": AcceptAllAlgorithms(),
        }
        if self._dss is None:
            return ValidationContext(**options)
        if not answers:
            return ValidationContext(other_certs=list(self._dss.load_certs()), **options)
        return self._dss.as_validation_context(options)

    def _level(self, one: EmbeddedPdfSignature, *, has_stamp: bool, proven: datetime) -> str:
        """The PAdES baseline level (ETSI EN 319 142-1) that the file's contents reach."""
        if one.sig_object.get("/SubFilter") != "/ETSI.CAdES.detached":
            return "CMS"
        archived = self._last_archived_revision > one.signed_revision
        if not has_stamp and self._last_stamped_revision <= one.signed_revision:
            return "B-B"
        if not self._has_validation_data(one, proven):
            return "B-T"
        return "B-LTA" if archived else "B-LT"

    def _has_validation_data(self, one: EmbeddedPdfSignature, proven: datetime) -> bool:
        """Whether the file itself carries a certificate path and the revocation answers that its
        certificates call for."""
        if self._dss is None or not (self._dss.ocsps or self._dss.crls):
            return False
        context = self._context(proven, "hard-fail")
        validator = CertificateValidator(
            one.signer_cert, one.other_embedded_certs, validation_context=context
        )
        try:
            _run(validator.async_validate_path())
        except (PathError, ValidationError):
            return False
        return True


def _run(work: Any) -> Any:
    return asyncio.run(work)


def _unreadable(one: EmbeddedPdfSignature) -> SignatureReport:
    return SignatureReport(
        field=one.field_name,
        signer=name_of(one.signer_cert),
        signing_time=None,
        level="CMS",
        intact=False,
        coverage=Coverage.UNCLEAR,
        changes=Changes.FORBIDDEN,
        trusted=False,
        problems=("unreadable",),
    )
