"""Every file of the corpus ends as it is written beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import SenderError
from ingest.opening import survey, take_page
from limits import Limits
from records import PageImage
from tests.corpus.case import Case
from tests.corpus.cases import CASES
from tests.corpus.motif import is_white, shows_motif


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_ends_as_written(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(case.make())
    before = path.read_bytes()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    limits = Limits()
    if case.refused:
        with pytest.raises(SenderError) as refusal:
            survey(path, case.name, limits, scratch)
        assert refusal.value.code == case.refused
        return
    found = survey(path, case.name, limits, scratch)
    assert (found.page_count, found.signed, found.warnings) == (case.pages, case.signed, case.warnings)
    for number in range(1, case.pages + 1):
        if number in case.bad_pages:
            with pytest.raises(SenderError) as refusal:
                take_page(found, number, limits, scratch)
            assert refusal.value.code == case.bad_pages[number]
        else:
            check_page(case, take_page(found, number, limits, scratch))
    assert path.read_bytes() == before


def check_page(case: Case, page: PageImage) -> None:
    """Right side up, right colours, the right way of passing it on."""
    assert page.pixels.dtype == "uint8"
    assert page.pixels.flags.c_contiguous
    assert 60 <= page.dpi <= 1200
    if case.shows == "white":
        assert is_white(page.pixels)
    elif case.shows != "any":
        assert shows_motif(page.pixels, red=case.shows == "red")
    assert (page.encoded.codec if page.encoded else None) == case.codec
    if case.text is None:
        assert page.text is None
    else:
        assert case.text in " ".join(word.text for word in page.text or ())
