"""The servers of the scaled-out set as plain processes of this machine: PostgreSQL, RabbitMQ, Redis, S3.

Each is a :class:`Part` that can be killed and started again on the same port with the same data. Used by
``make cluster``, ``make chaos`` and the tests.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

POSTGRES = Path("/usr/lib/postgresql/15/bin")
RABBITMQ = "/usr/lib/rabbitmq/bin/rabbitmq-server"
PATIENCE = 60.0
_STOP_SECONDS = 30.0


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody answers on the port."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


class Part:
    """One process of its own group. ``address`` is what others reach it by."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        *,
        address: str = "",
        ready: Callable[[], bool] = lambda: True,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        user: str | None = None,
        end: signal.Signals = signal.SIGTERM,
    ) -> None:
        """``environment`` is added to this process's; ``folder`` is where it runs, ``user`` as whom, ``end``
        the signal that asks it to end."""
        self.name = name
        self.address = address
        self._command = list(command)
        self._log = log
        self._ready = ready
        self._environment = dict(environment or {})
        self._folder = folder
        self._user = user
        self._end = end
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, without waiting until it is ready."""
        with self._log.open("ab") as out:
            self.process = subprocess.Popen(
                self._command,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=os.environ | self._environment,
                cwd=self._folder,
                user=self._user,
                group=self._user,
            )

    def start_and_wait(self, seconds: float = PATIENCE) -> None:
        """Start it and wait until it answers; again when it ended at once (what was killed before may still
        hold its port or its lock).

        Raises:
            RuntimeError: it does not become ready.
        """
        end = time.monotonic() + seconds
        self.start()
        while not (self.alive and self._ready()):
            if time.monotonic() > end:
                self.kill()
                raise RuntimeError(f"{self.name} does not become ready, see {self._log}")
            if not self.alive:
                self.kill()
                self.start()
            time.sleep(0.1)

    def kill(self) -> None:
        """End it at once, with all that it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Ask it to end; kill it when it does not."""
        if self.process is not None and self.alive:
            self.process.send_signal(self._end)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(_STOP_SECONDS)
        self.kill()

    @contextlib.contextmanager
    def running(self) -> Iterator[Part]:
        """Started and ready within; killed at the end."""
        try:
            self.start_and_wait()
            yield self
        finally:
            self.kill()


def postgres(
    folder: Path, port: int | None = None, *, durable: bool = True, shared_buffers: str = "32MB"
) -> Part:
    """A PostgreSQL server whose data lie in ``folder``, made if need be. ``address`` lacks the database's
    name: ``/postgres`` is there. The folder must be open to the user ``postgres`` when this runs as root.
    ``durable=False`` does not sync: for tests that do not cut its power."""
    data, port = folder / "data", port or free_port()
    user = "postgres" if os.getuid() == 0 else None  # it refuses to run as root
    if not data.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if user:
            shutil.chown(folder, user, user)
        made = [str(POSTGRES / "initdb"), "-D", str(data), "-U", "sohoa", "-A", "trust", "-E", "UTF8"]
        made += ["--no-sync", "--locale=C.UTF-8"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd="/", user=user, group=user)
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}
    settings |= {"fsync": "on" if durable else "off", "max_connections": 60, "shared_buffers": shared_buffers}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    ready = [str(POSTGRES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    return Part(
        "database",
        [str(POSTGRES / "postgres"), "-D", str(data), *options],
        folder / "log",
        address=f"postgresql+psycopg://sohoa@127.0.0.1:{port}",
        ready=lambda: subprocess.run(ready, check=False).returncode == 0,
        folder=Path("/"),
        user=user,
        end=signal.SIGINT,  # without waiting for those who are connected
    )


def redis(folder: Path, port: int | None = None) -> Part:
    """A Redis that keeps nothing."""
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    return Part(
        "broker",
        [*command, "--dir", str(folder)],
        folder / "redis.log",
        address=f"redis://127.0.0.1:{port}/0",
        ready=lambda: listens(port),
    )


def rabbitmq(folder: Path, port: int | None = None) -> tuple[Part, Part]:
    """The port mapper and a RabbitMQ node of its own whose data lie in ``folder``, to be started in this
    order. The mapper runs in the foreground: the one that Erlang starts by itself would outlive it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    (folder / "plugins").write_text("[].")
    port, distribution, mapper = port or free_port(), free_port(), free_port()
    environment = {
        "HOME": str(folder),
        "ERL_EPMD_PORT": str(mapper),
        "RABBITMQ_NODENAME": "sohoa@localhost",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none",
    }
    names = Part(
        "port mapper",
        ["epmd", "-port", str(mapper), "-address", "127.0.0.1"],
        folder / "epmd.log",
        ready=lambda: listens(mapper),
    )
    node = Part(
        "broker",
        [RABBITMQ],
        folder / "out.log",
        address=f"amqp://guest:guest@127.0.0.1:{port}/",
        ready=lambda: listens(port),
        environment=environment,
        folder=folder,
    )
    return names, node


def s3_server(folder: Path, port: int | None = None, *, key: str = "key", secret: str = "s e/cret") -> Part:
    """``rclone serve s3`` over a folder; ``address`` is ``127.0.0.1:PORT``."""
    port = port or free_port()
    buckets = folder / "buckets"
    buckets.mkdir(parents=True, exist_ok=True)
    rclone = str(Path(sys.executable).with_name("rclone"))
    command = [rclone, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{key},{secret}"]
    return Part(
        "objects",
        [*command, str(buckets)],
        folder / "log",
        address=f"127.0.0.1:{port}",
        ready=lambda: listens(port),
        environment={"RCLONE_CONFIG": str(folder / "none"), "HOME": str(folder)},
    )
