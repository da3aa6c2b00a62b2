"""The clerk sends files and watches them being read."""

from __future__ import annotations

import io
import json
import re

import segno
from PIL import Image, ImageFilter
from playwright.sync_api import Page, expect

from bench.making import make_paper
from tests.api.conftest import DECISION, Desk
from tests.browser.conftest import Shot
from tests.browser.test_browser_access import faults
from tests.digitize.conftest import as_pdf

CODE = "H49.12-251124-7001"


def files(*named: tuple[str, str]) -> list[dict[str, object]]:
    return [{"name": name, "mimeType": "application/pdf", "buffer": text.encode()} for name, text in named]


def test_files_are_sent_watched_and_their_documents_opened(page: Page, desk: Desk, shot: Shot) -> None:
    page.goto("/")
    go, code = page.locator("#go"), page.get_by_label("Mã hồ sơ", exact=True)
    expect(code).to_be_focused()
    expect(go).to_be_disabled()
    code.fill("H49.12-251331-0007")
    code.blur()
    expect(page.get_by_text("Ngày 31/13/2025 trong mã hồ sơ không có thật")).to_be_visible()
    code.fill(CODE.lower())
    expect(page.get_by_text("Mã hồ sơ đúng cấu trúc")).to_be_visible()
    shot(page, "gui-ho-so")
    desk.pipeline.gate.clear()
    try:
        page.locator("#files").set_input_files(
            files(
                ("quyết định.pdf", DECISION + "\fTrang hai\fTrang ba"),
                ("mật khẩu.pdf", "!password\n"),
                ("thừa.pdf", "thong_bao\nthừa"),
            )  # type: ignore[arg-type]
        )
        page.get_by_role("button", name="Bỏ tệp thừa.pdf").click()
        expect(go).to_have_text("Gửi 2 tệp")
        code.press("Enter")
        entries = page.locator("#sent > li")
        expect(entries).to_have_count(2)
        expect(entries.nth(0).locator(".tiles .read")).to_have_count(1)
        expect(entries.nth(0).locator(".tiles li")).to_have_count(3)
        expect(entries.nth(0)).to_contain_text("Đã đọc 1/3 trang")
        expect(entries.nth(1)).to_contain_text("Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
        expect(entries.nth(1).get_by_role("button", name="Đọc lại")).to_have_count(0)
        shot(page, "dang-doc", whole=True)
    finally:
        desk.pipeline.gate.set()
    expect(page.locator("#summary")).to_have_text("1 đã đọc xong, 1 không đọc được")
    found = page.locator(".found-one")
    expect(found).to_contain_text("Quyết định")
    expect(found.locator("img")).to_have_count(3)
    shot(page, "da-doc", whole=True)
    found.click()
    expect(page).to_have_url(re.compile(r"/giay-to/[0-9A-Z]{26}$"))


def test_a_dropped_file_is_taken_and_a_second_sending_is_told(page: Page, desk: Desk) -> None:
    text = "thong_bao\n^THÔNG BÁO"
    desk.digitized("đã có.pdf", text, code="H49.12-251124-7002")
    page.goto("/?ma=H49.12-251124-7002")
    dropped = page.evaluate_handle(
        """text => {
            const all = new DataTransfer();
            all.items.add(new File([text], 'thả.pdf'));
            return all;
        }""",
        text,
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    page.get_by_role("button", name="Gửi 1 tệp").click()
    expect(page.locator("#sent > li")).to_contain_text("không lưu thêm bản thứ hai")
    expect(page.locator("#sent > li")).to_have_attribute("data-state", "attached")
    expect(page.locator(".found-one")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#confirm")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text("Đã xác nhận")


def test_progress_comes_by_polling_where_events_do_not_come_through(page: Page, desk: Desk) -> None:
    page.route(re.compile("/events$"), lambda route: route.fulfill(status=404, body="{}"))
    desk.pipeline.gate.clear()
    try:
        page.goto("/?ma=H49.12-251124-7003")
        page.locator("#files").set_input_files(files(("a.pdf", "thong_bao\nmột\fhai")))  # type: ignore[arg-type]
        page.locator("#go").click()
        expect(page.locator(".tiles .read")).to_have_count(1)
    finally:
        desk.pipeline.gate.set()
    expect(page.locator("#sent > li")).to_have_attribute("data-state", "attached")
    page.unroute_all()


def test_what_must_be_scanned_again_is_shown_before_it_is_sent(page: Page, phone: Page, shot: Shot) -> None:
    good = make_paper("thong_bao", seed=2, layout=0).pages[0].image.convert("L").resize((1240, 1754))
    upside_down = good.rotate(180)
    pdf = as_pdf(good, upside_down, good.filter(ImageFilter.GaussianBlur(3)), dpi=150)
    for screen, name in ((page, "quet-lai"), (phone, "dien-thoai-quet-lai")):
        screen.goto("/?ma=H49.12-251124-7005")
        screen.locator("#files").set_input_files(
            [{"name": "ba trang.pdf", "mimeType": "application/pdf", "buffer": pdf}]
        )
        expect(screen.locator(".pages-row img")).to_have_count(3)
        expect(screen.locator(".fault")).to_have_count(1)
        expect(screen.locator(".fault")).to_contain_text("Quét lại trang 3: ảnh bị mờ")
        expect(screen.locator(".fault img")).to_be_visible()
        screen.get_by_label("Số trang giấy trên tay").fill("4")
        expect(screen.locator("#gate")).to_contain_text("1 trang hoặc tệp nên quét lại")
        expect(screen.locator("#gate")).to_contain_text(
            "Thiếu 1 trang: trên tay có 4 trang, tệp quét có 3 trang."
        )
        assert faults(screen) == []
        shot(screen, name, whole=True)
        screen.get_by_label("Số trang giấy trên tay").fill("3")
        expect(screen.locator("#gate")).to_contain_text("Đủ 3 trang.")
        expect(screen.locator("#go")).to_be_enabled()
        screen.get_by_role("button", name="Bỏ tệp").click()
        expect(screen.locator("#gate")).to_be_hidden()


def photo_of(*texts: str) -> bytes:
    """A desk photographed from above, with a QR mark for each text."""
    picture = Image.new("RGB", (900 * len(texts) or 900, 900), (150, 120, 90))
    for number, text in enumerate(texts):
        mark = io.BytesIO()
        segno.make(text, error="m").save(mark, kind="png", scale=8)
        picture.paste(
            Image.open(mark).convert("RGB").rotate(4, expand=True, fillcolor="white"),
            (900 * number + 150, 200),
        )
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def test_the_code_is_taken_from_the_photographed_receipt(page: Page) -> None:
    page.goto("/")
    for texts, said in (
        ((), "Không thấy mã hồ sơ trong ảnh"),
        (("https://dichvucong.gov.vn/tra-cuu?ma=khong-co",), "Không thấy mã hồ sơ trong ảnh"),
        (("H49.12-251124-7008", "H49.12-251124-7009"), "Ảnh có nhiều mã hồ sơ"),
    ):
        page.locator("#scan").set_input_files(
            [{"name": "giay.jpg", "mimeType": "image/jpeg", "buffer": photo_of(*texts)}]
        )
        expect(page.locator("#ma-hint")).to_contain_text(said)
        expect(page.get_by_label("Mã hồ sơ", exact=True)).to_have_value("")
    receipt = photo_of("https://dichvucong.gov.vn/tra-cuu?ma=H49.12-251124-7008&x=1")
    page.locator("#scan").set_input_files([{"name": "giay.jpg", "mimeType": "image/jpeg", "buffer": receipt}])
    expect(page.get_by_label("Mã hồ sơ", exact=True)).to_have_value("H49.12-251124-7008")
    expect(page.locator("#ma-hint")).to_have_text("Mã hồ sơ đúng cấu trúc.")


def test_a_machines_fault_can_be_sent_again(page: Page) -> None:
    problem = {"detail": "Máy chủ hết chỗ lưu trữ.", "code": "disk_full", "status": 503, "retryable": True}
    page.route(
        re.compile("/scans$"),
        lambda route: route.fulfill(
            status=503, content_type="application/problem+json", body=json.dumps(problem)
        ),
        times=1,
    )
    page.goto("/?ma=H49.12-251124-7004")
    page.locator("#files").set_input_files(files(("a.pdf", "thong_bao\nlại")))  # type: ignore[arg-type]
    page.locator("#go").click()
    expect(page.locator("#sent > li")).to_contain_text("Máy chủ hết chỗ lưu trữ.")
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.locator("#sent > li")).to_have_attribute("data-state", "attached")
