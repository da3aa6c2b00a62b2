"""What was read on paper is as little to be trusted as the paper: it is shown, never obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.pages.figures import plain_cell
from settings import Settings
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served
from tests.hostile.conftest import Centre

CODE = "H49.12-251124-7007"
SCRIPT = "<script>alert('đọc')</script>"
PICTURE = '"><img src=x onerror=alert(1)>'
TEMPLATE = "{{7*7}}${7*7}"
PAPER = (
    f"cong_van so_ky_hieu={PICTURE}?; trich_yeu={SCRIPT}!; nguoi_ky={TEMPLATE}; co_quan_ban_hanh=-1+1|cmd\n"
    f"{SCRIPT}\n{PICTURE}\n{TEMPLATE}\n-1+1|cmd\n</textarea></title><!--\n"
)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Centre, dict[str, Any]]]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("text"), jobs=1)
    app = create_app(settings, digitize=PaperPipeline())
    with served(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        centre = Centre(client, settings.data_dir)
        intake = centre.send(CODE, (f"{SCRIPT}.pdf", PAPER.encode())).json()["files"][0]["id"]
        yield centre, centre.ended(intake)["documents"][0]


@pytest.mark.parametrize("page", ["/ho-so/{code}", "/giay-to/{id}", "/danh-sach", "/danh-sach?q=alert"])
def test_pages_show_what_was_read_and_do_not_run_it(
    reading: tuple[Centre, dict[str, Any]], page: str
) -> None:
    centre, document = reading
    address = page.format(code=CODE, id=document["id"])
    answer = centre.client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    for raw in (SCRIPT, "<script>alert", "<img src=x", "49$49", "</textarea></title>"):
        assert raw not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_review_page_holds_it_all_the_same(reading: tuple[Centre, dict[str, Any]]) -> None:
    centre, document = reading
    shown = centre.client.get(f"/giay-to/{document['id']}", headers={"Accept": "text/html"}).text
    assert "&lt;script&gt;alert(" in shown
    assert "{{7*7}}${7*7}" in shown


def test_answers_of_the_api_are_no_pages(reading: tuple[Centre, dict[str, Any]]) -> None:
    centre, document = reading
    base = f"/api/v1/documents/{document['id']}"
    for address, kind in (
        (base, "application/json"),
        (f"{base}/record", "application/json"),
        (f"{base}/pages/1", "application/json"),
        (f"{base}/text", "text/plain; charset=utf-8"),
        (f"/api/v1/dossiers/{CODE}", "application/json"),
    ):
        answer = centre.client.get(address, headers={"Accept": "text/html"})
        assert answer.headers["content-type"] == kind, address
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_only_known_answers_go_into_a_spreadsheet_and_none_as_a_formula() -> None:
    """Who adds another export adds it here, and makes its cells plain as the figures do."""
    described = create_app(Settings(data_dir=Path("/nonexistent"))).openapi()
    sheets = {
        address
        for address, methods in described["paths"].items()
        for operation in methods.values()
        for answer in operation["responses"].values()
        for kind in answer.get("content", {})
        if "csv" in kind or "spreadsheet" in kind or "excel" in kind
    }
    assert len(sheets) == 1, sheets
    assert sheets.pop().endswith(".csv")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1+1|cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_never_begins_a_formula(formula: str) -> None:
    assert plain_cell(formula)[0] not in "=+-@\t\r"
    assert plain_cell("Trung tâm Hồng Gai") == "Trung tâm Hồng Gai"
