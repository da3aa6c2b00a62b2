"""``python -m bench.speed``: pages a minute and peak memory of ours beside OCRmyPDF on the same scans.

Runs go in pairs, ours then each of OCRmyPDF's ways, so that a busy machine slows all alike; medians are shown.
OCRmyPDF has its usual options (``--deskew --rotate-pages -l vie``), once as PDF/A by its faster backend and once
as PDF; and it runs once with ``--output-type pdf`` and nothing else. Where others use the machine too, the
processor seconds tell more than the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import cv2

import pipeline
import settings as settings_module
from bench.making import CODES
from bench.making.wear import LEVELS
from bench.making.writing import pdf_of
from bench.measuring import table
from bench.pages import FIRST_SEED, bench_pages
from bench.rivals import ocrmypdf_command
from ocr.recognising.engine import Layout, RawLine
from ocr.recognising.tesseract import TesseractRecogniser
from records import PageReading, Pixels, RefusedPage


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a tool: seconds by the clock, processor seconds, the largest process in MB."""

    clock: float
    processor: float
    memory: float


def scans(level: str, pages: int, seed: int, folder: Path) -> Path:
    """``pages`` letters and forms in one PDF."""
    codes = tuple(c for c in CODES if c not in ("can_cuoc", "cmnd", "ho_chieu", "bien_lai", "so_ho_khau"))
    path = folder / f"{level}.pdf"
    path.write_bytes(pdf_of([page.scan for page in bench_pages(level, pages, codes=codes, seed=seed)]))
    return path


def commands(file: Path, out: Path, jobs: int) -> dict[str, list[str]]:
    """What is run, by the name of the tool."""
    rival, target = ocrmypdf_command(jobs), str(out / "rival.pdf")
    return {
        "ours": [sys.executable, "-m", "cli", "digitize", str(file), "--output", str(out), f"--jobs={jobs}", "--force"],
        "ocrmypdf PDF/A": [*rival, "--output-type", "pdfa", "--pdfa-backend", "internal", "--rasterizer", "pypdfium",
                           str(file), target],
        "ocrmypdf PDF": [*rival, "--output-type", "pdf", "--rasterizer", "pypdfium", str(file), target],
        "ocrmypdf, nothing else": [*ocrmypdf_command(jobs, straighten=False), "--output-type", "pdf",
                                   str(file), target],
    }  # fmt: skip


_LAUNCHER = """
import contextlib, ctypes, json, os, resource, subprocess, sys, time
ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what outlives its parent is counted here
started = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
clock = time.monotonic() - started
with contextlib.suppress(ChildProcessError):
    while True:
        os.wait()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, done.stderr.decode(errors="replace")[-400:], clock,
                  used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def run(command: list[str]) -> Run:
    """Run it and measure it with all its children.

    A small launcher starts it: a process begins with the memory mark of the one that started it, and this one
    has made pages.

    Raises:
        RuntimeError: it failed.
    """
    told = subprocess.run([sys.executable, "-S", "-c", _LAUNCHER, *command], capture_output=True, check=True)
    status, complaint, clock, processor, memory = json.loads(told.stdout)
    if status:
        raise RuntimeError(f"{command[2]} failed: {complaint}")
    return Run(clock, processor, memory)


def compare(level: str, pages: int, rounds: int, jobs: int, seed: int) -> dict[str, list[Run]]:
    """``rounds`` runs of each tool, in turns."""
    runs: dict[str, list[Run]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = scans(level, pages, seed, Path(folder))
        for _ in range(rounds):
            for tool, command in commands(file, Path(folder), jobs).items():
                runs.setdefault(tool, []).append(run(command))
    return runs


def rows(level: str, pages: int, runs: dict[str, list[Run]]) -> list[list[object]]:
    """Rows of the table of one level."""
    given = []
    base = runs["ours"]
    for tool, mine in runs.items():
        clock = statistics.median(r.clock for r in mine)
        ratio = statistics.median(b.clock / o.clock for o, b in zip(base, mine, strict=True))
        work = statistics.median(b.processor / o.processor for o, b in zip(base, mine, strict=True))
        given.append([level, tool, pages, f"{60 * pages / clock:.1f}", f"{clock / pages:.2f}",
                      f"{statistics.median(r.processor for r in mine) / pages:.2f}",
                      f"{max(r.memory for r in mine):.0f}", f"{ratio:.2f}", f"{work:.2f}"])  # fmt: skip
    return given


HEADER = (
    "level",
    "tool",
    "pages",
    "pages/min",
    "s/page",
    "CPU s/page",
    "largest process MB",
    "slower than ours by (pairs)",
    "more CPU than ours by",
)


class TimedRecogniser(TesseractRecogniser):
    """The product's recogniser with the seconds that its readings took."""

    seconds = 0.0

    def read(
        self, image: Pixels, *, dpi: int, seconds: float, layout: Layout = Layout.PAGE, model: str = "vie"
    ) -> tuple[RawLine, ...]:
        """See :class:`~ocr.recognising.engine.Recogniser`."""
        started = time.monotonic()
        try:
            return super().read(image, dpi=dpi, seconds=seconds, layout=layout, model=model)
        finally:
            self.seconds += time.monotonic() - started


def steps(level: str, pages: int, seed: int) -> str:
    """Seconds a page that each step of ours takes, models loaded, and how much of all is not Tesseract."""
    cv2.setNumThreads(1)
    limits, recogniser = settings_module.load().limits, TimedRecogniser()
    spent: defaultdict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = scans(level, pages, seed, Path(folder))
        survey = pipeline.open_in_child(file, file.name, limits, Path(folder))

        def read(number: int) -> PageReading | RefusedPage:
            recogniser.seconds = 0.0
            return pipeline.read_page_in_child(survey, number, limits, Path(folder), recogniser)

        read(1)  # loads what is loaded once
        for page in map(read, range(1, pages + 1)):
            assert isinstance(page, PageReading), page.reason
            for step, seconds in page.seconds:
                spent[step].append(seconds - (recogniser.seconds if step == "recognise" else 0.0))
            spent["Tesseract"].append(recogniser.seconds)
    whole = sum(map(sum, spent.values()))
    rest = 100 * (1 - sum(spent["Tesseract"]) / whole)
    rows = [[s, f"{statistics.median(v):.2f}", f"{max(v):.2f}"] for s, v in spent.items()]
    return table(["step", "s/page median", "s/page max"], rows) + f"\n\nall but Tesseract: {rest:.0f} %"


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser("python -m bench.speed", description=__doc__)
    parser.add_argument("--levels", default="office,worn", help=", ".join(LEVELS))
    parser.add_argument("--pages", type=int, default=8, help="pages of each file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=FIRST_SEED)
    options = parser.parse_args(arguments)
    levels = options.levels.split(",")
    if unknown := [v for v in levels if v not in LEVELS]:
        parser.error(f"unknown: {', '.join(unknown)}")
    lines: list[list[object]] = []
    for level in levels:
        lines += rows(
            level, options.pages, compare(level, options.pages, options.rounds, options.jobs, options.seed)
        )
    print(f"{options.jobs} pages at once, {options.rounds} rounds", table(HEADER, lines), sep="\n\n")
    print(f"\nours, seconds a page by step ({levels[0]}, one page at a time)\n")
    print(steps(levels[0], min(options.pages, 4), options.seed))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
