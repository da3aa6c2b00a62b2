"""Forms on which a hasty reader takes one thing for another."""

from __future__ import annotations

from tests.classifiers.test_fields_forms import values
from tests.factories import MOTTO


def test_a_name_is_no_misread_letter_of_a_longer_label() -> None:
    """ "Họ, chữ đệm, tên Đỗ Gia Nghĩa" is not "… tên vợ: Gia Nghĩa"."""
    text = (
        "^GIẤY CHỨNG NHẬN KẾT HÔN\n|| BÊN NAM || BÊN NỮ\nHọ, chữ đệm, tên || Đỗ Gia Nghĩa || Đoàn Thùy Vân\n"
    )
    found = values("giay_chung_nhan_ket_hon", text)
    assert (found["ho_ten_chong"], found["ho_ten_vo"]) == ("Đỗ Gia Nghĩa", "Đoàn Thùy Vân")


def test_parcel_and_map_within_a_sentence_and_over_a_line_break() -> None:
    inline = (
        "^GIẤY PHÉP XÂY DỰNG\n- Vị trí xây dựng: tại thửa đất số 372, tờ bản đồ số 67, diện tích 58,3 m2\n"
    )
    found = values("giay_phep_xay_dung", inline)
    assert (found["thua_dat"], found["to_ban_do"], found["dien_tich"]) == ("372", "67", "58,3")
    start = "3. Giấy chứng nhận đã cấp cho hộ gia đình năm 2019: Số phát hành: DA 116453; thửa đất số: 838; "
    for first, second in (
        ("tờ bản đồ số:", "140; diện tích: 751,3 m2"),
        ("tờ bản đồ", "số: 140; diện tích: 751,3 m2"),
    ):
        found = values("don_dang_ky_dat_dai", f"^ĐƠN ĐĂNG KÝ BIẾN ĐỘNG\n{start}{first}\n{second}\n")
        assert (found["thua_dat"], found["to_ban_do"], found["dien_tich"]) == ("838", "140", "751,3")


def test_the_price_counts_not_the_deposit() -> None:
    text = (
        "^HỢP ĐỒNG MUA BÁN TÀI SẢN\nĐiều 2. Tổng giá trị hợp đồng là 4.319.000.000 đồng (Bằng chữ: Bốn tỷ ba trăm\n"
        "mười chín triệu đồng). Tiền đặt cọc: 431.900.000 đồng.\n"
    )
    assert values("hop_dong", text)["so_tien"] == "4.319.000.000"


def test_a_declaration_gives_one_person_not_a_mixture_of_two() -> None:
    text = (
        MOTTO + "\n^TỜ KHAI ĐĂNG KÝ KHAI SINH\n^Kính gửi: Ủy ban nhân dân xã Tiên Yên\n"
        "Họ, chữ đệm, tên người yêu cầu: Hồ Thị Hoa\nNơi cư trú: Thôn 2, xã Tiên Yên, tỉnh Quảng Ninh\n"
        "Giấy tờ tùy thân: CCCD số 022192139424\nQuan hệ với người được khai sinh: Mẹ đẻ\n"
        "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:\nHọ, chữ đệm, tên: VŨ ĐỨC BÌNH\n"
        "Ngày, tháng, năm sinh: 04/09/2025\nGiới tính: Nam || Dân tộc: Kinh\n"
        ">Làm tại: Tiên Yên, ngày 28 tháng 10 năm 2025\n"
    )
    found = values("to_khai", text)
    assert found["ho_ten"] == "Hồ Thị Hoa"
    assert found["so_dinh_danh"] == "022192139424"
    assert found["ngay_ban_hanh"] == "2025-10-28"
    assert not {"ngay_sinh", "gioi_tinh", "dan_toc"} & set(found)


def test_an_address_ends_before_the_next_sentence() -> None:
    home = (
        "Số 279, đường Hai Bà Trưng, phường Kỳ Lừa, thành phố Cần Thơ thuộc khu vực trung tâm, tỉnh Cần Thơ"
    )
    text = f"^ĐƠN ĐỀ NGHỊ\nNơi cư trú: {home}\nNay tôi làm đơn này kính đề nghị quý cơ quan xem xét\n"
    assert values("don_de_nghi", text)["noi_cu_tru"] == home


def test_nobody_is_no_name() -> None:
    text = "^PHIẾU LÝ LỊCH TƯ PHÁP SỐ 2\n11. Họ và tên vợ (chồng): Không\n"
    assert not {"ho_ten_vo", "ho_ten_chong"} & set(values("phieu_ly_lich_tu_phap", text))


def test_an_extract_is_issued_by_its_head_not_by_the_place_of_registration() -> None:
    text = (
        "TỈNH LÂM ĐỒNG || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nUBND PHƯỜNG HÒA VANG || Độc lập - Tự do - Hạnh phúc\n"
        "Số: 432/TLKH-BS || Hòa Vang, ngày 29 tháng 7 năm 2025\n^TRÍCH LỤC KẾT HÔN\n"
        "Nơi đăng ký kết hôn: Ủy ban nhân dân xã Đầm Hà\n"
    )
    assert values("trich_luc_ket_hon", text)["co_quan_ban_hanh"] == "UBND PHƯỜNG HÒA VANG"


def test_a_receipt_of_a_body_named_over_two_lines_above_a_table() -> None:
    home = "Số 289 đường Bạch Đằng, phường Trung Khê, tỉnh Khánh Hòa và khu phố Đông Hải thuộc xã Ba"
    text = (
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG ĐÔNG || Mẫu số: 02BLP3-001\nGIANG || Ký hiệu: BK-22T\n"
        f"Mã số thuế: 6262892407 || Số: 3298147\n^BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ\nĐịa chỉ: {home}\n"
        "STT || Tên loại phí, lệ phí || Số tiền (đồng)\n1 || Lệ phí hộ tịch || 345.000\n"
    )
    found = values("bien_lai", text)
    assert found["co_quan_ban_hanh"] == "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG ĐÔNG GIANG"
    assert found["noi_cu_tru"] == home
