"""Numbers that are invented but built as the real ones are: check digits, amounts in words, coded numbers.

Rules: regulation.md sections 5 and 6; ICAO 9303 for machine-readable zones.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from random import Random

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")

PROVINCE_DIGITS = {
    "Hà Nội": "001", "Cao Bằng": "004", "Tuyên Quang": "008", "Lào Cai": "010", "Điện Biên": "011",
    "Lai Châu": "012", "Sơn La": "014", "Thái Nguyên": "019", "Lạng Sơn": "020", "Quảng Ninh": "022",
    "Phú Thọ": "025", "Bắc Ninh": "027", "Hải Phòng": "031", "Hưng Yên": "033", "Ninh Bình": "037",
    "Thanh Hóa": "038", "Nghệ An": "040", "Hà Tĩnh": "042", "Quảng Trị": "045", "Huế": "046",
    "Đà Nẵng": "048", "Quảng Ngãi": "051", "Khánh Hòa": "056", "Gia Lai": "064", "Đắk Lắk": "066",
    "Lâm Đồng": "068", "Tây Ninh": "072", "Đồng Nai": "075", "Vĩnh Long": "086", "Đồng Tháp": "087",
    "An Giang": "089", "Cần Thơ": "092", "Cà Mau": "096",
}  # fmt: skip
"""First three digits of a personal number, by province of birth registration."""


def in_words(number: int) -> str:
    """``number`` (0 to 999 999 999 999) as Vietnamese words, lower case: 1 205 000 -> ``một triệu hai trăm
    linh năm nghìn``."""
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        groups.append(number % 1000)
        number //= 1000
    words: list[str] = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            words += _three(groups[place], leading=place < len(groups) - 1)
            if _SCALES[place]:
                words.append(_SCALES[place])
    return " ".join(words)


def _three(value: int, *, leading: bool) -> list[str]:
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or leading else []
    if tens == 0:
        if ones:
            words += (["linh"] if words else []) + [_DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        spoken = _DIGITS[ones]
        if ones == 1 and tens > 1:
            spoken = "mốt"
        elif ones == 5:
            spoken = "lăm"
        words.append(spoken)
    return words


def date_in_words(day: date) -> str:
    """``Ngày mười lăm tháng tư năm hai nghìn không trăm linh chín``, as civil papers spell dates out."""
    month = "tư" if day.month == 4 else in_words(day.month)
    numeral = in_words(day.day) if day.day > 10 else f"mùng {in_words(day.day)}"
    return f"Ngày {numeral} tháng {month} năm {in_words(day.year)}"


def dotted(number: int) -> str:
    """1250000 -> ``1.250.000``."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 1) -> str:
    """1234.5 -> ``1.234,5``."""
    return f"{number:,.{places}f}".replace(",", "_").replace(".", ",").replace("_", ".")


def personal_number(rng: Random, province: str, woman: bool, year: int) -> str:
    """Twelve digits: province, century and sex, two digits of the birth year, six at random."""
    front = PROVINCE_DIGITS.get(province) or rng.choice(sorted(PROVINCE_DIGITS.values()))
    return f"{front}{(year // 100 - 19) * 2 + woman}{year % 100:02d}{rng.randrange(1, 999_999):06d}"


def tax_code(rng: Random) -> str:
    """Ten digits; the last is 10 - (31 a + 29 b + 23 c + 19 d + 17 e + 13 f + 7 g + 5 h + 3 i) mod 11."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    while True:
        digits = [rng.randrange(10) for _ in range(9)]
        digits[0] = rng.choice((0, 1, 2, 3, 4, 5, 6))
        last = 10 - sum(w * d for w, d in zip(weights, digits, strict=True)) % 11
        if last < 10:
            return "".join(map(str, digits)) + str(last)


def dossier_code(rng: Random, day: date) -> str:
    """``H49.12-251124-0007``: the deciding body, the day of reception, a running number."""
    body = f"{rng.choice(['H49', 'H17', 'H55', 'H38', 'G22', 'H02'])}.{rng.randrange(1, 99):02d}"
    return f"{body}-{day:%y%m%d}-{rng.randrange(1, 900):04d}"


def bare(text: str) -> str:
    """Capital letters without marks, for machine-readable zones: ``Nguyễn Đỗ`` -> ``NGUYEN DO``."""
    text = text.upper().replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def mrz_digit(text: str) -> str:
    """ICAO 9303 check digit: weights 7 3 1, letters from 10, filler 0."""
    values = [0 if c == "<" else int(c, 36) for c in text]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


def mrz_card(number: str, birth: date, woman: bool, expiry: date, name: str) -> tuple[str, str, str]:
    """The three lines of 30 of an identity card (TD1). ``number`` has twelve digits."""
    document = number[3:]
    first = f"IDVNM{document}{mrz_digit(document)}{number}<<{mrz_digit(number + '<<')}"
    born, ends = f"{birth:%y%m%d}", f"{expiry:%y%m%d}"
    middle = f"{born}{mrz_digit(born)}{'F' if woman else 'M'}{ends}{mrz_digit(ends)}VNM{'<' * 11}"
    total = mrz_digit(first[5:30] + middle[:7] + middle[8:15] + middle[18:29])
    return first, middle + total, mrz_name(name, 30)


def mrz_passport(
    book: str, personal: str, birth: date, woman: bool, expiry: date, name: str
) -> tuple[str, str]:
    """The two lines of 44 of a passport (TD3)."""
    document = book.ljust(9, "<")
    born, ends, own = f"{birth:%y%m%d}", f"{expiry:%y%m%d}", personal.ljust(14, "<")
    second = f"{document}{mrz_digit(document)}VNM{born}{mrz_digit(born)}{'F' if woman else 'M'}"
    second += f"{ends}{mrz_digit(ends)}{own}{mrz_digit(own)}"
    total = mrz_digit(second[:10] + second[13:20] + second[21:43])
    return "P<VNM" + mrz_name(name, 39), second + total


def mrz_name(name: str, length: int) -> str:
    """``NGUYEN<<VAN<AN`` filled with ``<`` to ``length``."""
    surname, *given = bare(name).split()
    return f"{surname}<<{'<'.join(given)}"[:length].ljust(length, "<")
