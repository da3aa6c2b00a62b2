"""Who may sign is found out before signing, at every level, with the reason."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from asn1crypto import x509

from errors import MachineError, SenderError, SohoaError
from signing.admission import Revocation, check_holder
from signing.keys import from_pkcs12
from signing.sealing import Level, Wish, sign_checked
from tests.signing.pki import BODY, PASSPHRASE, Pki

Roots = tuple[x509.Certificate, ...]


def try_to_sign(
    pki: Pki, label: str, roots: Roots, pdf: bytes, now: datetime, folder: Path, how: Revocation
) -> SohoaError | None:
    key = from_pkcs12(pki.write_pkcs12(label, folder / f"{label}.p12"), PASSPHRASE)
    wish = Wish(Level.B_B, now, roots=roots, revocation=how, answer_seconds=2 if label == "silent" else 30)
    try:
        sign_checked(pdf, key, wish)
    except SohoaError as refused:
        return refused
    return None


@pytest.mark.parametrize(
    ("label", "how", "code"),
    [
        ("body", Revocation.REQUIRE, None),
        ("late", Revocation.SKIP, "certificate_expired"),
        ("stranger", Revocation.SKIP, "certificate_refused"),
        ("cipher", Revocation.SKIP, "certificate_wrong_usage"),
        ("revoked", Revocation.REQUIRE, "certificate_revoked"),
        ("revoked", Revocation.TRY, "certificate_revoked"),
        ("silent", Revocation.REQUIRE, "revocation_unknown"),
        ("silent", Revocation.TRY, None),
    ],
)
def test_a_plain_signature_too_is_refused_with_its_reason(
    label: str,
    how: Revocation,
    code: str | None,
    pki: Pki,
    roots: Roots,
    pdf: bytes,
    now: datetime,
    tmp_path: Path,
) -> None:
    refused = try_to_sign(pki, label, roots, pdf, now, tmp_path, how)
    assert (refused and refused.code) == code
    if refused is not None:
        assert isinstance(refused, MachineError) == (code == "revocation_unknown"), "silence may be retried"
        assert "?" not in refused.vietnamese


def test_what_was_checked_is_kept(pki: Pki, roots: Roots, pdf: bytes, now: datetime, tmp_path: Path) -> None:
    key = from_pkcs12(pki.write_pkcs12("body", tmp_path / "k.p12"), PASSPHRASE)
    record = sign_checked(pdf, key, Wish(Level.B_B, now, roots=roots)).admission.as_record()
    assert record["chain"] == [BODY, "CA Thử nghiệm", "Gốc Thử nghiệm"]
    assert record["revocation"] == "require"


def test_the_certificate_must_be_the_signers(pki: Pki) -> None:
    own = pki.certificate("body")
    check_holder(own, BODY.upper())
    check_holder(own, f"  {BODY.replace(' ', '  ')}")
    with pytest.raises(SenderError) as other:
        check_holder(own, "Sở Tài chính")
    assert other.value.code == "certificate_of_another"
    assert BODY in other.value.vietnamese
