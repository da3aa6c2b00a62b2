"""Marks and print of cards: the mark's value stands, and where they differ it is said."""

from __future__ import annotations

from classifiers.fields import find_fields
from classifiers.mrz import check_digit
from records import FieldValue, Mark, MarkKind
from tests.factories import page

QR = "022085001234|100123456|Nguyễn Văn Bình|31071985|Nam|Tổ 3, Khu 1, Mạo Khê, Đông Triều, Quảng Ninh|10052021"
CARD = """^CĂN CƯỚC CÔNG DÂN
Số / No.: {number}
Họ và tên / Full name:
{name}
Ngày sinh / Date of birth: {birth}
Giới tính / Sex: Nam Quốc tịch / Nationality: Việt Nam
Nơi thường trú / Place of residence: Tổ 3, Khu 1,
Mạo Khê, Đông Triều, Quảng Ninh
"""
GOOD = {"number": "022085001234", "name": "NGUYỄN VĂN BÌNH", "birth": "31/07/1985"}


def read(confidence: float = 0.95, **said: str) -> dict[str, FieldValue]:
    marks = (Mark(MarkKind.QR, QR, (1900, 300, 300, 300)),)
    reading = page(CARD.format(**{**GOOD, **said}), marks=marks, confidence=confidence)
    return {f.name: f for f in find_fields("can_cuoc", (reading,))}


def test_mark_and_print_agree() -> None:
    found = read()
    assert found["so_dinh_danh"].value == "022085001234"
    assert found["ho_ten"].value == "NGUYỄN VĂN BÌNH"
    assert found["ngay_sinh"].value == "1985-07-31"
    assert found["noi_cu_tru"].value == "Tổ 3, Khu 1, Mạo Khê, Đông Triều, Quảng Ninh"
    assert found["ngay_ban_hanh"].value == "2021-05-10"
    for name in ("so_dinh_danh", "ho_ten", "ngay_sinh", "gioi_tinh", "noi_cu_tru"):
        assert found[name].source == "qr"
        assert found[name].confidence > 0.95
        assert found[name].valid


def test_a_well_read_print_that_says_otherwise_is_told() -> None:
    found = read(number="022085001239", birth="30/07/1985", name="NGUYỄN VĂN MINH")
    for name, value in (("so_dinh_danh", "022085001234"), ("ngay_sinh", "1985-07-31")):
        assert found[name].value == value
        assert not found[name].valid
        assert "mark_disagrees" in found[name].problems
        assert found[name].confidence < 0.9
    assert "mark_disagrees" in found["ho_ten"].problems


def test_a_badly_read_print_gives_way_to_the_mark() -> None:
    found = read(confidence=0.6, name="NGUYÊN VẢN BÌNH")
    assert found["ho_ten"].value == "NGUYỄN VĂN BÌNH"
    assert found["ho_ten"].valid


def zone() -> str:
    """The two rows of a passport's zone, its check digits computed."""
    number, birth, expiry, personal = "C1234567<", "740812", "290415", "022174001234<<"
    parts = [f + str(check_digit(f)) for f in (number, birth, expiry, personal)]
    whole = check_digit("".join(parts))
    first = "P<VNMNGUYEN<<THI<AN".ljust(44, "<")
    return f"{first}\n{parts[0]}VNM{parts[1]}F{parts[2]}{parts[3]}{whole}"


def test_the_zone_of_a_passport() -> None:
    text = f"""^HỘ CHIẾU / PASSPORT
Số / Passport No: C1234567
Họ và tên / Full name: NGUYỄN THỊ AN
Ngày sinh / Date of birth: 12/08/1974
{zone()}
"""
    found = {f.name: f for f in find_fields("ho_chieu", (page(text),))}
    assert found["so"].value == "C1234567"
    assert found["ngay_sinh"].value == "1974-08-12"
    assert found["so_dinh_danh"].value == "022174001234"
    assert found["gioi_tinh"].value == "Nữ"
    assert {found[n].source for n in ("so", "ngay_sinh", "so_dinh_danh", "gioi_tinh")} == {"mrz"}
    assert found["ho_ten"].value == "NGUYỄN THỊ AN"
    assert found["ho_ten"].source == "print"


def test_the_code_of_a_dossier_from_a_mark() -> None:
    marks = (Mark(MarkKind.QR, "https://dichvucong.example/tra-cuu?ma=H49.12-251124-0007", (9, 9, 90, 90)),)
    found = {
        f.name: f for f in find_fields("giay_tiep_nhan_hen_tra", (page("^GIẤY TIẾP NHẬN", marks=marks),))
    }
    assert found["ma_ho_so"].value == "H49.12-251124-0007"
    assert found["ma_ho_so"].source == "qr"
