"""Coverage-guided fuzzing of the openers with atheris: ``python -m bench.fuzzing.guided FOLDER [options]``.

Runs in a process of its own (``bench.fuzzing`` starts it), because what is found by it may end it. What opens new
ways through our code stays in ``FOLDER``, and goes through the isolated path afterwards.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ingest"]):
    from ingest.opening import survey, take_page

from errors import SenderError
from limits import Limits

_LIMITS = Limits(max_pages=50, max_page_pixels=4_000_000)
_SCRATCH = Path(tempfile.mkdtemp(prefix="sohoa-guided-"))


def open_once(data: bytes) -> None:
    """What libFuzzer calls. Refusals are right; anything else that is raised is a finding."""
    path = _SCRATCH / "file"
    path.write_bytes(data)
    try:
        found = survey(path, "fuzz", _LIMITS, _SCRATCH)
        for number in range(1, min(found.page_count, 2) + 1):
            take_page(found, number, _LIMITS, _SCRATCH)
    except SenderError:
        pass


if __name__ == "__main__":
    atheris.Setup(sys.argv, open_once)
    try:
        atheris.Fuzz()
    finally:
        shutil.rmtree(_SCRATCH, ignore_errors=True)
