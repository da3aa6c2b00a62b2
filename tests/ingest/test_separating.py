"""A stack falls into its documents; no page is lost, doubled or guessed at."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.mrz import check_digit
from ingest.cover_sheets import payload_of
from ingest.separating import separate
from records import CoverSheet, Mark, MarkKind, PageReading
from tests.factories import HEAD, MOTTO, page, pages

FOOT = "\n\n\nNơi nhận: || TM. ỦY BAN NHÂN DÂN\n- Như trên; || CHỦ TỊCH\n"
BODY = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;\nXét đề nghị của Trưởng phòng.\n"
DECISION = (
    HEAD.format(number="Số: 12/QĐ-SXD") + "\n^QUYẾT ĐỊNH\n^Về việc phê duyệt quy hoạch chi tiết\n" + BODY
)
LETTER = (
    HEAD.format(number="Số: 45/SXD-VP")
    + "V/v báo cáo tình hình ||\n\n^Kính gửi: Ủy ban nhân dân xã\n"
    + BODY
    + FOOT
)
BIRTH = MOTTO + "\n^GIẤY KHAI SINH\nHọ, chữ đệm, tên: TRẦN THỊ B\nNgày sinh: 05/9/2025\n"
FORM = (
    MOTTO
    + "\n^TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH\n(Ban hành kèm theo Thông tư số 04/2020/TT-BTP)\n^Kính gửi: UBND xã\n"
)
LAST = "^2\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\n" + FOOT
COVER = "^TỜ PHÂN CÁCH HỒ SƠ\n"


def cover(number: int, text: str = "", caption: str = COVER) -> PageReading:
    box = (700, 1100, 900, 900)
    marks = (Mark(MarkKind.QR, text, box),) if text else ()
    return page(caption, number, marks=marks)


@pytest.mark.parametrize(
    "second",
    [
        LETTER,
        BIRTH,
        FORM,
        DECISION,
        MOTTO + "\n^HỢP ĐỒNG CHO THUÊ NHÀ\n",
        "^BIÊN LAI THU PHÍ, LỆ PHÍ\nKý hiệu: AB",
    ],
)
def test_a_new_head_begins_a_new_document(second: str) -> None:
    assert separate(pages(DECISION, LAST, second)).documents == ((1, 2), (3,))


def test_a_stack_of_many_kinds_is_parted() -> None:
    found = separate(pages(FORM, BIRTH, DECISION, LAST, LETTER, MOTTO + "\n^GIẤY ỦY QUYỀN\nBên ủy quyền"))
    assert found.documents == ((1,), (2,), (3, 4), (5,), (6,))
    assert found.doubts == ()
    assert found.covers == (None,) * 5


@pytest.mark.parametrize(
    "attached",
    [
        "^PHỤ LỤC\n^DANH MỤC CÔNG TRÌNH\n(Kèm theo Quyết định số 12/QĐ-SXD)\nSTT || Tên || Vốn",
        "^KẾ HOẠCH\n^Triển khai năm 2025\n(Ban hành kèm theo Quyết định số 12/QĐ-SXD ngày 05/9/2025)\nI. MỤC ĐÍCH",
        "STT || Họ và tên || Chức vụ\n1 || Nguyễn Văn A || Trưởng ban",
        "SỞ Y TẾ || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTÊN ĐƠN VỊ || Độc lập - Tự do - Hạnh phúc\n^ĐĂNG KÝ\n",
        "^3\n^BIÊN BẢN\n^nghiệm thu công trình",
        "^Chương trình\n^Hội nghị thông báo\nTT || Nội dung || Thời gian",
        "^LỜI CHỨNG CỦA CÔNG CHỨNG VIÊN\nHôm nay",
    ],
)
def test_what_is_attached_stays(attached: str) -> None:
    found = separate(pages(DECISION, LAST, attached))
    assert found.documents == ((1, 2, 3),)


@pytest.mark.parametrize(
    "second",
    [
        "^HÓA ĐƠN GIÁ TRỊ GIA TĂNG\nKý hiệu: 1C25TAA",  # a paper of no listed type behind a finished one
        "^KẾ HOẠCH\n^Triển khai năm 2025\nI. MỤC ĐÍCH, YÊU CẦU",  # an issued paper without motto and number
        "^QUY CHẾ\n^Làm việc của Sở\nĐiều 1. Phạm vi",  # what often is an annex
    ],
)
def test_half_a_head_is_doubtful(second: str) -> None:
    assert separate(pages(DECISION, LAST, second)).doubts == ("unsure_boundary",)


def test_a_stray_number_at_the_foot_does_not_join_a_letter_to_what_is_before() -> None:
    assert separate(pages(DECISION, LETTER + "\n" * 24 + "^2\n")).documents == ((1,), (2,))


def test_the_middle_of_a_numbered_document_is_never_parted() -> None:
    middle = "^2\n^BÁO CÁO\n^kết quả thực hiện"
    assert separate(pages(DECISION + FOOT, middle, "^3\n" + BIRTH)).documents == ((1, 2, 3),)


def test_page_numbers_that_start_again_begin_a_new_document() -> None:
    assert separate(pages(DECISION, LAST, LETTER, "^2\nTrân trọng./." + FOOT)).documents == ((1, 2), (3, 4))


def test_a_letter_cited_as_attached_stays_and_is_doubtful() -> None:
    citing = LETTER.replace(BODY, "Thực hiện Công văn số 2243/SXD-VP của Sở Xây dựng (đính kèm).\n")
    cited = LETTER.replace("Số: 45/", "Số: 2243/")
    found = separate(pages(citing, cited))
    assert found.documents == ((1, 2),)
    assert found.doubts == ("unsure_boundary",)
    assert separate(pages(citing, LETTER)).documents == ((1,), (2,))


def test_blank_sheets_part_but_back_sides_stay() -> None:
    found = separate(pages(BIRTH, "", LETTER, "", "trang sau", ""))
    assert found.documents == ((1,), (3, 4, 5, 6))
    assert found.separators == (2,)


def test_a_blank_sheet_in_front_is_a_separator() -> None:
    assert separate(pages("", BIRTH)).separators == (1,)


def test_blank_pages_alone_are_one_document() -> None:
    assert separate(pages("", "")).documents == ((1, 2),)
    assert separate(()).documents == ()


def test_a_sheet_between_unheaded_pages_is_doubtful() -> None:
    assert "unsure_boundary" in separate(pages(LETTER, "", "", "Nắng Sài Gòn anh đi mà chợt mát")).doubts


def test_cover_sheets_part_and_are_told() -> None:
    code = payload_of("H49.12-251124-0007", "giay_khai_sinh")
    other = payload_of("H49.12-251124-0008", "")
    stack = [
        cover(1, code),
        page("", 2),
        page(BIRTH, 3),
        page("trang sau", 4),
        cover(5, other),
        page(LETTER, 6),
        page(BIRTH, 7),
    ]
    found = separate(stack)
    assert found.documents == ((3, 4), (6,), (7,))
    assert found.separators == (1, 2, 5)
    first, second = CoverSheet("H49.12-251124-0007", "giay_khai_sinh"), CoverSheet("H49.12-251124-0008", "")
    assert found.covers == (first, second, second)
    assert found.doubts == ()


def test_an_unreadable_cover_sheet_cuts_off_the_dossier_before_it() -> None:
    stack = [cover(1, payload_of("H49.12-251124-0007", "")), page(BIRTH, 2), cover(3), page(LETTER, 4)]
    found = separate(stack)
    assert found.documents == ((2,), (4,))
    assert found.covers[1] == CoverSheet(readable=False)
    assert found.doubts == ("unreadable_separator",)


def test_a_spoilt_mark_is_an_unreadable_cover_sheet() -> None:
    spoilt = payload_of("H49.12-251124-0007", "")[:-1] + "x"
    found = separate([cover(1, spoilt, caption=""), page(BIRTH, 2)])
    assert (found.separators, found.doubts) == ((1,), ("unreadable_separator",))


def test_a_mark_on_a_full_page_is_no_cover_sheet() -> None:
    stack = [page(BIRTH + "chữ " * 80, 1, marks=cover(1, payload_of("", "")).marks)]
    assert separate(stack).documents == ((1,),)


def card(number: int, person: str) -> PageReading:
    mark = Mark(MarkKind.QR, f"{person}||Nguyễn Hoa|05091995|Nữ|Đà Nẵng|01052021", (0, 0, 9, 9))
    return page("^~ CÀN CƯÓ", number, marks=(mark,))


def back(number: int, person: str) -> PageReading:
    short, rest = person[3:], "9509059F3509053VNM" + "<" * 11
    first = f"IDVNM{short}{check_digit(short)}{person}<<0"
    second = rest + str(check_digit(first[5:30] + rest[0:7] + rest[8:15] + rest[18:29]))
    return page(f"Đặc điểm nhận dạng\n{first}\n{second}\nNGUYEN<<THI<HOA<<<<<<<<<<<<<<<\n", number)


def test_cards_begin_documents_and_keep_their_backs() -> None:
    one, other = "048195001234", "048195004321"
    stack = [page(LETTER, 1), card(2, one), back(3, one), card(4, other), back(5, other)]
    assert separate(stack).documents == ((1,), (2, 3), (4, 5))


def test_the_back_of_another_persons_card_is_not_joined() -> None:
    assert separate([card(1, "048195001234"), back(2, "048195004321")]).documents == ((1,), (2,))


def test_an_unreadable_page_behind_a_finished_paper_is_doubtful() -> None:
    found = separate([page(LETTER, 1), page("jo ƯOI12 ¡0 7 UBUI", 2, confidence=0.4)])
    assert found.documents == ((1, 2),)
    assert found.doubts == ("unsure_boundary",)


def test_a_page_whose_reading_failed_stays_and_is_doubtful() -> None:
    found = separate([page(LETTER, 1), page("", 2, failure="page_timeout"), page(BIRTH, 3)])
    assert found.documents == ((1, 2), (3,))
    assert "unsure_boundary" in found.doubts


PIECES = st.sampled_from(
    [
        DECISION,
        LAST,
        LETTER,
        BIRTH,
        FORM,
        "",
        "",
        "^PHỤ LỤC\n(Kèm theo Quyết định số 12)",
        "chữ thường",
        "^7",
        COVER,
        "QR",
        "X",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=12), st.integers(1, 50))
def test_every_page_is_in_exactly_one_place(pieces: list[str], first: int) -> None:
    stack = []
    for number, piece in enumerate(pieces, first):
        if piece == "QR":
            stack.append(cover(number, payload_of("", ""), caption=""))
        elif piece == "X":
            stack.append(page("", number, failure="page_timeout"))
        else:
            stack.append(page(piece, number))
    found = separate(stack)
    placed = [n for document in found.documents for n in document]
    assert placed == sorted(placed)
    assert sorted([*placed, *found.separators]) == [p.number for p in stack]
    assert all(found.documents)
    assert len(found.covers) == len(found.documents)


PROMISING = (
    HEAD.format(number="Số: 2192/SYT-TCCB")
    + "V/v đăng ký nhu cầu xét tuyển ||\n\n^Kính gửi: Các đơn vị trực thuộc\n"
    + "Các đơn vị gửi nhu cầu theo từng chức danh (biểu mẫu đính kèm).\n"
    + FOOT
)
TABLE = "SỞ Y TẾ TỈNH KIÊN LƯƠNG || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTÊ DDN VỊ || Độc lập - Tự do - Hạnh phúc\n"


@pytest.mark.parametrize(
    "title",
    [
        "^ĐĂNG KÝ NHU CẦU TUYỂN DỤNG\n^NGÀNH Y TẾ NĂM 2017\n",
        "^BẢNG ĐĂNG KÝ NHU CẦU TUYỂN DỤNG\n(Kèm eM . ngày 22 tháng 4 năm 2017 của ...)\n",
    ],
)
def test_a_form_with_a_motto_that_the_letter_promises_stays_with_it(title: str) -> None:
    assert separate(pages(PROMISING, TABLE + title + "TT || Đơn vị || Số lượng\n")).documents == ((1, 2),)


def test_a_wide_table_behind_an_upright_letter_stays_with_it() -> None:
    table = page(TABLE + "^ĐĂNG KÝ NHU CẦU TUYỂN DỤNG\n", 2)
    table = replace(table, width=table.height, height=table.width)
    found = separate((page(LETTER, 1), table))
    assert (found.documents, found.doubts) == (((1, 2),), ("unsure_boundary",))


@pytest.mark.parametrize("second", [BIRTH, FORM, DECISION, LETTER])
def test_papers_with_their_own_head_behind_such_a_letter_are_parted(second: str) -> None:
    assert separate(pages(PROMISING, second)).documents == ((1,), (2,))


@pytest.mark.parametrize("seller", ["TÊN CƠ QUAN THU PHÍ: UBND XÃ TIÊN YÊN", "Đơn vị: UBND XÃ TIÊN YÊN"])
def test_a_receipt_is_no_blank_form_of_the_paper_before(seller: str) -> None:
    receipt = f"{seller} || Mẫu số: C38-BB\n^BIÊN LAI THU TIỀN\nHọ tên người nộp tiền: Lê Anh Toàn\n"
    assert separate(pages(BIRTH + FOOT, receipt)).documents == ((1,), (2,))


def test_a_page_that_nothing_foretold_behind_a_closed_paper_is_doubtful() -> None:
    letter = "Dear Sir or Madam,\nI am writing to confirm that the above named person has been employed.\n"
    found = separate(pages(BIRTH + FOOT, letter))
    assert (found.documents, found.doubts) == (((1, 2),), ("unsure_boundary",))
    assert separate(pages(PROMISING, "TT || Đơn vị || Số lượng\n1 || Bệnh viện || 5\n")).doubts == ()


def test_the_back_of_a_card_stays_with_a_front_whose_heading_was_not_read() -> None:
    front = (
        MOTTO
        + "Số định danh / Personal number\n033169208927\nHọ, chữ đệm và tên khai sinh / Full name\nĐỖ THU CHUYÊN\n"
    )
    text = "033169208927|154786059|Đỗ Thu Chuyên|02061969|Nữ|xã Liên Phong, tỉnh Gia Lai|11102024"
    back = page("Nơi cư trú / Place of residence\n", 2, marks=(Mark(MarkKind.QR, text, (66, 415, 181, 180)),))
    assert separate((page(front, 1), back)).documents == ((1, 2),)
    assert separate((page(front.replace("033169208927", "001099000001"), 1), back)).documents == ((1,), (2,))
    assert separate((page(FORM + front, 1), back)).documents == ((1,), (2,))
