"""The clerk's way on the real service: a made paper goes in, is read, checked and confirmed."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from api.app import create_app
from bench.making import make_paper
from bench.making.wear import wear
from settings import Settings
from tests.api.serving import served
from tests.browser.conftest import Shot, page_of

CODE = "H49.12-251124-7201"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """As ``sohoa serve`` runs it."""
    with served(create_app(Settings(data_dir=tmp_path_factory.mktemp("data"), jobs=2))) as address:
        yield address


def test_a_paper_is_sent_read_checked_and_confirmed(browser: Browser, service: str, shot: Shot) -> None:
    paper = make_paper("giay_khai_sinh", seed=4, layout=0)
    scan = wear(paper.pages[0], "sealed", seed=4)
    page, complaints = page_of(browser, service, phone=False)
    page.goto(f"/?ma={CODE}")
    page.locator("#files").set_input_files(
        [{"name": "giấy khai sinh.jpg", "mimeType": "image/jpeg", "buffer": scan.data}]
    )
    page.locator("#go").click()
    expect(page.locator("#sent > li")).to_have_attribute("data-state", "attached", timeout=60_000)
    page.locator(".found-one").click()
    expect(page.locator("#title")).to_have_text("Giấy khai sinh")
    shot(page, "that-kiem-tra")
    expect(page.locator("#f-ho_ten")).to_have_value(paper.fields["ho_ten"])
    for _ in range(page.locator(".field.is-doubt").count()):
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_have_text("Đã lưu.")
    expect(page.locator("#confirm")).to_have_text("Xác nhận")
    page.locator("#confirm").click()
    expect(page.locator("#state")).to_have_text("Đã xác nhận")
    page.get_by_role("tab", name="Chữ trên trang").click()
    expect(page.locator("#lines")).to_contain_text(paper.fields["ho_ten"])
    shot(page, "that-chu")
    page.context.close()
    assert complaints == []
    with httpx.Client(base_url=service) as client:
        assert client.get(f"/api/v1/dossiers/{CODE}").json()["documents"][0]["state"] == "confirmed"
