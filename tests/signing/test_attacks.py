"""What was done to a file after signing is told; honest additions are not refused."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta

import pikepdf
import pytest
from asn1crypto import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper

from errors import SenderError
from signing.keys import SigningKey
from signing.sealing import Level, Wish, sign
from signing.verdicts import Changes, Coverage, Verdict
from signing.verifying import verify
from tests.signing.conftest import page_pdf
from tests.signing.pki import Pki

Roots = tuple[x509.Certificate, ...]


@pytest.fixture(scope="module")
def signed(body_key: SigningKey, pdf: bytes) -> bytes:
    from datetime import UTC

    return sign(pdf, body_key, Wish(Level.B_B, datetime.now(UTC)))


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + timedelta(seconds=5)


def verdict(pdf: bytes, roots: Roots, moment: datetime) -> Verdict:
    return verify(pdf, roots, moment).verdict


# ---- attacks


def test_one_changed_byte_breaks_it(signed: bytes, roots: Roots, later: datetime) -> None:
    at = signed.index(b"/MediaBox") + 12
    broken = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    found = verify(broken, roots, later)
    assert found.verdict is Verdict.INVALID
    assert not found.signatures[0].intact


def test_appended_bytes_are_told(signed: bytes, roots: Roots, later: datetime) -> None:
    found = verify(signed + b"\nthem vao sau khi ky\n", roots, later)
    assert found.verdict is Verdict.INVALID
    assert found.problems == ("uncovered_tail",)


def test_swapped_page_content_is_forbidden(signed: bytes, roots: Roots, later: datetime) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"0 0 595 842 re f")
    page["/Contents"] = writer.add_object(stream)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    found = verify(out.getvalue(), roots, later)
    assert found.verdict is Verdict.INVALID
    assert found.signatures[0].intact
    assert found.signatures[0].changes is Changes.FORBIDDEN


def test_a_signature_moved_onto_another_file_is_invalid(
    signed: bytes, pdf: bytes, roots: Roots, later: datetime
) -> None:
    other = page_pdf(size=(595, 840))
    moved = other + signed[len(pdf) :]
    try:
        found = verify(moved, roots, later)
    except SenderError:
        return
    assert found.verdict in (Verdict.INVALID, Verdict.UNSIGNED)


def test_a_stripped_signature_leaves_an_unsigned_file(signed: bytes, roots: Roots, later: datetime) -> None:
    with pikepdf.open(io.BytesIO(signed)) as opened:
        del opened.Root["/AcroForm"], opened.pages[0].obj["/Annots"]
        out = io.BytesIO()
        opened.save(out)
    assert verdict(out.getvalue(), roots, later) is Verdict.UNSIGNED


def test_a_byte_range_that_spares_a_part_is_unclear(signed: bytes, roots: Roots, later: datetime) -> None:
    match = re.search(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)", signed)
    assert match is not None
    shorter = str(int(match[2]) - 1).encode().rjust(len(match[2]), b"0")
    broken = signed[: match.start(2)] + shorter + signed[match.end(2) :]
    found = verify(broken, roots, later)
    assert found.verdict is Verdict.INVALID
    assert found.signatures[0].coverage in (Coverage.PARTIAL, Coverage.UNCLEAR)


def test_a_chain_that_is_not_trusted_is_told(signed: bytes, pki: Pki, later: datetime) -> None:
    found = verify(signed, (pki.certificate("other-root"),), later)
    assert found.verdict is Verdict.UNTRUSTED
    assert found.signatures[0].intact
    assert verdict(signed, (), later) is Verdict.UNTRUSTED


@pytest.mark.parametrize("data", [b"", b"khong phai pdf", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_refused_plainly(data: bytes, roots: Roots, later: datetime) -> None:
    with pytest.raises(SenderError):
        verify(data, roots, later)


# ---- honest twins


def test_an_unsigned_file_and_an_empty_field_are_unsigned(pdf: bytes, roots: Roots, later: datetime) -> None:
    assert verdict(pdf, roots, later) is Verdict.UNSIGNED
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    append_signature_field(writer, SigFieldSpec("Trong"))
    out = io.BytesIO()
    writer.write(out)
    assert verdict(out.getvalue(), roots, later) is Verdict.UNSIGNED


def test_a_second_signer_breaks_nothing(
    signed: bytes, officer_key: SigningKey, roots: Roots, now: datetime, later: datetime
) -> None:
    twice = sign(signed, officer_key, Wish(Level.B_B, now))
    found = verify(twice, roots, later)
    assert found.verdict is Verdict.VALID
    assert [s.field for s in found.signatures] == ["Signature1", "Signature2"]
    assert [s.changes for s in found.signatures] == [Changes.PERMITTED, Changes.NONE]
    assert [s.coverage for s in found.signatures] == [Coverage.WHOLE_REVISION, Coverage.WHOLE_FILE]


def test_an_added_document_time_stamp_breaks_nothing(
    signed: bytes, pki: Pki, roots: Roots, later: datetime
) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    stamped = PdfTimeStamper(HTTPTimeStamper(pki.tsa)).timestamp_pdf(writer, "sha256")
    found = verify(stamped.getvalue(), roots, later)
    assert found.verdict is Verdict.VALID
    assert len(found.signatures) == 1, "a document time-stamp is no signer"
    assert found.timestamps[0].document


def test_a_time_stamp_alone_is_no_signature(pdf: bytes, pki: Pki, roots: Roots, later: datetime) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stamped = PdfTimeStamper(HTTPTimeStamper(pki.tsa)).timestamp_pdf(writer, "sha256")
    assert verdict(stamped.getvalue(), roots, later) is Verdict.UNSIGNED


def test_an_old_sha1_signature_is_weak_not_broken(
    body_key: SigningKey, pdf: bytes, roots: Roots, later: datetime
) -> None:
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    meta = PdfSignatureMetadata(
        field_name="Cu", md_algorithm="sha1", subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    )
    old = sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, signer=body_key.signer)
    found = verify(old.getvalue(), roots, later)
    assert found.verdict is Verdict.VALID
    assert found.signatures[0].weak == ("sha1",)
    assert found.signatures[0].level == "CMS"
