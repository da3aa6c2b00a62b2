"""Every level, judged by our own verification and by outsiders."""

from __future__ import annotations

import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms, x509
from pyhanko.sign.timestamps import HTTPTimeStamper

from errors import MachineError, SenderError
from signing.keys import SigningKey, from_pkcs11, from_pkcs12
from signing.sealing import Level, Wish, sign
from signing.verdicts import Verdict
from signing.verifying import verify
from tests.signing.pki import BODY, OFFICER, PASSPHRASE, Pki
from tests.signing.token import MODULE, PIN, shared_token

Roots = tuple[x509.Certificate, ...]


def stamper(pki: Pki, level: Level) -> HTTPTimeStamper | None:
    return HTTPTimeStamper(pki.tsa) if level.needs_time else None


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("key_name", ["body_key", "officer_key"])
def test_each_level_is_reached_with_rsa_and_ecdsa(
    request: pytest.FixtureRequest,
    key_name: str,
    level: Level,
    pki: Pki,
    roots: Roots,
    pdf: bytes,
    now: datetime,
) -> None:
    key: SigningKey = request.getfixturevalue(key_name)
    signed = sign(pdf, key, Wish(level, now, roots=roots), time_stamper=stamper(pki, level))
    assert signed.startswith(pdf), "a signature only adds"
    found = verify(signed, roots, now + timedelta(seconds=5))
    assert found.verdict is Verdict.VALID
    assert [s.level for s in found.signatures] == [level.value]
    assert found.signatures[0].signer == (BODY if key_name == "body_key" else OFFICER)
    assert found.signatures[0].weak == ()
    assert any(t.document for t in found.timestamps) == (level is Level.B_LTA)


@pytest.mark.parametrize("level", Level)
def test_poppler_and_openssl_agree(
    level: Level, pki: Pki, body_key: SigningKey, roots: Roots, pdf: bytes, now: datetime, tmp_path: Path
) -> None:
    signed = sign(pdf, body_key, Wish(level, now, roots=roots), time_stamper=stamper(pki, level))
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert BODY in said
    first, gap, second, last = (
        int(n) for n in re.findall(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)", signed)[0]
    )
    (tmp_path / "content").write_bytes(signed[first:gap] + signed[second : second + last])
    padded = bytes.fromhex(signed[gap + 1 : second - 1].decode())
    (tmp_path / "cms").write_bytes(cms.ContentInfo.load(padded).dump())
    (tmp_path / "root.pem").write_bytes(pki.root_pem())
    command = ["openssl", "cms", "-verify", "-cades", "-inform", "DER", "-in", "cms", "-content", "content"]
    command += ["-binary", "-CAfile", "root.pem", "-purpose", "any", "-out", "/dev/null"]
    judged = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stderr


def test_an_archived_signature_outlives_its_certificates_answers(
    pki: Pki, body_key: SigningKey, roots: Roots, pdf: bytes, now: datetime
) -> None:
    wish = Wish(Level.B_LTA, now, roots=roots)
    signed = sign(pdf, body_key, wish, time_stamper=HTTPTimeStamper(pki.tsa))
    # The OCSP answers live ten minutes; the certificates until 2090.
    assert verify(signed, roots, now + timedelta(days=365 * 5)).verdict is Verdict.VALID


def test_a_plain_signature_does_not_outlive_its_certificate(
    pki: Pki, body_key: SigningKey, roots: Roots, pdf: bytes, now: datetime
) -> None:
    plain = sign(pdf, body_key, Wish(Level.B_B, now))
    later = datetime.fromisoformat("2095-01-01T00:00:00+00:00")
    found = verify(plain, roots, later)
    assert found.verdict is Verdict.UNTRUSTED
    assert found.signatures[0].intact
    assert "expired" in found.signatures[0].problems


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("late", "certificate_expired"),
        ("revoked", "certificate_revoked"),
        ("stranger", "certificate_refused"),
    ],
)
def test_a_certificate_that_must_not_sign_is_refused(
    label: str, code: str, pki: Pki, roots: Roots, pdf: bytes, now: datetime, tmp_path: Path
) -> None:
    key = from_pkcs12(pki.write_pkcs12(label, tmp_path / "k.p12"), PASSPHRASE)
    with pytest.raises(SenderError) as refused:
        sign(pdf, key, Wish(Level.B_LT, now, roots=roots), time_stamper=HTTPTimeStamper(pki.tsa))
    assert refused.value.code == code


def test_a_silent_time_stamping_authority_gives_no_half_signed_file(
    body_key: SigningKey, roots: Roots, pdf: bytes, now: datetime
) -> None:
    with pytest.raises(MachineError) as failed:
        sign(
            pdf,
            body_key,
            Wish(Level.B_T, now),
            time_stamper=HTTPTimeStamper("http://127.0.0.1:9/tsa", timeout=2),
        )
    assert failed.value.code == "timestamp_failed"


def test_a_wrong_passphrase_is_told(pki: Pki, tmp_path: Path) -> None:
    with pytest.raises(SenderError, match="passphrase"):
        from_pkcs12(pki.write_pkcs12("body", tmp_path / "k.p12"), b"sai")


def test_a_token_signs(pki: Pki, roots: Roots, pdf: bytes, now: datetime, tmp_path: Path) -> None:
    shared_token()
    with from_pkcs11(MODULE, token="thu", pin=PIN, label="body", chain=_chain(pki, tmp_path)) as key:
        signed = sign(pdf, key, Wish(Level.B_B, now, roots=roots))
    assert verify(signed, roots, now + timedelta(seconds=1)).verdict is Verdict.VALID
    with pytest.raises(SenderError, match="PIN"), from_pkcs11(MODULE, token="thu", pin="9999", label="body"):
        pass


def _chain(pki: Pki, folder: Path) -> Path:
    from asn1crypto import pem

    path = folder / "chain.pem"
    path.write_bytes(pem.armor("CERTIFICATE", pki.certificate("interm").dump()))
    return path
