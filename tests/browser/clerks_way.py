"""The clerk's way with the keyboard alone, timed: a file is picked, read, checked and confirmed.

python -m tests.browser.clerks_way

The service reads for real; the papers are invented. Seconds are of this machine as it is just now.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from api.app import create_app
from bench.making import make_paper
from bench.making.wear import wear
from bench.making.writing import pdf_of
from settings import Settings
from tests.api.serving import served
from tests.browser.conftest import ARGUMENTS, CHROMIUM, page_of

ONE = ("giay_khai_sinh",)
FIVE = ("to_khai", "giay_khai_sinh", "can_cuoc", "xac_nhan_cu_tru", "giay_uy_quyen")
READ_MS = 120_000


@dataclass
class Way:
    """What it took. ``read`` and ``confirmed`` in seconds since the file was picked; ``keys`` pressed."""

    pages: int
    documents: int = 0
    read: float = 0.0
    confirmed: float = 0.0
    keys: int = 0


class Keyboard:
    """Presses keys and counts them."""

    def __init__(self, page: Page, way: Way) -> None:
        self.page, self.way = page, way

    def press(self, key: str) -> None:
        """One key."""
        self.page.keyboard.press(key)
        self.way.keys += 1

    def tab_to(self, selector: str) -> None:
        """Tab until the focus is there."""
        for _ in range(60):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"no way to {selector} by Tab")


def walk(page: Page, code: str, kinds: tuple[str, ...]) -> Way:
    """Send the papers as one scan and confirm every document."""
    papers = [make_paper(kind, seed=4, layout=0).pages[0] for kind in kinds]
    scans = [wear(paper, "office", seed=4) for paper in papers]
    way = Way(len(scans))
    keys = Keyboard(page, way)
    page.goto(f"/?ma={code}")
    page.locator("#ma").focus()
    started = time.monotonic()
    page.locator("#files").set_input_files(
        [{"name": "ho so.pdf", "mimeType": "application/pdf", "buffer": pdf_of(scans)}]
    )
    keys.press("Enter")
    expect(page.locator("#sent > li")).to_have_attribute("data-state", "attached", timeout=READ_MS)
    way.read = time.monotonic() - started
    way.documents = page.locator(".found-one").count()
    keys.tab_to(".found-one")
    for number in range(way.documents):
        keys.press("Enter")
        expect(page.locator("#confirm")).to_be_enabled()
        confirm(page, keys)
        if number + 1 < way.documents:
            page.goto(f"/ho-so/{code}")
            page.locator(".doc-title").nth(number + 1).focus()
    way.confirmed = time.monotonic() - started
    return way


def confirm(page: Page, keys: Keyboard) -> None:
    """Enter through the doubts, then confirm."""
    page.wait_for_load_state("networkidle")
    if page.locator(".field.is-doubt").count():
        for _ in range(20):
            if page.evaluate("document.activeElement.id === 'confirm'"):
                break
            left = page.locator(".field.is-doubt").count()
            keys.press("Enter")
            page.wait_for_function("n => document.querySelectorAll('.field.is-doubt').length < n", arg=left)
    page.wait_for_timeout(50)
    keys.tab_to("#confirm")
    keys.press("Enter")
    expect(page.locator("#state")).to_have_text("Đã xác nhận")


def main() -> None:
    """Print one line for each dossier."""
    with tempfile.TemporaryDirectory() as data, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with served(create_app(Settings(data_dir=Path(data), jobs=2))) as address:
            page, _ = page_of(browser, address, phone=False)
            walk(page, "H49.12-251124-0100", ONE)  # the first file starts the children
            for number, kinds in enumerate((ONE, FIVE), start=1):
                way = walk(page, f"H49.12-251124-010{number}", kinds)
                print(
                    f"{way.pages} pages, {way.documents} documents: read after {way.read:.1f} s, "
                    f"confirmed after {way.confirmed:.1f} s, {way.keys} keys"
                )
        browser.close()


if __name__ == "__main__":
    main()
