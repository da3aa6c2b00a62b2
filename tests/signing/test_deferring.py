"""A signature made elsewhere: completed here, and only what was handed out is taken."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from asn1crypto import x509
from certomancer.registry import CertLabel, KeyLabel
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.sign.timestamps import HTTPTimeStamper

from errors import SenderError
from signing.deferring import complete, prepare, read_certificate
from signing.sealing import Level, Wish
from signing.seals import digitized_seal
from signing.verdicts import Verdict
from signing.verifying import verify
from tests.signing.pki import BODY, Pki

Roots = tuple[x509.Certificate, ...]


def sign_digest(pki: Pki, label: str, digest: bytes) -> bytes:
    """What the client's own tool does: it sees a digest and has the key."""
    key = load_der_private_key(pki.arch.key_set.get_asym_key(KeyLabel(label)).private.dump(), None)
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(digest, ec.ECDSA(Prehashed(SHA256())))
    return key.sign(digest, padding.PKCS1v15(), Prehashed(SHA256()))  # type: ignore[union-attr,call-arg]


def certificate_of(pki: Pki, label: str) -> x509.Certificate:
    return pki.arch.get_cert(CertLabel(label))


@pytest.mark.parametrize("label", ["body", "officer"])
@pytest.mark.parametrize("level", [Level.B_B, Level.B_T])
def test_rsa_and_ecdsa_values_from_elsewhere(
    label: str, level: Level, pki: Pki, roots: Roots, pdf: bytes, now: datetime
) -> None:
    certificate, others = certificate_of(pki, label), (certificate_of(pki, "interm"),)
    wish = Wish(level, now, seal=digitized_seal(BODY, now), roots=roots)
    prepared, admission = prepare(pdf, certificate, others, wish)
    assert admission.chain[-1] == "Gốc Thử nghiệm"
    assert prepared.pdf.startswith(pdf)
    stamper = HTTPTimeStamper(pki.tsa) if level.needs_time else None
    value = sign_digest(pki, label, prepared.digest)
    signed = complete(prepared, certificate, others, value, time_stamper=stamper)
    found = verify(signed, roots, now + timedelta(seconds=60))
    assert found.verdict is Verdict.VALID
    assert found.signatures[0].level == level.value


def test_only_the_value_over_what_was_handed_out_is_taken(pki: Pki, pdf: bytes, now: datetime) -> None:
    certificate, others = certificate_of(pki, "body"), (certificate_of(pki, "interm"),)
    prepared, _ = prepare(pdf, certificate, others, Wish(Level.B_B, now))
    good = sign_digest(pki, "body", prepared.digest)
    others_value = sign_digest(pki, "revoked", prepared.digest)
    of_other_bytes = sign_digest(pki, "body", bytes(32))
    for wrong in (b"", bytes(256), good[:-1] + bytes([good[-1] ^ 1]), others_value, of_other_bytes):
        with pytest.raises(SenderError) as refused:
            complete(prepared, certificate, others, wrong)
        assert refused.value.code == "bad_signature_value"


@pytest.mark.parametrize(
    "data", [b"", b"khong phai", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]
)
def test_what_is_no_certificate_is_told(data: bytes) -> None:
    with pytest.raises(SenderError) as refused:
        read_certificate(data)
    assert refused.value.code == "bad_certificate"
