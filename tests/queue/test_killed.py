"""A service that is killed at any moment: every accepted file ends as exactly one right record."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from storage import dossiers
from tests.made_files import sha256_of
from tests.queue.conftest import Centre, content_of

ROOT = Path(__file__).resolve().parents[2]
FILES = 18


def service(centre: Centre, first: int) -> subprocess.Popen[str]:
    environment = os.environ | {"SOHOA_DATA_DIR": str(centre.settings.data_dir), "SOHOA_JOBS": "2"}
    command = [sys.executable, "-m", "tests.queue.embedded_service", str(first), str(FILES)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def accepted_by(running: subprocess.Popen[str]) -> Iterator[int]:
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith("accepted "):
            yield int(line.removeprefix("accepted "))


def test_every_accepted_file_ends_as_one_record(open_centre: Callable[..., Centre]) -> None:
    centre, chance = open_centre(), random.Random(20261124)
    accepted = -1
    kills = 0
    # Twice, so that no intake can use up its three attempts.
    while kills < 2:
        with service(centre, accepted + 1) as running:
            numbers = accepted_by(running)
            for _ in range(chance.randint(3, 6)):
                accepted = next(numbers)
            time.sleep(chance.random() * 0.3)
            running.send_signal(signal.SIGKILL)
            accepted = max([accepted, *numbers])  # what it said before it died
            kills += 1
        received = {intake.sha256 for intake in dossiers.list_intakes(centre.database, limit=500).items}
        assert {sha256_of(content_of(number)) for number in range(accepted + 1)} <= received
    # The sender of a file that was not acknowledged sends it again.
    with service(centre, accepted + 1) as running:
        told, _ = running.communicate(timeout=120)
    assert "\ndone\n" in told
    assert running.returncode == 0
    intakes = list(dossiers.list_intakes(centre.database, limit=500).items)
    assert {intake.sha256 for intake in intakes} == {sha256_of(content_of(n)) for n in range(FILES)}
    centre.is_right(intakes)
    scratch = centre.settings.data_dir / "scratch"
    assert not list(scratch.iterdir()), "what killed processes left behind is removed"
