"""Names of worker processes that tell, on the same machine, whether the process still lives."""

from __future__ import annotations

import os
import socket
from pathlib import Path

_PARTS = 5


def process_name() -> str:
    """``host~boot~namespace~pid~start``: no two processes ever share one. Fit for a file name."""
    return "~".join((socket.gethostname(), *_kernel(), str(os.getpid()), _start(os.getpid()) or "0"))


def is_dead(name: str) -> bool:
    """Whether the process of this name is known to have ended. False where that cannot be seen from here:
    another machine, another container, or a name that is none."""
    parts = name.split("~")
    if len(parts) != _PARTS or not parts[3].isdigit():
        return False
    host, boot, namespace, pid, start = parts
    if host != socket.gethostname() or (boot, namespace) != _kernel():
        return False
    return _start(int(pid)) != start


def _kernel() -> tuple[str, str]:
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    return boot, str(Path("/proc/self/ns/pid").stat().st_ino)


def _start(pid: int) -> str | None:
    """When the process started, in clock ticks since boot (field 22 of proc(5) stat); None if there is none
    or only its corpse."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in "ZX" else fields[18]
