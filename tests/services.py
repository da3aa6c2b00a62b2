"""Real servers for tests, each in a temporary folder on a free port, ended with the test."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

POSTGRES = Path("/usr/lib/postgresql/15/bin")
PATIENCE = 60.0


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], object], *, seconds: float = PATIENCE, every: float = 0.05) -> None:
    """Wait for something that will surely come."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise AssertionError("it did not happen in time")
        time.sleep(every)


def listens(port: int) -> bool:
    """Whether somebody answers on the port."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


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


def _unprivileged(command: list[str]) -> list[str]:
    # PostgreSQL refuses to run as root.
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server; the address of its database ``postgres``, without the ending ``/postgres``.

    Its folder is one of its own: pytest's are closed to the user that the server runs as.
    """
    with tempfile.TemporaryDirectory(prefix="sohoa-postgres-", ignore_cleanup_errors=True) as folder:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data, port = Path(folder) / "data", free_port()
        initdb = [str(POSTGRES / "initdb"), "-D", str(data), "-U", "sohoa", "-A", "trust", "-E", "UTF8"]
        subprocess.run(
            _unprivileged([*initdb, "--no-sync", "--locale=C.UTF-8"]),
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
        settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}
        settings |= {"fsync": "off", "max_connections": 60, "shared_buffers": "32MB"}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = _unprivileged([str(POSTGRES / "postgres"), "-D", str(data), *options])
        ready = [str(POSTGRES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        with process(command, Path(folder) / "log", cwd="/"):
            wait_until(lambda: subprocess.run(ready, check=False).returncode == 0)
            yield f"postgresql+psycopg://sohoa@127.0.0.1:{port}"


@contextlib.contextmanager
def redis_server(folder: Path, port: int | None = None) -> Iterator[str]:
    """A Redis that keeps nothing; its address."""
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with process([*command, "--dir", str(folder)], folder / "redis.log"):
        wait_until(lambda: listens(port))
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def rabbitmq(folder: Path) -> Iterator[str]:
    """A RabbitMQ node of its own name; its address."""
    port, distribution, mapper = free_port(), free_port(), free_port()
    folder.chmod(0o755)
    environment = os.environ | {
        "HOME": str(folder),
        "ERL_EPMD_PORT": str(mapper),
        "RABBITMQ_NODENAME": f"sohoa-{port}@localhost",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none",
    }
    (folder / "plugins").write_text("[].")
    server = "/usr/lib/rabbitmq/bin/rabbitmq-server"
    # The port mapper in the foreground: the one that Erlang starts by itself would outlive the test.
    with (
        process(["epmd", "-port", str(mapper), "-address", "127.0.0.1"], folder / "epmd.log"),
        process([server], folder / "out.log", env=environment, cwd=str(folder)),
    ):
        wait_until(lambda: listens(port), every=0.3)
        yield f"amqp://guest:guest@127.0.0.1:{port}/"


@contextlib.contextmanager
def s3_server(folder: Path, *, key: str = "key", secret: str = "s e/cret") -> Iterator[int]:
    """``rclone serve s3`` over a folder; its port."""
    port = free_port()
    (folder / "buckets").mkdir()
    rclone = str(Path(sys.executable).with_name("rclone"))
    command = [rclone, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{key},{secret}"]
    environment = os.environ | {"RCLONE_CONFIG": str(folder / "none"), "HOME": str(folder)}
    with process([*command, str(folder / "buckets")], folder / "log", env=environment):
        wait_until(lambda: listens(port))
        yield port
