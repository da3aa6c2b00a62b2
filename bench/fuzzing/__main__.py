"""``python -m bench.fuzzing`` (``make fuzz``): coverage-guided, then by mutation through the isolated path.

Exit 0 when nothing was found: the parent stood, no file took longer than its bound, no child crashed or ran into
its memory, nothing was left behind, and no error was raised that is not one of the product's own.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

from bench.fuzzing.campaign import Tally, run
from bench.fuzzing.mutants import Mutant, mutants, seeds

_GUIDED_SHARE = 0.3
_KEEP = Path("out/fuzz")


def main() -> int:
    """Fuzz and tell; returns the exit status."""
    parser = argparse.ArgumentParser("python -m bench.fuzzing", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0, help="for all of it")
    parser.add_argument(
        "--files", type=int, default=1 << 40, help="at most so many through the isolated path"
    )
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the mutations")
    parser.add_argument("--bound", type=float, default=20.0, help="seconds that one file may take")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    whole = seeds()
    print(f"{len(whole)} files to start from, seed {options.seed}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sohoa-guided-") as folder:
        found = guided(Path(folder), whole, options.seconds * _GUIDED_SHARE)
    grown = {f"guided-{number}": data for number, data in enumerate(found)}
    files = chain(
        (Mutant(name, data) for name, data in grown.items()), mutants({**whole, **grown}, options.seed)
    )
    left = options.seconds - (time.monotonic() - began)
    tally = run(files, files=options.files, seconds=left, bound=options.bound, jobs=options.jobs, keep=_KEEP)
    return tell(tally, time.monotonic() - began)


def guided(folder: Path, whole: dict[str, bytes], seconds: float) -> list[bytes]:
    """Files that opened new ways through our code. A file that ended the fuzzer is among them: the isolated path
    then tells what it is."""
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not there: by mutation only")
        return []
    for name, data in whole.items():
        if len(data) < 60_000:
            (folder / name).write_bytes(data)
    before = {path.name for path in folder.iterdir()}
    limits = ["-rss_limit_mb=2500", "-timeout=25", "-max_len=60000", f"-artifact_prefix={folder}/"]
    command: list[str] = [
        sys.executable,
        "-m",
        "bench.fuzzing.guided",
        str(folder),
        f"-max_total_time={seconds:.0f}",
        *limits,
    ]
    log = folder / "log"
    with log.open("wb") as out:
        scratch = folder / "tmp"
        scratch.mkdir()
        subprocess.run(
            command, stdout=out, stderr=out, check=False, env={**os.environ, "TMPDIR": str(scratch)},
            timeout=seconds + 120,
        )  # fmt: skip
        shutil.rmtree(scratch)
    lines = log.read_text(errors="replace").splitlines()
    last = next((line for line in reversed(lines) if line.startswith(("Done", "#"))), "no runs")
    found = [path.read_bytes() for path in sorted(folder.iterdir()) if path.name not in before | {"log"}]
    print(f"guided: {last.strip()}; {len(found)} files kept")
    return found


def tell(tally: Tally, seconds: float) -> int:
    """Print a tally; returns the exit status."""
    print(f"{tally.files} files in {seconds:.0f} s, slowest answer {tally.slowest:.1f} s (waiting included),")
    print(f"largest child {tally.peak_bytes / 2**20:.0f} MiB, {len(tally.left_behind)} files left behind")
    for end, count in tally.ends.most_common():
        print(f"  {count:7} {end}")
    for name, fault in sorted(tally.faults.items()):
        print(f"FOUND {name}: {fault}")
    return 1 if tally.faults or tally.left_behind else 0


if __name__ == "__main__":
    sys.exit(main())
