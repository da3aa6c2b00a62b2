"""Broken files through the isolated path, counted; whatever should not happen is kept."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.fuzzing.mutants import Mutant
from errors import SohoaError
from isolation import TaskCrashedError, TaskTimeoutError, Workshop
from limits import Limits

CHILD_BYTES = 1024**3
GRACE_SECONDS = 15.0
"""How much later than its bound a task may be answered: a killed child has to end, and a new one to start."""


@dataclass
class Tally:
    """How a campaign ended. ``faults``: names of files with what happened, each one a finding. ``peak_bytes``:
    the most that a child held which lived to tell; more than :data:`CHILD_BYTES` none can."""

    files: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)
    left_behind: list[str] = field(default_factory=list)
    slowest: float = 0.0
    peak_bytes: int = 0


def run(
    broken: Iterator[Mutant], *, files: int, seconds: float, bound: float, jobs: int, keep: Path | None = None
) -> Tally:
    """Send files through ``jobs`` children until there were ``files`` of them or ``seconds`` are over; each has
    ``bound`` seconds. Findings are kept in ``keep``."""
    tally = Tally()
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="sohoa-fuzz-") as at:
        folder, children = Path(at) / "files", Path(at) / "children"
        folder.mkdir()
        children.mkdir()
        with Workshop(
            jobs, child_bytes=CHILD_BYTES, preload="bench.fuzzing.opening", scratch=children
        ) as workshop:
            under_way: deque[tuple[Mutant, Future[Any], float]] = deque()
            while under_way or (tally.files < files and time.monotonic() < until):
                while len(under_way) < 2 * jobs and tally.files < files and time.monotonic() < until:
                    under_way.append(_sent(next(broken), workshop, folder, bound))
                    tally.files += 1
                if under_way:
                    mutant, future, began = under_way.popleft()
                    end, peak = _end_of(future, bound * 2 * jobs + GRACE_SECONDS)
                    tally.peak_bytes = max(tally.peak_bytes, peak)
                    tally.slowest = max(tally.slowest, time.monotonic() - began)
                    _count(tally, mutant, end, keep)
                    shutil.rmtree(folder / mutant.name, ignore_errors=True)
        tally.left_behind = [str(path) for path in (*children.iterdir(), *folder.iterdir())]
    return tally


def _sent(
    mutant: Mutant, workshop: Workshop, folder: Path, bound: float
) -> tuple[Mutant, Future[Any], float]:
    scratch = folder / mutant.name
    scratch.mkdir()
    path = scratch / "file"
    path.write_bytes(mutant.data)
    began = time.monotonic()
    future = workshop.submit(
        "bench.fuzzing.opening:open_wholly", path, Limits(child_bytes=CHILD_BYTES), scratch, seconds=bound
    )
    return mutant, future, began


def _end_of(future: Future[Any], patience: float) -> tuple[tuple[str, ...] | str, int]:
    """How the pages ended, or a text for what should not have happened; and the child's most memory, 0 where it
    cannot tell."""
    try:
        told: tuple[tuple[str, ...], int] = future.result(patience)
    except TimeoutError:
        return "hang: no answer long after the bound", 0
    except TaskTimeoutError:
        return "slow: killed at the bound", 0
    except TaskCrashedError:
        return "crash: the child ended", 0
    except SohoaError as failed:
        return f"{failed.code}: {failed.values.get('place', '')}", 0
    return told


def _count(tally: Tally, mutant: Mutant, end: tuple[str, ...] | str, keep: Path | None) -> None:
    if not isinstance(end, str):
        tally.ends.update(end)
        return
    tally.ends[end.partition(":")[0]] += 1
    tally.faults[mutant.name] = end
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{mutant.name}.bin").write_bytes(mutant.data)
        (keep / f"{mutant.name}.txt").write_text(f"{end}\n{os.uname().machine}\n", encoding="utf-8")
