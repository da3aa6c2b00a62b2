"""A scan is looked at before it is sent: what must be scanned again is told, with its picture."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from datetime import date
from functools import cache

import cv2
import httpx
import numpy as np
import pytest
from PIL import Image

from api.app import create_app
from bench.making import make_paper
from bench.making.wear import wear
from ingest.inspecting import inspect_page
from records import PageImage, Pixels
from settings import Settings
from storage.dossier_code import codes_in
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served
from tests.digitize.conftest import as_pdf


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("looks"),
        jobs=1,
        max_file_bytes=2_000_000,
        max_request_bytes=4_000_000,
    )
    app = create_app(settings, digitize=PaperPipeline())
    with served(app) as address, httpx.Client(base_url=address, timeout=60) as opened:
        yield opened


@cache
def clean(code: str = "thong_bao") -> Pixels:
    made: Pixels = np.asarray(make_paper(code, seed=2, layout=0).pages[0].image.convert("L"))
    return made


def codes(pixels: Pixels, dpi: float = 300.0) -> list[str]:
    return [fault.code for fault in inspect_page(PageImage(1, pixels, dpi), 140.0)]


def moved(pixels: Pixels, length: int) -> Pixels:
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1 / length
    shaken: Pixels = cv2.filter2D(pixels, -1, kernel)
    return shaken


@pytest.mark.parametrize("code", ["thong_bao", "giay_khai_sinh", "can_cuoc"])
@pytest.mark.parametrize("level", ["office", "worn", "hard", "fax", "photo", "turned"])
def test_what_the_reading_can_mend_is_no_fault(code: str, level: str) -> None:
    scan = wear(make_paper(code, seed=3, layout=0).pages[0], level, seed=5)
    assert codes(np.asarray(scan.image.convert("RGB")), scan.dpi or 150.0) == []


def test_each_fault_is_told() -> None:
    page = clean()
    assert codes(page) == []
    assert codes(np.rot90(page, 2)) == []
    assert codes(cv2.GaussianBlur(page, (0, 0), 4)) == ["scan_blurred"]
    assert codes(moved(page, 17)) == ["scan_blurred"]
    assert codes((page * 0.3).astype(np.uint8)) == ["scan_dark"]
    assert codes((220 + page * 0.1).astype(np.uint8)) == ["scan_faint"]
    assert codes(cv2.resize(page, None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA), 100.0) == [
        "scan_low_resolution"
    ]
    assert codes(page[:, 400:]) == ["scan_cut_off"]
    assert codes(np.full((2000, 1400), 255, np.uint8)) == []
    assert codes(np.full((20, 1400), 255, np.uint8)) == ["scan_low_resolution"]


def test_a_dark_rim_and_a_seal_at_the_edge_are_no_print_that_is_cut() -> None:
    page = clean().copy()
    page[:, :60] = 20
    page[-40:] = 10
    cv2.circle(page, (2480, 1700), 160, 90, 12)
    assert codes(page) == []


def test_the_look_tells_pages_faults_and_pictures_and_keeps_nothing(
    client: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    good = Image.fromarray(clean())
    blurred = Image.fromarray(cv2.GaussianBlur(clean(), (0, 0), 5))
    small = [one.resize((1240, 1754)) for one in (good, blurred, good)]
    pdf = as_pdf(*small, dpi=150)
    body = client.post("/api/v1/inspections", files={"file": ("ba trang.pdf", pdf)}).json()
    assert (body["name"], body["pages_total"]) == ("ba trang.pdf", 3)
    assert [[fault["code"] for fault in page["faults"]] for page in body["pages"]] == [
        [],
        ["scan_blurred"],
        [],
    ]
    assert body["pages"][1]["faults"][0]["vietnamese"].startswith("Quét lại trang 2:")
    picture = Image.open(io.BytesIO(base64.b64decode(body["pages"][1]["picture"])))
    assert max(picture.size) == 360
    assert list(tmp_path_factory.getbasetemp().glob("looks*/incoming/*")) == []
    part = client.post("/api/v1/inspections?first=2&limit=1", files={"file": ("a.pdf", pdf)}).json()
    assert [page["number"] for page in part["pages"]] == [2]


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [(b"chu", 415, "unsupported_kind"), (b"", 422, "empty_file"), (b"x" * 2_000_001, 413, "file_too_large")],
)
def test_a_file_that_cannot_be_looked_at_says_why(
    client: httpx.Client, data: bytes, status: int, code: str
) -> None:
    reply = client.post("/api/v1/inspections", files={"file": ("a.pdf", data)})
    assert (reply.status_code, reply.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("H49.12-251124-0007", ["H49.12-251124-0007"]),
        (
            "https://x.vn/?ma=h49.12-251124-0007&b=000.00.12.H49-240115-0001",
            ["H49.12-251124-0007", "000.00.12.H49-240115-0001"],
        ),
        ("AH49.12-251124-0007", []),
        ("H49.12-251124-007", []),
        ("H49.12-991231-0007", []),
        ("H49.12-251124-" + "7" * 30, []),
        ("", []),
    ],
)
def test_codes_stand_in_longer_texts(text: str, codes: list[str]) -> None:
    assert codes_in(text, date(2026, 11, 24)) == codes
