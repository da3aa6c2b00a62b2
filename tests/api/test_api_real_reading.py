"""The service with its real pipeline: bad input is told plainly, good input is read, all beside each other."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest

from api.app import create_app
from bench.making import MadeDocument, make_paper
from settings import Settings
from tests.api.conftest import Desk
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served
from tests.digitize.bombs import huge_tiff
from tests.digitize.conftest import as_pdf

CODE = "H49.12-251124-8001"


@cache
def paper() -> MadeDocument:
    return make_paper("thong_bao", seed=2, layout=0)


@cache
def sent() -> dict[str, bytes]:
    """All files by their names."""
    good = as_pdf(paper().pages[0].image)
    return {
        "tốt.pdf": good,
        "cụt.pdf": good[: len(good) // 3],
        "chữ.pdf": "Đây chỉ là chữ, không phải PDF.".encode(),
        "rỗng.pdf": b"",
        "mật khẩu.pdf": with_a_password(good),
        "khổng lồ.tif": huge_tiff(60_000, 60_000),
        "ba trang.pdf": three_pages_of_which_the_second_is_broken(),
    }


def three_pages_of_which_the_second_is_broken() -> bytes:
    small = paper().pages[0].image.resize((1240, 1754))
    with pikepdf.open(io.BytesIO(as_pdf(small, small, small, dpi=150))) as pdf:
        (picture,) = pdf.pages[1].get_images().values()
        picture.write(b"\xff\xd8nothing of a picture", filter=pikepdf.Name.DCTDecode)
        return saved(pdf)


def with_a_password(good: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(good)) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="chu", user="mo"))


def saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The service as ``sohoa serve`` runs it."""
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("data"), jobs=2))
    with served(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield Desk(client, PaperPipeline(), Path())


@pytest.fixture(scope="module")
def intakes(desk: Desk) -> dict[str, dict[str, Any]]:
    """All files sent in one request, and what became of each."""
    reply = desk.send(*sent().items(), code=CODE)
    assert reply.status_code == 202
    return {one["name"]: desk.ended(one["id"], seconds=120) for one in reply.json()["files"]}


@pytest.mark.parametrize(
    ("name", "code", "vietnamese"),
    [
        ("cụt.pdf", "damaged", "Tệp bị hỏng hoặc bị cắt cụt"),
        ("chữ.pdf", "unsupported_kind", "Không nhận dạng được tệp này"),
        ("rỗng.pdf", "empty_file", "Tệp rỗng"),
        ("mật khẩu.pdf", "password", "Tệp PDF có mật khẩu"),
        ("khổng lồ.tif", "page_too_large", "Trang 1 quá lớn"),
    ],
)
def test_each_bad_file_has_its_plain_reason_and_is_kept(
    desk: Desk, intakes: dict[str, dict[str, Any]], name: str, code: str, vietnamese: str
) -> None:
    intake = intakes[name]
    assert intake["state"] == "failed"
    problem = intake["problem"]
    assert (problem["code"], problem["retryable"]) == (code, False)
    assert vietnamese in problem["detail"]
    assert "Traceback" not in problem["english"]
    kept = desk.client.get(f"/api/v1/intakes/{intake['id']}/original")
    assert kept.content == sent()[name]


def test_a_broken_page_is_told_and_the_others_are_read(intakes: dict[str, dict[str, Any]]) -> None:
    intake = intakes["ba trang.pdf"]
    assert intake["state"] == "attached"
    assert intake["refused_pages"] == [2]
    assert sorted(n for one in intake["documents"] for n in one["source_pages"]) == [1, 3]
    assert all(one["state"] == "to_check" for one in intake["documents"])


def test_a_good_file_is_read_classified_and_searchable(
    desk: Desk, intakes: dict[str, dict[str, Any]]
) -> None:
    (document,) = intakes["tốt.pdf"]["documents"]
    assert document["type"]["code"] == "thong_bao"
    body = desk.client.get(document["href"]).json()
    assert body["record"]["source"]["sha256"] == hashlib.sha256(sent()["tốt.pdf"]).hexdigest()
    values = {field["name"]: field["value"] for field in body["fields"]}
    assert values["so_ky_hieu"] == paper().fields["so_ky_hieu"]
    pdf = desk.client.get(f"{document['href']}/pdf").content
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
    picture = desk.client.get(f"{document['href']}/pages/1/image", params={"max_side": 800})
    assert picture.headers["content-type"] == "image/jpeg"
