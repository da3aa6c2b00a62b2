"""Error rates and their split."""

from hypothesis import given
from hypothesis import strategies as st

from bench.calibration import reliability
from bench.judging import Judgement
from bench.making import make_paper
from bench.measuring import Score, differences, folded, kind_of, words_right
from records import Document, FieldValue, MediaType, Review, SourceFile, TypeFinding, Verdict


def test_errors_fall_into_letters_marks_digits_and_rest():
    assert kind_of("ề", "ê") == "marks"
    assert kind_of("Đ", "D") == "marks"
    assert kind_of("ê", "o") == "letters"
    assert kind_of("8", "6") == "digits"
    assert kind_of("", "1") == "digits"
    assert kind_of(".", "") == "rest"


def test_a_score_counts_edits_over_the_truth():
    score = Score()
    score.add("Số: 08/QĐ", "Số: 06/QD")
    score.add("một  hai\nba", "một hai ba")
    assert score.errors == 2
    assert (score.by_kind["digits"], score.by_kind["marks"]) == (1, 1)
    assert (score.pages, score.whole) == (2, 1)
    assert score.rate == 100 * 2 / 19
    assert score.digit_rate == 50.0


def test_leaders_of_dots_do_not_count():
    assert folded("Họ tên: An ........... Tuổi: 3") == "Họ tên: An Tuổi: 3"


def test_differences_show_what_was_read_instead():
    assert differences("Điều 1. Giao", "Điều I. Giao") == ["…Điều [1→I]. Giao…"]


def test_words_are_right_where_the_truth_has_them():
    found = words_right("Ủy ban nhân dân", [("Ủy", 0.9), ("bạn", 0.4), ("nhân", 0.9), ("dân", 0.8)])
    assert found == [(0.9, True), (0.4, False), (0.9, True), (0.8, True)]


@given(st.text(max_size=60))
def test_a_perfect_reading_has_no_error(text):
    score = Score()
    assert score.add(text, text) == 0.0


def test_judging_tells_wrong_from_missing_and_extra(tmp_path):
    made = make_paper("cong_van", 5, 0, draw=False)
    wrong = FieldValue("nguoi_ky", "Ai Đó", 0.95, 1, (0, 0, 1, 1))
    right = FieldValue("so_ky_hieu", made.fields["so_ky_hieu"].lower(), 0.95, 1, (0, 0, 1, 1))
    extra = FieldValue("ho_ten", "Không Có", 0.5, 1, (0, 0, 1, 1))
    source = SourceFile(tmp_path / "a.pdf", "a.pdf", "0" * 64, 1)
    found = Document(
        source, MediaType.PDF, (), TypeFinding("to_trinh", "", 0.6), (wrong, right, extra), Review()
    )
    judgement = Judgement()
    judgement.add("x", made, found, 1)
    total = judgement.total()
    assert judgement.right_type == 0
    assert (total.truth, total.exact, total.wrong_sure, total.extra_sure) == (len(made.fields), 1, 1, 0)
    assert total.wrong == len(made.fields) - 1


def test_judging_tells_what_the_reviewer_is_not_told(tmp_path):
    made = make_paper("cong_van", 5, 0, draw=False)
    source = SourceFile(tmp_path / "a.pdf", "a.pdf", "0" * 64, 1)
    wrong = FieldValue("nguoi_ky", "Ai Đó", 0.6, 1, (0, 0, 1, 1))
    review = Review(("doubtful_field",), ("nguoi_ky",), Verdict.CHECK)
    found = Document(source, MediaType.PDF, (), TypeFinding("cong_van", "", 0.9), (wrong,), review)
    judgement = Judgement()
    judgement.add("x", made, found, 1)
    assert judgement.fields["nguoi_ky"].to_review == 100.0
    assert judgement.fields["nguoi_ky"].wrong_unnamed == 0
    assert judgement.total().wrong_unnamed == len(made.fields) - 1
    assert judgement.confidences == [(0.6, False)]


def test_reliability_has_a_row_for_each_bin_that_holds_something():
    rows = reliability([(0.95, True), (0.96, False), (0.4, False)]).splitlines()[2:]
    assert [row.split("|")[1:4] for row in rows] == [
        [" 0.40            ", " 0.0     ", " 1      "],
        [" 0.95            ", " 50.0    ", " 2      "],
    ]
