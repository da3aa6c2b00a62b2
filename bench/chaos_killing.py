"""Blows at random to the parts of a cluster, each mended a moment later."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from dataclasses import dataclass

from bench.cluster import Cluster
from bench.servers import Part

PAUSE = (2.0, 7.0)
"""Seconds between two blows."""
DOWN = (0.3, 4.0)
"""Seconds until a part that was killed is started again."""
HELD = (2.0, 8.0)
"""Seconds that a part stands still, as if its network were cut off."""
_HELD_SHARE = 0.2
_START_SECONDS = 180.0


@dataclass(frozen=True)
class Blow:
    """``at``: seconds since the epoch. Not ``killed``: it was held."""

    part: str
    killed: bool
    at: float


class Killer:
    """Kills or holds one part after another; several may be down at once."""

    def __init__(self, cluster: Cluster, seed: int, blows: int | None = None) -> None:
        """At most ``blows`` of them; with a bound, each part in turn before any a second time."""
        self._cluster = cluster
        self._chance = random.Random(seed)
        self._most = blows
        self._stop = threading.Event()
        self._struck: list[Blow] = []
        self._mending: dict[str, threading.Thread] = {}
        self._thread = threading.Thread(target=self._strike_on, name="killer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop_and_mend(self) -> tuple[Blow, ...]:
        """No further blow; wait until all parts are back."""
        self._stop.set()
        self._thread.join()
        for mending in self._mending.values():
            mending.join()
        for part in self._cluster.parts:
            if not part.alive:  # it ended by itself, for want of another part
                part.start_and_wait(_START_SECONDS)
        return tuple(self._struck)

    def _strike_on(self) -> None:
        order = list(self._cluster.parts)
        self._chance.shuffle(order)
        while not self._stop.wait(self._chance.uniform(*PAUSE)):
            if self._most is not None and len(self._struck) >= self._most:
                return
            part = order[len(self._struck) % len(order)] if self._most else self._chance.choice(order)
            if part.name in self._mending and self._mending[part.name].is_alive():
                continue
            self._strike(part)

    def _strike(self, part: Part) -> None:
        # PostgreSQL's processes are each a group of their own: to hold the first would hold nothing.
        held = part is not self._cluster.database and self._chance.random() < _HELD_SHARE
        seconds = self._chance.uniform(*(HELD if held else DOWN))
        self._struck.append(Blow(part.name, not held, time.time()))
        if held:
            _signal(part, signal.SIGSTOP)
        else:
            part.kill()
        mend = self._let_go if held else self._start_again
        thread = threading.Thread(target=mend, args=(part, seconds), daemon=True)
        self._mending[part.name] = thread
        thread.start()

    def _start_again(self, part: Part, seconds: float) -> None:
        time.sleep(seconds)
        part.start_and_wait(_START_SECONDS)

    def _let_go(self, part: Part, seconds: float) -> None:
        time.sleep(seconds)
        _signal(part, signal.SIGCONT)
        if not part.alive:
            part.start_and_wait(_START_SECONDS)


def _signal(part: Part, number: signal.Signals) -> None:
    if part.process is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(part.process.pid, number)
