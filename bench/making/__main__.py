"""``python -m bench.making --out DIR``: made papers as files, each with its truth as JSON beside it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench.making import CODES, make_paper
from bench.making.wear import LEVELS, wear
from bench.making.writing import ENDINGS, pdf_of


def main(arguments: list[str] | None = None) -> int:
    """Write the files; returns the exit status."""
    parser = argparse.ArgumentParser("python -m bench.making", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--codes", default="all", help="type codes, by comma, or all")
    parser.add_argument("--levels", default="clean", help=f"by comma: {', '.join(LEVELS)}, or all")
    parser.add_argument("--seed", type=int, default=1, help="of the first paper; the next has seed + 2")
    parser.add_argument("--each", type=int, default=1, help="papers a code and level")
    parser.add_argument("--layout", type=int, default=None)
    parser.add_argument("--pdf", action="store_true", help="one PDF a paper instead of one picture a page")
    chosen = parser.parse_args(arguments)
    codes = CODES if chosen.codes == "all" else tuple(chosen.codes.split(","))
    levels = LEVELS if chosen.levels == "all" else tuple(chosen.levels.split(","))
    if unknown := [c for c in codes if c not in CODES] + [v for v in levels if v not in LEVELS]:
        parser.error(f"unknown: {', '.join(unknown)}")
    chosen.out.mkdir(parents=True, exist_ok=True)
    for code in codes:
        for k in range(chosen.each):
            for level in levels:
                write(chosen.out, code, level, chosen.seed + 2 * k, chosen.layout, one_pdf=chosen.pdf)
    return 0


def write(out: Path, code: str, level: str, seed: int, layout: int | None, *, one_pdf: bool) -> None:
    """One paper's files and its truth, named ``code-level-seed``."""
    document = make_paper(code, seed, layout)
    scans = [wear(page, level, seed + 1000 * i) for i, page in enumerate(document.pages)]
    stem = f"{code}-{level}-{seed}"
    names = (
        [f"{stem}.pdf"] if one_pdf else [f"{stem}-{i}.{ENDINGS[s.format]}" for i, s in enumerate(scans, 1)]
    )
    for name, data in zip(names, [pdf_of(scans)] if one_pdf else [s.data for s in scans], strict=True):
        (out / name).write_bytes(data)
    truth = {
        "files": names, "code": code, "layout": document.layout, "seed": seed, "level": level,
        "fields": document.fields, "pages": [page.text for page in document.pages],
    }  # fmt: skip
    (out / f"{stem}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
