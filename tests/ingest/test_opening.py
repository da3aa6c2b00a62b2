"""What a caller of ingest.opening relies on, beyond the corpus."""

from __future__ import annotations

import contextlib
import io
import resource
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import SenderError
from ingest.opening import fax, jbig2, jpeg, png, survey, take_page
from ingest.opening.pixels import IDENTITY, settle_dpi, stretch_matrix, turn, turn_matrix
from ingest.opening.tiff import read_directories
from limits import Limits
from records import Matrix, MediaType, PageImage, product
from tests.corpus import motif, pdf_texts, tiffs
from tests.corpus.cases import CASES
from tests.corpus.motif import saved, shows_motif
from tests.corpus.pdf_writing import colour_jpeg, document, gray_jpeg, pictured
from tests.corpus.pictures import turned_jpeg
from tests.corpus.strangers import FOUND


def opened(data: bytes, folder: Path, number: int = 1) -> PageImage:
    path = folder / "scan"
    path.write_bytes(data)
    return take_page(survey(path, "scan", Limits(), folder), number, Limits(), folder)


def refusal(data: bytes, folder: Path, limits: Limits | None = None) -> SenderError:
    path = folder / "scan.pdf"
    path.write_bytes(data)
    with pytest.raises(SenderError) as caught:
        survey(path, "scan.pdf", limits or Limits(), folder)
    return caught.value


# ---- refusals say what to do -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", FOUND)
def test_says_what_a_stranger_looks_like(name: str, tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == name)
    refused = refusal(case.make(), tmp_path)
    assert f"({FOUND[name]})" in refused.english
    assert f"({FOUND[name]})" in refused.vietnamese


def test_missing_and_too_large_files(tmp_path: Path) -> None:
    with pytest.raises(SenderError) as caught:
        survey(tmp_path / "none", "none", Limits(), tmp_path)
    assert caught.value.code == "not_found"
    with pytest.raises(SenderError) as caught:
        survey(tmp_path, "a folder", Limits(), tmp_path)
    assert caught.value.code == "not_readable"
    refused = refusal(bytes(3_000_000), tmp_path, Limits(max_file_bytes=2 * 1024 * 1024))
    assert refused.code == "file_too_large"
    assert "2 MB" in refused.vietnamese


def test_a_refused_page_names_itself(tmp_path: Path) -> None:
    with pytest.raises(SenderError) as caught:
        opened(tiffs.page_two_broken(), tmp_path, 2)
    assert "2" in caught.value.vietnamese
    with pytest.raises(SenderError):
        opened(tiffs.fax(), tmp_path, 7)


def test_every_kind_is_told_by_content(tmp_path: Path) -> None:
    made = {
        MediaType.PDF: pictured(colour_jpeg()),
        MediaType.TIFF: tiffs.fax(),
        MediaType.JPEG: saved(motif.colour(), "JPEG"),
        MediaType.PNG: saved(motif.colour(), "PNG"),
        MediaType.WEBP: saved(motif.colour(), "WEBP"),
    }
    for kind, data in made.items():
        path = tmp_path / "scan.docx"
        path.write_bytes(data)
        assert survey(path, "scan.docx", Limits(), tmp_path).media_type is kind


# ---- pixels ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turning_and_its_matrix_agree(orientation: int) -> None:
    pixels = np.random.default_rng(3).integers(0, 255, (7, 11), np.uint8)
    turned = turn(pixels, orientation)
    matrix = turn_matrix(11, 7, orientation)
    for y in range(7):
        for x in range(11):
            assert turned[landing(matrix, x, y)[::-1]] == pixels[y, x]


def landing(matrix: Matrix, x: float, y: float) -> tuple[int, int]:
    a, b, c, d, e, f = matrix
    return round(a * x + b * y + c), round(d * x + e * y + f)


@given(
    st.tuples(*[st.floats(-3, 3)] * 6), st.tuples(*[st.floats(-3, 3)] * 6), st.floats(-9, 9), st.floats(-9, 9)
)
def test_then_is_one_after_the_other(first: Matrix, second: Matrix, x: float, y: float) -> None:
    def apply(m: Matrix, px: float, py: float) -> tuple[float, float]:
        return m[0] * px + m[1] * py + m[2], m[3] * px + m[4] * py + m[5]

    assert apply(product(second, first), x, y) == pytest.approx(apply(second, *apply(first, x, y)), abs=1e-6)


@pytest.mark.parametrize(
    "data",
    [
        turned_jpeg(6),
        turned_jpeg(3),
        tiffs.fax_machine(),
        tiffs.fax(),
        pictured(gray_jpeg(), page="/MediaBox [-10 -14 154 218]"),
        pictured(colour_jpeg(), page="/Rotate 90"),
    ],
)
def test_the_encoded_picture_lands_on_the_pixels(data: bytes, tmp_path: Path) -> None:
    page = opened(data, tmp_path)
    assert page.encoded is not None
    if page.encoded.codec == "jpeg":
        raw = cv2.imdecode(
            np.frombuffer(page.encoded.data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
        )
    else:
        raw = cv2.cvtColor(fax.decode_strip(page.encoded.data, page.encoded.width, page.encoded.height), 8)
    height, width = page.pixels.shape[:2]
    laid = cv2.warpAffine(
        raw, np.reshape(page.encoded_matrix, (2, 3)), (width, height), borderValue=(255, 255, 255)
    )
    seen = page.pixels if page.pixels.ndim == 3 else np.dstack([page.pixels] * 3)
    assert np.abs(laid[..., ::-1].astype(int) - seen.astype(int)).mean() < 3


def test_fax_lines_are_made_square(tmp_path: Path) -> None:
    page = opened(tiffs.fax_machine(), tmp_path)
    assert page.dpi == 204
    assert page.pixels.shape == (round(170 * 204 / 98), 240)
    assert page.encoded is not None
    assert (page.encoded.width, page.encoded.height) == (240, 170)


def test_stretching_keeps_the_corners() -> None:
    matrix = stretch_matrix(1.0, 2.0)
    assert (matrix[4] * -0.5 + matrix[5], matrix[4] * 9.5 + matrix[5]) == (-0.5, 19.5)
    assert stretch_matrix(1.0, 1.0) == IDENTITY


@pytest.mark.parametrize(
    ("stated", "size", "dpi"),
    [
        (300.0, (2480, 3508), 300.0),
        (None, (2480, 3508), 300.1),
        (72.0, (3024, 4032), 344.9),  # a phone
        (72.0, (595, 842), 72.0),
        (300.0, (1011, 638), 300.0),  # a card
        (1.0, (1654, 2339), 200.1),
        (float("nan"), (1654, 2339), 200.1),
        (99999.0, (1654, 2339), 200.1),
        (2400.0, (9000, 9000), 1200.0),
        (None, (30, 30), 72.0),
    ],
)
def test_resolution_is_believed_or_guessed(stated: float | None, size: tuple[int, int], dpi: float) -> None:
    assert settle_dpi(stated, *size) == pytest.approx(dpi, abs=0.1)


def test_gray_stays_gray_and_colour_stays_colour(tmp_path: Path) -> None:
    assert opened(saved(motif.gray(), "PNG"), tmp_path).pixels.ndim == 2
    assert opened(saved(motif.colour(), "PNG"), tmp_path).pixels.ndim == 3
    assert opened(pictured(gray_jpeg()), tmp_path).pixels.ndim == 2
    assert opened(tiffs.fax(), tmp_path).pixels.ndim == 2


def test_camera_notes_are_not_passed_on(tmp_path: Path) -> None:
    page = opened(turned_jpeg(6), tmp_path)
    assert page.encoded is not None
    assert b"Exif" in turned_jpeg(6)
    assert b"Exif" not in page.encoded.data


# ---- text ------------------------------------------------------------------------------------------------


def test_words_stand_on_their_print_and_heads_have_cells(tmp_path: Path) -> None:
    page = opened(pdf_texts.two_columns(), tmp_path)
    assert page.text is not None
    first_row = [word for word in page.text if word.line == 0]
    assert [(w.text, w.cell) for w in first_row] == [
        ("PROVINCE", 0), ("OFFICE", 0), ("NATION", 1), ("AND", 1), ("MOTTO", 1),
    ]  # fmt: skip
    for word in page.text:
        x, y, w, h = word.box
        assert page.pixels[y : y + h, x : x + w].min() < 128
    everything = page.pixels.copy()
    for word in page.text:
        x, y, w, h = word.box
        everything[max(y - 3, 0) : y + h + 3, max(x - 3, 0) : x + w + 3] = 255
    assert everything.min() > 200


def test_each_page_is_decided_by_itself(tmp_path: Path) -> None:
    """A born-digital page, a scan and a blank sheet in one file."""
    from tests.corpus.pdf_writing import FILL, HELVETICA, prose

    scan = "/Resources << /XObject << /Im0 100 0 R >> >>"
    digital = "/MediaBox [0 0 288 408] /Resources << /Font << /F0 101 0 R >> >>"
    data = document([(digital, prose()), (scan, FILL), ("", b"")], {100: colour_jpeg(), 101: HELVETICA})
    pages = [opened(data, tmp_path, number) for number in (1, 2, 3)]
    assert [page.text is not None for page in pages] == [True, False, False]
    assert [page.encoded is not None for page in pages] == [False, True, False]
    assert pages[0].dpi == 300


# ---- bounds ----------------------------------------------------------------------------------------------


def test_a_gigantic_tiff_costs_nothing(tmp_path: Path) -> None:
    """60 000 x 60 000 pixels would be 10 GB; the refusal fits into what the interpreter has already."""
    path = tmp_path / "giant.tif"
    path.write_bytes(tiffs.lying(60000, 60000))
    program = (
        "import sys, resource; from pathlib import Path\n"
        "from ingest.opening import survey, take_page; from limits import Limits; from errors import SenderError\n"
        "path = Path(sys.argv[1]); before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: take_page(survey(path, 'x', Limits(), path.parent), 1, Limits(), path.parent)\n"
        "except SenderError as refusal: print(refusal.code)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=root, capture_output=True, text=True, check=True
    )
    code, grown = ran.stdout.split()
    assert code == "page_too_large"
    assert int(grown) < 20_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0


@given(st.binary(max_size=400))
def test_headers_of_noise_are_refused_not_crashed(noise: bytes) -> None:
    for look in (jpeg.look_into, png.look_into):
        for start in (b"", b"\xff\xd8\xff\xe0", png.SIGNATURE):
            with contextlib.suppress(ValueError):
                look(start + noise)
    for start in (b"", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0"):
        data = start + noise
        try:
            pages, _ = read_directories(io.BytesIO(data), len(data), 50)
        except ValueError:
            continue
        for page in pages:
            assert all(isinstance(value, int) for value in (*page.size, *page.ints(258)))
            assert page.ratio(282) is None or page.ratio(282) >= 0  # type: ignore[operator]
    jbig2.is_whole(noise)
    fax.has_end_code(noise)


def test_a_fax_strip_without_its_end_is_told_from_one_without_an_end_code() -> None:
    strip = tiffs.fax_strip()
    assert fax.is_whole(strip, motif.WIDTH, motif.HEIGHT)
    assert not fax.is_whole(strip[: len(strip) // 2], motif.WIDTH, motif.HEIGHT)
    assert shows_motif(fax.decode_strip(strip, motif.WIDTH, motif.HEIGHT))
    bits = "".join(f"{b:08b}" for b in strip)
    end = bits.rindex("000000000001" * 2)
    bare = bits[:end] + "0" * (-end % 8)
    coded = int(bare, 2).to_bytes(len(bare) // 8, "big")
    assert not fax.has_end_code(coded)
    assert fax.is_whole(coded, motif.WIDTH, motif.HEIGHT)
