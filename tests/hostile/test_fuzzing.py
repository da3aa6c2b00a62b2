"""A short run of broken files through the isolated path, always the same ones; ``make fuzz`` runs for longer."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from bench.fuzzing.campaign import run
from bench.fuzzing.mutants import Mutant, mutants, seeds

FILES = 300
BOUND = 60.0


def test_broken_files_end_in_a_reason_and_leave_nothing(tmp_path: Path) -> None:
    tally = run(mutants(seeds(), 20251124), files=FILES, seconds=600.0, bound=BOUND, jobs=2, keep=tmp_path)
    assert tally.faults == {}
    assert tally.left_behind == []
    assert tally.files == FILES
    assert list(tmp_path.iterdir()) == []
    assert {"done", "damaged", "page_damaged"} <= set(tally.ends)


def test_what_should_not_happen_is_found_and_kept(tmp_path: Path) -> None:
    """With next to no time, every file is killed: the parent stands, and tells of each."""
    dear = iter([Mutant(str(n), seeds()["text-born-digital"]) for n in range(2)])
    tally = run(dear, files=2, seconds=60.0, bound=0.001, jobs=1, keep=tmp_path)
    assert set(tally.faults.values()) == {"slow: killed at the bound"}
    assert len(list(tmp_path.glob("*.bin"))) == 2
    assert tally.left_behind == []


def test_the_same_seed_makes_the_same_files() -> None:
    whole = seeds()
    first, again = (list(islice(mutants(whole, 3), 50)) for _ in range(2))
    assert first == again
    assert sum(mutant.data != whole[mutant.name.split("-", 2)[2]] for mutant in first) > 45
