"""A real Chromium on the running service. What a clerk sees is left as pictures in ``var/screenshots``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from api.app import create_app
from settings import Settings
from tests.api.conftest import Desk
from tests.api.paper_pipeline import PaperPipeline
from tests.api.serving import served

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a file. No longer: while Playwright lives, an event loop runs in this
    thread, and tests of other rooms could not start theirs."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The service with a fast reading that the sent file itself dictates."""
    pipeline = PaperPipeline()
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("data"), jobs=2), digitize=pipeline)
    with served(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield Desk(client, pipeline, Path())


class Complaints(list[str]):
    """What the browser complained of: errors in scripts, refused content."""


def is_complaint(said: ConsoleMessage) -> bool:
    """Chromium also counts an error answer of the API as one, which some tests ask for."""
    return said.type == "error" and "/api/v1/" not in said.location.get("url", "")


def page_of(browser: Browser, address: str, phone: bool) -> tuple[Page, Complaints]:
    """A fresh page and what it will complain of."""
    context = browser.new_context(
        base_url=address,
        viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
        is_mobile=phone,
        has_touch=phone,
        device_scale_factor=2 if phone else 1,
        locale="vi-VN",
        accept_downloads=True,
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints = Complaints()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
    page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    return page, complaints


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A clerk's screen. The browser must have nothing to complain of."""
    opened, complaints = page_of(browser, str(desk.client.base_url), phone=False)
    yield opened
    opened.context.close()
    assert complaints == []


@pytest.fixture
def phone(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A phone's screen."""
    opened, complaints = page_of(browser, str(desk.client.base_url), phone=True)
    yield opened
    opened.context.close()
    assert complaints == []


@pytest.fixture
def shot() -> Shot:
    """Keep a picture of the page under a name."""
    return Shot()


class Shot:
    """Takes screenshots."""

    def __call__(self, page: Page, name: str, whole: bool = False) -> None:
        """Wait for the pictures of the page, then take it."""
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=whole)
