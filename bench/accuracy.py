"""``python -m bench.accuracy``: character errors of ours beside plain Tesseract and OCRmyPDF, same pages.

Every page is read whole, in reading order; NFC, white space folded. ``ours`` goes straight through preparing and
recognising, ``whole`` through the whole pipeline. Processor seconds, not wall clock. Pages: :mod:`bench.pages`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from bench import ours, rivals
from bench.calibration import calibration
from bench.making import CODES
from bench.making.wear import LEVELS
from bench.making.writing import ENDINGS
from bench.measuring import KINDS, Score, differences, table, words_right
from bench.pages import FIRST_SEED, BenchPage, bench_pages
from bench.rivals import Reading

TOOLS: dict[str, Callable[[Path, Path], Reading]] = {
    "ours": ours.read,
    "whole": ours.read_whole,
    "tesseract": rivals.tesseract,
    "ocrmypdf": rivals.ocrmypdf,
}

Task = tuple[BenchPage, tuple[str, ...]]
Done = tuple[BenchPage, dict[str, Reading]]


@dataclass(slots=True)
class Tally:
    """One tool at one level."""

    score: Score = field(default_factory=Score)
    seconds: list[float] = field(default_factory=list)
    named: list[tuple[float, str]] = field(default_factory=list)
    words: list[tuple[float, bool]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def read_all(page: BenchPage, tools: tuple[str, ...]) -> dict[str, Reading]:
    """One page through each tool, in a scratch folder of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / f"page.{ENDINGS[page.scan.format]}"
        file.write_bytes(page.scan.data)
        return {tool: TOOLS[tool](file, Path(folder)) for tool in tools}


def _task(task: Task) -> Done:
    return task[0], read_all(*task)


def _flowing(pool: ProcessPoolExecutor, tasks: Iterator[Task], ahead: int) -> Iterator[Done]:
    """Results in order, only ``ahead`` pages being made or read at a time."""
    waiting: deque[Future[Done]] = deque()
    for task in tasks:
        waiting.append(pool.submit(_task, task))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    options = _options(arguments)
    tallies: dict[tuple[str, str], Tally] = {}
    tasks = ((page, options.tools) for level in options.levels
             for page in bench_pages(level, options.pages, codes=options.codes, seed=options.seed))  # fmt: skip
    with ProcessPoolExecutor(options.jobs, get_context("spawn")) as pool:
        for page, readings in _flowing(pool, tasks, 2 * options.jobs):
            for tool, reading in readings.items():
                tally = tallies.setdefault((page.level, tool), Tally())
                rate = tally.score.add(page.text, reading.text)
                tally.seconds.append(reading.seconds)
                tally.named.append((rate, page.name))
                tally.words += words_right(page.text, reading.words)
                if reading.failure:
                    tally.failures.append(f"{page.name}: {reading.failure}")
                if options.show_diff and tool == "ours" and rate:
                    print(f"{page.name}: {rate:.2f} %")
                    print("".join(f"    {d}\n" for d in differences(page.text, reading.text)), end="")
    print(report(tallies))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "accuracy.json").write_text(
            json.dumps(_figures(tallies), ensure_ascii=False, indent=1)
        )
        words = [w for (_, tool), t in tallies.items() if tool == "ours" for w in t.words]
        if words:
            print(calibration(words, options.out / "calibration.png"))
    return 0


def report(tallies: dict[tuple[str, str], Tally]) -> str:
    """The tables, the commonest confusions and the worst pages."""
    header = [
        "level",
        "tool",
        "pages",
        "CER %",
        "median",
        *KINDS,
        "digits wrong %",
        "pages at 0 %",
        "CPU s/page",
    ]
    rows = []
    for (level, tool), tally in tallies.items():
        s = tally.score
        rows.append([level, tool, s.pages, f"{s.rate:.3f}", f"{statistics.median(s.rates):.3f}",
                     *[f"{s.share(k):.3f}" for k in KINDS], f"{s.digit_rate:.2f}",
                     f"{100 * s.whole / s.pages:.0f}", f"{statistics.mean(tally.seconds):.1f}"])  # fmt: skip
    parts = [table(header, rows)]
    for tool in dict.fromkeys(t for _, t in tallies):
        mine = [t for (_, name), t in tallies.items() if name == tool]
        confusions = sum((t.score.confusions for t in mine), start=Counter[tuple[str, str]]())
        common = ", ".join(f"{_seen(a)}→{_seen(b)} {n}" for (a, b), n in confusions.most_common(24))
        worst = sorted((pair for t in mine for pair in t.named), reverse=True)[:10]
        failures = [f for t in mine for f in t.failures]
        parts.append(f"{tool}: commonest confusions (∅ nothing): {common or 'none'}")
        parts.append(f"{tool}: worst pages: " + ", ".join(f"{n} {r:.2f} %" for r, n in worst if r))
        parts += [f"{tool}: {len(failures)} refused: " + "; ".join(failures[:5])] if failures else []
    if behind := worse_than_tesseract(tallies):
        parts.append("worse than plain Tesseract by over 0.1 point: " + ", ".join(behind))
    return "\n\n".join(parts)


def _seen(letter: str) -> str:
    return {"": "∅", " ": "␣"}.get(letter, letter)


def worse_than_tesseract(tallies: dict[tuple[str, str], Tally]) -> list[str]:
    """Pages that we read worse than plain Tesseract by more than 0.1 percentage point."""
    names = []
    for (level, tool), tally in tallies.items():
        other = tallies.get((level, "tesseract"))
        if tool == "ours" and other:
            pairs = zip(tally.named, other.named, strict=True)
            names += [f"{name} ({a:.2f} against {b:.2f} %)" for (a, name), (b, _) in pairs if a > b + 0.1]
    return names


def _figures(tallies: dict[tuple[str, str], Tally]) -> list[dict[str, object]]:
    return [
        {
            "level": level, "tool": tool, "pages": t.score.pages, "cer": t.score.rate,
            "split": {k: t.score.share(k) for k in KINDS}, "digit_rate": t.score.digit_rate,
            "whole": t.score.whole, "seconds": statistics.mean(t.seconds), "by_page": {n: r for r, n in t.named},
        }
        for (level, tool), t in tallies.items()
    ]  # fmt: skip


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench.accuracy", description=__doc__)
    parser.add_argument("--levels", default="clean,office,turned,worn,hard,photo", help=", ".join(LEVELS))
    parser.add_argument("--pages", type=int, default=15, help="pages a level")
    parser.add_argument("--codes", default="all")
    parser.add_argument("--seed", type=int, default=FIRST_SEED)
    parser.add_argument("--tools", default="ours,tesseract,ocrmypdf")
    parser.add_argument("--ocr-only", action="store_true", help="ours alone, through the reading rooms only")
    parser.add_argument("--show-diff", action="store_true", help="list what we read wrong on each page")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, default=None, help="folder for accuracy.json and calibration.png")
    options = parser.parse_args(arguments)
    options.tools = ("ours",) if options.ocr_only else tuple(options.tools.split(","))
    options.levels = LEVELS if options.levels == "all" else tuple(options.levels.split(","))
    options.codes = CODES if options.codes == "all" else tuple(options.codes.split(","))
    if unknown := {*options.tools} - {*TOOLS} | {*options.levels} - {*LEVELS} | {*options.codes} - {*CODES}:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    raise SystemExit(main())
