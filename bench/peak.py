"""``python -m bench.peak``: a simulation of the queue over a day, fed with measured seconds a page.

As the house works: a page a task; a free child takes a waiting page of the counter before one of a batch, in the
order in which they came; a page that is being read is not interrupted. Files of the counter come in over the working
day, a share of them in the peak hour; the post's batch comes in at one moment.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
from dataclasses import dataclass
from itertools import count

from bench.measuring import table

_COUNTER, _BATCH = 0, 1
_OPEN = ((7.5 * 3600, 11.5 * 3600), (13.5 * 3600, 17 * 3600))
"""When counters are open, seconds of the day."""
_PEAK = (8.5 * 3600, 9.5 * 3600)
_BATCH_AT = _PEAK[0]
"""The worst moment for the counter."""


@dataclass(frozen=True)
class Day:
    """What comes in. ``peak``: the share of the counter's files that comes in the peak hour."""

    files: int
    pages: int
    peak: float
    batch_files: int


@dataclass(frozen=True)
class Outcome:
    """Seconds from receipt to the last page read: of the counter's files of the peak hour, and until the batch
    is done. ``busy``: how much of the peak hour the children worked."""

    median: float
    p95: float
    longest: float
    batch_done: float
    busy: float


def simulate(day: Day, children: int, page_seconds: float, spread: float, seed: int) -> Outcome:
    """One day. ``spread`` is the standard deviation of the logarithm of a page's seconds, whose mean is
    ``page_seconds``."""
    chance = random.Random(seed)
    shift = math.log(page_seconds) - spread**2 / 2
    arrivals = _arrivals(day, chance)
    left = [day.pages] * len(arrivals)
    waiting: list[tuple[int, int, int]] = []
    free = children
    order = count()
    events = [(at, next(order), file, True) for file, (at, _) in enumerate(arrivals)]
    heapq.heapify(events)
    finished = [0.0] * len(arrivals)
    worked = 0.0
    while events:
        now, _, file, arrives = heapq.heappop(events)
        if arrives:
            for _ in range(day.pages):
                heapq.heappush(waiting, (arrivals[file][1], next(order), file))
        else:
            free += 1
            left[file] -= 1
            if not left[file]:
                finished[file] = now
        while free and waiting:
            _, _, page_of = heapq.heappop(waiting)
            seconds = chance.lognormvariate(shift, spread)
            worked += max(0.0, min(now + seconds, _PEAK[1]) - max(now, _PEAK[0]))
            free -= 1
            heapq.heappush(events, (now + seconds, next(order), page_of, False))
    return _outcome(arrivals, finished, worked / ((_PEAK[1] - _PEAK[0]) * children))


def _arrivals(day: Day, chance: random.Random) -> list[tuple[float, int]]:
    """When each file comes, and its lane."""
    arrivals = [(_BATCH_AT, _BATCH)] * day.batch_files
    for _ in range(day.files):
        if chance.random() < day.peak:
            arrivals.append((chance.uniform(*_PEAK), _COUNTER))
        else:
            lengths = [end - begin for begin, end in _OPEN]
            (begin, end) = chance.choices(_OPEN, lengths)[0]
            arrivals.append((chance.uniform(begin, end), _COUNTER))
    return arrivals


def _outcome(arrivals: list[tuple[float, int]], finished: list[float], busy: float) -> Outcome:
    took = sorted(
        end - at
        for (at, lane), end in zip(arrivals, finished, strict=True)
        if lane == _COUNTER and _PEAK[0] <= at < _PEAK[1]
    )
    batch = [end - at for (at, lane), end in zip(arrivals, finished, strict=True) if lane == _BATCH]
    return Outcome(
        median=took[len(took) // 2],
        p95=took[round(0.95 * (len(took) - 1))],
        longest=took[-1],
        batch_done=max(batch, default=0.0),
        busy=busy,
    )


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser("python -m bench.peak", description=__doc__)
    parser.add_argument("--page-seconds", type=float, required=True, help="measured processor seconds a page")
    parser.add_argument("--spread", type=float, default=0.5, help="of the logarithm of a page's seconds")
    parser.add_argument("--month", type=int, default=31_637, help="dossiers a month")
    parser.add_argument("--days", type=int, default=22, help="working days a month")
    parser.add_argument("--pages", type=int, default=5, help="pages a dossier")
    parser.add_argument("--peak", type=float, default=0.25, help="share of a day's dossiers in the peak hour")
    parser.add_argument("--batch-pages", type=int, default=5_000, help="the post's batch at the peak's begin")
    parser.add_argument("--children", default="2,4,6,8,12,16", help="processor cores that read pages")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    files = round(options.month / options.days)
    rows = []
    for children in (int(part) for part in options.children.split(",")):
        for batch in (0, options.batch_pages // options.pages):
            day = Day(files, options.pages, options.peak, batch)
            found = simulate(day, children, options.page_seconds, options.spread, options.seed)
            rows.append(
                [
                    *(str(children), str(batch * options.pages), f"{found.busy:.0%}", f"{found.median:.0f}"),
                    *(f"{found.p95:.0f}", f"{found.longest:.0f}", f"{found.batch_done / 60:.0f}"),
                ]
            )
    print(f"{files} dossiers a day of {options.pages} pages, {options.page_seconds} s a page")
    header = ["cores", "batch pages", "busy", "median s", "p95 s", "longest s", "batch done min"]
    print(table(header, rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
