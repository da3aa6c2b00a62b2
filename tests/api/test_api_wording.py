"""The words of the pages."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages import wording
from api.v1.values import problems_of_value, typed_value
from errors import SenderError


@given(st.sets(st.integers(1, 60)))
def test_runs_of_pages_tell_exactly_the_pages(numbers: set[int]) -> None:
    said = wording.ranges(sorted(numbers))
    told = set()
    for run in said.split(", ") if said else []:
        first, _, last = run.partition("-")
        told |= set(range(int(first), int(last or first) + 1))
    assert told == numbers


def test_sizes_moments_and_ages_are_said_in_vietnamese() -> None:
    assert wording.size(300 * 1024 * 1024) == "300 MB"
    assert wording.size(1_300_000) == "1,2 MB"
    assert wording.size(12) == "12 byte"
    at = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert wording.moment(at) == "25/11/2026 00:30"
    assert wording.age(at, at + timedelta(minutes=90)) == "1 giờ trước"
    assert wording.percent(0.999) == "99 %"


def test_who_did_it_is_said_without_names_of_processes() -> None:
    assert wording.person("vm~d0fc~4026~26014~238271") == "máy đọc"
    assert wording.person("anonymous@10.0.0.7") == "không ghi tên (10.0.0.7)"
    assert wording.person("Lê Thị Kiểm") == "Lê Thị Kiểm"


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("ngay_ban_hanh", "31/7/2025", "2025-07-31"),
        ("ngay_ban_hanh", " 2025-07-31 ", "2025-07-31"),
        ("ngay_sinh", "1.2.1990", "1990-02-01"),
        ("ngay_sinh", "", ""),
        ("trich_yeu", "  Về  việc\tcấp phép ", "Về việc cấp phép"),
        ("ho_ten", "Nguye\u0302\u0303n", "Nguyễn"),
    ],
)
def test_typed_values_take_the_contracts_form(name: str, typed: str, value: str) -> None:
    assert typed_value(name, typed) == value


@pytest.mark.parametrize("typed", ["31/2/2025", "tháng bảy", "2025-13-01", "1/1/25"])
def test_a_date_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(SenderError) as refused:
        typed_value("ngay_sinh", typed)
    assert refused.value.code == "bad_date"


@given(st.text(max_size=50))
def test_any_text_is_taken_as_one_line_or_refused(typed: str) -> None:
    if any(unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") for letter in " ".join(typed.split())):
        with pytest.raises(SenderError):
            typed_value("trich_yeu", typed)
    else:
        value = typed_value("trich_yeu", typed)
        assert value == typed_value("trich_yeu", value)
        assert "\n" not in value


def test_a_typed_value_is_held_against_the_rules_of_its_paper() -> None:
    today = datetime(2026, 11, 24, tzinfo=UTC).date()
    assert problems_of_value("quyet_dinh", "ngay_ban_hanh", "2099-01-01", {}, today) == ("future_date",)
    assert problems_of_value("quyet_dinh", "ngay_ban_hanh", "2025-01-01", {}, today) == ()
    assert problems_of_value("quyet_dinh", "ngay_ban_hanh", "", {}, today) == ()
    assert problems_of_value("khac", "no_such_field", "2099-01-01", {}, today) == ()
