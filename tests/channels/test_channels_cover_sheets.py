"""Cover sheets: printed by command and page, found however they were scanned, followed to their dossier."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont
from typer.testing import CliRunner

import cli
from api.app import create_app
from bench.making import make_paper
from errors import UsageError
from ingest.cover_sheets import draw_cover_sheet
from records import CoverSheet
from settings import Settings
from tests.api.conftest import Desk
from tests.api.paper_pipeline import FONT, PaperPipeline
from tests.api.serving import served
from tests.channels.sheet_wear import found_in, worn_paper, worn_sheet

FIRST, SECOND = "H49.12-251124-0901", "H49.12-251124-0902"


def sheets_of(pdf: bytes) -> list[CoverSheet]:
    document = pdfium.PdfDocument(pdf)
    try:
        return [sheet for page in document for sheet in found_in(page.render(scale=2).to_pil())]
    finally:
        document.close()


def test_the_command_prints_a_sheet_for_each_dossier_and_kind(tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    asked = ["cover-sheet", FIRST, SECOND, "--paper", "to_khai", "--paper", "khac", "--output", str(out)]
    assert CliRunner().invoke(cli.app, asked).exit_code == 0
    assert sheets_of(out.read_bytes()) == [
        CoverSheet(dossier, paper) for dossier in (FIRST, SECOND) for paper in ("to_khai", "khac")
    ]
    again = CliRunner().invoke(cli.app, asked)
    assert isinstance(again.exception, UsageError)
    assert again.exception.code == "output_exists"
    assert CliRunner().invoke(cli.app, [*asked, "--force"]).exit_code == 0


def test_a_sheet_that_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    wrong = CliRunner().invoke(cli.app, ["cover-sheet", FIRST, "--paper", "giay_x", "--output", str(out)])
    assert "giay_x" in str(wrong.exception)
    assert not out.exists()


@pytest.mark.parametrize("number", range(10))
def test_a_worn_sheet_is_found(number: int) -> None:
    sheet, scan = worn_sheet(number)
    assert found_in(scan) == [sheet]


@pytest.mark.parametrize("number", range(3))
def test_no_sheet_is_seen_where_there_is_none(number: int) -> None:
    assert found_in(worn_paper(number)) == []


def test_a_sack_in_one_scan_falls_into_its_dossiers(tmp_path: Path) -> None:
    """Through the real pipeline: two dossiers and their kinds of paper in one TIFF that was sent to a third."""
    small = (1240, 1754)
    notice = make_paper("thong_bao", seed=2, layout=0).pages[0].image.convert("L").resize(small)
    note = Image.new("L", small, 255)
    ImageDraw.Draw(note).text((200, 400), "Kính gửi các bên", 0, ImageFont.truetype(FONT, 44))
    pages = [
        draw_cover_sheet(FIRST, "thong_bao").convert("L").resize(small),
        notice,
        draw_cover_sheet(SECOND, "giay_uy_quyen").convert("L").resize(small).rotate(180),
        note,
    ]
    sack = io.BytesIO()
    pages[0].save(
        sack, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(150, 150)
    )
    with (
        served(create_app(Settings(data_dir=tmp_path, jobs=2))) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        desk = Desk(client, PaperPipeline(), tmp_path)
        sent = desk.send(("bao tải.tif", sack.getvalue()), code="H49.12-251124-0900").json()["files"][0]
        intake = desk.ended(sent["id"], seconds=60)
        assert intake["separators"] == [1, 3]
        found = [(one["ma_ho_so"], one["type"]["code"], one["source_pages"]) for one in intake["documents"]]
        assert found == [(FIRST, "thong_bao", [2]), (SECOND, "giay_uy_quyen", [4])]
        sack_dossier = client.get("/api/v1/dossiers/H49.12-251124-0900").json()
        assert sack_dossier["documents"] == []
        assert len(sack_dossier["intakes"][0]["documents"]) == 2
        assert len(client.get(f"/api/v1/dossiers/{FIRST}/documents").json()["items"]) == 1
        assert "Thông báo" in client.get(f"/ho-so/{FIRST}").text


def test_the_service_prints_sheets_and_says_what_it_cannot_print(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path, jobs=1), digitize=PaperPipeline())
    with served(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        reply = client.get("/api/v1/cover-sheets", params={"ma_ho_so": FIRST.lower(), "copies": 2})
        assert reply.headers["content-type"] == "application/pdf"
        assert sheets_of(reply.content) == [CoverSheet(FIRST)] * 2
        for wrong, code in (
            ({"ma_ho_so": "H49"}, "bad_dossier_code"),
            ({"ma_ho_so": "H49-991231-0001"}, "bad_dossier_code"),
            ({"type": "giay_x"}, "unknown_paper"),
            ({"copies": 101}, "invalid_request"),
            ({"type": ["khac", "to_khai"], "copies": 51}, "invalid_request"),
        ):
            refused = client.get("/api/v1/cover-sheets", params=wrong)
            assert (refused.status_code, refused.json()["code"]) == (422, code)
        page = client.get("/to-phan-cach", params={"ma": FIRST})
        assert FIRST in page.text
        assert "Giấy khai sinh" in page.text
