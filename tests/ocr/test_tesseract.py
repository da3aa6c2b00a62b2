"""Tesseract, kept loaded or run anew: the same words, and an honest end where it fails."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from errors import MachineError
from ocr.recognising.drawing import faces
from ocr.recognising.engine import Layout, RawLine
from ocr.recognising.standing import StandingTesseract, library_of
from ocr.recognising.tesseract import TesseractRecogniser
from records import Pixels

_LINES = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/QĐ-UBND ngày 05")


@pytest.fixture(scope="module")
def page() -> Pixels:
    sheet = Image.new("L", (1200, 400), 255)
    font = ImageFont.truetype(str(faces()[0]), 34)
    for row, line in enumerate(_LINES):
        ImageDraw.Draw(sheet).text((80, 60 + 90 * row), line, fill=10, font=font)
    return np.asarray(sheet, dtype=np.uint8)


@pytest.fixture(scope="module")
def standing() -> TesseractRecogniser:
    return TesseractRecogniser()


def _program(folder: Path, script: str) -> str:
    """A ``tesseract`` of one's own, with no library beside it."""
    program = folder / "bin" / "tesseract"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def _rounded(lines: tuple[RawLine, ...]) -> list[object]:
    return [
        (
            w.text,
            w.box,
            w.confidence,
            [(x.text, x.box, [(o, round(v, 3)) for o, v in x.others]) for x in w.letters],
        )
        for line in lines
        for w in line.words
    ]


def test_the_library_belongs_to_the_program_on_the_path(tmp_path: Path) -> None:
    assert library_of(Path("/usr/bin/tesseract")) is not None
    assert library_of(Path(_program(tmp_path, "exit 1"))) is None


@pytest.mark.parametrize(("layout", "model"), [(Layout.PAGE, "vie"), (Layout.BLOCK, "Vietnamese")])
def test_kept_loaded_it_reads_what_the_program_reads(
    page: Pixels, standing: TesseractRecogniser, tmp_path: Path, layout: Layout, model: str
) -> None:
    anew = TesseractRecogniser(_program(tmp_path, 'exec /usr/bin/tesseract "$@"'))
    expected = anew.read(page, dpi=200, seconds=60, layout=layout, model=model)
    assert " ".join(line.text for line in expected).startswith(_LINES[0])
    for _ in range(2):  # and nothing of one reading is left in the next
        assert _rounded(standing.read(page, dpi=200, seconds=60, layout=layout, model=model)) == _rounded(
            expected
        )


def test_a_white_page_has_no_lines(standing: TesseractRecogniser) -> None:
    assert standing.read(np.full((300, 300), 255, np.uint8), dpi=200, seconds=60) == ()


def test_a_missing_model_is_the_machines_fault_and_harms_no_later_reading(
    page: Pixels, standing: TesseractRecogniser
) -> None:
    with pytest.raises(MachineError) as failed:
        standing.read(page, dpi=200, seconds=60, model="no_such_model")
    assert failed.value.code == "recogniser_missing"
    assert standing.read(page, dpi=200, seconds=60)


def test_a_missing_program_is_said(page: Pixels) -> None:
    with pytest.raises(MachineError) as failed:
        TesseractRecogniser("no-such-tesseract").read(page, dpi=200, seconds=60)
    assert failed.value.code == "recogniser_missing"


def test_a_reading_past_its_time_is_ended_and_the_next_one_works(page: Pixels) -> None:
    recogniser = TesseractRecogniser()
    with pytest.raises(MachineError) as failed:
        recogniser.read(page, dpi=200, seconds=0.001)
    assert failed.value.code == "page_timeout"
    assert recogniser.read(page, dpi=200, seconds=60)


@pytest.mark.parametrize(("script", "code"), [("sleep 30", "page_timeout"), ("exit 3", "recogniser_failed")])
def test_a_program_that_fails_is_no_empty_page(tmp_path: Path, page: Pixels, script: str, code: str) -> None:
    with pytest.raises(MachineError) as failed:
        TesseractRecogniser(_program(tmp_path, script)).read(page, dpi=200, seconds=0.5)
    assert failed.value.code == code


def test_a_process_that_dies_fails_one_reading_at_most(page: Pixels) -> None:
    found = library_of(Path("/usr/bin/tesseract"))
    assert found is not None
    engine = StandingTesseract(found)

    def read() -> tuple[RawLine, ...]:
        return engine.read(page, model="vie", layout=3, options={"user_defined_dpi": "200"}, seconds=60)

    assert read()
    assert engine.pid is not None
    os.kill(engine.pid, 9)
    os.waitid(os.P_PID, engine.pid, os.WEXITED | os.WNOWAIT)
    assert read()


def test_what_is_no_library_is_a_failure(page: Pixels, tmp_path: Path) -> None:
    (tmp_path / "libtesseract.so.5").write_bytes(b"no library")
    engine = StandingTesseract(tmp_path / "libtesseract.so.5")
    with pytest.raises(MachineError) as failed:
        engine.read(page, model="vie", layout=3, options={}, seconds=60)
    assert failed.value.code == "recogniser_failed"


def test_beside_a_library_that_does_not_load_the_program_is_run(
    page: Pixels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "libtesseract.so.5"
    broken.write_bytes(b"no library")
    monkeypatch.setattr("ocr.recognising.tesseract.library_of", lambda program: broken)
    recogniser = TesseractRecogniser()
    assert recogniser.read(page, dpi=200, seconds=60) == recogniser.read(page, dpi=200, seconds=60) != ()


def test_the_process_ends_with_its_owner(page: Pixels) -> None:
    gc.collect()
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = children.read_text().split()
    recogniser = TesseractRecogniser()
    recogniser.read(page, dpi=200, seconds=60)
    assert len(children.read_text().split()) == len(before) + 1
    del recogniser
    gc.collect()
    assert children.read_text().split() == before
