"""``python -m bench.papers``: are types, fields, boundaries and doubts right, on papers that we read ourselves?

Each paper is one file through the whole pipeline. Papers are of odd seeds; the models are trained on even ones.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench import ours
from bench.calibration import calibration, reliability
from bench.judging import Judgement
from bench.making import CODES, MadeDocument, make_paper
from bench.making.stacks import make_stack
from bench.making.wear import LEVELS, wear
from bench.making.writing import pdf_of
from bench.measuring import table
from bench.pages import FIRST_SEED
from errors import SohoaError
from isolation import Workshop


def papers(codes: tuple[str, ...], each: int, seed: int) -> Iterator[MadeDocument]:
    """``each`` papers a code, layouts by turns."""
    for k in range(each):
        for code in codes:
            yield make_paper(code, seed + 2 * k)


def file_of(document: MadeDocument, level: str, folder: Path) -> Path:
    """The paper as one file: a photograph as JPEG, everything else as PDF."""
    scans = [wear(page, level, document.seed + 1000 * i) for i, page in enumerate(document.pages)]
    if level == "photo" and len(scans) == 1:
        path = folder / "paper.jpg"
        path.write_bytes(scans[0].data)
    else:
        path = folder / "paper.pdf"
        path.write_bytes(pdf_of(scans))
    return path


def judge(level: str, documents: Iterator[MadeDocument], shop: Workshop, *, say: bool = False) -> Judgement:
    """All papers at one level."""
    judgement = Judgement()
    for document in documents:
        name = f"{document.code}-{document.seed}-layout{document.layout}-{level}"
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            try:
                done = ours.digitize(file_of(document, level, Path(folder)), shop, Path(folder))
            except SohoaError as error:
                judgement.failures.append(f"{name}: {error.english}")
                continue
        before = len(judgement.mistakes)
        judgement.add(name, document, done.documents[0][0], len(done.documents))
        if say:
            print("\n".join(judgement.mistakes[before:]) or f"{name}: all right", flush=True)
    return judgement


def judge_stacks(level: str, count: int, seed: int, shop: Workshop) -> tuple[int, int, int, list[str]]:
    """Stacks parted right, documents found whole, documents in all, and what was wrong."""
    right, whole, documents, wrong = 0, 0, 0, []
    for k in range(count):
        stack = make_stack(seed + 200 * k)
        pages = [page for document in stack.documents for page in document.pages]
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            path = Path(folder) / "stack.pdf"
            path.write_bytes(pdf_of([wear(page, level, seed + 50 * k + i) for i, page in enumerate(pages)]))
            try:
                done = ours.digitize(path, shop, Path(folder))
            except SohoaError as error:
                wrong.append(error.english)
                continue
        found = [tuple(p.number for p in document.pages) for document, _ in done.documents]
        documents += len(stack.documents)
        whole += len(set(found) & set(stack.boundaries))
        right += tuple(found) == stack.boundaries
        if tuple(found) != stack.boundaries:
            codes = [d.code for d in stack.documents]
            wrong.append(f"{codes}: parted as {found}, should be {list(stack.boundaries)}")
    return right, whole, documents, wrong


def confusion(judgements: dict[str, Judgement], picture: Path) -> None:
    """Draw which type was taken for which, all levels together."""
    pairs = sum((j.pairs for j in judgements.values()), start=Counter[tuple[str, str]]())
    codes = [c for c in CODES if any(c in pair for pair in pairs)]
    counts = [[pairs[(a, b)] for b in codes] for a in codes]
    side = 3 + 0.28 * len(codes)
    from matplotlib.figure import Figure  # here: only who draws needs the bench's libraries

    figure = Figure(figsize=(side, side))
    axes = figure.subplots()
    axes.imshow([[v and 0.25 + v / max(1, sum(row)) for v in row] for row in counts], cmap="Blues", vmin=0)
    for y, row in enumerate(counts):
        for x, value in enumerate(row):
            if value:
                axes.text(
                    x,
                    y,
                    str(value),
                    ha="center",
                    va="center",
                    fontsize=6,
                    color="black" if x != y else "white",
                )
    axes.set_xticks(range(len(codes)), codes, rotation=90, fontsize=7)
    axes.set_yticks(range(len(codes)), codes, fontsize=7)
    axes.set(xlabel="found", ylabel="made")
    figure.savefig(picture, dpi=130, bbox_inches="tight")


def summary(judgements: dict[str, Judgement]) -> str:
    """One row a level."""
    header = ["level", "papers", "type right %", "fields exact %", "precision %", "wrong at >=0.9 %", "extra at >=0.9",
              "wrong caught by review %", "wrong not named %", "to review %", "one document %"]  # fmt: skip
    rows = []
    for level, j in judgements.items():
        total, n = j.total(), max(1, j.documents)
        truth = max(1, total.truth)
        caught = f"{100 * total.wrong_caught / total.wrong:.0f}" if total.wrong else "-"
        rows.append([level, j.documents, f"{100 * j.right_type / n:.1f}", f"{total.recall:.1f}",
                     f"{total.precision:.1f}",
                     f"{100 * total.wrong_sure / truth:.2f}", total.extra_sure, caught,
                     f"{100 * total.wrong_unnamed / truth:.2f}",
                     f"{100 * j.reviewed / n:.0f}", f"{100 * j.one_document / n:.0f}"])  # fmt: skip
    return table(header, rows)


def by_field(judgements: dict[str, Judgement]) -> str:
    """One row a field, all levels together."""
    names = sorted({name for j in judgements.values() for name in j.fields})
    rows = []
    for name in names:
        both = Judgement()
        for level, j in judgements.items():
            both.fields[level] = j.fields[name]
        t = both.total()
        rows.append(
            [
                name,
                t.truth,
                t.found,
                t.exact,
                f"{t.precision:.1f}",
                f"{t.recall:.1f}",
                f"{t.to_review:.1f}",
                t.wrong_unnamed,
                t.wrong_sure,
                t.extra_sure,
            ]
        )
    return table(
        [
            "field",
            "in truth",
            "found",
            "exact",
            "precision %",
            "recall %",
            "to review %",
            "wrong not named",
            "wrong at >=0.9",
            "extra at >=0.9",
        ],
        rows,
    )


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; returns the exit status."""
    parser = argparse.ArgumentParser("python -m bench.papers", description=__doc__)
    parser.add_argument("--levels", default="clean,office,turned,worn,hard,photo", help=", ".join(LEVELS))
    parser.add_argument("--codes", default="all")
    parser.add_argument("--each", type=int, default=1, help="papers a code and level")
    parser.add_argument("--seed", type=int, default=FIRST_SEED)
    parser.add_argument("--stacks", type=int, default=3, help="stacks of three papers a level (0: none)")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show-diff", action="store_true", help="list every mistake")
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="folder for confusion.png")
    options = parser.parse_args(arguments)
    codes = CODES if options.codes == "all" else tuple(options.codes.split(","))
    levels = LEVELS if options.levels == "all" else tuple(options.levels.split(","))
    if unknown := [v for v in levels if v not in LEVELS] + [c for c in codes if c not in CODES]:
        parser.error(f"unknown: {', '.join(unknown)}")
    judgements: dict[str, Judgement] = {}
    with ours.workshop(options.jobs) as shop:
        for level in levels:
            made = papers(codes, options.each, options.seed)
            judgements[level] = judge(level, made, shop, say=options.show_diff)
            for failure in judgements[level].failures:
                print(f"not digitized: {failure}")
            if options.stacks:
                right, whole, documents, wrong = judge_stacks(level, options.stacks, options.seed, shop)
                print(
                    f"{level}: {right} of {options.stacks} stacks parted right, {whole} of {documents} documents whole"
                )
                print("".join(f"    {w}\n" for w in wrong), end="")
    print(summary(judgements), by_field(judgements), sep="\n\n")
    options.out.mkdir(parents=True, exist_ok=True)
    confusion(judgements, options.out / "confusion.png")
    print(f"\nconfusion matrix: {options.out / 'confusion.png'}")
    pairs = [pair for j in judgements.values() for pair in j.confidences]
    print(f"\n{reliability(pairs)}")
    print(calibration(pairs, options.out / "reliability.png", "fields"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
