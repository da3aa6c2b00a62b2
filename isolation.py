"""Child processes in which untrusted bytes are parsed, rendered and read.

A :class:`Workshop` keeps a few children, each its own session (so a runaway is killed together with every
program that it started), each with bounds on address space, open files and file size, no core dumps, no
network where the kernel lets us take it away, and a private temporary folder that goes with it. A task that
crashes or overruns ends alone; the next one gets a fresh child.

What comes back from a child is untrusted too: only the frozen records and errors of this product are
unpickled (:data:`ALLOWED`).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import io
import itertools
import os
import pickle
import queue
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from errors import MachineError, SohoaError

T = TypeVar("T")

ALLOWED: dict[str, frozenset[str]] = {
    "records": frozenset(),
    "errors": frozenset({"_rebuild", "SenderError", "MachineError"}),
    "pathlib": frozenset({"PosixPath"}),
}
"""Modules, and names in them (empty: all that it defines), that may come back from a child."""

_TASKS_PER_CHILD = 400
_START_SECONDS = 60.0
_END_SECONDS = 2.0
_FILE_BYTES = 4 * 1024**3
_OPEN_FILES = 512


class TaskTimeoutError(MachineError):
    """The task ran longer than it may; its child was killed with all that it had started, or used up the
    processor time that it had set itself (:func:`processor_bound`)."""


class TaskCrashedError(MachineError):
    """The child ended without an answer (a crash, or memory past its bound)."""


class _AnswerUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module in ALLOWED and "." not in name and (not ALLOWED[module] or name in ALLOWED[module]):
            found = super().find_class(module, name)
            # Only what the module itself defines, not what it imports.
            if module == "pathlib" or getattr(found, "__module__", None) == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} may not come out of a child")


@dataclass(order=True)
class _Task:
    priority: int
    order: int
    function: str = field(compare=False)
    arguments: tuple[Any, ...] = field(compare=False)
    seconds: float = field(compare=False)
    answer: Future[Any] = field(compare=False)


class Workshop:
    """A fixed number of children that run functions named ``module:function`` with picklable arguments.

    Lower ``priority`` goes first. Use as a context manager, or call :meth:`close`.
    """

    def __init__(
        self,
        jobs: int,
        *,
        child_bytes: int,
        preload: str,
        scratch: Path | None = None,
        on_done: Callable[[str, float], None] | None = None,
        nice: int = 0,
    ) -> None:
        """``jobs`` children at once, ``child_bytes`` of address space each; ``preload`` is the module that a
        child imports before it is asked anything; ``scratch`` holds the private folders; ``on_done`` is
        called with the function and the seconds of each task that gave a value; ``nice`` is by how much the
        children give way to other processes of this machine."""
        self._child_bytes = child_bytes
        self._nice = nice
        self._preload = preload
        self._scratch = scratch
        self._on_done = on_done
        self._tasks: queue.PriorityQueue[_Task] = queue.PriorityQueue()
        self._order = itertools.count()
        self._closed = threading.Event()
        self._threads = [
            threading.Thread(target=self._serve, name=f"workshop-{n}", daemon=True) for n in range(jobs)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def jobs(self) -> int:
        """How many tasks run at once."""
        return len(self._threads)

    def submit(self, function: str, *arguments: Any, seconds: float, priority: int = 0) -> Future[Any]:
        """Queue one task. The future gives the function's value or raises what it raised,
        :class:`TaskTimeoutError` or :class:`TaskCrashedError`. ``seconds`` count from
        when the task starts."""
        if self._closed.is_set():
            raise RuntimeError("the workshop is closed")
        answer: Future[Any] = Future()
        self._tasks.put(_Task(priority, next(self._order), function, arguments, seconds, answer))
        return answer

    def run(self, function: str, *arguments: Any, seconds: float, priority: int = 0) -> Any:
        """:meth:`submit` and wait."""
        return self.submit(function, *arguments, seconds=seconds, priority=priority).result()

    def close(self) -> None:
        """Drop what is queued, end the children. Idempotent."""
        self._closed.set()
        with contextlib.suppress(queue.Empty):
            while True:
                self._tasks.get_nowait().answer.cancel()
        for _ in self._threads:
            self._tasks.put(_Task(-1 << 30, next(self._order), "", (), 0, Future()))
        for thread in self._threads:
            thread.join(timeout=10)

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        # The thread that starts a child must outlive it: the kernel ends the child with its parent thread.
        child = _Child(self._child_bytes, self._preload, self._scratch, self._nice)
        try:
            while True:
                task = self._tasks.get()
                if not task.function:
                    return
                if not task.answer.set_running_or_notify_cancel():
                    continue
                began = time.monotonic()
                try:
                    value = child.run(task.function, task.arguments, task.seconds, self._closed)
                except BaseException as raised:
                    task.answer.set_exception(raised)
                else:
                    if self._on_done:
                        self._on_done(task.function, time.monotonic() - began)
                    task.answer.set_result(value)
                if child.done >= _TASKS_PER_CHILD or not child.alive:
                    child.end()
                    if not self._closed.is_set():
                        child = _Child(self._child_bytes, self._preload, self._scratch, self._nice)
        finally:
            child.end()


class _Child:
    def __init__(self, child_bytes: int, preload: str, scratch: Path | None, nice: int) -> None:
        self.done = 0
        self.alive = True
        self._folder = Path(tempfile.mkdtemp(prefix="sohoa-child-", dir=scratch))
        ours, theirs = _pair()
        environment = {
            **os.environ,
            "TMPDIR": str(self._folder),
            "OMP_THREAD_LIMIT": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-c", "import isolation; isolation.child_main()"),
                *(str(theirs.fileno()), str(child_bytes), preload, str(os.getpid()), str(nice)),
            ],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what image libraries grumble; what matters comes as an answer
            start_new_session=True,
            env=environment,
        )
        theirs.close()
        self._line = ours
        self._ready = False

    def run(self, function: str, arguments: tuple[Any, ...], seconds: float, closed: threading.Event) -> Any:
        if not self._ready:
            self._wait(_START_SECONDS, closed)
            self._ready = True
        self.done += 1
        try:
            self._line.send_bytes(pickle.dumps((function, arguments)))
        except OSError:
            raise self._gone() from None
        failed, value = self._wait(seconds, closed)
        if failed:
            raise value
        return value

    def _wait(self, seconds: float, closed: threading.Event) -> Any:
        waited = 0.0
        try:
            while not self._line.poll(step := min(0.5, max(seconds - waited, 0.001))):
                waited += step
                if waited >= seconds or closed.is_set():
                    self.end()
                    raise TaskTimeoutError("task_timeout", seconds=round(seconds))
            return _AnswerUnpickler(io.BytesIO(self._line.recv_bytes())).load()
        except (EOFError, OSError):
            raise self._gone() from None
        except pickle.UnpicklingError:
            self.end()
            raise TaskCrashedError("task_crashed") from None

    def _gone(self) -> MachineError:
        with contextlib.suppress(subprocess.TimeoutExpired):  # it says how it ended before it is killed
            self._process.wait(_END_SECONDS)
        ended = self._process.returncode
        self.end()
        if ended == -signal.SIGPROF:
            return TaskTimeoutError("task_timeout", seconds="?")
        return TaskCrashedError("task_crashed")

    def end(self) -> None:
        """Kill the child's whole process group and remove its folder. Idempotent."""
        self.alive = False
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._line.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _pair() -> tuple[Connection, Connection]:
    one, other = socket.socketpair()
    return Connection(one.detach()), Connection(other.detach())


# ---- inside the child ------------------------------------------------------------------------------


def child_main() -> None:
    """The child's whole life: bound itself, import, answer until the line closes."""
    fd, child_bytes, preload, parent = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    _die_with_parent(parent)
    _leave_network()
    os.nice(int(sys.argv[5]))
    resource.setrlimit(resource.RLIMIT_AS, (child_bytes, child_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    line = Connection(fd)
    __import__(preload)
    line.send_bytes(pickle.dumps(True))
    while True:
        try:
            function, arguments = pickle.loads(line.recv_bytes())  # noqa: S301  from our own parent
        except EOFError:
            return
        line.send_bytes(pickle.dumps(_answer(_named(function), arguments)))


@contextlib.contextmanager
def processor_bound(seconds: float) -> Iterator[None]:
    """Within it, this child may use so many seconds of processor time; a child that uses more ends with
    :class:`TaskTimeoutError`, whatever library it is in. For parts of a task that cannot be interrupted."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0.0)


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return False, function(*arguments)
    except SohoaError as expected:
        return True, expected
    except MemoryError:
        return True, MachineError("out_of_memory")
    except Exception as unexpected:
        if isinstance(unexpected, OSError) and unexpected.errno in (errno.ENOSPC, errno.EDQUOT):
            return True, MachineError("disk_full")
        return True, MachineError("task_crashed", place=_place_of(unexpected))


def _place_of(raised: BaseException) -> str:
    """Type and places for the log, without the message: that could hold the text of a document."""
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(raised.__traceback__)]
    return f"{type(raised).__name__} at {' > '.join(places[-4:])}"


def _named(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(__import__(module, fromlist=[function]), function)
    return found


def _die_with_parent(parent: int) -> None:
    pr_set_pdeathsig = 1
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGKILL)
    if os.getppid() != parent:  # the parent died before the call
        os._exit(1)


def _leave_network() -> None:
    """Enter an empty network namespace where the kernel allows it (root, or unprivileged namespaces)."""
    clone_newnet, clone_newuser = 0x40000000, 0x10000000
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(clone_newnet) != 0:
        libc.unshare(clone_newuser | clone_newnet)
