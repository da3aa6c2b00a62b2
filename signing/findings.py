"""What pyHanko's findings mean in this product's codes."""

from __future__ import annotations

from typing import Any

from asn1crypto import cms
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel

from signing.verdicts import Changes, Coverage

COVERAGE = {
    SignatureCoverageLevel.ENTIRE_FILE: Coverage.WHOLE_FILE,
    SignatureCoverageLevel.ENTIRE_REVISION: Coverage.WHOLE_REVISION,
    SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START: Coverage.PARTIAL,
    SignatureCoverageLevel.UNCLEAR: Coverage.UNCLEAR,
}
_WEAK_DIGESTS = {"md5", "sha1"}
_LEAST_RSA_BITS = 2048


def changes_of(status: Any) -> Changes:
    """What was done after signing, as pyHanko's difference analysis sees it."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Changes.NONE
    level = status.modification_level
    if level is None or level is ModificationLevel.OTHER or status.docmdp_ok is False:
        return Changes.FORBIDDEN
    return Changes.NONE if level is ModificationLevel.NONE else Changes.PERMITTED


def byte_problems(status: Any) -> list[str]:
    """What is wrong with the bytes (codes of :data:`signing.problems.PROBLEMS`)."""
    problems = []
    if not status.intact:
        problems.append("digest_differs")
    if not status.valid:
        problems.append("signature_broken")
    if COVERAGE[status.coverage] in (Coverage.PARTIAL, Coverage.UNCLEAR):
        problems.append("unclear_coverage")
    if changes_of(status) is Changes.FORBIDDEN:
        problems.append("forbidden_changes")
    return problems


def trust_problems(status: Any) -> tuple[str, ...]:
    """Why a whole signature or time-stamp is not trusted; nothing where it is, or where it is broken."""
    if status.trusted or not (status.intact and status.valid):
        return ()
    if status.revoked:
        return ("revoked",)
    indication = getattr(status.trust_problem_indic, "name", "") or "NO_CERTIFICATE_CHAIN_FOUND"
    return (_INDICATIONS.get(indication, "untrusted_chain"),)


_INDICATIONS = {
    "OUT_OF_BOUNDS_NO_POE": "expired",
    "OUT_OF_BOUNDS_NOT_REVOKED": "expired",
    "EXPIRED": "expired",
    "NOT_YET_VALID": "not_yet_valid",
    "REVOKED_NO_POE": "revoked",
    "REVOKED_CA_NO_POE": "revoked",
    "TRY_LATER": "revocation_unknown",
    "CHAIN_CONSTRAINTS_FAILURE": "wrong_usage",
    "SIG_CONSTRAINTS_FAILURE": "wrong_usage",
}


def weak_parts(one: EmbeddedPdfSignature) -> tuple[str, ...]:
    """Algorithms that are no longer safe; told, not judged."""
    weak = []
    info: cms.SignerInfo = one.signer_info
    if info["digest_algorithm"]["algorithm"].native in _WEAK_DIGESTS:
        weak.append(str(info["digest_algorithm"]["algorithm"].native))
    key = one.signer_cert.public_key
    if key.algorithm == "rsa" and key.bit_size < _LEAST_RSA_BITS:
        weak.append(f"rsa-{key.bit_size}")
    if one.sig_object.get("/SubFilter") == "/adbe.pkcs7.sha1" and "sha1" not in weak:
        weak.append("sha1")
    return tuple(weak)
