"""Results are put before their signers, signed and refused on the pages; signatures are verified there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.conftest import Desk
from tests.browser.conftest import Shot
from tests.results.conftest import add, make_keys, serving, settings_of
from tests.signing.paper import DECISION, paper
from tests.signing.pki import BODY, OFFICER, PASSPHRASE, shared_pki
from tests.signing.token import PIN

CODE = "H49.12-251124-7701"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A service that can sign."""
    folder = make_keys(tmp_path_factory.mktemp("keys"))
    data = tmp_path_factory.mktemp("data")
    with serving(settings_of(folder, data, signing_level="B-T", tsa_url=shared_pki().tsa)) as started:
        started.digitized(code=CODE)
        yield started


def one_of(number: int) -> bytes:
    return paper((*DECISION, (f"Hồ sơ thử số {number}", 297, 320)))


def test_a_result_is_presented_signed_by_both_and_verified(
    page: Page, phone: Page, desk: Desk, shot: Shot, tmp_path: Path
) -> None:
    (tmp_path / "giay-phep.pdf").write_bytes(one_of(1))
    page.goto(f"/ho-so/{CODE}")
    page.get_by_text("Trình ký kết quả…").click()
    page.get_by_label("Tệp PDF", exact=True).set_input_files(tmp_path / "giay-phep.pdf")
    page.get_by_label("Tên kết quả").fill("Giấy phép xây dựng")
    page.get_by_label("Người có thẩm quyền ký").fill(OFFICER)
    page.get_by_label("Cơ quan ký (đóng dấu số)").fill(BODY)
    shot(page, "trinh-ky", whole=True)
    page.get_by_role("button", name="Trình ký").click()
    expect(page.locator("#ket-qua")).to_have_text("Kết quả điện tử (1)")

    for number in (2, 3):
        assert add(desk, CODE, one_of(number), name=f"gp-{number}.pdf").status_code == 201
    page.get_by_role("link", name="Ký số", exact=True).click()
    expect(page.locator(".queue")).to_have_count(3)
    page.get_by_label("Chọn tất cả").check()
    page.get_by_label("Mã PIN").fill(PASSPHRASE.decode())
    shot(page, "ky-so", whole=True)
    phone.goto("/ky-so")
    shot(phone, "ky-so-phone", whole=True)
    page.get_by_role("button", name="Ký 3 kết quả").click()
    expect(page.locator("#said")).to_have_text("Đã ký 3/3 kết quả.", timeout=60_000)
    expect(page.locator(".outcome").first).to_have_text("Đã ký, chuyển người ký tiếp theo.")
    expect(page.get_by_label("Mã PIN")).to_have_value("")
    shot(page, "ky-so-xong", whole=True)

    page.goto("/ky-so")
    expect(page.locator(".tabs a[aria-current]")).to_contain_text(BODY)
    page.get_by_label("Chọn Giấy phép xây dựng").first.check()
    page.get_by_label("Khoá ký").select_option("Văn thư")
    page.get_by_label("Mã PIN").fill("9999")
    page.get_by_role("button", name="Ký 1 kết quả").click()
    expect(page.locator("#said")).to_contain_text("PIN", timeout=30_000)
    page.get_by_label("Mã PIN").fill(PIN)
    page.get_by_role("button", name="Ký 1 kết quả").click()
    expect(page.locator("#said")).to_have_text("Đã ký 1/1 kết quả.", timeout=60_000)
    expect(page.locator(".outcome").first).to_have_text("Đã ký, đã phát hành.")

    page.locator(".queue").nth(1).get_by_role("button", name="Từ chối ký…").click()
    page.get_by_label("Lý do").fill("Sai ngày cấp, đề nghị trình lại.")
    page.get_by_role("dialog").get_by_role("button", name="Từ chối").click()
    expect(page.locator(".outcome").nth(1)).to_have_text("Đã từ chối.")

    page.locator(".queue .doc-title").first.click()
    expect(page.locator(".finding")).to_have_attribute("data-verdict", "valid")
    expect(page.locator(".sig")).to_have_count(2)
    shot(page, "ket-qua", whole=True)
    page.goto(f"/ho-so/{CODE}")
    expect(page.get_by_text("Sai ngày cấp, đề nghị trình lại.")).to_be_visible()
    shot(page, "ho-so-ket-qua", whole=True)


def test_a_file_is_verified_on_the_page(
    page: Page, phone: Page, desk: Desk, shot: Shot, tmp_path: Path
) -> None:
    signed = next(
        one for one in desk.client.get("/api/v1/results").json()["items"] if one["state"] == "signed"
    )
    whole = desk.client.get(f"{signed['href']}/pdf").content
    (tmp_path / "nguyen.pdf").write_bytes(whole)
    (tmp_path / "bi-sua.pdf").write_bytes(whole + b"\nthem\n")
    (tmp_path / "khong.pdf").write_bytes(b"khong phai PDF")
    page.goto("/kiem-tra-chu-ky")
    for name, verdict, picture in (
        ("nguyen.pdf", "valid", "kiem-tra-chu-ky"),
        ("bi-sua.pdf", "invalid", "kiem-tra-chu-ky-hong"),
    ):
        page.get_by_label("Tệp PDF đã ký").set_input_files(tmp_path / name)
        page.get_by_role("button", name="Kiểm tra", exact=True).click()
        expect(page.locator(".finding")).to_have_attribute("data-verdict", verdict)
        shot(page, picture, whole=True)
    expect(page.locator(".finding")).to_contain_text("Có dữ liệu nối thêm vào cuối tệp")
    expect(page.locator(".finding h3").first).to_contain_text(re.compile(OFFICER))
    page.get_by_label("Tệp PDF đã ký").set_input_files(tmp_path / "khong.pdf")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.locator("#finding .note")).to_contain_text("không mở được")
    phone.goto("/kiem-tra-chu-ky")
    phone.get_by_label("Tệp PDF đã ký").set_input_files(tmp_path / "nguyen.pdf")
    phone.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(phone.locator(".finding")).to_be_visible()
    shot(phone, "kiem-tra-chu-ky-phone", whole=True)
