"""The list of batches and the minutes of handover, as clerks see and print them."""

from __future__ import annotations

import hashlib

from playwright.sync_api import Page, expect

from tests.api.conftest import Desk
from tests.browser.conftest import Shot
from tests.browser.test_browser_access import faults

CODE = "H49.12-251124-7401"


def test_the_minutes_of_handover(page: Page, phone: Page, desk: Desk, shot: Shot) -> None:
    good, bad = "to_khai\n^TỜ KHAI\ftrang hai".encode(), b"!damaged\nlo"
    lines = [("tờ khai.pdf", good, 3), ("hỏng.pdf", bad, 1), ("chưa đến.pdf", b"x", 2)]
    rows = [f"{CODE},{name},{hashlib.sha256(data).hexdigest()},{pages}" for name, data, pages in lines]
    manifest = "\n".join(["ma_ho_so,file,sha256,pages", *rows]).encode()
    parts = [
        ("manifest", ("manifest.csv", manifest)),
        ("files", ("tờ khai.pdf", good)),
        ("files", ("hỏng.pdf", bad)),
    ]
    body = desk.client.post("/api/v1/batches", files=parts, headers={"X-Sender": "buu-cuc"}).json()
    for one in body["files"][:2]:
        desk.ended(one["href"].rsplit("/", 1)[1])
    for screen, name in ((page, "bien-ban"), (phone, "dien-thoai-bien-ban")):
        screen.goto("/danh-sach")
        screen.get_by_role("link", name="Lô bưu điện gửi").click()
        expect(screen.get_by_text("Chưa nhận: 1")).to_be_visible()
        assert faults(screen) == []
        if screen is page:
            shot(page, "cac-lo")
        screen.locator("main a.doc-title").first.click()
        expect(screen.get_by_role("heading", name="BIÊN BẢN GIAO NHẬN HỒ SƠ")).to_be_visible()
        expect(screen.locator("main")).to_contain_text("lệch số trang (bảng kê 3, thực nhận 2)")
        expect(screen.locator("main")).to_contain_text("chưa đến.pdf: chưa nhận")
        assert faults(screen) == []
        shot(screen, name, whole=True)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    page.emulate_media(media="print")
    expect(page.locator("#print")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
