"""Real servers for tests, each in a temporary folder on a free port, ended with the test."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import servers
from bench.servers import PATIENCE, free_port, listens

__all__ = [
    "free_port",
    "listens",
    "postgres",
    "process",
    "rabbitmq",
    "redis_server",
    "s3_server",
    "wait_until",
]


def wait_until(ready: Callable[[], object], *, seconds: float = PATIENCE, every: float = 0.05) -> None:
    """Wait for something that will surely come."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise AssertionError("it did not happen in time")
        time.sleep(every)


@contextlib.contextmanager
def process(command: list[str], log: Path, **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own group, killed at the end with all that it started."""
    with log.open("ab") as out:
        child = subprocess.Popen(  # type: ignore[call-overload]
            command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True, **options
        )
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, 9)
        child.wait()


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server; the address of its database ``postgres``, without the ending ``/postgres``.

    Its folder is one of its own: pytest's are closed to the user that the server runs as.
    """
    with (
        tempfile.TemporaryDirectory(prefix="sohoa-postgres-", ignore_cleanup_errors=True) as folder,
        servers.postgres(Path(folder), durable=False).running() as server,
    ):
        yield server.address


@contextlib.contextmanager
def redis_server(folder: Path, port: int | None = None) -> Iterator[str]:
    """A Redis that keeps nothing; its address."""
    with servers.redis(folder, port).running() as server:
        yield server.address


@contextlib.contextmanager
def rabbitmq(folder: Path) -> Iterator[str]:
    """A RabbitMQ node of its own; its address."""
    mapper, node = servers.rabbitmq(folder)
    with mapper.running(), node.running():
        yield node.address


@contextlib.contextmanager
def s3_server(folder: Path, *, key: str = "key", secret: str = "s e/cret") -> Iterator[int]:
    """``rclone serve s3`` over a folder; its port."""
    with servers.s3_server(folder, key=key, secret=secret).running() as server:
        yield int(server.address.rpartition(":")[2])
