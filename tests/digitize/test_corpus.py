"""The whole corpus of odd, broken and hostile files in one run of the command: each ends as it is written, one
that fails does not touch the next, and nothing is left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pikepdf.pdfa
import pytest

from ingest.opening.pdf_active import active_kinds
from tests.corpus.case import Case
from tests.corpus.cases import CASES
from tests.digitize.conftest import SOHOA

MOST_CHILD_BYTES = 1024**3
MEASURED = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""
"""Runs a command; its status and the most memory that it or one of its children held."""


@dataclass(frozen=True)
class Swept:
    status: int
    errors: list[str]
    output: Path
    temporary: Path
    peak_bytes: int


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    folder = tmp_path_factory.mktemp("corpus")
    for case in CASES:
        (folder / f"{case.name}.bin").write_bytes(case.make())
    output, temporary = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("tmp")
    env = {"PATH": os.environ["PATH"], "TMPDIR": str(temporary), "SOHOA_CHILD_BYTES": str(MOST_CHILD_BYTES)}
    command = [sys.executable, "-c", MEASURED, SOHOA, "digitize", folder, "--output", output]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    status, peak = done.stdout.split()[-2:]
    return Swept(int(status), done.stderr.splitlines(), output, temporary, int(peak))


def lines_about(swept: Swept, case: Case) -> list[str]:
    return [line for line in swept.errors if line.startswith(f"{case.name}.bin: ")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_file_ends_in_one_visible_state(swept: Swept, case: Case) -> None:
    records = sorted(swept.output.glob(f"{case.name}.json")) + sorted(
        swept.output.glob(f"{case.name}-[0-9].json")
    )
    lines = lines_about(swept, case)
    if case.refused or len(case.bad_pages) == case.pages:
        assert records == []
        assert len(lines) == 1
        return
    assert len(lines) == len(case.bad_pages), lines
    pages = sorted(n for r in records for n in json.loads(r.read_text(encoding="utf-8"))["source"]["pages"])
    blank_parts = set(range(1, case.pages + 1)) - set(pages) - set(case.bad_pages)
    assert not blank_parts or case.shows in ("white", "any")
    for record in records:
        assert json.loads(record.read_text(encoding="utf-8"))["warnings"] == list(case.warnings)
        with pikepdf.open(record.with_suffix(".pdf")) as pdf:
            assert case.signed or (pikepdf.pdfa.check(pdf, "2b").passed and active_kinds(pdf) == ())


def test_no_line_is_a_trace_and_each_names_its_file(swept: Swept) -> None:
    assert swept.status == 1
    for line in swept.errors:
        assert ".bin: " in line
        assert "Traceback" not in line
        assert "internal error" not in line


def test_nothing_is_left_behind(swept: Swept) -> None:
    assert list(swept.temporary.iterdir()) == []
    assert [p for p in swept.output.iterdir() if p.suffix not in (".pdf", ".json")] == []


def test_memory_stays_bounded(swept: Swept) -> None:
    assert swept.peak_bytes < MOST_CHILD_BYTES
