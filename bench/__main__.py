"""``python -m bench`` (``make bench``): a quick table of everything, a few pages a level.

Character errors, types and fields, pages a minute; ours beside plain Tesseract and OCRmyPDF on the same pages in
the same run. The separate benches measure more pages and say more.
"""

from __future__ import annotations

import argparse
import os

from bench import accuracy, ours, papers, speed
from bench.making import CODES
from bench.making.wear import LEVELS
from bench.measuring import table
from bench.pages import FIRST_SEED


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument("--levels", default="clean,office,turned,worn,hard,photo", help=", ".join(LEVELS))
    parser.add_argument("--pages", type=int, default=6, help="pages a level for reading")
    parser.add_argument("--papers", type=int, default=12, help="papers a level for types and fields")
    parser.add_argument("--seed", type=int, default=FIRST_SEED)
    options = parser.parse_args(arguments)
    levels = options.levels.split(",")
    if unknown := [v for v in levels if v not in LEVELS]:
        parser.error(f"unknown: {', '.join(unknown)}")
    # Codes are taken at even distances, so that few papers still show many kinds.
    some = tuple(CODES[i * len(CODES) // options.papers] for i in range(min(options.papers, len(CODES))))
    print("== reading ==", flush=True)
    accuracy.main(
        [
            "--levels",
            options.levels,
            "--pages",
            str(options.pages),
            "--seed",
            str(options.seed),
            "--codes",
            ",".join(some),
        ]
    )
    print("\n== types and fields ==", flush=True)
    with ours.workshop(os.cpu_count() or 1) as shop:
        judged = {v: papers.judge(v, papers.papers(some, 1, options.seed), shop) for v in levels}
    print(papers.summary(judged))
    print("\n== speed ==", flush=True)
    jobs = os.cpu_count() or 1
    runs = speed.compare("office", 6, 1, jobs, options.seed)
    print(table(speed.HEADER, speed.rows("office", 6, runs)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
