"""A service with embedded workers, to be killed: it receives files, says so, and works on them meanwhile.

``python -m tests.queue.embedded_service FIRST LAST`` receives the files FIRST to LAST - 1 and prints
``accepted`` with the number of each; then it waits until nothing is left to do, and prints ``done``. Its log
is on the same stream.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import settings
from queueing import WorkQueue
from storage import dossiers
from storage.accepting import Arrival, accept_upload
from storage.database import open_database
from storage.objects import open_objects
from storage.states import Channel
from tests.queue.conftest import CODE, content_of
from tests.queue.fake_worker import digitize


def main(first: int, last: int) -> None:
    """Receive, work, and wait for the end."""
    given = settings.load()
    database = open_database(given.database)
    objects = open_objects("", given.data_dir / "objects")
    queue = WorkQueue(given, database=database, objects=objects, digitize=digitize, sweep_every=0.5)
    queue.start()
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(first, last):
            arrival = Arrival(CODE, f"{number}.pdf", "lan", list(Channel)[number % 2])
            intake, _ = accept_upload(
                database, objects, arrival, [content_of(number)], scratch=Path(scratch), max_bytes=10**6
            )
            print(f"accepted {number}", flush=True)
            queue.send(intake)
            time.sleep(0.02)
    while any(lane.received + lane.working for lane in dossiers.lanes(database)):
        time.sleep(0.05)
    print("done", flush=True)
    queue.stop(30)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
