"""A public key infrastructure for the whole session, and invented pages to sign."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from asn1crypto import x509
from PIL import Image, ImageDraw, ImageFont

from signing.keys import SigningKey, from_pkcs12
from tests.signing.pki import PASSPHRASE, Pki, shared_pki


@pytest.fixture(scope="session")
def pki() -> Pki:
    return shared_pki()


@pytest.fixture(scope="session")
def roots(pki: Pki) -> tuple[x509.Certificate, ...]:
    return (pki.certificate("root"),)


@pytest.fixture(scope="session")
def body_key(pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return from_pkcs12(pki.write_pkcs12("body", tmp_path_factory.mktemp("p12") / "body.p12"), PASSPHRASE)


@pytest.fixture(scope="session")
def officer_key(pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return from_pkcs12(pki.write_pkcs12("officer", tmp_path_factory.mktemp("p12") / "o.p12"), PASSPHRASE)


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


def page_pdf(rotate: int = 0, size: tuple[int, int] = (595, 842), crowded: bool = False) -> bytes:
    """One page with a heading and a paragraph; ``rotate`` as the PDF's /Rotate, the content unturned."""
    picture = Image.new("L", (size[0] * 2, size[1] * 2), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf", 26)
    line = "Giấy phép thử nghiệm số 01/GPXD " * (4 if crowded else 2)
    for row in range(0 if crowded else 6, 62 if crowded else 54):
        draw.text((10 if crowded else 160, 4 + row * 27), line, font=font, fill=0)
    buffer = io.BytesIO()
    picture.save(buffer, "PDF", resolution=144)
    with pikepdf.open(buffer) as pdf:
        pdf.pages[0].obj["/Rotate"] = rotate
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.fixture(scope="session")
def pdf() -> bytes:
    return page_pdf()
