"""The fields of administrative papers: number, date, issuing body, subject, signer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.fields import find_fields
from records import FieldValue, PageReading, Region, RegionKind
from tests.factories import page, pages

LETTER = """UBND TỈNH KIÊN LƯƠNG || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ XÂY DỰNG || Độc lập - Tự do - Hạnh phúc
{number} || Kiên Lương, ngày 05 tháng 9 năm 2025
V/v rà soát quy hoạch ||
khu dân cư phía Bắc ||

^Kính gửi: Ủy ban nhân dân các xã, phường.

Căn cứ Quyết định số 12/QĐ-UBND ngày 01/7/2025 của Ủy ban nhân dân tỉnh về việc giao nhiệm vụ
Sở Xây dựng đề nghị các địa phương báo cáo trước ngày 30/9/2025./.

Nơi nhận: || KT. GIÁM ĐỐC
- Như trên; || PHÓ GIÁM ĐỐC
- Lưu: VT.


 || Đoàn Khắc Tiệp
"""
DECISION = """HỘI ĐỒNG NHÂN DÂN || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ ĐẦM HÀ || Độc lập - Tự do - Hạnh phúc
Số: 07/NQ-HĐND || Đầm Hà, ngày 18 tháng 12 năm 2025

^NGHỊ QUYẾT
^Về việc thông qua kế hoạch phát triển kinh tế - xã hội
^năm 2026 của xã Đầm Hà
^HỘI ĐỒNG NHÂN DÂN XÃ ĐẦM HÀ
^KHÓA II, KỲ HỌP THỨ NĂM
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;

Nơi nhận: || CHỦ TỊCH
- Lưu: VT. ||


 || Phùn Thị Xuân
"""


def by_name(code: str, readings: tuple[PageReading, ...]) -> dict[str, FieldValue]:
    return {f.name: f for f in find_fields(code, readings)}


def test_an_official_letter() -> None:
    found = by_name("cong_van", pages(LETTER.format(number="Số: 3255/SXD-QH")))
    assert {name: f.value for name, f in found.items()} == {
        "so_ky_hieu": "3255/SXD-QH",
        "ngay_ban_hanh": "2025-09-05",
        "co_quan_ban_hanh": "SỞ XÂY DỰNG",
        "trich_yeu": "rà soát quy hoạch khu dân cư phía Bắc",
        "nguoi_ky": "Đoàn Khắc Tiệp",
        "chuc_vu_nguoi_ky": "PHÓ GIÁM ĐỐC",
    }
    assert all(f.valid and f.page == 1 and f.confidence > 0.9 for f in found.values())


def test_boxes_cover_the_words_of_the_value() -> None:
    (reading,) = pages(LETTER.format(number="Số: 3255/SXD-QH"))
    field = by_name("cong_van", (reading,))["trich_yeu"]
    words = [w for w in reading.words if w.text in ("rà", "Bắc")]
    x, y, w, h = field.box
    for word in words:
        assert x <= word.box[0]
        assert word.box[0] + word.box[2] <= x + w
        assert y <= word.box[1]
        assert word.box[1] + word.box[3] <= y + h


def test_a_resolution_of_a_body_named_over_two_lines() -> None:
    found = by_name("nghi_quyet", pages(DECISION))
    assert found["co_quan_ban_hanh"].value == "HỘI ĐỒNG NHÂN DÂN XÃ ĐẦM HÀ"
    assert found["so_ky_hieu"].value == "07/NQ-HĐND"
    assert found["trich_yeu"].value == (
        "Về việc thông qua kế hoạch phát triển kinh tế - xã hội năm 2026 của xã Đầm Hà"
    )
    assert found["nguoi_ky"].value == "Phùn Thị Xuân"
    assert found["chuc_vu_nguoi_ky"].value == "CHỦ TỊCH"


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (("UBND TỈNH", "SỞ NÔNG NGHIỆP VÀ MÔI", "TRƯỜNG"), "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
        (("ỦY BAN NHÂN DÂN", "PHƯỜNG BÃI CHÁY"), "ỦY BAN NHÂN DÂN PHƯỜNG BÃI CHÁY"),
        (
            ("UBND PHƯỜNG BÃI CHÁY", "TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"),
            "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        ),
        (("SỞ Y TẾ", "BỆNH VIỆN ĐA KHOA"), "BỆNH VIỆN ĐA KHOA"),
        (("UBND TỈNH", "BAN CHỈ HUY", "PHÒNG THỦ DÂN SỰ"), "BAN CHỈ HUY PHÒNG THỦ DÂN SỰ"),
        (("BỘ TƯ PHÁP",), "BỘ TƯ PHÁP"),
    ],
)
def test_issuing_bodies(lines: tuple[str, ...], body: str) -> None:
    right = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "")
    head = "\n".join(f"{left} || {motto}" for left, motto in zip(lines, right, strict=False))
    text = head + ("\n || Độc lập - Tự do - Hạnh phúc" if len(lines) == 1 else "")
    text += "\nSố: 01/TB-ABC || Hạ Long, ngày 02 tháng 3 năm 2026\n\n^THÔNG BÁO\n^Về việc nghỉ lễ"
    assert by_name("thong_bao", pages(text))["co_quan_ban_hanh"].value == body


@pytest.mark.parametrize("number", ["Số:      /SXD-QH", "Số: ..... /SXD-QH", "Số: J7a/SXD-QH", "Số:"])
def test_a_number_that_is_missing_or_not_legible_is_not_made_up(number: str) -> None:
    assert "so_ky_hieu" not in by_name("cong_van", pages(LETTER.format(number=number)))


def test_a_number_written_by_hand_is_never_sure() -> None:
    (reading,) = pages(LETTER.format(number="Số: 29 /SXD-QH"))
    word = next(w for w in reading.words if w.text == "29")
    marked = replace(reading, regions=(Region(RegionKind.HANDWRITING, word.box),))
    field = by_name("cong_van", (marked,))["so_ky_hieu"]
    assert field.value == "29/SXD-QH"
    assert field.source == "handwriting"
    assert field.confidence <= 0.5


def test_a_date_without_its_day_is_left_out() -> None:
    text = LETTER.format(number="Số: 1/SXD-QH").replace("ngày 05 tháng 9", "ngày ..... tháng 9")
    assert "ngay_ban_hanh" not in by_name("cong_van", pages(text))


def test_the_symbol_of_another_type_is_said() -> None:
    field = by_name("cong_van", pages(LETTER.format(number="Số: 15/QĐ-SXD")))["so_ky_hieu"]
    assert not field.valid
    assert field.problems == ("symbol_disagrees",)


def test_a_day_that_does_not_exist_is_kept_and_marked() -> None:
    text = LETTER.format(number="Số: 1/SXD-QH").replace("ngày 05 tháng 9", "ngày 31 tháng 9")
    field = by_name("cong_van", pages(text))["ngay_ban_hanh"]
    assert not field.valid
    assert "impossible_date" in field.problems


def test_the_signer_stands_on_the_page_with_the_receivers_not_in_the_annex() -> None:
    first = LETTER.format(number="Số: 3255/SXD-QH")
    annex = "^PHỤ LỤC\n^Danh sách\n1. Mục một\n || TRƯỞNG ĐƠN VỊ\n\n || Người Khác Hẳn\n"
    found = by_name("cong_van", (page(first, 1), page(annex, 2)))
    assert found["nguoi_ky"].value == "Đoàn Khắc Tiệp"
    assert found["nguoi_ky"].page == 1


def test_doubtful_words_make_a_doubtful_field() -> None:
    (reading,) = (page(LETTER.format(number="Số: 3255/SXD-QH"), confidence=0.55),)
    assert all(f.confidence < 0.75 for f in find_fields("cong_van", (reading,)))


def test_nothing_to_read() -> None:
    assert find_fields("cong_van", ()) == ()
    assert find_fields("cong_van", (page(""),)) == ()
    assert find_fields("khac", pages("chỉ một dòng chữ")) == ()
    assert find_fields("khong_co_loai_nay", pages("x")) == ()


@pytest.mark.parametrize(
    "line",
    ["Số: 44/2024/HĐ", "Số 12", "(Số: 07/HĐMB-2025)", "Mẫu số: 01", "Cà Mau, ngày 05 tháng 9 năm 2025"],
)
def test_a_number_or_a_day_under_the_title_is_no_subject(line: str) -> None:
    text = f"^HỢP ĐỒNG MUA BÁN HÀNG HÓA\n^{line}\nHôm nay, ngày 05 tháng 9 năm 2025, chúng tôi gồm có:\n"
    assert "trich_yeu" not in {f.name for f in find_fields("hop_dong", [page(text)])}
    text = f"^HỢP ĐỒNG MUA BÁN HÀNG HÓA\n^{line}\n^V/v cung cấp máy quét\nHôm nay, chúng tôi gồm có:\n"
    subjects = [f.value for f in find_fields("hop_dong", [page(text)]) if f.name == "trich_yeu"]
    assert subjects == ["V/v cung cấp máy quét"]


def _letter(text: str, *regions: Region) -> dict[str, FieldValue]:
    return {f.name: f for f in find_fields("cong_van", [page(text, regions=regions)])}


def test_a_name_of_two_words_is_looked_at() -> None:
    """A seal often covers the first of three; few people have only two."""
    text = LETTER.format(number="Số: 15/SXD-QH")
    assert _letter(text)["nguoi_ky"].confidence > 0.75
    assert _letter(text.replace("Đoàn Khắc Tiệp", "Khắc Tiệp"))["nguoi_ky"].confidence < 0.75


def test_authority_added_by_pen_makes_the_post_doubtful() -> None:
    text = LETTER.format(number="Số: 15/SXD-QH").replace("KT. GIÁM ĐỐC", "GIÁM ĐỐC")
    text = text.replace("- Như trên; || PHÓ GIÁM ĐỐC", "- Như trên;")
    (post,) = [r for r in page(text).lines if r.text == "GIÁM ĐỐC"]
    x, y, _, h = post.box
    sure = _letter(text)["chuc_vu_nguoi_ky"]
    penned = _letter(text, Region(RegionKind.HANDWRITING, (x - 70, y - 10, 60, h + 10)))["chuc_vu_nguoi_ky"]
    assert (sure.value, penned.value) == ("GIÁM ĐỐC", "GIÁM ĐỐC")
    assert sure.confidence > 0.75 > penned.confidence


def test_receivers_half_read_still_show_the_signer_of_the_letter_not_of_the_annex() -> None:
    annex = LETTER.format(number="Số: 99/SXD-QH").replace("Đoàn Khắc Tiệp", "Vũ Thị Hoài")
    first = LETTER.format(number="Số: 15/SXD-QH").replace("Nơi nhận:", "nhận:")
    found = {f.name: f for f in find_fields("cong_van", pages(first, annex))}
    assert found["nguoi_ky"].value == "Đoàn Khắc Tiệp"


def test_a_subject_whose_opening_was_misread_is_less_sure() -> None:
    good = LETTER.format(number="Số: 15/SXD-QH")
    whole, spoilt = _letter(good)["trich_yeu"], _letter(good.replace("V/v", "-V/"))["trich_yeu"]
    assert whole.value == spoilt.value
    assert spoilt.confidence <= 0.91 * whole.confidence
