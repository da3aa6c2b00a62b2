"""Levels are raised later, and archive time-stamps renewed; nothing that was there changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from asn1crypto import x509
from pyhanko.sign.timestamps import HTTPTimeStamper

from errors import MachineError, SenderError
from signing.keys import SigningKey
from signing.raising import archive_ends, raise_level
from signing.sealing import Level, Wish, sign
from signing.verdicts import Verdict
from signing.verifying import verify
from tests.signing.pki import Pki

Roots = tuple[x509.Certificate, ...]
HIGHER = [
    (low, high)
    for low in (Level.B_B, Level.B_T, Level.B_LT)
    for high in (Level.B_T, Level.B_LT, Level.B_LTA)
    if list(Level).index(high) > list(Level).index(low)
]


@pytest.mark.parametrize(("low", "high"), HIGHER)
def test_a_signature_reaches_a_higher_level_later(
    low: Level, high: Level, pki: Pki, body_key: SigningKey, roots: Roots, pdf: bytes, now: datetime
) -> None:
    stamper = HTTPTimeStamper(pki.tsa)
    once = sign(pdf, body_key, Wish(low, now, roots=roots), time_stamper=stamper)
    raised = raise_level(once, high, roots, time_stamper=stamper)
    assert raised.startswith(once)
    found = verify(raised, roots, now + timedelta(seconds=30))
    assert found.verdict is Verdict.VALID
    assert [s.level for s in found.signatures] == [high.value]


def test_two_signers_are_raised_together(
    pki: Pki, body_key: SigningKey, officer_key: SigningKey, roots: Roots, pdf: bytes, now: datetime
) -> None:
    twice = sign(sign(pdf, officer_key, Wish(Level.B_B, now)), body_key, Wish(Level.B_B, now))
    raised = raise_level(twice, Level.B_LTA, roots, time_stamper=HTTPTimeStamper(pki.tsa))
    found = verify(raised, roots, now + timedelta(seconds=30))
    assert found.verdict is Verdict.VALID
    assert [s.level for s in found.signatures] == ["B-LTA", "B-LTA"]
    # Five years on the revocation answers are long stale, and still it holds.
    assert verify(raised, roots, now + timedelta(days=5 * 365)).verdict is Verdict.VALID


def test_an_archive_time_stamp_is_renewed(
    pki: Pki, body_key: SigningKey, roots: Roots, pdf: bytes, now: datetime
) -> None:
    stamper = HTTPTimeStamper(pki.tsa)
    archived = sign(pdf, body_key, Wish(Level.B_LTA, now, roots=roots), time_stamper=stamper)
    ends = archive_ends(archived)
    assert ends is not None
    assert ends.year == 2090, "the authority's certificate"
    renewed = raise_level(archived, Level.B_LTA, roots, time_stamper=stamper)
    assert renewed.startswith(archived)
    found = verify(renewed, roots, now + timedelta(seconds=30))
    assert found.verdict is Verdict.VALID
    assert [s.level for s in found.signatures] == ["B-LTA"]
    assert sum(t.document for t in found.timestamps) == 2


def test_what_cannot_be_raised_is_told(
    pki: Pki, body_key: SigningKey, roots: Roots, pdf: bytes, now: datetime
) -> None:
    stamper = HTTPTimeStamper(pki.tsa)
    with pytest.raises(SenderError) as nothing:
        raise_level(pdf, Level.B_T, roots, time_stamper=stamper)
    assert nothing.value.code == "nothing_signed"
    assert archive_ends(pdf) is None
    plain = sign(pdf, body_key, Wish(Level.B_B, now))
    with pytest.raises(SenderError) as chain:
        raise_level(plain, Level.B_LT, (pki.certificate("other-root"),), time_stamper=stamper)
    assert chain.value.code == "certificate_refused"
    with pytest.raises(MachineError) as silent:
        raise_level(plain, Level.B_T, roots, time_stamper=HTTPTimeStamper("http://127.0.0.1:9/", timeout=2))
    assert silent.value.code == "timestamp_failed"
