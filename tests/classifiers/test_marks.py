"""Machine-readable marks: QR and bars on the picture, identity marks and zones with their check digits."""

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from classifiers.identity_qr import parse_identity_qr
from classifiers.marks import find_marks
from classifiers.mrz import check_digit, find_mrz, parse_mrz
from records import MarkKind
from tests.factories import page

IDENTITY = (
    "048195001234|201234567|Nguyễn Thị Hoa|05091995|Nữ|Số 12, đường Lê Lợi, phường Hải Châu, Đà Nẵng|01052021"
)


def sheet(text: str, kind: zxingcpp.BarcodeFormat, module: int, *, colour: bool = True) -> np.ndarray:
    """A page with some print and one mark at (1500, 300)."""
    picture = np.full((3508, 2480), 250, np.uint8)
    for line in range(20):
        cv2.putText(picture, "Noi dung cua giay to nay " * 2, (200, 1200 + 90 * line), 0, 1.8, 20, 4)
    mark = np.array(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind), scale=module))
    if mark.shape[0] < 3 * mark.shape[1] / 4:
        mark = cv2.resize(mark, (mark.shape[1], 150), interpolation=cv2.INTER_NEAREST)
    picture[300 : 300 + mark.shape[0], 1400 : 1400 + mark.shape[1]] = mark
    picture = cv2.GaussianBlur(picture, (0, 0), 0.8)
    return np.repeat(picture[:, :, None], 3, axis=2) if colour else picture


@pytest.mark.parametrize("module", [4, 6, 16])
@pytest.mark.parametrize("colour", [True, False])
def test_a_qr_is_read_in_place(module: int, colour: bool) -> None:
    (mark,) = find_marks(sheet(IDENTITY, zxingcpp.BarcodeFormat.QRCode, module, colour=colour))
    assert (mark.kind, mark.text) == (MarkKind.QR, IDENTITY)
    assert 1390 < mark.box[0] < 1500
    assert 290 < mark.box[1] < 400


@pytest.mark.parametrize("turned", [False, True])
def test_bars_are_read_lying_and_standing(turned: bool) -> None:
    picture = sheet("H49.12-251124-0007", zxingcpp.BarcodeFormat.Code128, 3)
    if turned:
        picture = np.ascontiguousarray(np.rot90(picture))
    (mark,) = find_marks(picture)
    assert (mark.kind, mark.text) == (MarkKind.BARCODE, "H49.12-251124-0007")


@pytest.mark.parametrize("kind", [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
@pytest.mark.parametrize("degrees", [-7, 2, 87, 185])
def test_marks_of_a_sheet_that_lay_askew_are_told_where_they_stand_upright(
    kind: zxingcpp.BarcodeFormat, degrees: int
) -> None:
    upright = sheet("H49.12-251124-0007", kind, 4, colour=False)
    (expected,) = find_marks(upright)
    middle, side = (1240.0, 1754.0), 4200
    laid = cv2.getRotationMatrix2D(middle, degrees, 1.0)
    laid[:, 2] += side / 2 - np.array(middle)
    picture = np.asarray(cv2.warpAffine(upright, laid, (side, side), borderValue=250), dtype=np.uint8)
    a, b, c, d, e, f = cv2.invertAffineTransform(laid).ravel().tolist()
    (mark,) = find_marks(picture, (a, b, c, d, e, f))
    assert (mark.kind, mark.text) == (expected.kind, expected.text)
    centres = [(x + w / 2, y + h / 2) for x, y, w, h in (mark.box, expected.box)]
    assert np.abs(np.subtract(centres[0], centres[1])).max() < 25


def test_print_and_noise_are_no_marks() -> None:
    rng = np.random.default_rng(5)
    assert find_marks(sheet("x", zxingcpp.BarcodeFormat.QRCode, 1)[:, :1300]) == ()
    assert find_marks(rng.integers(0, 256, (900, 700), dtype=np.uint8)) == ()
    assert find_marks(np.full((3, 3), 255, np.uint8)) == ()


def test_identity_qr_gives_its_seven_fields() -> None:
    found = parse_identity_qr(IDENTITY)
    assert found is not None
    assert (found.so_dinh_danh, found.so_cmnd, found.ho_ten) == (
        "048195001234",
        "201234567",
        "Nguyễn Thị Hoa",
    )
    assert (found.ngay_sinh, found.gioi_tinh, found.ngay_cap) == ("1995-09-05", "Nữ", "2021-05-01")
    newer = parse_identity_qr(IDENTITY + "||Nguyễn Văn A|Trần Thị B|")
    assert newer is not None
    assert newer.noi_cu_tru.endswith("Đà Nẵng")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "||||||",
        IDENTITY.replace("05091995", "31021995"),
        IDENTITY[1:],
        "SOHOA1|a|b|c",
        IDENTITY.replace("Nguyễn Thị Hoa", " "),
    ],
)
def test_other_marks_are_no_identity(text: str) -> None:
    assert parse_identity_qr(text) is None


@given(st.text() | st.lists(st.text(alphabet="0123456789|ab é٣"), max_size=9).map("|".join))
def test_identity_parser_never_raises(text: str) -> None:
    parse_identity_qr(text)


def td1(number: str, birth: str, sex: str, expiry: str, name: str) -> list[str]:
    """A zone as on a Vietnamese card."""
    short = number[3:]
    first = f"IDVNM{short}{check_digit(short)}{number}<<"
    first += str(check_digit(number))
    second = f"{birth}{check_digit(birth)}{sex}{expiry}{check_digit(expiry)}VNM" + "<" * 11
    composite = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    return [first, second + str(check_digit(composite)), name.ljust(30, "<")]


CARD = td1("048195001234", "950905", "F", "350905", "NGUYEN<<THI<HOA")
PASSPORT = [
    "P<VNMNGUYEN<<THI<HOA".ljust(44, "<"),
    "",
]
_NUMBER = "C1234567<"
_BODY = f"{_NUMBER}{check_digit(_NUMBER)}VNM950905{check_digit('950905')}F310101{check_digit('310101')}048195001234<<"
_BODY += str(check_digit("048195001234<<"))
PASSPORT[1] = _BODY + str(check_digit(_BODY[0:10] + _BODY[13:20] + _BODY[21:43]))


def test_the_example_of_the_standard() -> None:
    assert check_digit("520727") == 3  # ICAO Doc 9303-3, 4.9
    zone = parse_mrz(
        ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
    )
    assert zone is not None
    assert zone.whole
    assert (zone.document_number, zone.surname, zone.given_names) == ("L898902C3", "ERIKSSON", "ANNA MARIA")


def test_a_card_is_read_and_proven() -> None:
    zone = find_mrz(page("CỤC TRƯỞNG\n" + "\n".join(CARD)).lines)
    assert zone is not None
    assert zone.whole
    assert "composite" in zone.proven
    assert (zone.personal_number, zone.birth, zone.sex, zone.expiry) == (
        "048195001234",
        "1995-09-05",
        "Nữ",
        "2035-09-05",
    )
    assert (zone.surname, zone.given_names) == ("NGUYEN", "THI HOA")
    assert zone.box[2] > 0


def test_a_passport_is_read_and_proven() -> None:
    zone = find_mrz(page("\n".join(PASSPORT)).lines)
    assert zone is not None
    assert zone.proven == {"document_number", "birth", "expiry", "personal_number", "composite"}
    assert (zone.kind, zone.document_number, zone.birth) == ("TD3", "C1234567", "1995-09-05")


def test_confused_letters_are_mended_only_under_proof() -> None:
    spoilt = [CARD[0], CARD[1].replace("9509", "95O9", 1), CARD[2]]
    zone = parse_mrz(spoilt)
    assert zone is not None
    assert zone.birth == "1995-09-05"
    assert "birth" in zone.proven
    wrong = [CARD[0], "951905" + CARD[1][6:], CARD[2]]
    zone = parse_mrz(wrong)
    assert zone is not None
    assert "birth" not in zone.proven
    assert not zone.whole


def test_lost_and_doubled_fillers_are_forgiven() -> None:
    zone = parse_mrz([CARD[0], CARD[1].replace("<" * 11, "<" * 9), CARD[2].rstrip("<") + "<" * 14])
    assert zone is not None
    assert zone.whole


@given(
    st.lists(st.text(max_size=60), max_size=4)
    | st.lists(st.text(alphabet="IPA<0O1VNMK9", min_size=20, max_size=48), max_size=3)
)
def test_zone_parser_never_raises(rows: list[str]) -> None:
    parse_mrz(rows)


@given(st.data())
def test_zone_parser_never_raises_on_spoilt_zones(data: st.DataObject) -> None:
    rows = data.draw(st.sampled_from([CARD, PASSPORT]))
    spoilt = []
    for row in rows:
        place = data.draw(st.integers(0, len(row) - 1))
        spoilt.append(row[:place] + data.draw(st.text(max_size=3)) + row[place + 1 :])
    zone = parse_mrz(spoilt)
    if zone is not None:
        assert zone.proven


def test_the_second_row_of_a_passport_alone_gives_what_it_proves() -> None:
    row = "N1646487<7VNM6802228F2912073948168961995<<02"
    zone = find_mrz(page(f"Nơi cấp / Place of issue: Cục Quản lý xuất nhập cảnh\n{row}").lines)
    assert zone is not None
    assert (zone.document_number, zone.birth, zone.surname) == ("N1646487", "1968-02-22", "")
    assert not zone.whole or "expiry" in zone.proven
    assert find_mrz(page(row.replace("7VNM", "1VNM")).lines) is None
