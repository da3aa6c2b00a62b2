"""Every page serves people with a keyboard or a screen reader: axe finds no serious fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.api.conftest import DECISION, Desk
from tests.browser.conftest import Shot, page_of

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
CODE = "H49.12-251124-7301"
PAGES = {
    "gui": "/",
    "ho-so": f"/ho-so/{CODE}",
    "kiem-tra": "/giay-to/{document}",
    "danh-sach": "/danh-sach?xem=tat-ca",
    "tep-loi": "/danh-sach?xem=tep-loi",
    "to-phan-cach": f"/to-phan-cach?ma={CODE}",
}


@pytest.fixture(scope="module")
def document(desk: Desk) -> str:
    """A dossier with a document to check and a file that failed."""
    sent = desk.send(("hỏng.pdf", "!damaged\n"), code=CODE).json()["files"][0]
    desk.ended(sent["id"])
    known: str = desk.digitized("quyết định.pdf", DECISION, code=CODE)["id"]
    return known


def faults(page: Page) -> list[Any]:
    """What axe calls serious or critical, with the elements concerned."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (one["id"], [node["html"][:160] for node in one["nodes"]])
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_serious_fault(page: Page, phone: Page, document: str, shot: Shot, name: str) -> None:
    for screen in (page, phone):
        screen.goto(PAGES[name].format(document=document))
        screen.wait_for_load_state("networkidle")
        assert faults(screen) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    if name == "to-phan-cach":
        shot(page, name)
        shot(phone, f"dien-thoai-{name}")
    if name == "kiem-tra":
        page.get_by_role("tab", name="Chữ trên trang").click()
        page.get_by_text("Đổi loại").click()
        assert faults(page) == []
        page.locator("#who").click()
        assert faults(page) == []


def test_the_page_of_a_problem_is_as_good_and_axe_is_awake(browser: Browser, desk: Desk) -> None:
    screen, _ = page_of(browser, str(desk.client.base_url), phone=False)  # it complains of the answer 404
    screen.goto("/khong-co-trang-nay")
    assert faults(screen) == []
    screen.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [name for name, _ in faults(screen)] == ["image-alt"]
    screen.context.close()
