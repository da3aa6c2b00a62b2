"""The tools that we are measured beside, plain Tesseract and OCRmyPDF; never part of the product."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

SECONDS = 600


@dataclass(frozen=True, slots=True)
class Reading:
    """What a tool read from one page: text (empty where it refused), processor seconds, words with their
    confidence where the tool tells them, and why it refused."""

    text: str
    seconds: float
    words: tuple[tuple[str, float], ...] = ()
    failure: str = ""


def children_seconds() -> float:
    """Processor seconds of all ended child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tesseract(page: Path, scratch: Path) -> Reading:
    """``tesseract page stdout -l vie``."""
    return _run(["tesseract", str(page), "stdout", "-l", "vie"], None)


def ocrmypdf(page: Path, scratch: Path) -> Reading:
    """``ocrmypdf --deskew --rotate-pages -l vie``, text from its sidecar."""
    sidecar = scratch / "sidecar.txt"
    sidecar.unlink(missing_ok=True)
    command = [*ocrmypdf_command(), "--output-type", "pdf", "--sidecar", str(sidecar)]
    if page.suffix != ".pdf":
        with Image.open(page) as image:
            if not image.info.get("dpi"):
                command += ["--image-dpi", "300"]
    return _run([*command, str(page), str(scratch / "ocrmypdf.pdf")], sidecar)


def ocrmypdf_command(jobs: int = 1, *, straighten: bool = True) -> list[str]:
    """The command up to its output type; ``straighten``: with ``--deskew --rotate-pages``."""
    return [
        sys.executable,
        "-m",
        "ocrmypdf",
        "--quiet",
        *(["--deskew", "--rotate-pages"] if straighten else []),
        "-l",
        "vie",
        "-j",
        str(jobs),
    ]


def _run(command: Sequence[str], text_file: Path | None) -> Reading:
    before = children_seconds()
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Reading("", children_seconds() - before, failure="timeout")
    seconds = children_seconds() - before
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no word"]
        return Reading("", seconds, failure=f"exit {done.returncode}: {last[0][:120]}")
    text = done.stdout.decode() if text_file is None else text_file.read_text("utf-8")
    return Reading(text, seconds)
