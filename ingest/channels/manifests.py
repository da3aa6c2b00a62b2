"""The manifest of a batch: which files were sent to which dossiers, as CSV or JSON.

CSV, UTF-8, parted by commas, semicolons or tabs, a line of names first::

    ma_ho_so,file,sha256,pages
    H49.12-251124-0007,to-khai.pdf,9f86d0…,2

JSON: ``{"from": "…", "to": "…", "files": [{"ma_ho_so": …, "file": …, "sha256": …, "pages": 2}]}``. ``pages`` may be
left out; everything else that a line says is an error, so that a misspelt name is not passed over.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from errors import SenderError
from storage.batches import Announced
from storage.dossier_code import check_dossier_code

MOST_BYTES = 1024 * 1024
MOST_LINES = 5000
_NAMES = {"ma_ho_so", "file", "sha256", "pages"}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST_PLACE = 200


@dataclass(frozen=True, slots=True)
class Manifest:
    """``sent_from`` and ``sent_to``: who hands over to whom, as far as that is said."""

    lines: tuple[Announced, ...]
    sent_from: str = ""
    sent_to: str = ""


def parse_manifest(data: bytes, today: date) -> Manifest:
    """Read a manifest.

    Raises:
        SenderError: ``bad_manifest``, with the line and what is wrong; ``bad_dossier_code``.
    """
    if len(data) > MOST_BYTES:
        raise _bad(0, f"more than {MOST_BYTES} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad(0, "not UTF-8") from None
    places: Mapping[str, object] = {}
    if text.lstrip().startswith("{"):
        try:
            places = json.loads(text)
        except (ValueError, RecursionError):
            raise _bad(0, "not JSON") from None
        rows = _json_rows(places)
    else:
        rows = _csv_rows(text)
    lines = []
    for number, row in enumerate(rows, start=1):
        if number > MOST_LINES:
            raise _bad(number, f"more than {MOST_LINES} files")
        lines.append(_line(number, row, today))
    if not lines:
        raise _bad(0, "no files")
    seen: set[tuple[str, str]] = set()
    for line in lines:
        if (line.ma_ho_so, line.sha256) in seen:
            raise _bad(line.number, "the same file to the same dossier twice")
        seen.add((line.ma_ho_so, line.sha256))
    return Manifest(tuple(lines), _place(places, "from"), _place(places, "to"))


def _json_rows(whole: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    files = whole.get("files")
    if set(whole) - {"from", "to", "files"} or not isinstance(files, list):
        raise _bad(0, "from, to, files")
    for number, row in enumerate(files, start=1):
        if not isinstance(row, dict):
            raise _bad(number, "not an object")
        yield row


def _csv_rows(text: str) -> Iterator[Mapping[str, object]]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if any(value for value in row.values()):
                yield {(name or "").strip().lower() if name else "": value for name, value in row.items()}
    except csv.Error:
        raise _bad(0, "not CSV") from None


def _line(number: int, row: Mapping[str, object], today: date) -> Announced:
    if unknown := set(row) - _NAMES:
        raise _bad(number, f"unknown: {', '.join(sorted(unknown))[:80] or 'a column without a name'}")
    said = {name: str(row.get(name) if row.get(name) is not None else "").strip() for name in _NAMES}
    sha256 = said["sha256"].lower()
    if not _SHA256.fullmatch(sha256):
        raise _bad(number, "sha256: 64 hexadecimal figures")
    pages = said["pages"]
    if pages and not (pages.isascii() and pages.isdigit() and 0 < int(pages[:7]) <= 100_000):
        raise _bad(number, "pages: a whole number from 1")
    if not said["file"] or len(said["file"]) > 200 or not said["file"].isprintable():
        raise _bad(number, "file: a name")
    code = check_dossier_code(said["ma_ho_so"].upper(), today)
    return Announced(number, code, said["file"], sha256, int(pages) if pages else None)


def _place(whole: Mapping[str, object], name: str) -> str:
    said = " ".join(str(whole.get(name) or "").split())
    if len(said) > _MOST_PLACE or not said.isprintable():
        raise _bad(0, f"{name}: a name")
    return said


def _bad(number: int, why: str) -> SenderError:
    return SenderError("bad_manifest", line=number, why=why)
