"""The watcher as a command and as a thread of the service."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

from ingest.channels.watching import Watcher
from settings import Settings
from storage.database import Database, open_database
from storage.objects import ObjectStore, open_objects


def watch_folder(folder: Path, settings: Settings, *, once: bool, settle: float, every: float) -> None:
    """Watch until a signal comes, or, ``once``, until nothing waits or is being read. Files are only taken
    here: the sweeper of a running service or worker finds and reads them.

    Raises:
        MachineError: the database or the store cannot be had.
    """
    database = open_database(settings.database)
    objects = open_objects(settings.objects_url, settings.data_dir / "objects")
    watcher = Watcher(folder, database, objects, max_file_bytes=settings.max_file_bytes, settle=settle)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        if not once:
            watcher.run(stop, every)
        while once and not stop.is_set():
            watcher.look()
            if watcher.idle:
                break
            stop.wait(every)
    finally:
        database.close()


class Watching:
    """The thread that watches ``SOHOA_WATCH_DIR`` beside the service; none where that is empty."""

    def __init__(self, settings: Settings, database: Database, objects: ObjectStore) -> None:
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        if settings.watch_dir is not None:
            watcher = Watcher(settings.watch_dir, database, objects, max_file_bytes=settings.max_file_bytes)
            self._thread = threading.Thread(
                target=watcher.run, args=(self._stop,), name="watcher", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """No further look; waits for the one in hand."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
