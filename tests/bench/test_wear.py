"""Scans of made pages: formats, resolutions, determinism; files and samples."""

import io
import json
from datetime import date

import numpy as np
import pikepdf
import pytest
from PIL import Image

from bench.making import make_paper
from bench.making.__main__ import main
from bench.making.samples import make_samples
from bench.making.stacks import make_stack
from bench.making.wear import LEVELS, wear
from bench.making.writing import pdf_of, tiff_of

EXPECTED = {
    "clean": ("png", 300),
    "office": ("jpeg", 300),
    "sealed": ("jpeg", 300),
    "turned": ("jpeg", 300),
    "worn": ("jpeg", 300),
    "hard": ("jpeg", 200),
    "coarse": ("jpeg", 150),
    "photo": ("jpeg", None),
    "fax": ("tiff", 200),
}


@pytest.fixture(scope="module")
def slip():
    return make_paper("bien_lai", 5, 0).pages[0]


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_has_its_format_and_resolution(slip, level):
    scan = wear(slip, level, 1)
    assert (scan.format, scan.dpi) == EXPECTED[level]
    with Image.open(io.BytesIO(scan.data)) as again:
        assert again.size == scan.image.size
        assert again.format == {"png": "PNG", "jpeg": "JPEG", "tiff": "TIFF"}[scan.format]


def test_a_seed_gives_the_same_scan_and_another_another(slip):
    assert wear(slip, "office", 1).data == wear(slip, "office", 1).data
    assert wear(slip, "office", 1).data != wear(slip, "office", 2).data


def test_turned_scans_lie_or_stand_on_their_head(slip):
    shapes = {wear(slip, "turned", seed).image.size for seed in range(4)}
    assert (slip.image.height, slip.image.width) in shapes


def test_worn_scans_have_a_red_seal_over_the_signer(slip):
    pixels = np.asarray(wear(slip, "worn", 3).image).astype(int)
    red = (pixels[..., 0] - pixels[..., 1] > 70) & (pixels[..., 0] - pixels[..., 2] > 50)
    assert red.sum() > 4000


def test_photographs_have_eight_to_twelve_megapixels(slip):
    width, height = wear(slip, "photo", 2).image.size
    assert 7e6 < width * height < 13e6


def test_files_and_truth_lie_side_by_side(tmp_path):
    assert (
        main(["--out", str(tmp_path), "--codes", "cmnd", "--levels", "clean", "--seed", "3", "--layout", "0"])
        == 0
    )
    truth = json.loads((tmp_path / "cmnd-clean-3.json").read_text("utf-8"))
    assert truth["fields"]["so"] in truth["pages"][0]
    assert [(tmp_path / name).exists() for name in truth["files"]] == [True, True]


def test_many_pages_in_one_file():
    scans = [wear(page, "fax", 1) for page in make_paper("cmnd", 3, 0).pages]
    with pikepdf.open(io.BytesIO(pdf_of(scans))) as pdf:
        assert len(pdf.pages) == 2
    with Image.open(io.BytesIO(tiff_of(scans))) as tiff:
        assert tiff.n_frames == 2


def test_stacks_know_where_each_document_begins():
    stack = make_stack(11, 3)
    pages = [n for part in stack.boundaries for n in part]
    assert pages == list(range(1, len(pages) + 1))
    assert len({d.code for d in stack.documents}) == 3


def test_samples_are_sound_and_of_many_kinds(tmp_path):
    samples = make_samples(tmp_path, today=date(2026, 11, 23))
    assert {s.media_type for s in samples} == {"application/pdf", "image/tiff", "image/jpeg", "image/png"}
    assert len({s.ma_ho_so for s in samples}) == 3
    assert all(s.path.stat().st_size > 1000 for s in samples)
    assert samples[0].ma_ho_so == "H49.12-261123-0007"
    assert any(len(s.codes) == 2 for s in samples)
