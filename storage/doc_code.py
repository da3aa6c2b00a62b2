"""The code of a document (DocCode), ``MCQ_LV_STT_PB``: agency, kind, running number, version.

The form is that of the guidance of the Ministry of Science and Technology of 11/2025 on digitizing
(``G06.01_CV_000021_V1``). Its list of kinds is open ("…"), so any short abbreviation is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from errors import SenderError

MAX_LENGTH = 30
MOST_NUMBER = 999_999
PATTERN = (
    r"(?:[A-Y][0-9]{2}(?:\.[0-9A-Z]{1,20}){0,6}|[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2})"
    r"_[A-ZĐ][A-Za-zĐđ]{0,5}_[0-9]{6}_V[1-9][0-9]{0,3}"
)
"""Agency codes of QĐ 20/2020 (read from the left) and the older ones (read from the right)."""
_PARTS = re.compile(PATTERN)

KINDS = {
    "quyet_dinh": "QĐ",
    "cong_van": "CV",
    "thong_bao": "TB",
    "to_trinh": "TTr",
    "bien_ban": "BB",
    "nghi_quyet": "NQ",
    "bao_cao": "BC",
    "ke_hoach": "KH",
    "giay_moi": "GM",
    "giay_phep_xay_dung": "GP",
    "giay_uy_quyen": "GUQ",
    "hop_dong": "HĐ",
}
"""From a document type code to the kind's abbreviation: those of the guidance, then those of NĐ 30/2020
Phụ lục III."""
OTHER_KIND = "VB"


@dataclass(frozen=True, slots=True)
class DocCode:
    """A code in its parts. ``number`` 1-999999, ``version`` from 1 (V1: as first scanned)."""

    agency: str
    kind: str
    number: int
    version: int

    def __str__(self) -> str:
        return f"{self.stem}_V{self.version}"

    @property
    def stem(self) -> str:
        """The code without its version: what all versions of a document share."""
        return f"{self.agency}_{self.kind}_{self.number:06d}"

    def of_version(self, version: int) -> DocCode:
        """The same document's code in another version.

        Raises:
            SenderError: ``bad_doc_code``, it would be too long.
        """
        return read_doc_code(str(DocCode(self.agency, self.kind, self.number, version)))


def read_doc_code(code: str) -> DocCode:
    """The parts of a code of at most :data:`MAX_LENGTH` characters.

    Raises:
        SenderError: ``bad_doc_code``.
    """
    if len(code) <= MAX_LENGTH and _PARTS.fullmatch(code):
        agency, kind, number, version = code.split("_")
        if int(number):
            return DocCode(agency, kind, int(number), int(version[1:]))
    raise SenderError("bad_doc_code", value=code[:MAX_LENGTH])
