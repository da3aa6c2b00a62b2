"""Values that are likely wrong are doubted, never changed: each class of mistake that was seen."""

from __future__ import annotations

import pytest

from classifiers.fields import find_fields
from records import FieldValue
from tests.factories import MOTTO, page

DOUBTFUL = 0.75


def fields(code: str, text: str) -> dict[str, FieldValue]:
    return {f.name: f for f in find_fields(code, [page(text)])}


def head(
    body: str, number: str = "Số: 12/QĐ-UBND", place: str = "Ba Chẽ", day: str = ", ngày 05 tháng 9 năm 2025"
) -> str:
    return (
        f"{body} || Độc lập - Tự do - Hạnh phúc\n{number} || {place}{day}\n".replace(
            body, f"UBND TỈNH QUẢNG NINH || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{body}", 1
        )
        + "^QUYẾT ĐỊNH\n^Về việc giao chỉ tiêu\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"
        "báo cáo trước ngày 25 tháng 9 năm 2025 để tổng hợp\n"
    )


def test_a_name_printed_twice_with_other_marks_is_doubted() -> None:
    form = MOTTO + "^GIẤY ỦY QUYỀN\n1. Người ủy quyền:\nHọ và tên: {one}\n>NGƯỜI ỦY QUYỀN\n>{two}\n"
    once = fields("giay_uy_quyen", form.format(one="Hoàng Ngọc Quyên", two=""))["ben_uy_quyen"]
    alike = fields("giay_uy_quyen", form.format(one="Hoàng Ngọc Quyên", two="Hoàng Ngọc Quyên"))[
        "ben_uy_quyen"
    ]
    other = fields("giay_uy_quyen", form.format(one="Hoàng Ngọc Quyền", two="Hoàng Ngọc Quyên"))[
        "ben_uy_quyen"
    ]
    assert other.confidence < DOUBTFUL < once.confidence < alike.confidence
    assert other.value == "Hoàng Ngọc Quyền"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Dân tộc: inh", "dan_toc"),
        ("Quốc tịch: Việt Narn", "quoc_tich"),
        ("Giới tính: Nũ", "gioi_tinh"),
        ("Quê quán: Xã Hải Châu, tỉnh Gi Lai", "que_quan"),
        ("Quê quán: Xã Hải Châu, ỉnhh Gia Lai", "que_quan"),
        ("Họ, chữ đệm, tên người mẹ: Trần Thị Khng", "ho_ten_me"),
        ("Họ, chữ đệm, tên người mẹ: Trần Thị P.hong", "ho_ten_me"),
    ],
)
def test_what_cannot_be_is_doubted(line: str, name: str) -> None:
    assert fields("giay_khai_sinh", f"{MOTTO}^GIẤY KHAI SINH\n{line}\n")[name].confidence < DOUBTFUL


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Dân tộc: Khmer", "dan_toc"),
        ("Dân tộc: Sán Dìu", "dan_toc"),
        ("Quốc tịch: Hoa Kỳ", "quoc_tich"),
        ("Giới tính: Nữ", "gioi_tinh"),
        ("Quê quán: Xã Hải Châu, tỉnh Thanh Hóa", "que_quan"),
        ("Họ, chữ đệm, tên người mẹ: Trần Thị Hòa", "ho_ten_me"),
    ],
)
def test_what_can_be_is_not(line: str, name: str) -> None:
    assert fields("giay_khai_sinh", f"{MOTTO}^GIẤY KHAI SINH\n{line}\n")[name].confidence > DOUBTFUL


@pytest.mark.parametrize(
    ("body", "number", "place"),
    [
        ("HỘI ĐỒNG NHÂN DÂN", "Số: 12/NQ-HĐND", "Ba Chẽ"),
        ("ỦY BAN NHÂN DÂN", "Số: 12/QĐ-UBND", "Ba Chẽ"),
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG NINH", "Số: 12/QĐ-SXD", "Quảng Ninh"),
        ("ỦY BAN NHÂN DÂN TỈNH QUẢNG NINH", "Số: 12/QĐ-UBND", "Ba Chẽ"),
        ("SỞ XÂY DỰNG", "Số: 12/QĐ-UBND", "Quảng Ninh"),
    ],
)
def test_a_body_that_number_or_place_speak_against_is_doubted(body: str, number: str, place: str) -> None:
    assert fields("quyet_dinh", head(body, number, place))["co_quan_ban_hanh"].confidence < DOUBTFUL


@pytest.mark.parametrize(
    ("body", "number", "place"),
    [
        ("ỦY BAN NHÂN DÂN XÃ BA CHẼ", "Số: 12/QĐ-UBND", "Ba Chẽ"),
        ("HỘI ĐỒNG NHÂN DÂN XÃ BA CHẼ", "Số: 12/NQ-HĐND", "Ba Chẽ"),
        ("SỞ XÂY DỰNG", "Số: 12/QĐ-SXD", "Quảng Ninh"),
        ("UBND THÀNH PHỐ HỒ CHÍ MINH", "Số: 12/2025/QĐ-UBND", "Thành phố Hồ Chí Minh"),
    ],
)
def test_a_body_that_they_speak_for_is_not(body: str, number: str, place: str) -> None:
    found = fields("quyet_dinh", head(body, number, place))["co_quan_ban_hanh"]
    assert found.value == body
    assert found.confidence > DOUBTFUL


def test_the_day_of_something_else_is_not_the_papers_own() -> None:
    lost = fields("quyet_dinh", head("SỞ XÂY DỰNG", "Số: 12/QĐ-SXD", "Quảng Ninh", day=""))
    assert "ngay_ban_hanh" not in lost or lost["ngay_ban_hanh"].confidence < DOUBTFUL


def test_a_number_without_any_abbreviation_is_no_contradiction_on_a_counters_paper() -> None:
    text = head("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "Số: 558/{}", "Quảng Ninh")
    ours = fields("phieu_tu_choi", text.format("TTPVHCC"))["so_ky_hieu"]
    assert (ours.value, ours.valid) == ("558/TTPVHCC", True)
    assert not fields("phieu_tu_choi", text.format("QĐ-UBND"))["so_ky_hieu"].valid


@pytest.mark.parametrize(("code", "valid"), [("22A8012345", True), ("22A7012345", False)])
def test_older_codes_of_business_households_are_valid(code: str, valid: bool) -> None:
    text = f"^GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH\n^Mã số hộ kinh doanh: {code}\n"
    found = fields("gcn_dang_ky_ho_kinh_doanh", text)["ma_so_doanh_nghiep"]
    assert (found.value, found.valid) == (code, valid)


def test_a_year_where_the_year_is_asked_for_is_the_whole_value() -> None:
    text = "^GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT\nÔng: Lê Văn Phú, sinh năm: 1965\nThửa đất số: 3\n"
    found = fields("gcn_quyen_su_dung_dat", text)["ngay_sinh"]
    assert found.value == "1965"
    assert found.confidence > DOUBTFUL
