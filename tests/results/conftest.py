"""The real application with a key file, a token and an authorised HSM, on a throw-away public key infrastructure."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from asn1crypto import pem

from api.app import create_app
from settings import Settings
from tests.api.conftest import Desk
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served
from tests.signing.paper import hand_signature, paper, red_seal
from tests.signing.pki import BODY, OFFICER, PASSPHRASE, Pki, shared_pki
from tests.signing.token import MODULE, PIN, shared_token

KEYS = """
[[keys]]
name = "Thử"
file = "officer.p12"
picture = "hand.png"

[[keys]]
name = "Văn thư"
module = "{module}"
token = "thu"
label = "body"
chain = "chain.pem"
picture = "seal.png"
width_mm = 36

[[keys]]
name = "HSM"
module = "{module}"
token = "thu"
label = "body"
chain = "chain.pem"
picture = "seal.png"
authorised_hsm = true
pin_file = "hsm.pin"

[[keys]]
name = "Thu hồi"
file = "revoked.p12"

[[keys]]
name = "Không ảnh"
file = "officer.p12"
"""


@pytest.fixture(scope="session")
def pki() -> Pki:
    return shared_pki()


@pytest.fixture(scope="session")
def key_folder(pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys, pictures, trusted root."""
    return make_keys(tmp_path_factory.mktemp("keys"))


def make_keys(folder: Path) -> Path:
    """Fill the folder."""
    pki = shared_pki()
    for label in ("officer", "revoked"):
        pki.write_pkcs12(label, folder / f"{label}.p12")
    (folder / "hand.png").write_bytes(hand_signature())
    (folder / "seal.png").write_bytes(red_seal())
    (folder / "chain.pem").write_bytes(pem.armor("CERTIFICATE", pki.certificate("interm").dump()))
    (folder / "hsm.pin").write_text(PIN)
    (folder / "keys.toml").write_text(KEYS.format(module=MODULE), encoding="utf-8")
    (folder / "trust").mkdir()
    (folder / "trust/root.pem").write_bytes(pki.root_pem())
    shared_token()
    return folder


def settings_of(folder: Path, data: Path, **more: Any) -> Settings:
    """Settings of a service that can sign."""
    return Settings(
        data_dir=data,
        jobs=1,
        signing_keys=folder / "keys.toml",
        trust_dir=folder / "trust",
        signing_answer_seconds=5,
        **more,
    )


@pytest.fixture(scope="session")
def desk(key_folder: Path, pki: Pki, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One service for all tests: each works in a dossier of its own."""
    settings = settings_of(key_folder, tmp_path_factory.mktemp("data"), signing_level="B-T", tsa_url=pki.tsa)
    with serving(settings) as started:
        yield started


@contextmanager
def serving(settings: Settings) -> Iterator[Desk]:
    """The service with these settings."""
    pipeline = PaperPipeline()
    app = create_app(settings, digitize=pipeline)
    with served(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield Desk(client, pipeline, settings.data_dir)


@pytest.fixture
def dossier(request: pytest.FixtureRequest, desk: Desk) -> str:
    """A dossier that no other test uses."""
    number = zlib.crc32(request.node.nodeid.encode()) % 10**9
    code = f"H49.12-251124-{number:09d}"
    desk.digitized(code=code)
    return code


def add(desk: Desk, dossier: str, pdf: bytes | None = None, name: str = "gp.pdf", **fields: str) -> Any:
    """Add a born-digital result for officer and agency; the response."""
    fields = {"title": "Giấy phép xây dựng", "officer": OFFICER, "agency": BODY} | fields
    file = {"file": (name, pdf if pdf is not None else paper(), "application/pdf")}
    return desk.client.post(f"/api/v1/dossiers/{dossier}/results", files=file, data=fields)


def sign(desk: Desk, key: str, *results: dict[str, Any], pin: str | None = None) -> Any:
    """Sign results with a key; the response."""
    if pin is None:
        pin = PIN if key == "Văn thư" else "" if key == "HSM" else PASSPHRASE.decode()
    chosen = [{"id": one["id"], "version": one["version"]} for one in results]
    return desk.client.post("/api/v1/results/sign", json={"key": key, "pin": pin, "results": chosen})
