"""The clerk checks documents, finds them again, and sees what failed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.api.conftest import DECISION, Desk
from tests.browser.conftest import Shot


def test_a_document_is_checked_with_the_keyboard_alone(page: Page, desk: Desk, shot: Shot) -> None:
    known = desk.digitized("quyết định.pdf", DECISION, code="H49.12-251124-7101")
    page.goto(f"/giay-to/{known['id']}")
    date = page.get_by_label("Ngày ban hành")
    signer = page.get_by_label("Người ký")
    expect(date).to_be_focused()
    expect(date).to_have_value("05/09/2025")
    expect(page.locator(".place.now")).to_have_count(1)
    shot(page, "kiem-tra")
    page.keyboard.type("6/9/2025")
    page.keyboard.press("Enter")
    expect(signer).to_be_focused()
    page.keyboard.press("Escape")
    expect(date).to_be_focused()
    expect(date).to_have_value("06/09/2025")
    page.keyboard.press("Tab")
    expect(signer).to_be_focused()
    page.keyboard.type("sai")
    page.keyboard.press("Escape")
    expect(signer).to_have_value("Trần Văn Mẫu")
    page.keyboard.press("Enter")
    confirm = page.locator("#confirm")
    expect(confirm).to_be_focused()
    expect(confirm).to_have_text("Xác nhận")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text("Đã xác nhận")
    expect(page.locator("#onward")).to_be_focused()
    shot(page, "da-xac-nhan")
    body = desk.client.get(known["href"]).json()
    assert body["state"] == "confirmed"
    values = {one["name"]: (one["value"], one["read_value"]) for one in body["fields"]}
    assert values["ngay_ban_hanh"] == ("2025-09-06", "2025-09-05")


def test_a_wrong_date_is_told_and_not_kept(page: Page, desk: Desk) -> None:
    known = desk.digitized(text=DECISION + " a", code="H49.12-251124-7102")
    page.goto(f"/giay-to/{known['id']}")
    page.get_by_label("Ngày ban hành").fill("31/2/2025")
    page.get_by_label("Ngày ban hành").press("Enter")
    expect(page.locator("#said")).to_contain_text("không phải là ngày có thật")
    assert desk.client.get(known["href"]).json()["version"] == 1
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_doubtful_new_value_is_told_and_kept_when_the_clerk_insists(page: Page, desk: Desk) -> None:
    known = desk.digitized(text=DECISION + " d", code="H49.12-251124-7111")
    page.goto(f"/giay-to/{known['id']}")
    date = page.get_by_label("Ngày ban hành")
    expect(date).to_be_focused()
    date.fill("06/09/2099")
    date.press("Enter")
    expect(page.locator("#w-ngay_ban_hanh")).to_contain_text("Nhấn Enter lần nữa")
    expect(date).to_be_focused()
    date.press("Enter")
    expect(page.get_by_label("Người ký")).to_be_focused()
    (field,) = [
        one for one in desk.client.get(known["href"]).json()["fields"] if one["name"] == "ngay_ban_hanh"
    ]
    assert (field["value"], field["valid"]) == ("2099-09-06", False)


def test_the_second_of_two_clerks_is_told_and_overwrites_nothing(page: Page, desk: Desk, shot: Shot) -> None:
    known = desk.digitized(text=DECISION + " b", code="H49.12-251124-7103")
    page.goto(f"/giay-to/{known['id']}")
    expect(page.get_by_label("Ngày ban hành")).to_be_focused()
    desk.client.put(
        f"{known['href']}/fields/ngay_ban_hanh", json={"value": "2025-01-01"}, headers={"If-Match": '"1"'}
    )
    page.get_by_label("Ngày ban hành").press("Enter")
    expect(page.locator("#said")).to_contain_text("Người khác vừa sửa giấy tờ này")
    shot(page, "hai-nguoi")
    page.get_by_role("button", name="Tải lại trang").click()
    expect(page.get_by_label("Ngày ban hành")).to_have_value("01/01/2025")


def test_the_type_is_changed_and_the_name_of_who_did_it_is_kept(page: Page, desk: Desk) -> None:
    known = desk.digitized(text=DECISION + " c", code="H49.12-251124-7104")
    page.goto(f"/giay-to/{known['id']}")
    page.locator("#who").click()
    page.get_by_label("Họ tên").fill("Lê Thị Đối Chiếu")
    page.keyboard.press("Enter")
    page.get_by_text("Đổi loại").click()
    page.get_by_label("Loại giấy tờ").select_option("cong_van")
    page.get_by_role("button", name="Lưu loại").click()
    expect(page.locator("#title")).to_have_text("Công văn")
    assert desk.client.get(known["href"]).json()["type"]["read"] == "quyet_dinh"
    page.goto("/ho-so/H49.12-251124-7104")
    expect(page.locator(".history")).to_contain_text("Sửa loại giấy tờ")
    expect(page.locator(".history")).to_contain_text("Lê Thị Đối Chiếu")


def test_words_and_their_places_light_up_together_on_every_page(page: Page, desk: Desk, shot: Shot) -> None:
    text = "thong_bao\n^THÔNG BÁO\nTrang thứ nhất\fNội dung của trang thứ hai"
    known = desk.digitized(text=text, code="H49.12-251124-7105")
    page.goto(f"/giay-to/{known['id']}")
    page.get_by_role("tab", name="Chữ trên trang").click()
    page.get_by_role("button", name="Trang sau").click()
    expect(page.locator("#where")).to_have_text("Trang 2/2")
    page.locator("#lines").get_by_text("dung", exact=True).hover()
    lit = page.locator("#marks .word.lit")
    expect(lit).to_have_count(1)
    expect(lit).to_have_attribute("data-word", "1")
    shot(page, "chu-tren-trang")


def test_found_words_are_lit_in_the_picture(page: Page, desk: Desk, shot: Shot) -> None:
    text = "to_khai ho_ten=Đặng Thị Tìm Thấy\n^TỜ KHAI\fHọ tên: Đặng Thị Tìm Thấy"
    desk.digitized("tờ khai.pdf", text, code="H49.12-251124-7106")
    page.goto("/danh-sach")
    page.get_by_role("link", name=re.compile("^Tất cả")).click()
    page.get_by_label("Tìm chữ trong giấy tờ").fill("thấy 251124-7106")
    page.keyboard.press("Enter")
    expect(page.locator(".work tbody tr")).to_have_count(1)
    expect(page.locator(".work .telling")).to_have_text("Đặng Thị Tìm Thấy")
    shot(page, "tim-kiem")
    page.get_by_role("link", name="Tờ khai").click()
    expect(page.locator("#where")).to_have_text("Trang 2/2")
    expect(page.locator("#marks .found")).to_have_count(1)


def test_words_are_found_and_lit_whatever_their_marks_and_the_list_is_narrowed(
    page: Page, desk: Desk, shot: Shot
) -> None:
    text = "to_khai ho_ten=Đoàn Thị Đường\n^TỜ KHAI\fHọ tên: Đoàn Thị Đường"
    desk.digitized("a.pdf", text, code="H49.12-251124-7112")
    desk.digitized("b.pdf", DECISION + " duong", code="H61.12-251124-7113")
    page.goto("/danh-sach?xem=tat-ca&tim=duong")
    expect(page.locator(".work tbody tr")).to_have_count(1)
    page.get_by_label("Không phân biệt dấu").check()
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator(".work tbody tr")).to_have_count(2)
    shot(page, "tim-khong-dau")
    page.get_by_label("Trung tâm, cơ quan").select_option("H61.12")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator(".work tbody tr")).to_have_count(1)
    page.get_by_label("Điểm nghi ngờ").select_option("page_failed")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator(".empty")).to_contain_text("Không tìm thấy giấy tờ nào khớp")
    page.goto("/danh-sach?xem=tat-ca&tim=doan+thi+duong&khong_dau=1")
    page.get_by_role("link", name="Tờ khai").click()
    expect(page.locator("#where")).to_have_text("Trang 2/2")
    expect(page.locator("#marks .found")).to_have_count(3)


def test_a_failed_file_shows_its_reason_and_is_tried_again(page: Page, desk: Desk, shot: Shot) -> None:
    sent = desk.send(("hỏng.pdf", "!damaged\n"), code="H49.12-251124-7107").json()["files"][0]
    desk.ended(sent["id"])
    page.goto("/danh-sach?xem=tep-loi&xep=moi")
    entry = page.locator(f"[data-intake='{sent['id']}']")
    expect(entry).to_contain_text("Tệp bị hỏng hoặc bị cắt cụt")
    shot(page, "tep-loi")
    calls = desk.pipeline.calls
    entry.get_by_role("button", name="Đọc lại").click()
    expect(entry.get_by_role("status")).to_be_empty()
    expect(entry).to_contain_text("Tệp bị hỏng")
    desk.ended(sent["id"])
    assert desk.pipeline.calls == calls + 1


def test_the_dossier_shows_documents_failures_and_history(page: Page, desk: Desk, shot: Shot) -> None:
    code = "H49.12-251124-7108"
    desk.digitized("quyết định.pdf", DECISION, code=code)
    desk.ended(desk.send(("hỏng.pdf", "!damaged\n"), code=code).json()["files"][0]["id"])
    page.goto("/")
    page.get_by_label("Mã hồ sơ cần mở").fill(code.lower())
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/ho-so/{code}$"))
    expect(page.locator(".doc")).to_contain_text("15/QĐ-SXD")
    expect(page.locator(".failed")).to_contain_text("hỏng.pdf")
    expect(page.locator(".history")).to_contain_text("Không đọc được tệp: hỏng.pdf")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải PDF").click()
    assert download.value.suggested_filename.endswith("Quyết định quyết định-1.pdf")
    shot(page, "ho-so", whole=True)


def test_what_stands_on_paper_is_never_run(page: Page, desk: Desk) -> None:
    evil = "<img/src=x/onerror=alert(1)> <script>alert(2)</script> {{7*7}}"
    text = f"thong_bao trich_yeu={evil}?\n{evil}"
    known = desk.digitized("<b>tệp</b>.pdf", text, code="H49.12-251124-7109")
    for address in (f"/giay-to/{known['id']}", "/ho-so/H49.12-251124-7109", "/danh-sach?xem=tat-ca&xep=moi"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.locator("img[src=x]").count() == 0
    page.goto(f"/giay-to/{known['id']}")
    expect(page.get_by_label("Trích yếu")).to_have_value(evil)
    page.get_by_role("tab", name="Chữ trên trang").click()
    expect(page.locator("#lines")).to_contain_text("<script>alert(2)</script>")


@pytest.mark.parametrize("name", ["gui", "kiem-tra", "danh-sach", "ho-so"])
def test_every_page_fits_a_phone(phone: Page, desk: Desk, shot: Shot, name: str) -> None:
    known = desk.digitized("quyết định.pdf", DECISION, code="H49.12-251124-7110")
    address = {
        "gui": "/",
        "kiem-tra": f"/giay-to/{known['id']}",
        "danh-sach": "/danh-sach?xem=tat-ca",
        "ho-so": "/ho-so/H49.12-251124-7110",
    }[name]
    phone.goto(address)
    shot(phone, f"dien-thoai-{name}")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    if name == "kiem-tra":
        date = phone.get_by_label("Ngày ban hành")
        date.tap()
        expect(phone.locator(".place.now")).to_be_in_viewport()
        expect(date).to_be_in_viewport()
        shot(phone, "dien-thoai-sua")
        date.fill("6/9/2025")
        date.press("Enter")
        expect(phone.locator("#said")).to_have_text("Đã lưu.")
