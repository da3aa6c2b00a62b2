"""Secrecy stamps are found as stamps, and only as stamps."""

import pytest

from classifiers.secrecy import find_secrecy
from tests.factories import HEAD, page

LETTER = HEAD.format(number="Số: 12/SXD-VP")


@pytest.mark.parametrize(
    "stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "| MẬT |", "TÓI MẬT", "Độ mật: Mật", "ĐỘ MẬT: TỐI MẬT"]
)
def test_a_stamp_on_its_own_line_is_secret(stamp: str) -> None:
    assert find_secrecy(
        [page("Trang đầu", 1), page(LETTER + stamp + "\nKính gửi: Ủy ban nhân dân tỉnh", 2)]
    ) == (2,)


def test_a_stamp_beside_other_print_is_secret() -> None:
    assert find_secrecy([page(LETTER + "TỐI MẬT || Kính gửi: Ủy ban nhân dân tỉnh")]) == (1,)


@pytest.mark.parametrize(
    "line",
    [
        "Bảo vệ bí mật nhà nước là trách nhiệm của mọi công dân",
        "^LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "^QUY CHẾ BẢO VỆ BÍ\n^MẬT",
        "Mật khẩu: 123456",
        "^MẬT ĐỘ XÂY DỰNG",
        "MẬT KHẨU",
        "mật.",
        "tài liệu đóng dấu “MẬT” phải được quản lý riêng",
        "^MẶT TRƯỚC",
        "MẶT",
        "",
    ],
)
def test_the_word_in_other_print_is_not_secret(line: str) -> None:
    assert find_secrecy([page(LETTER + line + "\nKính gửi: Ủy ban nhân dân tỉnh")]) == ()


def test_a_word_at_the_foot_is_not_a_stamp() -> None:
    assert find_secrecy([page("\n" * 35 + "MẬT")]) == ()
