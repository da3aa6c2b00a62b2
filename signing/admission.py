"""Whether a certificate may sign: whose it is, its term, chain, usage and revocation, asked before signing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    InsufficientRevinfoError,
    InvalidCertificateError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers import OwnedFetcherBackend
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

from errors import MachineError, SenderError
from signing.trust import name_of

_USAGES = {"non_repudiation", "digital_signature"}


class Revocation(StrEnum):
    """``require``: where a certificate names an OCSP responder or a CRL, one must answer. ``try``: an answer
    counts, silence does not. ``skip``: nobody is asked."""

    REQUIRE = "require"
    TRY = "try"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Admission:
    """What was found before signing. ``chain``: names from the holder to the root, empty where no roots are
    configured; ``revocation``: how it was asked."""

    holder: str
    checked_at: datetime
    chain: tuple[str, ...]
    revocation: Revocation

    def as_record(self) -> dict[str, object]:
        """For keeping."""
        return {
            "holder": self.holder,
            "checked_at": self.checked_at.isoformat(timespec="seconds"),
            "chain": list(self.chain),
            "revocation": self.revocation.value,
        }


def check_term(certificate: x509.Certificate, now: datetime) -> None:
    """Refuse a certificate outside its term.

    Raises:
        SenderError: ``certificate_expired`` or ``certificate_not_yet_valid``.
    """
    term = certificate["tbs_certificate"]["validity"]
    if now > term["not_after"].native:
        raise SenderError("certificate_expired", holder=name_of(certificate))
    if now < term["not_before"].native:
        raise SenderError("certificate_not_yet_valid", holder=name_of(certificate))


def check_holder(certificate: x509.Certificate, signer: str) -> None:
    """Refuse a certificate of somebody else: its common name must be the signer's. Case, spaces and the form
    of accents do not count.

    Raises:
        SenderError: ``certificate_of_another``.
    """
    holder = name_of(certificate)
    if _plain(holder) != _plain(signer):
        raise SenderError("certificate_of_another", holder=holder, signer=signer)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def trust_context(
    roots: tuple[x509.Certificate, ...], revocation: Revocation, *, seconds: float
) -> ValidationContext | None:
    """What chains are checked against; None without roots. To be closed. ``seconds``: for one answer."""
    if not roots:
        return None
    asks = revocation is not Revocation.SKIP
    backend = OwnedFetcherBackend(AIOHttpFetcherBackend(per_request_timeout=seconds)) if asks else None
    return ValidationContext(
        trust_roots=list(roots),
        allow_fetching=asks,
        revocation_mode="hard-fail" if revocation is Revocation.REQUIRE else "soft-fail",
        fetcher_backend=backend,
    )


async def admit(
    certificate: x509.Certificate,
    others: list[x509.Certificate],
    roots: tuple[x509.Certificate, ...],
    context: ValidationContext | None,
    revocation: Revocation,
    now: datetime,
) -> Admission:
    """Check term, usage, chain and revocation. ``context`` is that of ``roots``.

    Raises:
        SenderError: ``certificate_expired``, ``certificate_not_yet_valid``, ``certificate_wrong_usage``,
            ``certificate_revoked``, ``certificate_refused`` (out of chain).
        MachineError: ``revocation_unknown``.
    """
    holder = name_of(certificate)
    check_term(certificate, now)
    usage = certificate.key_usage_value
    if usage is not None and not _USAGES & usage.native:
        raise SenderError("certificate_wrong_usage", holder=holder)
    if context is None:
        return Admission(holder, now, (), Revocation.SKIP)
    try:
        path = await _path(certificate, others, roots, context, revocation)
    except TimeoutError:
        raise MachineError("revocation_unknown", holder=holder) from None
    except RevokedError:
        raise SenderError("certificate_revoked", holder=holder) from None
    except InsufficientRevinfoError:
        raise MachineError("revocation_unknown", holder=holder) from None
    except InvalidCertificateError:
        raise SenderError("certificate_wrong_usage", holder=holder) from None
    except (PathError, ValidationError):
        raise SenderError("certificate_refused", holder=holder) from None
    chain = tuple(name_of(one) for one in reversed(list(path)))
    return Admission(holder, now, chain, revocation)


async def _path(
    certificate: x509.Certificate,
    others: list[x509.Certificate],
    roots: tuple[x509.Certificate, ...],
    context: ValidationContext,
    revocation: Revocation,
) -> Any:
    """A good path. A responder that hangs is no answer, as one that is not there."""
    try:
        validator = CertificateValidator(certificate, others, validation_context=context)
        return await validator.async_validate_path()
    except TimeoutError:
        if revocation is Revocation.REQUIRE:
            raise
    alone = ValidationContext(trust_roots=list(roots), allow_fetching=False, revocation_mode="soft-fail")
    return await CertificateValidator(certificate, others, validation_context=alone).async_validate_path()
