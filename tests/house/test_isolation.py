"""A child that crashes, hangs, eats memory or lies ends alone."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from errors import MachineError, SenderError
from isolation import TaskCrashedError, TaskTimeoutError, Workshop

HERE = "tests.house.child_tasks"
PLENTY = 30.0


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    scratch = tmp_path_factory.mktemp("children")
    with Workshop(1, child_bytes=1 << 30, preload=HERE, scratch=scratch) as workshop:
        yield workshop


def still_works(workshop: Workshop) -> bool:
    return bool(workshop.run(f"{HERE}:add", 2, 3, seconds=PLENTY) == 5)


def test_a_crash_is_told_and_the_next_task_is_served(workshop: Workshop) -> None:
    with pytest.raises(TaskCrashedError):
        workshop.run(f"{HERE}:crash", seconds=PLENTY)
    assert still_works(workshop)


def test_a_runaway_is_killed_with_everything_it_started(workshop: Workshop, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    with pytest.raises(TaskTimeoutError):
        workshop.run(f"{HERE}:hang_with_grandchild", str(pid_file), seconds=3.0)
    grandchild = int(pid_file.read_text())
    deadline = time.monotonic() + PLENTY
    while _runs(grandchild) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(grandchild)
    assert still_works(workshop)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_memory_is_bounded(workshop: Workshop) -> None:
    with pytest.raises(MachineError, match="memory"):
        workshop.run(f"{HERE}:eat_memory", seconds=PLENTY)
    assert still_works(workshop)


def test_files_are_bounded_in_size_and_number(workshop: Workshop) -> None:
    assert workshop.run(f"{HERE}:write_without_end", seconds=PLENTY) == "EFBIG"
    assert workshop.run(f"{HERE}:open_without_end", seconds=PLENTY) == "EMFILE"
    assert still_works(workshop)


def test_processor_time_is_bounded_where_a_task_asks_for_it(workshop: Workshop) -> None:
    with pytest.raises(TaskTimeoutError):
        workshop.run(f"{HERE}:compute_without_end", seconds=PLENTY)
    assert workshop.run(f"{HERE}:compute_a_little", seconds=PLENTY) == sum(range(1000))


def test_expected_errors_come_through_with_their_values(workshop: Workshop) -> None:
    with pytest.raises(SenderError) as raised:
        workshop.run(f"{HERE}:refuse", seconds=PLENTY)
    assert raised.value.code == "too_many_pages"
    assert "12" in raised.value.vietnamese


def test_an_unexpected_error_tells_its_place_but_not_its_text(workshop: Workshop) -> None:
    with pytest.raises(MachineError) as raised:
        workshop.run(f"{HERE}:blunder", seconds=PLENTY)
    told = str(raised.value.values) + str(raised.value)
    assert "ValueError" in told
    assert "Nguyễn" not in told


def test_only_records_come_out_of_a_child(workshop: Workshop, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    with pytest.raises(TaskCrashedError):
        workshop.run(f"{HERE}:lie", str(proof), seconds=PLENTY)
    assert not proof.exists()
    assert still_works(workshop)


def test_the_private_folder_goes_with_the_child(tmp_path: Path) -> None:
    with Workshop(1, child_bytes=1 << 30, preload=HERE, scratch=tmp_path) as workshop:
        assert Path(workshop.run(f"{HERE}:leave_a_file", seconds=PLENTY)).parent.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.getuid() != 0, reason="taking the network away needs root or user namespaces")
def test_a_child_has_no_network(workshop: Workshop) -> None:
    assert workshop.run(f"{HERE}:interfaces_up", seconds=PLENTY) == 0


def test_children_die_with_their_parent() -> None:
    program = (
        "import isolation, os, signal\n"
        f"w = isolation.Workshop(1, child_bytes=1 << 30, preload='{HERE}')\n"
        f"print(w.run('{HERE}:own_pid', seconds=30), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ran = subprocess.run(["python3", "-c", program], capture_output=True, text=True, check=False, env=_env())
    child = int(ran.stdout)
    deadline = time.monotonic() + PLENTY
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(child)


def _env() -> dict[str, str]:
    root = Path(__file__).resolve().parents[2]
    return {**os.environ, "PYTHONPATH": str(root), "PATH": f"{root / '.venv/bin'}:{os.environ['PATH']}"}


def test_the_clerks_task_goes_before_the_batch(workshop: Workshop, tmp_path: Path) -> None:
    log = tmp_path / "order"
    first = workshop.submit(f"{HERE}:note", str(log), "busy", 0.3, seconds=PLENTY)
    batch = [
        workshop.submit(f"{HERE}:note", str(log), f"batch{n}", 0.0, seconds=PLENTY, priority=9)
        for n in range(3)
    ]
    clerk = workshop.submit(f"{HERE}:note", str(log), "clerk", 0.0, seconds=PLENTY, priority=0)
    for task in (first, *batch, clerk):
        task.result()
    assert log.read_text().split()[:2] == ["busy", "clerk"]
