"""Deferred signing: the file is prepared here, the signature's value is made elsewhere by the signer's own token,
and the file is completed here. Between the two nothing but plain bytes has to be kept.

What is signed are the CMS signed attributes (RFC 5652, 5.4), which hold the digest of the document and of the
signer's certificate. RSA values are PKCS #1 v1.5, ECDSA values DER, both over SHA-256.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from dataclasses import dataclass
from typing import Any

from asn1crypto import algos, cms, pem, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import ExternalSigner
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from errors import MachineError, SenderError
from signing.admission import Admission, Revocation, admit, trust_context
from signing.sealing import Level, Wish, open_for_signing, pdf_signer

_RESERVED = 32 * 1024
"""Hexadecimal digits kept free for the CMS: certificates, value and time-stamp."""
_DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file with room for a signature. ``attributes`` is what is to be signed (DER), ``digest`` its SHA-256;
    ``start`` and ``end`` bound the room."""

    pdf: bytes
    attributes: bytes
    document_digest: bytes
    start: int
    end: int

    @property
    def digest(self) -> bytes:
        """What tools that sign a digest are given."""
        return hashlib.sha256(self.attributes).digest()


def read_certificate(data: bytes) -> x509.Certificate:
    """A certificate in PEM or DER.

    Raises:
        SenderError: ``bad_certificate``: it cannot be read, or its key is neither RSA nor ECDSA.
    """
    try:
        der = pem.unarmor(data)[2] if pem.detect(data) else data
        certificate = x509.Certificate.load(der, strict=True)
        key = load_der_x509_certificate(der).public_key()
        _ = certificate.subject.native, certificate.key_usage_value
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SenderError("bad_certificate") from None
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise SenderError("bad_certificate")
    return certificate


def prepare(
    pdf: bytes, certificate: x509.Certificate, others: tuple[x509.Certificate, ...], wish: Wish
) -> tuple[Prepared, Admission]:
    """Check the certificate, make room for its signature, and say what is to be signed. Levels beyond B-T are
    reached by :func:`signing.raising.raise_level` afterwards.

    Raises:
        SenderError: as :func:`signing.sealing.sign_checked`.
        MachineError: ``revocation_unknown``, ``signing_failed``.
    """
    return asyncio.run(_prepare(pdf, certificate, others, wish))


async def _prepare(
    pdf: bytes, certificate: x509.Certificate, others: tuple[x509.Certificate, ...], wish: Wish
) -> tuple[Prepared, Admission]:
    writer, name = open_for_signing(pdf)
    revocation = Revocation.REQUIRE if wish.level.needs_answers else wish.revocation
    context = trust_context(wish.roots, revocation, seconds=wish.answer_seconds)
    try:
        admission = await admit(certificate, list(others), wish.roots, context, revocation, wish.now)
    finally:
        if context is not None:
            await context.aclose()
    signer = _signer(certificate, others, 512)
    plain = Wish(Level.B_B, wish.now, wish.seal, wish.reason, wish.location)
    try:
        room, _, out = await pdf_signer(
            writer, pdf, signer, plain, name, None, None
        ).async_digest_doc_for_signing(writer, bytes_reserved=_RESERVED)
        attributes = await signer.signed_attrs(room.document_digest, _DIGEST, use_pades=True)
    except (SigningError, PdfError) as failed:
        raise MachineError("signing_failed", why=type(failed).__name__) from None
    prepared = Prepared(
        bytes(out.getvalue()),
        attributes.dump(),
        room.document_digest,
        room.reserved_region_start,
        room.reserved_region_end,
    )
    return prepared, admission


def complete(
    prepared: Prepared,
    certificate: x509.Certificate,
    others: tuple[x509.Certificate, ...],
    value: bytes,
    *,
    time_stamper: TimeStamper | None = None,
) -> bytes:
    """Put the signature's value in its room: B-B, or B-T with a ``time_stamper``.

    Raises:
        SenderError: ``bad_signature_value``: it was not made by the certificate's key over these attributes.
        MachineError: ``timestamp_failed``, ``signing_failed``.
    """
    check_value(certificate, prepared.attributes, value)
    return asyncio.run(_complete(prepared, certificate, others, value, time_stamper))


def check_value(certificate: x509.Certificate, attributes: bytes, value: bytes) -> None:
    """Whether the value is the certificate's signature over the attributes.

    Raises:
        SenderError: ``bad_signature_value``.
    """
    key = load_der_x509_certificate(certificate.dump()).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(value, attributes, padding.PKCS1v15(), SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, attributes, ec.ECDSA(SHA256()))
        else:
            raise SenderError("bad_certificate")
    except (InvalidSignature, ValueError):
        raise SenderError("bad_signature_value") from None


async def _complete(
    prepared: Prepared,
    certificate: x509.Certificate,
    others: tuple[x509.Certificate, ...],
    value: bytes,
    time_stamper: TimeStamper | None,
) -> bytes:
    attributes = cms.CMSAttributes.load(prepared.attributes)
    try:
        made = await _signer(certificate, others, value).async_sign_prescribed_attributes(
            _DIGEST, attributes, timestamper=time_stamper
        )
    except (TimestampRequestError, OSError):
        raise MachineError("timestamp_failed") from None
    except SigningError as failed:
        raise MachineError("signing_failed", why=type(failed).__name__) from None
    room = PreparedByteRangeDigest(prepared.document_digest, prepared.start, prepared.end)
    out = io.BytesIO(prepared.pdf)
    try:
        room.fill_with_cms(out, made)
    except (PdfError, ValueError, OSError) as failed:
        raise MachineError("signing_failed", why=type(failed).__name__) from None
    return out.getvalue()


def _signer(
    certificate: x509.Certificate, others: tuple[x509.Certificate, ...], value: bytes | int
) -> ExternalSigner:
    store = SimpleCertificateStore()
    store.register_multiple(others)
    mechanism = "sha256_ecdsa" if certificate.public_key.algorithm == "ec" else "sha256_rsa"
    algorithm: Any = algos.SignedDigestAlgorithm({"algorithm": mechanism})
    return ExternalSigner(certificate, store, signature_value=value, signature_mechanism=algorithm)
