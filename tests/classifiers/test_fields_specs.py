"""The data files that say which fields a paper has, and finders against whatever a page may hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifiers.catalogue import catalogue
from classifiers.fields import find_fields
from classifiers.fields.checking import CHECKS
from classifiers.fields.cleaning import CLEANERS
from classifiers.fields.specs import KINDS, every_label, fields_of, read_spec, usual_specs
from reasons import REASONS
from tests import contract
from tests.factories import page

CODES = sorted(catalogue())


@pytest.mark.parametrize("code", CODES)
def test_every_paper_names_fields_of_the_contract_and_checks_that_exist(code: str) -> None:
    specs = fields_of(code)
    assert specs
    names = [s.name for s in specs]
    assert len(names) == len(set(names))
    assert set(names) <= contract.FIELDS
    for spec in specs:
        assert {check.partition(":")[0] for check in spec.checks} <= set(CHECKS)
        assert set(spec.until) <= contract.FIELDS


def test_every_field_of_the_contract_is_described() -> None:
    assert set(usual_specs()) == contract.FIELDS
    assert set(CLEANERS) == KINDS
    assert len(every_label()) > 200


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"label": ["x"]}, "unknown keys"),
        ({"kind": "poem"}, "unknown kind"),
        ({"finders": ["guess"]}, "unknown finders"),
        ({"labels": "Số"}, "list of texts"),
        ({"required": "yes"}, "must be bool"),
        ({"lines": True}, "must be int"),
    ],
)
def test_wrong_tables_are_told_with_their_place(table: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said) as error:
        read_spec("giay_la.toml [fields.so]", "so", table, usual_specs()["so"])
    assert "giay_la.toml" in str(error.value)


WORDS = st.one_of(
    st.sampled_from(sorted(every_label())),
    st.text(min_size=1, max_size=12),
    st.sampled_from(
        [
            "Số:",
            "....",
            "……",
            "/",
            "ngày",
            "tháng",
            "năm",
            "05/9/2025",
            "31/02/2020",
            ":",
            "KT.",
            "GIÁM ĐỐC",
            "V/v",
            "||",
        ]
    ),
    st.from_regex(r"[0-9]{1,13}(/[A-ZĐ-]{1,8})?", fullmatch=True),
)
PAGES = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=14).map("\n".join)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(CODES), PAGES, st.floats(0, 1))
@example("bien_ban", "Đã đăng ký kết hôn ngày 00/00/0000", 0.0)
def test_any_page_gives_fields_that_hold_what_the_record_promises(code: str, text: str, sure: float) -> None:
    reading = page(text, confidence=sure)
    for field in find_fields(code, (reading,), today=date(2026, 11, 24)):
        assert field.value.strip()
        assert 0 <= field.confidence <= 1
        assert field.page == 1
        assert field.box[2] > 0
        assert field.box[3] > 0
        assert set(field.problems) <= set(REASONS)
        assert field.valid or field.problems
        assert not field.confidence > sure + 0.31
