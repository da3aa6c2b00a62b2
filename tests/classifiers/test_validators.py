"""The rules that values are held against."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.fields.dates import dates_in_figures, dates_in_words
from classifiers.fields.numerals import read_number
from classifiers.fields.validators.amounts import amount_agrees, figures_of, words_amount
from classifiers.fields.validators.codes import dossier_code, procedure_code, symbol_agrees, tax_code
from classifiers.fields.validators.days import in_order, possible_date
from classifiers.fields.validators.identity import identity_card, personal_number

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
TODAY = date(2026, 11, 24)


def spell_below_1000(value: int, full: bool, ways: tuple[bool, bool, bool]) -> list[str]:
    """Write 1 to 999; ``full`` says the hundreds even when there are none."""
    le, nham, tu = ways
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words: list[str] = []
    if hundreds or full:
        words += [DIGITS[hundreds], "trăm"]
    if tens == 0:
        if ones:
            if words:
                words.append("lẻ" if le else "linh")
            words.append("tư" if ones == 4 and tu and len(words) > 1 else DIGITS[ones])
    else:
        words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
        if ones == 5:
            words.append("nhăm" if nham and tens > 1 else "lăm")
        elif ones == 1 and tens > 1:
            words.append("mốt")
        elif ones == 4 and tu and tens > 1:
            words.append("tư")
        elif ones:
            words.append(DIGITS[ones])
    return words


def spell(value: int, ways: tuple[bool, bool, bool] = (False, False, False), ngan: bool = False) -> str:
    """A number below a million millions in words."""
    words: list[str] = []
    for scale, name in (
        (10**9, "tỉ" if ngan else "tỷ"),
        (10**6, "triệu"),
        (10**3, "ngàn" if ngan else "nghìn"),
        (1, ""),
    ):
        part, value = divmod(value, scale)
        if part:
            words += spell_below_1000(part, bool(words), ways) + ([name] if name else [])
    return " ".join(words)


@given(st.integers(1, 10**12 - 1), st.tuples(st.booleans(), st.booleans(), st.booleans()), st.booleans())
def test_numbers_in_words_are_read_back(value: int, ways: tuple[bool, bool, bool], ngan: bool) -> None:
    assert read_number(spell(value, ways, ngan).split()) == value


@given(
    st.lists(st.sampled_from([*DIGITS, "mươi", "trăm", "nghìn", "triệu", "tỷ", "linh", "đồng"]), max_size=9)
)
def test_any_words_give_a_number_or_nothing(words: list[str]) -> None:
    value = read_number(words)
    assert value is None or 0 <= value < 10**15


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("năm mươi lăm", 55),
        ("hai mươi nhăm", 25),
        ("hai mươi mốt nghìn", 21_000),
        ("một trăm linh năm", 105),
        ("một trăm lẻ tư ngàn không trăm lẻ một", 104_001),
        ("mười lăm triệu", 15_000_000),
        ("hai tỉ không trăm linh ba triệu", 2_003_000_000),
        ("Hai nghìn không trăm hai mươi lăm", 2025),
        ("một nghìn chín trăm chín mươi", 1990),
        ("năm mươi đồng", None),
        ("nghìn hai", None),
    ],
)
def test_spellings(words: str, value: int | None) -> None:
    assert read_number(words.split()) == value


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_dates_in_words_and_figures_are_read_back(day: date) -> None:
    month = {4: "tư"}.get(day.month, spell(day.month))
    year = spell(day.year)
    if 2000 <= day.year < 2100 and day.year > 2000:
        year = "hai nghìn không trăm " + " ".join(spell_below_1000(day.year % 100, True, (False,) * 3)[2:])
    text = f"Ngày {spell(day.day)} tháng {month} năm {year}"
    assert [d.iso for d in dates_in_words(text)] == [day.isoformat()]
    for figures in (
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"ngày {day:%d} tháng {day.month} năm {day.year}",
    ):
        assert [d.iso for d in dates_in_figures("Hạ Long, " + figures)] == [day.isoformat()]


def test_a_day_that_does_not_exist_is_kept_as_printed() -> None:
    (found,) = dates_in_figures("ngày 31 tháng 02 năm 2024")
    assert not found.possible
    assert found.iso == "ngày 31 tháng 02 năm 2024"


@given(st.integers(0, 999), st.integers(1900, 2199), st.booleans(), st.integers(0, 999999))
def test_a_personal_number_built_by_the_rule_has_no_problem(
    place: int, year: int, woman: bool, rest: int
) -> None:
    number = f"{place:03d}{(year - 1900) // 100 * 2 + woman}{year % 100:02d}{rest:06d}"
    assert personal_number(number, f"{year}-05-17", "Nữ" if woman else "Nam") == ()
    assert personal_number(number, str(year)) == ()
    assert personal_number(number, f"{year + 1}-01-01") == ("personal_number_birth",)
    assert personal_number(number, None, "Nam" if woman else "NỮ") == ("personal_number_sex",)


@given(st.text(max_size=14))
def test_any_other_text_is_no_personal_number(text: str) -> None:
    right = text.isascii() and text.isdigit() and len(text) in (9, 12)
    assert (personal_number(text) == ()) is right
    assert (identity_card(text) == ()) is right


@pytest.mark.parametrize(
    "code", ["H49.12-251124-0007", "000.00.12.H49-240115-0001", "H49-251124-12345", "G22.99.18-260301-000012"]
)
def test_dossier_codes(code: str) -> None:
    assert dossier_code(code, TODAY) == ()


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("H49.12-251324-0007", "impossible_date"),
        ("H49.12-270101-0007", "future_date"),
        ("H49.12-251124-07", "dossier_code_form"),
        ("Z49.12-251124-0007", "dossier_code_form"),
        ("", "dossier_code_form"),
    ],
)
def test_wrong_dossier_codes(code: str, problem: str) -> None:
    assert dossier_code(code, TODAY) == (problem,)


def test_procedure_codes() -> None:
    assert procedure_code("1.001193") == ()
    assert procedure_code("2.000815.000.00.00.H55") == ()
    assert procedure_code("2.000815.000.00.00.H55.02") == ()
    assert procedure_code("2000815") == ("procedure_code_form",)


def test_tax_codes() -> None:
    assert tax_code("5700100256") == ()
    assert tax_code("0100233488") == ()
    assert tax_code("0314409058-002") == ()
    assert tax_code("5700100257") == ("tax_code_check",)
    assert tax_code("57001002") == ("tax_code_form",)
    assert tax_code("022085001234") == ()


@given(st.integers(0, 10**9 - 1), st.integers(0, 8), st.integers(1, 9))
def test_one_changed_digit_breaks_a_tax_code(body: int, place: int, step: int) -> None:
    digits = f"{body:09d}"
    right = [d for d in "0123456789" if tax_code(digits + d) == ()]
    assert len(right) <= 1
    for check in right:
        changed = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
        assert tax_code(changed + check) == ("tax_code_check",)


@given(st.integers(0, 10**12 - 1), st.sampled_from([".", ",", ""]))
def test_amounts_agree_with_their_words(value: int, mark: str) -> None:
    figures = f"{value:,}".replace(",", mark)
    assert figures_of(figures) == value
    if value:
        words = f"(Viết bằng chữ: {spell(value).capitalize()} đồng chẵn)./."
        assert words_amount(words) == value
        assert amount_agrees(figures, words) == ()
        assert amount_agrees(figures, spell(value + 1 if value < 10**12 - 1 else 1)) == ("words_disagree",)


def test_words_that_say_no_number_say_nothing() -> None:
    assert amount_agrees("50.000", "nảm mươí nghin đổng ?") in ((), ("words_disagree",))
    assert amount_agrees("50.000", "") == ()
    assert amount_agrees("50.00O", "") == ("amount_form",)


@given(st.dates(), st.dates())
def test_order_of_days(one: date, other: date) -> None:
    assert (in_order(one.isoformat(), other.isoformat()) == ()) is (one <= other)
    assert in_order(str(one.year), other.isoformat()) == (
        () if f"{one.year:04d}" <= f"{other.year:04d}" or one.year < 1000 else ("date_order",)
    )


def test_possible_days() -> None:
    assert possible_date("2026-11-24", TODAY) == ()
    assert possible_date("2026-11-25", TODAY) == ("future_date",)
    assert possible_date("2026-11-25") == ()
    assert possible_date("1985", TODAY) == ()
    assert possible_date("ngày 31 tháng 02 năm 2024", TODAY) == ("impossible_date",)
    assert possible_date("1824-01-01", TODAY) == ("impossible_date",)


def test_symbols_agree_with_their_type() -> None:
    assert symbol_agrees("15/QĐ-UBND", ["QĐ"], ["QĐ", "TB"]) == ()
    assert symbol_agrees("15/2024/QĐ-UBND", ["QĐ"], ["QĐ", "TB"]) == ()
    assert symbol_agrees("15/TB-SYT", ["QĐ"], ["QĐ", "TB"]) == ("symbol_disagrees",)
    assert symbol_agrees("15/SYT-NVD", [], ["QĐ", "TB"]) == ()
    assert symbol_agrees("15/TB-SYT", [], ["QĐ", "TB"]) == ("symbol_disagrees",)
    assert symbol_agrees("0001234", ["QĐ"], ["QĐ"]) == ()
