"""A finished document as its reader meets it: searched, copied, printed, looked at."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from ocr.composing import compose, keep_signed, park_picture, upright_png
from records import (
    IDENTITY,
    EncodedPicture,
    Line,
    Matrix,
    PageImage,
    PageReading,
    Pixels,
    PreparedPage,
    TextOrigin,
    Word,
)
from tests.corpus import motif
from tests.corpus.motif import saved, shows_motif

HEAD = [
    ("ỦY BAN NHÂN DÂN", 60, 100, 0, 0),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 250, 100, 0, 1),
    ("Số: 3255/QĐ-UBND", 60, 130, 1, 0),
    ("Độc lập - Tự do - Hạnh phúc", 280, 130, 1, 1),
    ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;", 60, 180, 2, 0),
    ("Nguyễn Thị Ỷ ở xã Đường Lâm được hưởng chế độ ưu đãi.", 60, 200, 3, 0),
]


def line(text: str, x: float, y: float, row: int, cell: int, scale: float) -> Line:
    words = []
    for word in text.split():
        width = 6.2 * len(word)
        words.append(Word(word, tuple(round(v * scale) for v in (x, y, width, 11)), 0.9))  # type: ignore[arg-type]
        x += width + 3.5
    return Line(tuple(words), row=row, cell=cell)


def read_page(
    page: PageImage,
    scratch: Path,
    matrix: Matrix = IDENTITY,
    size: tuple[int, int] | None = None,
    lines: tuple[Line, ...] = (),
) -> PageReading:
    height, width = page.pixels.shape[:2]
    width, height = size or (width, height)
    ink = np.zeros((height, width), np.uint8)
    prepared = PreparedPage(width, height, ink, 1.0, page.dpi, 0, 0.0, matrix)
    return PageReading(
        page.number,
        width,
        height,
        page.dpi,
        0,
        0.0,
        park_picture(page, prepared, scratch),
        lines,
        TextOrigin.OCR,
    )


def jpeg_page(number: int = 1, dpi: float = 100.0, width: int = 595, height: int = 842) -> PageImage:
    picture = motif.colour(width, height)
    data = saved(picture, "JPEG", quality=90)
    return PageImage(number, np.asarray(picture), dpi, EncodedPicture("jpeg", data, width, height, 3, 8))


def letter(scratch: Path, number: int = 1) -> PageReading:
    lines = tuple(line(*row, 100 / 72) for row in HEAD)
    return read_page(jpeg_page(number, width=827, height=1169), scratch, lines=lines)


def drawn(path: Path, number: int = 1, scale: float = 1.0) -> Pixels:
    document = pdfium.PdfDocument(path)
    try:
        return np.asarray(document[number - 1].render(scale=scale).to_pil().convert("RGB"))
    finally:
        document.close()


# ---- text ------------------------------------------------------------------------------------------------


def test_copied_text_keeps_words_and_diacritics(tmp_path: Path) -> None:
    out = compose([letter(tmp_path)], title="Quyết định", out=tmp_path / "a.pdf").path
    for command in (["pdftotext", str(out), "-"], ["mutool", "draw", "-q", "-F", "txt", str(out)]):
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for row in HEAD:
            assert row[0] in text
    with pdfplumber.open(out) as opened:
        words = {word["text"] for word in opened.pages[0].extract_words()}
    assert words == {word for row in HEAD for word in row[0].split()}
    document = pdfium.PdfDocument(out)
    copied = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "Nguyễn Thị Ỷ ở xã Đường Lâm được hưởng chế độ ưu đãi." in copied


def test_content_follows_the_reading_order_row_by_row(tmp_path: Path) -> None:
    out = compose([letter(tmp_path)], title="a", out=tmp_path / "a.pdf").path
    raw = subprocess.run(
        ["pdftotext", "-raw", str(out), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert " ".join(raw.split()) == " ".join(row[0] for row in HEAD)


def test_words_lie_on_their_boxes(tmp_path: Path) -> None:
    reading = letter(tmp_path)
    out = compose([reading], title="a", out=tmp_path / "a.pdf").path
    with pdfplumber.open(out) as opened:
        found = opened.pages[0].extract_words()
    scale = 72 / reading.dpi
    assert len(found) == len(reading.words)
    for word in reading.words:
        near = min(
            found, key=lambda f: abs(f["x0"] - word.box[0] * scale) + abs(f["top"] - word.box[1] * scale)
        )
        assert near["text"] == word.text
        assert abs(near["x0"] - word.box[0] * scale) < 1
        assert abs(near["x1"] - (word.box[0] + word.box[2]) * scale) < 1
        assert abs((near["top"] + near["bottom"]) / 2 - (word.box[1] + word.box[3] / 2) * scale) < 4


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=8))
def test_any_words_make_a_valid_document(tmp_path: Path, texts: list[str]) -> None:
    words = tuple(Word(text, (10 + 60 * k, 50, 50, 14), 0.5) for k, text in enumerate(texts))
    reading = read_page(jpeg_page(width=100, height=140), tmp_path, lines=(Line(words),))
    out = tmp_path / "any.pdf"
    out.unlink(missing_ok=True)
    compose([reading], title="".join(texts), out=out)
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 1


# ---- pictures --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "entry"),
    [("jpeg", "/DCTDecode"), ("ccitt_g4", "/CCITTFaxDecode"), ("png", "/FlateDecode")],
)
def test_the_source_picture_is_passed_on_untouched(tmp_path: Path, codec: str, entry: str) -> None:
    from ingest.opening import survey, take_page
    from limits import Limits
    from tests.corpus.tiffs import fax

    made = {"jpeg": saved(motif.colour(), "JPEG"), "ccitt_g4": fax(), "png": saved(motif.colour(), "PNG")}
    source = tmp_path / "scan"
    source.write_bytes(made[codec])
    page = take_page(survey(source, "scan", Limits(), tmp_path), 1, Limits(), tmp_path)
    assert page.encoded is not None
    out = compose([read_page(page, tmp_path)], title="a", out=tmp_path / "a.pdf").path
    with pikepdf.open(out) as pdf:
        picture = pdf.pages[0].obj.Resources.XObject.Im0
        assert picture.Filter == entry
        raw = picture.read_raw_bytes()
    assert raw == page.encoded.data if codec != "png" else raw in page.encoded.data
    assert shows_motif(drawn(out, scale=2), red=codec != "ccitt_g4")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 2.5])
def test_turned_and_straightened_in_the_page_without_reencoding(
    tmp_path: Path, turn: int, skew: float
) -> None:
    """The PDF's page looks like OpenCV's warp of the picture by the same matrix."""
    page = jpeg_page()
    height, width = page.pixels.shape[:2]
    quarter: Matrix = {
        0: IDENTITY,
        90: (0, -1, height - 1, 1, 0, 0),
        180: (-1, 0, width - 1, 0, -1, height - 1),
        270: (0, 1, 0, -1, 0, width - 1),
    }[turn]  # type: ignore[assignment]
    size = (height, width) if turn % 180 else (width, height)
    spin = np.vstack([cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), skew, 1.0), [0, 0, 1]])
    whole = spin @ np.vstack([np.reshape(quarter, (2, 3)), [0, 0, 1]])
    matrix: Matrix = tuple(float(v) for v in whole[:2].ravel())  # type: ignore[assignment]
    reading = read_page(page, tmp_path, matrix, size)
    out = compose([reading], title="a", out=tmp_path / "a.pdf").path
    seen = cv2.resize(drawn(out, scale=100 / 72)[: size[1], : size[0]], size)
    wanted = cv2.warpAffine(page.pixels, whole[:2], size, borderValue=(255, 255, 255))
    difference = np.abs(seen.astype(int) - wanted.astype(int)).max(axis=2)
    assert float((difference > 60).mean()) < 0.012  # the edges, which two programs smooth differently
    shift, _ = cv2.phaseCorrelate(
        *(cv2.GaussianBlur(p[..., 1].astype(np.float32), (0, 0), 3) for p in (seen, wanted))
    )
    assert max(map(abs, shift)) < 0.3
    with pikepdf.open(out) as pdf:
        assert pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes() == page.encoded.data  # type: ignore[union-attr]


def test_a_remade_picture_replaces_the_source(tmp_path: Path) -> None:
    page = jpeg_page()
    upright = np.full((300, 200, 3), 255, np.uint8)
    upright[:, :100] = (200, 30, 30)
    prepared = PreparedPage(200, 300, upright[..., 0], 1.0, 150.0, 0, 0.0, IDENTITY, picture=upright)
    picture = park_picture(page, prepared, tmp_path)
    assert (picture.width, picture.height, picture.components) == (200, 300, 3)
    reading = PageReading(1, 200, 300, 150.0, 0, 0.0, picture, (), TextOrigin.NONE)
    out = compose([reading], title="a", out=tmp_path / "a.pdf").path
    seen = drawn(out)
    assert seen[70, 20, 0] > 150 > seen[70, 20, 1]
    assert seen[70, 80].min() > 240


@pytest.mark.parametrize(
    ("pixels", "lossless", "codec"),
    [
        (np.asarray(motif.bitonal().convert("L")), False, "ccitt_g4"),
        (np.asarray(motif.gray()), True, "png"),
        (np.asarray(motif.colour()), True, "png"),
        (np.random.default_rng(1).integers(0, 255, (300, 200, 3), np.uint8), False, "jpeg"),
    ],
)
def test_encoding_fits_what_is_shown(tmp_path: Path, pixels: Pixels, lossless: bool, codec: str) -> None:
    page = PageImage(1, pixels, 100.0, None, lossless=lossless)
    reading = read_page(page, tmp_path)
    assert reading.picture.codec == codec
    out = compose([reading], title="a", out=tmp_path / "a.pdf").path
    seen = cv2.resize(drawn(out, scale=100 / 72), (pixels.shape[1], pixels.shape[0]))
    wanted = pixels if pixels.ndim == 3 else np.dstack([pixels] * 3)
    tolerance = 60 if codec == "jpeg" else 12
    assert np.abs(seen.astype(int) - wanted.astype(int)).mean() < tolerance


# ---- the document ----------------------------------------------------------------------------------------


def test_page_size_is_true_to_the_paper(tmp_path: Path) -> None:
    page = jpeg_page(dpi=300.0, width=2480, height=3508)
    out = compose([read_page(page, tmp_path)], title="a", out=tmp_path / "a.pdf").path
    with pikepdf.open(out) as pdf:
        box = [float(v) for v in pdf.pages[0].mediabox]
    assert box == pytest.approx([0, 0, 595.2, 841.92], abs=0.01)


def test_says_what_it_is(tmp_path: Path) -> None:
    out = compose([letter(tmp_path)], title="Quyết định\n3255/QĐ-UBND", out=tmp_path / "a.pdf").path
    with pikepdf.open(out) as pdf:
        assert str(pdf.docinfo.Title) == "Quyết định 3255/QĐ-UBND"
        assert str(pdf.Root.Lang) == "vi-VN"
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == "Quyết định 3255/QĐ-UBND"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        assert metadata.pdfa_status == "2B"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_same_pages_same_bytes(tmp_path: Path) -> None:
    first = compose([letter(tmp_path), letter(tmp_path, 2)], title="a", out=tmp_path / "a.pdf")
    second = compose([letter(tmp_path), letter(tmp_path, 2)], title="a", out=tmp_path / "b.pdf")
    assert first.sha256 == second.sha256
    assert first.size == first.path.stat().st_size


def test_hardly_larger_than_its_pictures(tmp_path: Path) -> None:
    readings = [letter(tmp_path, k) for k in (1, 2, 3)]
    pictures = sum(r.picture.path.stat().st_size for r in readings)
    assert compose(readings, title="a", out=tmp_path / "a.pdf").size < pictures + 6000


def test_leaves_nothing_half_done(tmp_path: Path) -> None:
    reading = letter(tmp_path)
    gone = replace(reading, picture=replace(reading.picture, path=tmp_path / "gone.jpeg"))
    before = {p.name for p in tmp_path.iterdir()}
    with pytest.raises(FileNotFoundError):
        compose([reading, gone], title="a", out=tmp_path / "a.pdf")
    assert {p.name for p in tmp_path.iterdir()} == before


def test_smallest_page(tmp_path: Path) -> None:
    page = PageImage(1, np.zeros((1, 1), np.uint8), 300.0, None)
    out = compose([read_page(page, tmp_path)], title="a", out=tmp_path / "a.pdf").path
    with pikepdf.open(out) as pdf:
        assert [float(v) for v in pdf.pages[0].mediabox[2:]] == [3, 3]


def test_signed_file_is_kept_byte_for_byte(tmp_path: Path) -> None:
    source = tmp_path / "signed.pdf"
    source.write_bytes(b"%PDF-1.7 signed" * 1000)
    kept = keep_signed(source, tmp_path / "out.pdf")
    assert kept.kept
    assert kept.path.read_bytes() == source.read_bytes()


def test_preview_is_upright_and_bounded(tmp_path: Path) -> None:
    out = compose([letter(tmp_path)], title="a", out=tmp_path / "a.pdf").path
    with Image.open(io.BytesIO(upright_png(out, 1, max_side=400))) as picture:
        assert max(picture.size) in (400, 401)
        assert shows_motif(np.asarray(picture.convert("RGB")), red=True)
    with Image.open(io.BytesIO(upright_png(out, 1, dpi=50))) as picture:
        assert picture.size[0] in (413, 414, 415)
    with pytest.raises(IndexError):
        upright_png(out, 2)
