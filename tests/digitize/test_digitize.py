"""``sohoa digitize`` as the contract has it: outputs, names, reasons, exit status."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from pathlib import Path

import jsonschema
import pikepdf
import pikepdf.pdfa
import pytest
from rapidfuzz.distance import Levenshtein

import pipeline
import settings
from bench.making import make_paper
from errors import MachineError
from ocr.preparing import prepare
from ocr.recognising.engine import Recogniser
from records import PageImage, PageReading, PreparedPage
from tests.digitize.bombs import huge_tiff
from tests.digitize.conftest import ROOT, Run, sohoa

SCHEMA = json.loads((ROOT / "docs/document.schema.json").read_text(encoding="utf-8"))
GOOD = ["quyet-dinh", "nam-ngang", "hai-giay-to-1", "hai-giay-to-2", "trung-ten", "trung-ten_2", "trang"]


def flat(text: str) -> str:
    return " ".join(text.split())


def copied_text(pdf: Path) -> str:
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout


def test_every_document_appears_whole_and_nothing_else(run: Run) -> None:
    names = sorted(p.name for p in run.output.iterdir())
    assert names == sorted(f"{s}{e}" for s in [*GOOD, "trang-hai-hong"] for e in (".pdf", ".json"))


def test_some_input_failed(run: Run) -> None:
    assert run.done.returncode == 1
    assert run.done.stdout == ""
    assert "Traceback" not in run.done.stderr


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("cat-cut.pdf", "damaged or cut short"),
        ("van-ban.pdf", "not a PDF, TIFF, JPEG, PNG or WebP"),
        ("rong.pdf", "empty"),
        ("mat-khau.pdf", "password"),
        ("trang-hai-hong.pdf", "page 2 is damaged"),
    ],
)
def test_each_failure_is_one_plain_line(run: Run, name: str, says: str) -> None:
    assert says in run.complaint(name)


def test_the_other_pages_of_a_file_with_one_broken_page_are_done(run: Run) -> None:
    record = run.record("trang-hai-hong")
    assert record["source"]["pages"] == [1, 3]
    assert record["review"]["needed"]
    assert "page_refused" in record["review"]["reasons"]
    with pikepdf.open(run.output / "trang-hai-hong.pdf") as pdf:
        assert len(pdf.pages) == 2


@pytest.mark.parametrize("stem", [*GOOD, "trang-hai-hong"])
def test_records_keep_to_the_published_schema(run: Run, stem: str) -> None:
    record = run.record(stem)
    jsonschema.validate(record, SCHEMA)
    dump = json.dumps(record, ensure_ascii=False)
    assert dump == unicodedata.normalize("NFC", dump)
    for field in record["fields"].values():
        assert 1 <= field["page"] <= len(record["pages"])


@pytest.mark.parametrize("stem", [*GOOD, "trang-hai-hong"])
def test_pdfs_are_archivable_searchable_and_true_to_size(run: Run, stem: str) -> None:
    record, path = run.record(stem), run.output / f"{stem}.pdf"
    with pikepdf.open(path) as pdf:
        assert pikepdf.pdfa.check(pdf, "2b").passed
        assert str(pdf.Root.Lang) == "vi-VN"
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")
            assert xmp["dc:title"]
        for page, told in zip(pdf.pages, record["pages"], strict=True):
            left, bottom, right, top = (float(v) for v in page.mediabox)
            assert right - left == pytest.approx(told["width"] / told["dpi"] * 72, abs=1)
            assert top - bottom == pytest.approx(told["height"] / told["dpi"] * 72, abs=1)
    assert sorted(flat(copied_text(path)).split()) == sorted(flat(record["text"]).split())


@pytest.mark.parametrize("stem", ["quyet-dinh", "nam-ngang"])
def test_the_reading_is_the_print(run: Run, stem: str) -> None:
    paper, record = run.papers[stem], run.record(stem)
    truth, read = flat(paper.text), flat(record["text"])
    assert Levenshtein.distance(truth, read) <= 0.01 * len(truth)
    assert record["document_type"]["code"] == paper.code
    for name in ("so_ky_hieu", "ngay_ban_hanh"):
        assert record["fields"][name]["value"] == paper.fields[name]


def test_a_sheet_that_lay_sideways_is_upright(run: Run) -> None:
    page = run.record("nam-ngang")["pages"][0]
    assert page["rotation"] == 90
    assert page["height"] > page["width"]


def test_a_stack_of_two_papers_is_parted(run: Run) -> None:
    first, second = run.record("hai-giay-to-1"), run.record("hai-giay-to-2")
    assert first["document_type"]["code"] == "quyet_dinh"
    assert second["document_type"]["code"] == "cong_van"
    assert first["source"]["pages"] + second["source"]["pages"] == list(
        range(1, len(run.papers["quyet-dinh"].pages) + 2)
    )


def test_a_blank_page_is_known_as_blank(run: Run) -> None:
    record = run.record("trang")
    assert record["pages"][0]["blank"]
    assert record["text"] == ""
    assert "blank_document" in record["review"]["reasons"]


def test_pictures_pass_through_untouched(run: Run) -> None:
    before = _pictures(run.source / "quyet-dinh.pdf")
    assert _pictures(run.output / "quyet-dinh.pdf") == before


def _pictures(path: Path) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        return [next(iter(page.get_images().values())).read_raw_bytes() for page in pdf.pages]


def test_nothing_is_overwritten_without_force(run: Run, tmp_path: Path) -> None:
    source = run.source / "trung-ten.png"
    for _ in range(2):
        done = sohoa("digitize", source, "--output", tmp_path, cwd=tmp_path)
    assert done.returncode == 1
    assert "already there" in done.stderr
    before = (tmp_path / "trung-ten.pdf").stat().st_mtime_ns
    assert sohoa("digitize", source, "--output", tmp_path, "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "trung-ten.pdf").stat().st_mtime_ns != before


def test_a_signed_file_keeps_its_bytes(tmp_path: Path, run: Run) -> None:
    from datetime import UTC, datetime

    from signing.keys import from_pkcs12
    from signing.sealing import Level, Wish, sign
    from tests.signing.pki import PASSPHRASE, start_pki

    pki = start_pki(tmp_path)
    key = from_pkcs12(pki.write_pkcs12("body", tmp_path / "k.p12"), PASSPHRASE)
    pki.close()
    signed = sign((run.source / "quyet-dinh.pdf").read_bytes(), key, Wish(Level.B_B, datetime.now(UTC)))
    (tmp_path / "da-ky.pdf").write_bytes(signed)
    done = sohoa("digitize", "da-ky.pdf", "--output", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out/da-ky.pdf").read_bytes() == signed
    record = json.loads((tmp_path / "out/da-ky.json").read_text(encoding="utf-8"))
    assert record["document_type"]["code"] == "quyet_dinh"


def test_wrong_use_ends_with_2(tmp_path: Path) -> None:
    assert sohoa("digitize", "a.pdf", cwd=tmp_path).returncode == 2
    assert sohoa("no-such-command", cwd=tmp_path).returncode == 2
    (tmp_path / "file").write_text("")
    assert sohoa("digitize", "file", "--output", "file/x", cwd=tmp_path).returncode == 2


def test_a_missing_file_is_told_and_the_others_are_done(tmp_path: Path, run: Run) -> None:
    done = sohoa("digitize", "khong-co.pdf", run.source / "trang.png", "--output", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "khong-co.pdf: no such file\n"
    assert (tmp_path / "out/trang.pdf").exists()


def test_an_unknown_setting_stops_the_start(tmp_path: Path) -> None:
    done = sohoa("doctor", cwd=tmp_path, SOHOA_DATABASE="x")
    assert done.returncode == 2
    assert "SOHOA_DATABASE" in done.stderr


@pytest.mark.parametrize("command", ["digitize", "serve", "sign", "verify", "doctor"])
def test_every_subcommand_has_help(command: str, tmp_path: Path) -> None:
    done = sohoa(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_a_page_past_its_time_is_a_failed_page_never_an_empty_one(tmp_path: Path, run: Run) -> None:
    """A recogniser that hangs: the page keeps its picture and is marked."""
    slow = tmp_path / "bin"
    slow.mkdir()
    (slow / "tesseract").write_text("#!/bin/sh\nsleep 60\n")
    (slow / "tesseract").chmod(0o755)
    path = f"{slow}:/usr/bin:/bin"
    (tmp_path / "a.pdf").write_bytes((run.source / "quyet-dinh.pdf").read_bytes())
    done = sohoa("digitize", "a.pdf", "--output", "out", cwd=tmp_path, PATH=path, SOHOA_PAGE_SECONDS="4")
    assert done.returncode == 1
    assert "took longer" in done.stderr or "failed" in done.stderr
    record = json.loads((tmp_path / "out/a.json").read_text(encoding="utf-8"))
    assert all(page["failure"] for page in record["pages"])
    assert "page_failed" in record["review"]["reasons"]
    with pikepdf.open(tmp_path / "out/a.pdf") as pdf:
        assert all(len(page.get_images()) == 1 for page in pdf.pages)


def test_a_huge_page_is_refused_from_its_header(tmp_path: Path) -> None:
    (tmp_path / "khong-lo.tif").write_bytes(huge_tiff(60_000, 60_000))
    done = sohoa("digitize", "khong-lo.tif", "--output", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "too large" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_docs_show_the_schema_that_is_kept() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_card_that_was_prepared_on_its_head_is_read_upright(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "card.png"
    make_paper("can_cuoc", 5007, 3).pages[0].image.save(path, dpi=(300, 300))

    def on_its_head(
        page: PageImage, recogniser: Recogniser, seconds: float = 20.0, *, overturned: bool = False
    ) -> PreparedPage:
        return prepare(page, recogniser, seconds, overturned=not overturned)

    monkeypatch.setattr(pipeline, "prepare", on_its_head)
    limits = settings.load({}).limits
    found = pipeline.open_in_child(path, path.name, limits, tmp_path)
    reading = pipeline.read_page_in_child(found, 1, limits, tmp_path)
    assert isinstance(reading, PageReading)
    assert reading.rotation == 0
    assert "CĂN CƯỚC" in reading.text


def test_a_second_look_that_fails_leaves_the_first_reading(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "note.png"
    make_paper("can_cuoc", 5007, 3).pages[0].image.save(path, dpi=(300, 300))

    def once(
        page: PageImage, recogniser: Recogniser, seconds: float = 20.0, *, overturned: bool = False
    ) -> PreparedPage:
        if overturned:
            raise MachineError("page_timeout", page="?", seconds=1)
        return prepare(page, recogniser, seconds)

    monkeypatch.setattr(pipeline, "prepare", once)
    monkeypatch.setattr(pipeline, "_POOR", 2.0)
    limits = settings.load({}).limits
    found = pipeline.open_in_child(path, path.name, limits, tmp_path)
    reading = pipeline.read_page_in_child(found, 1, limits, tmp_path)
    assert isinstance(reading, PageReading)
    assert (reading.failure, reading.text != "") == (None, True)
