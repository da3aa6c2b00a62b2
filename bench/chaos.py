"""``make chaos``: dossiers are sent while every part is killed at random; what was acknowledged must be there.

The set of ``bench.cluster`` with a made-up reading (:mod:`bench.made_up_reading`). Senders send as a centre's
software would: again, the same bytes, until the API acknowledges; some break off in the middle first. Meanwhile
workers, API, broker, database and storage are killed with SIGKILL, or held for seconds as if cut off. In the end
every acknowledged file must be exactly one right record: one intake, attached once, its pages and objects whole.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench import cluster
from bench.chaos_judging import Verdict, judge
from bench.chaos_killing import Blow, Killer
from bench.chaos_sending import Post
from bench.cluster import Cluster
from bench.measuring import table

_DRAIN_SECONDS = 240.0


def run(
    seed: int, *, dossiers: int, seconds: float, blows: int | None = None, workers: int = 2
) -> tuple[Verdict, tuple[Blow, ...], Post]:
    """One round: send ``dossiers`` files over at most ``seconds`` (what was not begun by then is not sent)
    under random blows, at most ``blows`` of them; let all parts come back; judge."""
    with tempfile.TemporaryDirectory(prefix="sohoa-chaos-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        parts = cluster.prepare(folder, workers=workers, module="bench.chaos_worker")
        with cluster.running(parts):
            return _round(parts, seed, dossiers, seconds, blows)


def _round(
    parts: Cluster, seed: int, dossiers: int, seconds: float, blows: int | None
) -> tuple[Verdict, tuple[Blow, ...], Post]:
    post = Post(parts.api.address, seed, dossiers, seconds)
    killer = Killer(parts, seed, blows)
    killer.start()
    post.start()
    post.join()
    struck = killer.stop_and_mend()
    return judge(parts, post.acknowledged, struck, _DRAIN_SECONDS), struck, post


def main() -> int:
    """Entry point; returns 1 when anything was lost, doubled or wrong."""
    parser = argparse.ArgumentParser("python -m bench.chaos", description=__doc__)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--dossiers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=240.0, help="longest time of sending, a seed")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    if lacking := cluster.missing():
        parser.error(f"not here: {', '.join(lacking)}; setup/system-packages test installs them")
    header = ["seed", "sent", "acknowledged", "sent again", "broken off", "killed", "held"]
    header += ["attached", "failed", "lost", "doubled", "wrong", "longest delay s"]
    rows, good = [], True
    for seed in (int(part) for part in options.seeds.split(",")):
        began = time.monotonic()
        verdict, struck, post = run(
            seed, dossiers=options.dossiers, seconds=options.seconds, workers=options.workers
        )
        killed = Counter(blow.part for blow in struck if blow.killed)
        held = sum(not blow.killed for blow in struck)
        print(f"seed {seed}: {time.monotonic() - began:.0f} s; killed: {_counted(killed)}", flush=True)
        for line in verdict.told:
            print(f"  {line}")
        good = good and verdict.good
        figures = [seed, post.begun, len(post.acknowledged), post.again, post.broken_off]
        figures += [sum(killed.values()), held, verdict.attached, verdict.failed]
        figures += [verdict.lost, verdict.doubled, verdict.wrong]
        rows.append([*(str(figure) for figure in figures), f"{verdict.longest_delay:.1f}"])
    print(table(header, rows))
    return 0 if good else 1


def _counted(counted: Counter[str]) -> str:
    return ", ".join(f"{part} {count}" for part, count in sorted(counted.items()))


if __name__ == "__main__":
    raise SystemExit(main())
