"""Raise the level of a signed file later, and renew its archive time-stamp before that lapses.

A file is only added to: a document time-stamp where a signature has no time of its own, the certificates and
revocation answers of everything in the file that is still good, a document time-stamp over all that.
"""

from __future__ import annotations

import asyncio
import io
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation import DocumentSecurityStore, EmbeddedPdfSignature
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import InsufficientRevinfoError, PathError, ValidationError

from errors import MachineError, SenderError
from signing.admission import Revocation, trust_context
from signing.sealing import Level
from signing.trust import name_of

_STAMP = "/DocTimeStamp"
_DIGEST = "sha256"


def raise_level(
    pdf: bytes,
    level: Level,
    roots: tuple[x509.Certificate, ...],
    *,
    time_stamper: TimeStamper,
    answer_seconds: float = 10.0,
) -> bytes:
    """The file with all its signatures at ``level`` at least (B-T, B-LT or B-LTA). Where it is already, only
    B-LTA adds anything: another archive time-stamp.

    Raises:
        SenderError: ``nothing_signed``, ``damaged``, ``password``, ``needs_roots``;
            ``certificate_refused``: a certificate in the file is no longer good, so the level is out of reach.
        MachineError: ``timestamp_failed``, ``revocation_unknown``.
    """
    if level.needs_answers and not roots:
        raise SenderError("needs_roots", level=level.value)
    context = trust_context(roots, Revocation.REQUIRE, seconds=answer_seconds)
    return asyncio.run(_raise(pdf, level, context, time_stamper))


async def _raise(
    pdf: bytes, level: Level, context: ValidationContext | None, time_stamper: TimeStamper
) -> bytes:
    try:
        parts = _parts(pdf)
        signers = [one for one in parts if one.sig_object_type != _STAMP]
        if not signers:
            raise SenderError("nothing_signed")
        last_stamp = max((one.signed_revision for one in parts if one.sig_object_type == _STAMP), default=-1)
        timeless = [s for s in signers if _token(s) is None and s.signed_revision > last_stamp]
        if level.needs_time and timeless:
            pdf = await _stamped(pdf, None, time_stamper)
        if level.needs_answers:
            # What a later archive time-stamp covers has its answers already, and may be out of term by now.
            fresh = [one for one in _parts(pdf) if one.signed_revision >= last_stamp]
            pdf = await _answered(pdf, fresh, context)
        if level is Level.B_LTA:
            pdf = await _stamped(pdf, context, time_stamper)
        return pdf
    finally:
        if context is not None:
            await context.aclose()


def archive_ends(pdf: bytes) -> datetime | None:
    """Until when the last document time-stamp can be checked: the end of its authority's certificate. None
    where there is no document time-stamp.

    Raises:
        SenderError: ``damaged``, ``password``.
    """
    stamps = [one for one in _parts(pdf) if one.sig_object_type == _STAMP]
    if not stamps:
        return None
    last = max(stamps, key=lambda one: one.signed_revision)
    ends: datetime = last.signer_cert["tbs_certificate"]["validity"]["not_after"].native
    return ends


def _parts(pdf: bytes) -> list[EmbeddedPdfSignature]:
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        if reader.encrypted:
            raise SenderError("password")
        return list(reader.embedded_signatures)
    except SenderError:
        raise
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SenderError("damaged") from None


def _token(one: EmbeddedPdfSignature) -> cms.SignedData | None:
    """The signature's own time-stamp."""
    attributes = one.signer_info["unsigned_attrs"]
    if isinstance(attributes, core.Void):
        return None
    for attribute in attributes:
        if attribute["type"].native == "signature_time_stamp_token":
            token: cms.SignedData = attribute["values"][0]["content"]
            return token
    return None


async def _stamped(pdf: bytes, context: ValidationContext | None, time_stamper: TimeStamper) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    settings = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
    try:
        done: Any = await PdfTimeStamper(time_stamper).async_timestamp_pdf(
            writer, _DIGEST, validation_context=context, dss_settings=settings
        )
    except (TimestampRequestError, OSError):
        raise MachineError("timestamp_failed") from None
    except (SigningError, ValidationError, PathError):
        raise SenderError("certificate_refused", holder="TSA") from None
    return bytes(done.getvalue())


async def _answered(
    pdf: bytes, parts: list[EmbeddedPdfSignature], context: ValidationContext | None
) -> bytes:
    assert context is not None
    paths = []
    for one in parts:
        chains = [(one.signer_cert, one.other_embedded_certs)]
        token = _token(one)
        if token is not None:
            chains.append(_stamper_chain(token))
        for certificate, others in chains:
            paths.append(await _path(certificate, list(others), context))
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    DocumentSecurityStore.supply_dss_in_writer(writer, None, paths=paths, validation_context=context)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


async def _path(certificate: x509.Certificate, others: list[x509.Certificate], context: Any) -> Any:
    validator = CertificateValidator(certificate, others, validation_context=context)
    try:
        return await validator.async_validate_path()
    except (InsufficientRevinfoError, TimeoutError):
        raise MachineError("revocation_unknown", holder=name_of(certificate)) from None
    except (PathError, ValidationError):
        raise SenderError("certificate_refused", holder=name_of(certificate)) from None


def _stamper_chain(token: cms.SignedData) -> tuple[x509.Certificate, list[x509.Certificate]]:
    certificates = [choice.chosen for choice in token["certificates"]]
    serial = token["signer_infos"][0]["sid"].chosen["serial_number"].native
    signer = next((c for c in certificates if c.serial_number == serial), None)
    if signer is None:
        raise SenderError("certificate_refused", holder="TSA")
    return signer, certificates
