"""Every page that can be taken out of the corpus makes a valid document that shows the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest

from errors import SenderError
from ingest.opening import survey, take_page
from limits import Limits
from ocr.composing import compose, park_picture
from records import IDENTITY, PageReading, PreparedPage, TextOrigin
from tests.corpus.case import Case
from tests.corpus.cases import CASES
from tests.corpus.motif import shows_motif

TAKEN = [case for case in CASES if not case.refused and len(case.bad_pages) < case.pages]


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: case.name)
def test_shows_what_came_in(case: Case, tmp_path: Path) -> None:
    source = tmp_path / "scan"
    source.write_bytes(case.make())
    found = survey(source, "scan", Limits(), tmp_path)
    readings = []
    for number in range(1, case.pages + 1):
        try:
            page = take_page(found, number, Limits(), tmp_path)
        except SenderError:
            continue
        height, width = page.pixels.shape[:2]
        prepared = PreparedPage(width, height, page.pixels, 1.0, page.dpi, 0, 0.0, IDENTITY)
        picture = park_picture(page, prepared, tmp_path)
        readings.append(PageReading(number, width, height, page.dpi, 0, 0.0, picture, (), TextOrigin.NONE))
    out = compose(readings, title=case.name, out=tmp_path / "out.pdf").path
    document = pdfium.PdfDocument(out)
    try:
        assert len(document) == len(readings)
        for page_of_result in document:
            if case.shows in ("motif", "red"):
                drawn = np.asarray(page_of_result.render(scale=2).to_pil().convert("RGB"))
                assert shows_motif(drawn, red=case.shows == "red")
    finally:
        document.close()
