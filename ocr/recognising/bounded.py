"""pytesseract, run so that nothing of it outlives its time or its parent.

pytesseract's own time-out ends only the direct child, and it keeps its settings in module variables. A
private instance of its module is therefore made here: its children start in a session of their own, the whole
group is killed on time-out, and the kernel kills the child when this process dies (``setpriv --pdeathsig``).
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from errors import MachineError

_SETPRIV = shutil.which("setpriv")


def run(
    command: str, picture: Path, result: Path, *, model: str, kind: str, config: str, seconds: float
) -> str:
    """Run Tesseract once over ``picture`` and return the text of ``result`` + ``.`` + ``kind``.

    ``command`` is the program; ``kind`` is ``hocr`` or ``osd``; ``config`` are further arguments.

    Raises:
        MachineError: ``recogniser_missing``, ``recogniser_failed``, ``page_timeout``.
    """
    program = shutil.which(command)
    if program is None:
        raise MachineError("recogniser_missing")
    engine = _private_pytesseract()
    engine.tesseract_cmd = program
    try:
        engine.run_tesseract(
            input_filename=str(picture),
            output_filename_base=str(result),
            extension=kind,
            lang=model,
            config=config,
            timeout=max(seconds, 0.001),
        )
        answer = result.with_name(f"{result.name}.{kind}").read_bytes().decode()
    except engine.TesseractError as error:
        if "Failed loading language" in error.message or "Error opening data file" in error.message:
            raise MachineError("recogniser_missing") from error
        raise MachineError("recogniser_failed", page="?") from error
    except RuntimeError as error:  # pytesseract's only sign of a time-out
        raise MachineError("page_timeout", page="?", seconds=round(seconds, 1)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise MachineError("recogniser_failed", page="?") from error
    return answer


def _private_pytesseract() -> Any:
    """A fresh instance of pytesseract's module with ways of starting and killing that are ours alone."""
    global _instance
    if _instance is None:
        spec = importlib.util.find_spec("pytesseract.pytesseract")
        if spec is None or spec.loader is None:
            raise MachineError("recogniser_missing")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        vars(module)["subprocess"] = SimpleNamespace(
            Popen=_start,
            PIPE=subprocess.PIPE,
            DEVNULL=subprocess.DEVNULL,
            TimeoutExpired=subprocess.TimeoutExpired,
        )
        vars(module)["kill"] = _kill_group
        _instance = module
    return _instance


_instance: ModuleType | None = None


def _start(arguments: list[str] | tuple[str, ...], **options: Any) -> subprocess.Popen[bytes]:
    options["env"] = os.environ | {"OMP_THREAD_LIMIT": "1"}
    guard = [_SETPRIV, "--pdeathsig", "KILL", "--"] if _SETPRIV else []
    return subprocess.Popen([*guard, *arguments], start_new_session=True, **options)


def _kill_group(process: subprocess.Popen[bytes], code: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.returncode = code
