"""The fields of the usual forms, by label: civil papers, cards, land, business, the one-stop counter."""

from __future__ import annotations

from classifiers.fields import find_fields
from tests.factories import MOTTO, pages


def values(code: str, *texts: str) -> dict[str, str]:
    """Field values of a paper made from text."""
    return {f.name: f.value for f in find_fields(code, pages(*texts))}


def assert_fields(code: str, text: str, **wanted: str) -> None:
    found = values(code, text)
    assert {name: found.get(name) for name in wanted} == wanted


def test_birth_certificate_with_several_labels_on_a_line() -> None:
    assert_fields(
        "giay_khai_sinh",
        MOTTO
        + """
^GIẤY KHAI SINH
>Số: 123/2024

Họ, chữ đệm, tên: NGUYỄN HOÀNG MINH KHÔI
Ngày, tháng, năm sinh: 05/9/2024 Ghi bằng chữ: Ngày năm tháng chín năm hai
nghìn không trăm hai mươi tư
Giới tính: Nam Dân tộc: Kinh Quốc tịch: Việt Nam
Nơi sinh: Bệnh viện Sản Nhi Quảng Ninh, phường Đại Yên, thành phố Hạ Long, tỉnh Quảng
Ninh
Quê quán: xã Thống Nhất, thành phố Hạ Long, tỉnh Quảng Ninh
Số định danh cá nhân: 022 224 001 234
Họ, chữ đệm, tên người mẹ: TRẦN THỊ THU HÀ
Năm sinh: 1995 Dân tộc: Tày Quốc tịch: Việt Nam
Nơi cư trú: tổ 5, khu 2, phường Hồng Hải, thành phố Hạ Long
Họ, chữ đệm, tên người cha: NGUYỄN VĂN AN
Năm sinh: 1992 Dân tộc: Kinh Quốc tịch: Việt Nam
Nơi đăng ký khai sinh: Ủy ban nhân dân phường Hồng Hải
Ngày, tháng, năm đăng ký: 12/9/2024

>CHỦ TỊCH


>Phạm Quốc Đạt
""",
        so="123/2024",
        ho_ten="NGUYỄN HOÀNG MINH KHÔI",
        ngay_sinh="2024-09-05",
        gioi_tinh="Nam",
        dan_toc="Kinh",
        quoc_tich="Việt Nam",
        noi_sinh="Bệnh viện Sản Nhi Quảng Ninh, phường Đại Yên, thành phố Hạ Long, tỉnh Quảng Ninh",
        que_quan="xã Thống Nhất, thành phố Hạ Long, tỉnh Quảng Ninh",
        so_dinh_danh="022224001234",
        ho_ten_me="TRẦN THỊ THU HÀ",
        ho_ten_cha="NGUYỄN VĂN AN",
        co_quan_ban_hanh="Ủy ban nhân dân phường Hồng Hải",
        ngay_dang_ky="2024-09-12",
        nguoi_ky="Phạm Quốc Đạt",
        chuc_vu_nguoi_ky="CHỦ TỊCH",
    )


def test_birth_extract_with_head_and_dotted_leaders() -> None:
    assert_fields(
        "trich_luc_khai_sinh",
        """ỦY BAN NHÂN DÂN || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHƯỜNG YÊN HẢI || Độc lập - Tự do - Hạnh phúc
Số: 45/TLKS-BS || Yên Hải, ngày 03 tháng 02 năm 2026

^TRÍCH LỤC KHAI SINH
^(BẢN SAO)

Họ, chữ đệm, tên:..........LÊ GIA HÂN............
Ngày, tháng, năm sinh:.....17/11/2019.....Ghi bằng chữ: Ngày mười bảy tháng mười một năm hai nghìn không trăm mười chín
Giới tính:....Nữ....Dân tộc:....Kinh....Quốc tịch:....Việt Nam....
Nơi sinh:.....Trạm y tế xã Yên Hải.....
Đăng ký khai sinh tại: Ủy ban nhân dân phường Yên Hải
Số: 45 ngày 20/11/2019

>TM. ỦY BAN NHÂN DÂN
>CHỦ TỊCH


>Vũ Đình Long
""",
        so="45/TLKS-BS",
        ngay_ban_hanh="2026-02-03",
        ho_ten="LÊ GIA HÂN",
        ngay_sinh="2019-11-17",
        gioi_tinh="Nữ",
        dan_toc="Kinh",
        quoc_tich="Việt Nam",
        noi_sinh="Trạm y tế xã Yên Hải",
        nguoi_ky="Vũ Đình Long",
        chuc_vu_nguoi_ky="CHỦ TỊCH",
    )


def test_marriage_with_the_couple_in_two_columns() -> None:
    assert_fields(
        "giay_chung_nhan_ket_hon",
        MOTTO
        + """
^GIẤY CHỨNG NHẬN KẾT HÔN
Số: 88/2023

Họ, chữ đệm, tên vợ: || Họ, chữ đệm, tên chồng:
ĐẶNG THU TRANG || HOÀNG ĐỨC THẮNG
Ngày, tháng, năm sinh: 02/3/1996 || Ngày, tháng, năm sinh: 15/8/1994
Nơi đăng ký kết hôn: Ủy ban nhân dân xã Quảng La
Ngày, tháng, năm đăng ký: 20 tháng 10 năm 2023
""",
        so="88/2023",
        ho_ten_vo="ĐẶNG THU TRANG",
        ho_ten_chong="HOÀNG ĐỨC THẮNG",
        co_quan_ban_hanh="Ủy ban nhân dân xã Quảng La",
    )


def test_marriage_with_headings_of_two_columns() -> None:
    assert_fields(
        "trich_luc_ket_hon",
        MOTTO
        + """
^TRÍCH LỤC KẾT HÔN (BẢN SAO)
Số: 12/TLKH-BS

VỢ || CHỒNG
Họ, chữ đệm, tên: MAI NGỌC ÁNH || Họ, chữ đệm, tên: BÙI QUANG VINH
Số định danh: 022196001111 || Số định danh: 022093002222
""",
        ho_ten_vo="MAI NGỌC ÁNH",
        ho_ten_chong="BÙI QUANG VINH",
    )


def test_marriage_in_two_parts() -> None:
    assert_fields(
        "giay_chung_nhan_ket_hon",
        MOTTO
        + """
^GIẤY CHỨNG NHẬN KẾT HÔN
I. BÊN NAM (CHỒNG):
Họ và tên: Trịnh Công Bằng
Ngày sinh: 01/02/1990
II. BÊN NỮ (VỢ):
Họ và tên: Lý Thị Mơ
Ngày sinh: 09/12/1991
""",
        ho_ten_chong="Trịnh Công Bằng",
        ho_ten_vo="Lý Thị Mơ",
    )


def test_marriage_as_a_table() -> None:
    assert_fields(
        "trich_luc_ket_hon",
        MOTTO
        + """
^TRÍCH LỤC KẾT HÔN
Thông tin || Bên nữ || Bên nam
Họ, chữ đệm, tên || Phan Lệ Quyên || Tạ Minh Tuấn
Ngày sinh || 12/01/1993 || 30/6/1991
""",
        ho_ten_vo="Phan Lệ Quyên",
        ho_ten_chong="Tạ Minh Tuấn",
    )


def test_identity_card_with_values_under_bilingual_labels() -> None:
    assert_fields(
        "can_cuoc",
        """^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
^CĂN CƯỚC CÔNG DÂN
Số / No.: 022085001234
Họ và tên / Full name:
NGUYỄN VĂN BÌNH
Ngày sinh / Date of birth: 31/07/1985
Giới tính / Sex: Nam Quốc tịch / Nationality: Việt Nam
Quê quán / Place of origin:
Hưng Đạo, Đông Triều, Quảng Ninh
Nơi thường trú / Place of residence: Tổ 3, Khu 1,
Mạo Khê, Đông Triều, Quảng Ninh
""",
        so_dinh_danh="022085001234",
        ho_ten="NGUYỄN VĂN BÌNH",
        ngay_sinh="1985-07-31",
        gioi_tinh="Nam",
        quoc_tich="Việt Nam",
        que_quan="Hưng Đạo, Đông Triều, Quảng Ninh",
        noi_cu_tru="Tổ 3, Khu 1, Mạo Khê, Đông Triều, Quảng Ninh",
    )


def test_land_certificate() -> None:
    assert_fields(
        "gcn_quyen_su_dung_dat",
        """^GIẤY CHỨNG NHẬN
^QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
I. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất
Ông: Đỗ Hữu Phước
Năm sinh: 1970, CCCD số: 022070003456
Địa chỉ thường trú: thôn 4, xã Hạ Long, huyện Vân Đồn
II. Thửa đất
Thửa đất số: 12; tờ bản đồ số: 5
Diện tích: 125,5 m² (bằng chữ: Một trăm hai mươi lăm phẩy năm mét vuông)
Số vào sổ cấp GCN: CS 01234
""",
        ho_ten="Đỗ Hữu Phước",
        so_dinh_danh="022070003456",
        noi_cu_tru="thôn 4, xã Hạ Long, huyện Vân Đồn",
        thua_dat="12",
        to_ban_do="5",
        dien_tich="125,5",
    )


def test_building_permit() -> None:
    assert_fields(
        "giay_phep_xay_dung",
        """UBND THÀNH PHỐ CẨM PHẢ || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG QUẢN LÝ ĐÔ THỊ || Độc lập - Tự do - Hạnh phúc
Số: 215/GPXD || Cẩm Phả, ngày 14 tháng 3 năm 2025

^GIẤY PHÉP XÂY DỰNG
^(Sử dụng cho nhà ở riêng lẻ)

1. Cấp cho: Ông Lưu Quang Hưng
Địa chỉ: tổ 2, khu 6, phường Cẩm Đông
2. Được phép xây dựng công trình: Nhà ở gia đình
Thuộc thửa đất số: 45-1, tờ bản đồ số: 17
Diện tích xây dựng tầng 1: 80,25 m2
Nơi nhận: || KT. TRƯỞNG PHÒNG
- Như trên; || PHÓ TRƯỞNG PHÒNG


>Cao Thị Lan Phương
""",
        so="215/GPXD",
        ngay_ban_hanh="2025-03-14",
        co_quan_ban_hanh="PHÒNG QUẢN LÝ ĐÔ THỊ",
        chu_dau_tu="Lưu Quang Hưng",
        thua_dat="45-1",
        to_ban_do="17",
        dien_tich="80,25",
        nguoi_ky="Cao Thị Lan Phương",
        chuc_vu_nguoi_ky="PHÓ TRƯỞNG PHÒNG",
    )


def test_business_certificate() -> None:
    assert_fields(
        "gcn_dang_ky_doanh_nghiep",
        """SỞ TÀI CHÍNH TỈNH QUẢNG NINH || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG ĐĂNG KÝ KINH DOANH || Độc lập - Tự do - Hạnh phúc

^GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP
^CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN
^Mã số doanh nghiệp: 5700100256
^Đăng ký lần đầu: ngày 15 tháng 4 năm 2021

1. Tên công ty
Tên công ty viết bằng tiếng Việt: CÔNG TY TNHH MỘT THÀNH VIÊN XÂY DỰNG BIỂN XANH
Tên công ty viết bằng tiếng nước ngoài: BIEN XANH COMPANY LIMITED
2. Địa chỉ trụ sở chính: số 10 đường Trần Phú
3. Vốn điều lệ: 5.000.000.000 đồng
5. Người đại diện theo pháp luật
Họ và tên: HỒ SỸ NGUYÊN Giới tính: Nam
Sinh ngày: 20/05/1980 Dân tộc: Kinh Quốc tịch: Việt Nam
""",
        ma_so_doanh_nghiep="5700100256",
        ten_doanh_nghiep="CÔNG TY TNHH MỘT THÀNH VIÊN XÂY DỰNG BIỂN XANH",
        ngay_dang_ky="2021-04-15",
        co_quan_ban_hanh="PHÒNG ĐĂNG KÝ KINH DOANH",
        ho_ten="HỒ SỸ NGUYÊN",
    )


def test_receipt_with_the_amount_in_words() -> None:
    assert_fields(
        "bien_lai",
        """Đơn vị thu: Trung tâm Phục vụ hành chính công phường Bãi Cháy || Mẫu số: 01BLP
^BIÊN LAI THU PHÍ, LỆ PHÍ
^(Liên 2: Giao cho người nộp)
Ký hiệu: AA/25P
Số: 0001234
Họ và tên người nộp: Chu Văn Tài
Địa chỉ: tổ 9, khu 3
Lý do thu: lệ phí hộ tịch
Số tiền: 50.000 đồng (Viết bằng chữ: Năm mươi nghìn đồng)
>Ngày 05 tháng 8 năm 2025
>Người thu tiền


>Ngô Thị Hoa
""",
        so="0001234",
        nguoi_nop="Chu Văn Tài",
        so_tien="50.000",
        ngay_ban_hanh="2025-08-05",
        co_quan_ban_hanh="Trung tâm Phục vụ hành chính công phường Bãi Cháy",
    )


def test_receipt_of_a_dossier() -> None:
    assert_fields(
        "giay_tiep_nhan_hen_tra",
        """ỦY BAN NHÂN DÂN || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHƯỜNG BÃI CHÁY || Độc lập - Tự do - Hạnh phúc
Số: 0456/TNHS || Bãi Cháy, ngày 24 tháng 11 năm 2025

^GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ
Mã hồ sơ: H49.12-251124-0007
Trung tâm Phục vụ hành chính công phường Bãi Cháy
Tiếp nhận hồ sơ của: Bà Hà Kiều Oanh
Địa chỉ: tổ 1, khu 5, phường Bãi Cháy
Nội dung yêu cầu giải quyết: Đăng ký khai sinh
""",
        ma_ho_so="H49.12-251124-0007",
        nguoi_nop="Hà Kiều Oanh",
        co_quan_ban_hanh="ỦY BAN NHÂN DÂN PHƯỜNG BÃI CHÁY",
        ngay_ban_hanh="2025-11-24",
    )


def test_mandate_between_two_parties() -> None:
    assert_fields(
        "giay_uy_quyen",
        MOTTO
        + """
^GIẤY ỦY QUYỀN
Hôm nay, ngày 02 tháng 6 năm 2025, tại Hạ Long, chúng tôi gồm:
I. BÊN ỦY QUYỀN (BÊN A):
Họ và tên: Lương Bích Ngọc
CCCD số: 022180004321
II. BÊN ĐƯỢC ỦY QUYỀN (BÊN B):
Họ và tên: Lương Gia Bảo
CCCD số: 022205009876
""",
        ben_uy_quyen="Lương Bích Ngọc",
        ben_duoc_uy_quyen="Lương Gia Bảo",
    )


def test_mandate_in_one_line_each() -> None:
    assert_fields(
        "giay_uy_quyen",
        MOTTO
        + """
^GIẤY ỦY QUYỀN
Người ủy quyền: Ông Kiều Văn Sáu, sinh năm 1960
Người được ủy quyền: Bà Kiều Thị Bảy, sinh năm 1985
""",
        ben_uy_quyen="Kiều Văn Sáu",
        ben_duoc_uy_quyen="Kiều Thị Bảy",
    )


def test_declaration() -> None:
    assert_fields(
        "to_khai",
        MOTTO
        + """
^TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH
Kính gửi: Ủy ban nhân dân phường Hà Tu
Họ, chữ đệm, tên người yêu cầu: Quách Tuấn Du
Ngày, tháng, năm sinh: 08/01/1988
Nơi cư trú: số 4, ngõ 12, phường Hà Tu
Giấy tờ tùy thân: CCCD số 022088007654
Dân tộc: Mường; Quốc tịch: Việt Nam
""",
        ho_ten="Quách Tuấn Du",
        ngay_sinh="1988-01-08",
        noi_cu_tru="số 4, ngõ 12, phường Hà Tu",
        so_dinh_danh="022088007654",
        dan_toc="Mường",
        quoc_tich="Việt Nam",
    )


def test_land_form_as_a_table_with_values_under_the_headings() -> None:
    assert_fields(
        "don_dang_ky_dat_dai",
        MOTTO
        + """
^ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI
1. Tên người sử dụng đất: Nông Thị Sen
Thửa đất số || Tờ bản đồ số || Diện tích
231 || 14 || 300,0 m2
""",
        ho_ten="Nông Thị Sen",
        thua_dat="231",
        to_ban_do="14",
        dien_tich="300,0",
    )


def test_misread_labels_are_still_known() -> None:
    assert_fields(
        "xac_nhan_tinh_trang_hon_nhan",
        MOTTO
        + """
Số: 67/UBND-XNTTHN
^GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
Ho, chu đêm, tén: Âu Dương Lệ
Ngay, tháng, nam sình: 30/4/1999
Giói tính: Nữ Dàn tộc: Hoa Quôc tịch: Việt Nam
""",
        so="67/UBND-XNTTHN",
        ho_ten="Âu Dương Lệ",
        ngay_sinh="1999-04-30",
        gioi_tinh="Nữ",
        dan_toc="Hoa",
        quoc_tich="Việt Nam",
    )


def test_what_is_not_printed_is_left_out() -> None:
    found = values(
        "giay_khai_sinh",
        MOTTO + "^GIẤY KHAI SINH\nHọ, chữ đệm, tên: .............\nGiới tính: ....... Dân tộc: ......",
    )
    assert "ho_ten" not in found
    assert "gioi_tinh" not in found
    assert "dan_toc" not in found
