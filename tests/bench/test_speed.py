"""What the speed bench makes of its runs."""

from __future__ import annotations

from pathlib import Path

from bench.speed import HEADER, Run, commands, rows


def test_ratios_are_medians_of_pairs_run_side_by_side() -> None:
    runs = {
        "ours": [Run(4.0, 6.0, 300.0), Run(40.0, 6.0, 310.0), Run(4.0, 6.0, 305.0)],
        "other": [Run(20.0, 24.0, 90.0), Run(200.0, 24.0, 95.0), Run(20.0, 30.0, 80.0)],
    }
    ours, other = rows("office", 4, runs)
    assert len(ours) == len(HEADER)
    assert ours[2:] == [4, "60.0", "1.00", "1.50", "310", "1.00", "1.00"]
    assert other[2:] == [4, "12.0", "5.00", "6.00", "95", "5.00", "4.00"]


def test_the_peer_runs_with_and_without_straightening() -> None:
    given = commands(Path("a.pdf"), Path("out"), 2)
    assert "--deskew" in given["ocrmypdf PDF/A"]
    assert "--deskew" not in given["ocrmypdf, nothing else"]
    assert next(iter(given)) == "ours"
