"""Cover sheets are printed, found again at any angle and through the paper, and told from all else."""

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import pdfa
from PIL import Image, ImageFilter, ImageOps

from classifiers.marks import find_marks
from errors import MachineError, SenderError
from ingest.cover_sheets import (
    cover_of,
    draw_cover_sheet,
    is_dossier_code,
    make_cover_sheet,
    make_cover_sheets,
    parse_payload,
    payload_of,
)
from records import CoverSheet, Mark, MarkKind
from tests.factories import page

DOSSIER = "H49.12-251124-0007"


def test_what_is_printed_is_what_is_read() -> None:
    assert parse_payload(payload_of(DOSSIER, "giay_khai_sinh")) == CoverSheet(DOSSIER, "giay_khai_sinh")
    assert parse_payload(payload_of("", "")) == CoverSheet("", "")


@pytest.mark.parametrize(
    "code",
    [
        "H49.12-251124-0007",
        "000.00.12.H49-240115-0001",
        "H55.242-250812-123456",
        "G06-260101-0001",
        "H49-251124-" + "7" * 24,
    ],
)
def test_dossier_codes_of_all_forms_are_taken(code: str) -> None:
    assert is_dossier_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "H49.12-251124-007",
        "H49.12-251324-0007",
        "Z49-251124-0007",
        "h49.12-251124-0007",
        "H49.12-٢51124-0007",
    ],
)
def test_what_is_no_dossier_code_is_refused(code: str) -> None:
    assert not is_dossier_code(code)
    if code:
        with pytest.raises(SenderError) as caught:
            make_cover_sheet(code)
        assert caught.value.code == "bad_dossier_code"


def test_an_unknown_paper_code_is_refused() -> None:
    with pytest.raises(SenderError, match="giay_x"):
        make_cover_sheet(DOSSIER, "giay_x")


def test_a_missing_font_is_said(tmp_path: Path) -> None:
    with pytest.raises(MachineError) as caught:
        make_cover_sheet(DOSSIER, "", fonts=tmp_path)
    assert caught.value.code == "fonts_missing"


def test_sheets_are_a4_pdf_a() -> None:
    data = make_cover_sheets([(DOSSIER, "cong_van"), ("", "")])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 2
        assert [round(float(v)) for v in pdf.pages[0].mediabox] == [0, 0, 595, 842]
        assert pdfa.check(pdf, "2b").verdict == "pass"


def told(picture: Image.Image) -> list[CoverSheet | None]:
    return [parse_payload(mark.text) for mark in find_marks(np.asarray(picture.convert("RGB")))]


@pytest.mark.parametrize("angle", [0, 7, 33, 90, 180, 265])
def test_a_sheet_is_found_at_any_angle(angle: int) -> None:
    sheet = draw_cover_sheet(DOSSIER, "giay_khai_sinh").convert("L")
    turned = sheet.rotate(angle, expand=True, fillcolor=255)
    assert told(turned) == [CoverSheet(DOSSIER, "giay_khai_sinh")]


def test_a_sheet_is_found_through_the_paper_and_on_a_poor_copy() -> None:
    sheet = draw_cover_sheet(DOSSIER, "").convert("L")
    back = ImageOps.mirror(sheet).point(lambda v: 200 + v * 55 // 255)
    assert told(back) == [CoverSheet(DOSSIER, "")]
    rng = np.random.default_rng(3)
    copy = np.asarray(sheet.filter(ImageFilter.GaussianBlur(3)).resize((1240, 1754)), dtype=np.float32)
    copy = np.clip(copy * 0.6 + 70 + rng.normal(0, 25, copy.shape), 0, 255)
    copy[rng.random(copy.shape) < 0.02] = 0
    assert told(Image.fromarray(copy.astype(np.uint8))) == [CoverSheet(DOSSIER, "")]


def test_a_caption_without_a_mark_is_an_unreadable_sheet() -> None:
    assert cover_of(page("^TỜ PHÂN CÁCH HỒ SƠ\n^H49.12-251124-0007")) == CoverSheet(readable=False)
    assert cover_of(page("Đặt tờ phân cách hồ sơ vào giữa các tập giấy tờ trước khi quét")) is None
    assert cover_of(page("")) is None


def test_other_marks_are_no_cover_sheets() -> None:
    mark = Mark(MarkKind.QR, "https://dichvucong.gov.vn/tra-cuu", (0, 0, 9, 9))
    assert cover_of(page("Giấy hẹn", marks=(mark,))) is None


@given(st.text() | st.text(alphabet="SOHOA1|2.-H0٣").map(lambda t: "SOHOA1" + t))
def test_the_parser_never_raises(text: str) -> None:
    found = parse_payload(text)
    assert found is None or not found.readable or text.count("|") == 3
