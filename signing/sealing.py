"""Sign or seal a PDF: PAdES B-B, B-T, B-LT, B-LTA, visible or not, always as an incremental update.

The signature is the last thing done to a file; a file that arrives signed is only added to, so that earlier
signatures stay whole.
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from errors import MachineError, SenderError
from signing.admission import Admission, Revocation, admit, trust_context
from signing.keys import SigningKey
from signing.seals import Seal, place_seal
from signing.trust import name_of


class Level(StrEnum):
    """PAdES baseline levels (ETSI EN 319 142-1)."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"

    @property
    def needs_time(self) -> bool:
        """Whether a time-stamping authority is needed."""
        return self is not Level.B_B

    @property
    def needs_answers(self) -> bool:
        """Whether revocation answers go into the file."""
        return self in (Level.B_LT, Level.B_LTA)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be signed. ``now`` has a zone. ``seal`` None: no visible form. ``roots`` are the
    trusted roots against which the chain is checked before signing; empty: not checked (B-B and B-T only).
    ``revocation`` is how revocation is asked before signing (where there are roots; levels from B-LT on
    require an answer anyway), ``answer_seconds`` how long one answer may take.
    """

    level: Level
    now: datetime
    seal: Seal | None = None
    reason: str | None = None
    location: str | None = None
    roots: tuple[x509.Certificate, ...] = ()
    digest: str = "sha256"
    revocation: Revocation = Revocation.REQUIRE
    answer_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed file, the level that was asked for and reached, and what was found of the certificate."""

    pdf: bytes
    level: Level
    admission: Admission


def sign(pdf: bytes, key: SigningKey, wish: Wish, *, time_stamper: TimeStamper | None = None) -> bytes:
    """:func:`sign_checked`, the file alone."""
    return sign_checked(pdf, key, wish, time_stamper=time_stamper).pdf


def sign_checked(
    pdf: bytes, key: SigningKey, wish: Wish, *, time_stamper: TimeStamper | None = None
) -> Signed:
    """Check the certificate, then sign. Nothing half-signed is ever returned.

    ``time_stamper`` is needed from B-T on. OCSP answers and CRLs are fetched from the addresses in the
    certificates.

    Raises:
        SenderError: the PDF is not one, or is encrypted; the certificate may not sign
            (:func:`signing.admission.admit`); a level or seal that cannot be had.
        MachineError: ``timestamp_failed``, ``revocation_unknown``, ``signing_failed``.
    """
    if wish.level.needs_time and time_stamper is None:
        raise SenderError("needs_time_stamper", level=wish.level.value)
    if wish.level.needs_answers and not wish.roots:
        raise SenderError("needs_roots", level=wish.level.value)
    return asyncio.run(_sign(pdf, key, wish, time_stamper))


async def _sign(pdf: bytes, key: SigningKey, wish: Wish, time_stamper: TimeStamper | None) -> Signed:
    writer, name = open_for_signing(pdf)
    revocation = Revocation.REQUIRE if wish.level.needs_answers else wish.revocation
    context = trust_context(wish.roots, revocation, seconds=wish.answer_seconds)
    try:
        others = list(key.signer.cert_registry)
        admission = await admit(key.certificate, others, wish.roots, context, revocation, wish.now)
        signed = await _apply(writer, pdf, key, wish, name, context, time_stamper)
        return Signed(signed, wish.level, admission)
    finally:
        if context is not None:
            await context.aclose()


def open_for_signing(pdf: bytes) -> tuple[IncrementalPdfFileWriter, str]:
    """A writer that only adds to the file, and a name for the signature's field that is free.

    Raises:
        SenderError: ``damaged``, ``password``.
    """
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        if writer.prev.encrypted:
            raise SenderError("password")
        return writer, _free_field_name(writer)
    except SenderError:
        raise
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SenderError("damaged") from None


async def _apply(
    writer: IncrementalPdfFileWriter,
    pdf: bytes,
    key: SigningKey,
    wish: Wish,
    name: str,
    context: ValidationContext | None,
    time_stamper: TimeStamper | None,
) -> bytes:
    signer = pdf_signer(writer, pdf, key.signer, wish, name, context, time_stamper)
    try:
        signed: Any = await signer.async_sign_pdf(writer)
    except TimestampRequestError:
        raise MachineError("timestamp_failed") from None
    except (SigningError, ValidationError, PathError) as failed:
        raise MachineError("signing_failed", why=type(failed).__name__) from None
    except OSError:
        raise MachineError("timestamp_failed") from None
    return bytes(signed.getvalue())


def pdf_signer(
    writer: IncrementalPdfFileWriter,
    pdf: bytes,
    signer: Any,
    wish: Wish,
    name: str,
    context: ValidationContext | None,
    time_stamper: TimeStamper | None,
) -> PdfSigner:
    """pyHanko's signer for a wish, with the visible form in its place. ``signer`` holds the key, or makes
    room for a value that comes later."""
    meta = PdfSignatureMetadata(
        field_name=name,
        md_algorithm=wish.digest,
        reason=wish.reason,
        location=wish.location,
        name=name_of(signer.signing_cert),
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=wish.level.needs_answers,
        use_pades_lta=wish.level is Level.B_LTA,
        validation_context=context if wish.level.needs_answers else None,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        # The answers go in before the document time-stamp, which is then the last word.
        dss_settings=DSSContentSettings(
            include_vri=False,  # optional since PAdES baseline, and at odds with answers before the stamp
            placement=SigDSSPlacementPreference.SEPARATE_REVISION,
            next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
        ),
    )
    style, spec = place_seal(writer, pdf, wish.seal, name) if wish.seal else (None, SigFieldSpec(name))
    return PdfSigner(
        meta,
        signer=signer,
        timestamper=time_stamper if wish.level.needs_time else None,
        stamp_style=style,
        new_field_spec=spec,
    )


def _free_field_name(writer: IncrementalPdfFileWriter) -> str:
    from pyhanko.sign.fields import enumerate_sig_fields

    taken = {name for name, _, _ in enumerate_sig_fields(writer)}
    number = 1
    while f"Signature{number}" in taken:
        number += 1
    return f"Signature{number}"
