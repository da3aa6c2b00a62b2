"""The type of a paper is decided by what it is, not by what it speaks of, and never by force."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.catalogue import catalogue
from classifiers.deciding import decide
from records import Mark, MarkKind
from tests.classifiers.other_papers import OTHERS
from tests.factories import HEAD, MOTTO, page, pages

SAMPLES = [(code, text) for code, paper in catalogue().items() for text in paper.samples]
TITLED = [
    (code, heading) for code, paper in catalogue().items() if code != "khac" for heading in paper.headings
]


@pytest.mark.parametrize(("code", "text"), SAMPLES, ids=[f"{c}-{n}" for n, (c, _) in enumerate(SAMPLES)])
def test_every_sample_is_its_own_type(code: str, text: str) -> None:
    assert decide([page(text)]).code == code


@pytest.mark.parametrize(("code", "heading"), TITLED)
def test_every_heading_alone_tells_the_type(code: str, heading: str) -> None:
    found = decide([page(MOTTO + f"\n^{heading}\nNội dung như sau:")])
    assert found.code == code
    assert found.confidence > 0.8
    assert found.label == catalogue()[code].label


@pytest.mark.parametrize("name", OTHERS)
def test_papers_of_no_listed_type_are_not_forced(name: str) -> None:
    assert decide([page(OTHERS[name])]).code == "khac"


QUOTING = [
    (
        "cong_van",
        HEAD.format(number="Số: 45/UBND-HT")
        + "V/v cấp lại GIẤY KHAI SINH ||\nGIẤY KHAI SINH ||\n^Kính gửi: Sở Tư pháp\n",
    ),
    (
        "cong_van",
        HEAD.format(number="Số: 45/STP-HT")
        + "V/v trích lục khai tử ||\n^Kính gửi: Công an xã\n^TRÍCH LỤC KHAI TỬ\n",
    ),
    (
        "quyet_dinh",
        HEAD.format(number="Số: 9/QĐ-UBND")
        + "^QUYẾT ĐỊNH\n^Về việc ban hành\n^KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH\n",
    ),
    ("quyet_dinh", HEAD.format(number="Số: 9/QĐ-UBND") + "^QUYẾT ĐỊNH\n^THU HỒI GIẤY PHÉP XÂY DỰNG\n"),
    (
        "to_trinh",
        HEAD.format(number="Số: 9/TTr-UBND")
        + "^TỜ TRÌNH\n^VỀ VIỆC BAN HÀNH NGHỊ QUYẾT\n^Kính gửi: HĐND xã\n",
    ),
    ("thong_bao", HEAD.format(number="Số: 9/TB-UBND") + "^THÔNG BÁO\n^KẾT LUẬN CUỘC HỌP\n"),
    ("to_khai", MOTTO + "^TỜ KHAI\n^CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH\n^Kính gửi: UBND xã\n"),
    ("to_khai", MOTTO + "^TỜ KHAI ĐĂNG KÝ KẾT HÔN\n^Kính gửi: UBND xã\n"),
    ("to_khai_cu_tru", MOTTO + "^TỜ KHAI\n^THAY ĐỔI THÔNG TIN CƯ TRÚ\n^Kính gửi: Công an xã\n"),
    ("don_de_nghi", MOTTO + "^ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG\n^Kính gửi: UBND xã\n"),
    ("hop_dong", MOTTO + "^HỢP ĐỒNG ỦY QUYỀN\nBÊN A\nBÊN B\n"),
    ("bien_ban", MOTTO + "^BIÊN BẢN\n^THANH LÝ HỢP ĐỒNG\n"),
    ("khac", HEAD.format(number="Số: 3/QC-UBND") + "^QUY ĐỊNH\n^Về tiếp nhận hồ sơ\nĐiều 1. Phạm vi\n"),
]


@pytest.mark.parametrize(("code", "text"), QUOTING)
def test_a_quoted_type_is_not_the_type(code: str, text: str) -> None:
    assert decide([page(text)]).code == code


SPOILT = [
    ("giay_moi", HEAD.format(number="Số: 9/GM-SXD") + "^GlÂY MỜl\n^Dự họp\nThời gian: 8 giờ\n"),
    (
        "quyet_dinh",
        HEAD.format(number="Số: 9/QĐ-UBND")
        + "^'ẾT ĐỊN\n^Về việc phê duyệt\nĐiều 1. Phê duyệt\nĐiều 2. Hiệu lực\n",
    ),
    (
        "thong_bao",
        HEAD.format(number="Số: 9/TB-UBND") + "^Về việc nghỉ lễ\nỦy ban nhân dân xã thông báo như sau\n",
    ),
    ("giay_khai_sinh", MOTTO + "^GIAYKHAISINH\nHọ, chữ đệm, tên: A\n"),
    (
        "gcn_quyen_su_dung_dat",
        MOTTO + "^GIẤY CHÚNG NHẬN\n^QUYÊN SỬ DUNG ĐÁT\n^QUYỀN SÓ HỮU TAI SẢN GẮN LIÊN VỚI ĐẤT\n",
    ),
    (
        "giay_tiep_nhan_hen_tra",
        MOTTO + "^G1ẤY TIÉP NHẬN HÔ SƠ VÀ HEN TRÁ KÊT QUÁ\nMã hồ sơ: H49.12-251124-0007\n",
    ),
    ("hop_dong", MOTTO + "^. ~ HỌP ĐỒNG THUÊ NHÀ\nBÊN A\nBÊN B\n"),
    ("bien_lai", "Ký hiệu: AB-25T\n^BIÊN  LAI THU PHl, LẸ PHÍ\nSố tiền: 8.000 đồng\nNgười nộp tiền: A\n"),
]


@pytest.mark.parametrize(("code", "text"), SPOILT)
def test_half_misread_headings_still_tell(code: str, text: str) -> None:
    assert decide([page(text)]).code == code


def test_a_heading_under_a_seal_is_made_up_for() -> None:
    text = (
        HEAD.format(number="Số: 15/TB-SYT")
        + "\n^~. *\nSở Y tế xin thông báo lịch làm việc. Thông báo này thay giấy mời.\n"
    )
    assert decide([page(text)]).code == "thong_bao"


def test_marks_tell_cards_whose_print_is_lost() -> None:
    identity = Mark(MarkKind.QR, "048195001234||Nguyễn Hoa|05091995|Nữ|Đà Nẵng|01052021", (0, 0, 9, 9))
    assert decide([page("~ ..", marks=(identity,))]).code == "can_cuoc"
    passport = "P<VNMNGUYEN<<THI<HOA<<<<<<<<<<<<<<<<<<<<<<<<\nC1234567<4VNM9509058F3101012048195001234<<50\n"
    assert decide([page(passport)]).code == "ho_chieu"


def test_nothing_is_known_of_a_document_without_text() -> None:
    for stack in ((), pages(""), [page("", failure="page_timeout")]):
        found = decide(stack)
        assert found.code == "khac"
        assert found.confidence <= 0.5


def test_a_blank_front_does_not_hide_the_paper() -> None:
    assert decide(pages("", MOTTO + "^GIẤY ỦY QUYỀN\nBên ủy quyền")).code == "giay_uy_quyen"


def test_doubt_shows_in_the_confidence() -> None:
    clear = decide(
        [page(HEAD.format(number="Số: 9/QĐ-UBND") + "^QUYẾT ĐỊNH\n^Về việc phê duyệt\nĐiều 1. Phê duyệt")]
    )
    vague = decide([page("~~ quyt dnh\nnội dung không rõ\n")])
    assert clear.confidence > 0.98
    assert vague.confidence < 0.98


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_one_listed_answer(text: str) -> None:
    found = decide([page(text.replace("||", ""))])
    assert found.code in catalogue()
    assert 0.0 < found.confidence <= 1.0


def test_lost_letters_seldom_change_the_answer() -> None:
    rng = random.Random(7)
    wrong = 0
    for code, text in SAMPLES:
        spoilt = "".join(c for c in text if not (c.isalpha() and rng.random() < 0.04))
        wrong += decide([page(spoilt)]).code != code
    assert wrong <= 2


def test_a_card_that_could_not_be_read_is_told_by_its_mark() -> None:
    identity = Mark(MarkKind.QR, "048195001234||Nguyễn Hoa|05091995|Nữ|Đà Nẵng|01052021", (0, 0, 9, 9))
    found = decide([page("^0t£36TT¿07Z\nA.llHn23s 2I1and\nVH NVN VỊHĐN (H2 IỘH\n", marks=(identity,))])
    assert found.code == "can_cuoc"
    assert found.confidence > 0.95


@pytest.mark.parametrize("about", ["-V/ rà soát quy hoạch ||\n", ""])
def test_a_letter_whose_symbol_was_lost_is_still_one(about: str) -> None:
    text = HEAD.format(number="Số: 02") + about + "\n^Kính gửi: Ủy ban nhân dân các xã, phường.\nTheo đó, "
    found = decide(
        [page(text + "Sở đã hoàn thành việc ký biên bản bàn giao tài sản.\nNơi nhận: || GIÁM ĐỐC")]
    )
    assert found.code == "cong_van"
    assert found.confidence > 0.8


HIDDEN = [
    (
        "xac_nhan_tinh_trang_hon_nhan",
        HEAD.format(number="Số: 12/UBND") + "^ỦY BAN NHÂN DÂN XÃ TIÊN YÊN\n^XÁC NHẬN:\n"
        "Họ, chữ đệm, tên: Trần Thị Mơ\nTình trạng hôn nhân: Hiện tại chưa đăng ký kết hôn với ai.\n"
        "Giấy này được cấp để: Đăng ký kết hôn. Giấy này có giá trị sử dụng trong thời hạn 06 tháng\n"
        ">NGƯỜI KÝ GIẤY XÁC NHẬN\n",
    ),
    (
        "giay_chung_nhan_ket_hon",
        MOTTO
        + "^GIẤY CHỨNG NHẬN\n^Số: 12/2024\nHọ, chữ đệm, tên vợ: Trần Thị Mơ || Họ, chữ đệm, tên chồng: Lê An\n"
        "Nơi đăng ký kết hôn: UBND xã Tiên Yên\nNgày, tháng, năm đăng ký: 05/9/2024\nVợ || Chồng\n",
    ),
]


@pytest.mark.parametrize(("code", "text"), HIDDEN)
def test_a_paper_whose_heading_is_hidden_is_known_by_its_content(code: str, text: str) -> None:
    assert decide([page(text)]).code == code


def test_the_end_of_a_bodys_name_is_no_short_heading() -> None:
    """ "VÀ DU LỊCH" under "SỞ VĂN HÓA, THỂ THAO" is not "LÝ LỊCH"."""
    text = (
        "UBND TỈNH THÁI NGUYÊN || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ VĂN HÓA, THỂ THAO || Độc lập - Tự do\n"
        "VÀ DU LỊCH ||\nSố: 2203/SVHTTDL-VP || Thái Nguyên, ngày 01 tháng 12 năm 2021\n"
        "V/v hỗ trợ kinh phí ||\n^Kính gửi: Công an tỉnh Thái Nguyên.\nCăn cứ Luật Tổ chức chính quyền địa phương;\n"
    )
    found = decide([page(text)])
    assert found.code == "cong_van"
    assert found.confidence > 0.9
