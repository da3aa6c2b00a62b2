"""The verdict on a document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.fields.specs import fields_of
from classifiers.reviewing import Thresholds, review
from reasons import REASONS
from records import FieldValue, TypeFinding, Verdict
from tests.factories import page

DECISION = TypeFinding("quyet_dinh", "Quyết định", 0.99)


def full(code: str = "quyet_dinh", confidence: float = 0.97) -> list[FieldValue]:
    """Every field of a type, read well."""
    return [FieldValue(spec.name, "x", confidence, 1, (0, 0, 9, 9)) for spec in fields_of(code)]


def test_nothing_doubtful_is_auto() -> None:
    verdict = review(DECISION, full(), [page("QUYẾT ĐỊNH")])
    assert verdict.verdict is Verdict.AUTO
    assert not verdict.needed
    assert verdict.reasons == verdict.fields == ()


def test_a_doubtful_field_is_named() -> None:
    fields = full()
    fields[1] = replace(fields[1], confidence=0.5)
    verdict = review(DECISION, fields, [page("QUYẾT ĐỊNH")])
    assert verdict.verdict is Verdict.CHECK
    assert verdict.fields == (fields[1].name,)
    assert verdict.reasons == ("doubtful_field",)


def test_a_missing_required_field_is_named() -> None:
    fields = [f for f in full() if f.name != "so_ky_hieu"]
    verdict = review(DECISION, fields, [page("QUYẾT ĐỊNH")])
    assert verdict.fields == ("so_ky_hieu",)
    assert verdict.reasons == ("missing_field",)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"valid": False, "problems": ("impossible_date",)}, "invalid_field"),
        ({"source": "handwriting", "problems": ("handwriting",)}, "handwriting"),
        ({"valid": False, "problems": ("mark_disagrees",)}, "mark_disagrees"),
    ],
)
def test_what_a_field_says_of_itself(change: dict[str, object], reason: str) -> None:
    fields = full()
    fields[0] = replace(fields[0], **change)  # type: ignore[arg-type]
    verdict = review(DECISION, fields, [page("QUYẾT ĐỊNH")])
    assert reason in verdict.reasons
    assert verdict.fields == (fields[0].name,)


def test_types() -> None:
    assert review(replace(DECISION, confidence=0.4), full(), [page("x y")]).reasons == ("unsure_type",)
    other = review(TypeFinding("khac", "Giấy tờ khác", 0.9), [], [page("x y")])
    assert other.reasons == ("unknown_type",)
    assert other.verdict is Verdict.MANUAL


def test_pages() -> None:
    assert "page_failed" in review(DECISION, full(), [page("a b"), page(failure="page_timeout")]).reasons
    assert "blank_document" in review(DECISION, full(), [page("")]).reasons
    assert "low_confidence" in review(DECISION, full(), [page("a b c", confidence=0.4)]).reasons
    assert "low_resolution" in review(DECISION, full(), [replace(page("a b"), dpi=96.0)]).reasons


def test_reasons_of_earlier_steps_are_kept_and_secrets_go_to_a_person() -> None:
    verdict = review(DECISION, full(), [page("a b")], ["unsure_boundary"])
    assert verdict.reasons == ("unsure_boundary",)
    assert verdict.verdict is Verdict.CHECK
    assert review(DECISION, full(), [page("a b")], ["secret"]).verdict is Verdict.MANUAL


def test_thresholds_are_the_callers() -> None:
    strict = Thresholds(field_confidence=0.99)
    assert review(DECISION, full(), [page("a b")], (), strict).needed


def test_every_reason_is_in_the_table() -> None:
    fields = [replace(f, confidence=0.1, valid=False, problems=("mark_disagrees",)) for f in full()[1:]]
    verdict = review(replace(DECISION, confidence=0.1), fields, [page(""), page("a", failure="page_timeout")])
    assert set(verdict.reasons) <= set(REASONS)


def test_a_field_whose_label_stands_without_a_value_is_named() -> None:
    birth = TypeFinding("giay_khai_sinh", "Giấy khai sinh", 0.99)
    fields = [f for f in full("giay_khai_sinh") if f.name not in ("so_dinh_danh", "ho_ten_cha")]
    open_ = review(birth, fields, [page("Số định danh cá nhân:\nHọ, chữ đệm, tên người cha: Lê An Phú\n")])
    assert open_.fields == ("so_dinh_danh", "ho_ten_cha")
    assert open_.reasons == ("missing_field",)
    nobody = review(birth, fields, [page("Họ, chữ đệm, tên người cha: Không\n")])
    assert not nobody.needed
