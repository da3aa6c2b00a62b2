"""Pages that a renderer would draw for ever end with a reason, in time, and the next file is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.corpus import motif
from tests.corpus.motif import saved
from tests.corpus.pdf_writing import FILL, colour_jpeg, document, stream
from tests.digitize.conftest import sohoa

RESOURCES = "/Resources << /XObject << /Im0 100 0 R >> >>"


def tiny_tiles() -> bytes:
    """A pattern whose cells are a thousandth of a point, on the second of three pages."""
    pattern = stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 "
        "/Resources << >>",
        b"1 0 0 rg 0 0 0.5 0.5 re f",
    )
    page = "/MediaBox [0 0 3000 3000] /Resources << /Pattern << /P0 101 0 R >> >>"
    pages = [(RESOURCES, FILL), (page, b"/Pattern cs /P0 scn 0 0 3000 3000 re f"), (RESOURCES, FILL)]
    return document(pages, {100: colour_jpeg(), 101: pattern})


def dear_shading() -> bytes:
    """A function of two thousand multiplications for each of a page's pixels."""
    program = b"{ " + b"dup mul " * 2000 + b"3 1 roll pop dup dup }"
    shading = "<< /ShadingType 1 /ColorSpace /DeviceRGB /Function 102 0 R >>"
    function = stream("/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]", program)
    page = "/MediaBox [0 0 3000 3000] /Resources << /Shading << /S 101 0 R >> >>"
    return document(
        [(RESOURCES, FILL), (page, b"3000 0 0 3000 0 0 cm /S sh"), (RESOURCES, FILL)],
        {100: colour_jpeg(), 101: shading, 102: function},
    )


@pytest.mark.parametrize("make", [tiny_tiles, dear_shading])
def test_a_page_without_end_is_refused_and_the_others_are_done(make: object, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.pdf").write_bytes(make())  # type: ignore[operator]
    (tmp_path / "in/b.png").write_bytes(saved(motif.gray(), "PNG"))
    done = sohoa("digitize", "in", "--output", "out", cwd=tmp_path, SOHOA_PAGE_SECONDS="6")
    assert done.returncode == 1
    assert done.stderr == "a.pdf: reading page 2 took longer than 6 seconds; the other pages are done\n"
    record = json.loads((tmp_path / "out/a.json").read_text(encoding="utf-8"))
    assert record["source"]["pages"] == [1, 3]
    assert "page_refused" in record["review"]["reasons"]
    assert (tmp_path / "out/b.json").exists()


def test_a_file_without_end_is_given_up_and_the_next_one_is_done(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.pdf").write_bytes(tiny_tiles())
    (tmp_path / "in/b.png").write_bytes(saved(motif.gray(), "PNG"))
    done = sohoa("digitize", "in/a.pdf", "--output", "out", cwd=tmp_path, SOHOA_FILE_SECONDS="4")
    assert done.returncode == 1
    assert done.stderr == "a.pdf: the file took longer than 4 seconds\n"
    assert list((tmp_path / "out").iterdir()) == []
    assert sohoa("digitize", "in/b.png", "--output", "out", cwd=tmp_path).returncode == 0
