"""``make cluster``: the set of ``docker-compose.yml`` as plain processes of this machine, until stopped.

PostgreSQL, RabbitMQ, S3 (``rclone serve s3``), the API and workers of their own; for trying out what scaled out
means where there is no Docker, and for the chaos bench. Records and objects stay in the folder.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import urllib3

from bench import servers
from bench.servers import Part

ROOT = Path(__file__).resolve().parent.parent
KEY, SECRET = "sohoa", "cluster"
_ACCOUNT_FOLDER = Path("/tmp")


@dataclass(frozen=True)
class Cluster:
    """All parts, in the order in which they start. ``settings`` is the environment of API and workers."""

    mapper: Part
    broker: Part
    database: Part
    objects: Part
    api: Part
    workers: tuple[Part, ...]
    settings: Mapping[str, str]

    @property
    def parts(self) -> tuple[Part, ...]:
        """What can be killed, the port mapper left out: it is Erlang's, not ours."""
        return (self.broker, self.database, self.objects, self.api, *self.workers)

    def stop(self) -> None:
        """In good order: the workers first, so that they hand back what they hold."""
        for part in (*self.workers, self.api, self.broker, self.objects, self.database, self.mapper):
            part.stop()


def prepare(
    folder: Path, *, workers: int, port: int | None = None, module: str = "worker", jobs: int = 1
) -> Cluster:
    """The parts, not started. ``folder`` keeps their data; ``module`` is what ``dramatiq`` loads; ``jobs``
    pages are read at once by each worker."""
    folder = folder.resolve()
    for name in ("broker", "objects", "api", "worker"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    # PostgreSQL does not run as root, and its user cannot look into a folder of root's.
    apart = os.getuid() == 0 and not str(folder).startswith(str(_ACCOUNT_FOLDER))
    place = _ACCOUNT_FOLDER / f"sohoa-cluster-{folder.name}" if apart else folder / "database"
    database = servers.postgres(place)
    mapper, broker = servers.rabbitmq(folder / "broker")
    objects = servers.s3_server(folder / "objects", key=KEY, secret=SECRET)
    settings = {
        "SOHOA_DATABASE_URL": f"{database.address}/postgres",
        "SOHOA_BROKER_URL": broker.address,
        "SOHOA_OBJECTS_URL": f"s3://{KEY}:{SECRET}@{objects.address}/sohoa?secure=false",
        "SOHOA_JOBS": str(jobs),
        "PYTHONPATH": str(ROOT),
    }
    port = port or servers.free_port()
    address = f"http://127.0.0.1:{port}"
    api = Part(
        "api",
        [sys.executable, "-m", "cli", "serve", "--port", str(port)],
        folder / "api" / "log",
        address=address,
        ready=lambda: answers(f"{address}/ready"),
        environment=settings | {"SOHOA_DATA_DIR": str(folder / "api")},
        folder=ROOT,
    )
    dramatiq = str(Path(sys.executable).with_name("dramatiq"))
    command = [dramatiq, module, "--path", str(ROOT), "--processes", "1", "--threads", "4"]
    crew = tuple(
        Part(
            f"worker {number}",
            command,
            folder / "worker" / f"log-{number}",
            environment=settings | {"SOHOA_DATA_DIR": str(folder / "worker" / str(number))},
            folder=ROOT,
        )
        for number in range(1, workers + 1)
    )
    return Cluster(mapper, broker, database, objects, api, crew, settings)


@contextlib.contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """Everything started within; stopped at the end."""
    try:
        for part in (cluster.database, cluster.objects, cluster.mapper, cluster.broker, cluster.api):
            part.start_and_wait(180)
        for worker in cluster.workers:
            worker.start()
        yield cluster
    finally:
        cluster.stop()


def answers(address: str) -> bool:
    """Whether an address answers with 200 at once."""
    try:
        return urllib3.request("GET", address, timeout=3.0, retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def missing() -> list[str]:
    """Programs that are not here."""
    needed = (str(servers.POSTGRES / "postgres"), servers.RABBITMQ, "epmd")
    return [name for name in needed if not shutil.which(name)]


def main() -> int:
    """Entry point; returns the exit status."""
    parser = argparse.ArgumentParser("python -m bench.cluster", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8080")))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=1, help="pages that a worker reads at once")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "cluster")
    options = parser.parse_args()
    if lacking := missing():
        parser.error(f"not here: {', '.join(lacking)}; setup/system-packages test installs them")
    if servers.listens(options.port):
        parser.error(f"port {options.port} is taken: --port or PORT=")
    stop = threading.Event()
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, lambda *_: stop.set())
    cluster = prepare(options.folder, workers=options.workers, port=options.port, jobs=options.jobs)
    with running(cluster):
        for part in cluster.parts:
            number = part.process.pid if part.process else 0
            print(f"{part.name:10} pid {number:<8} {part.address}")
        print(f"\nSee it: {cluster.api.address}  (logs in {options.folder}; stop with Ctrl-C)", flush=True)
        stop.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
