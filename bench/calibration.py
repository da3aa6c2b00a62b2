"""Does confidence mean something? Words or fields in bins of confidence against how many of them are right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from bench.measuring import table

_EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0001)


def _points(words: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Of each bin that holds something: mean confidence, share that is right, how many."""
    points = []
    for low, high in pairwise(_EDGES):
        inside = [(c, ok) for c, ok in words if low <= c < high]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            points.append((mean, sum(ok for _, ok in inside) / len(inside), len(inside)))
    return points


def reliability(pairs: Sequence[tuple[float, bool]]) -> str:
    """One row a bin: how sure on the mean, how many right, how many there are."""
    rows = [[f"{mean:.2f}", f"{100 * right:.1f}", count] for mean, right, count in _points(pairs)]
    return table(["mean confidence", "right %", "fields"], rows)


def calibration(words: Sequence[tuple[float, bool]], picture: Path, what: str = "words") -> str:
    """Draw the plot and say how many words (or what else they are) of confidence 0.9 and more are right."""
    points = _points(words)
    from matplotlib.figure import Figure  # here: only who draws needs the bench's libraries

    figure = Figure(figsize=(5, 5))
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], "--", color="gray", linewidth=1)
    axes.plot([p[0] for p in points], [p[1] for p in points], "o-")
    for x, y, n in points:
        axes.annotate(str(n), (x, y), textcoords="offset points", xytext=(4, -10), fontsize=7)
    axes.set(xlabel="confidence", ylabel=f"share of {what} right", xlim=(0, 1.02), ylim=(0, 1.02))
    figure.savefig(picture, dpi=120, bbox_inches="tight")
    sure = [ok for c, ok in words if c >= 0.9]
    share = 100 * sum(sure) / len(sure) if sure else 0.0
    return f"{what} of confidence 0.9 and more: {len(sure)} of {len(words)}, right {share:.2f} % ({picture.name})"
