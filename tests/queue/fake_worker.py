"""A worker like ``worker.py`` whose pipeline is made up: ``dramatiq tests.queue.fake_worker``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import dramatiq

import settings
from queueing import WorkQueue
from records import DigitizedFile, SourceFile
from storage.dossiers import working
from storage.states import Lane
from tests.made_files import digitize_quickly

PAGE_SECONDS = float(os.environ.get("FAKE_PAGE_SECONDS", "0.02"))
working.PAUSES = (timedelta(0),)


def digitize(
    source: SourceFile, lane: Lane, scratch: Path, on_page: Callable[[int, int], None]
) -> DigitizedFile:
    """Five pages that take a moment each."""

    def page_done(done: int, total: int) -> None:
        time.sleep(PAGE_SECONDS)
        on_page(done, total)

    return digitize_quickly(source, lane, scratch, page_done)


queue = WorkQueue(settings.load(), digitize=digitize, sweep_every=0.5)
broker = queue.broker
dramatiq.set_broker(broker)
