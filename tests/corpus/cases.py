"""The whole corpus."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.corpus.oddities import ODDITIES
from tests.corpus.pdf_acts import ACTS
from tests.corpus.pdf_scans import SCANS
from tests.corpus.pdf_structures import STRUCTURES
from tests.corpus.pdf_texts import TEXTS
from tests.corpus.pictures import JPEGS, PNGS, WEBPS
from tests.corpus.strangers import STRANGERS
from tests.corpus.tiffs import TIFFS
from tests.corpus.traps import TRAPS

CASES: list[Case] = [
    *STRANGERS,
    *JPEGS,
    *PNGS,
    *WEBPS,
    *TIFFS,
    *SCANS,
    *TEXTS,
    *STRUCTURES,
    *ACTS,
    *ODDITIES,
    *TRAPS,
]
if len({case.name for case in CASES}) != len(CASES):
    raise ValueError("two cases of one name")
