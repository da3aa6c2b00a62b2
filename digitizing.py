"""``sohoa digitize``: many inputs through the one pipeline into a folder, reasons to standard error."""

from __future__ import annotations

import hashlib
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType

from errors import MachineError, SenderError, SohoaError, UsageError
from isolation import Workshop
from naming import escaped, file_stem, plain
from outputs import OutputFolder
from reasons import REASONS
from records import DigitizedFile, SourceFile
from settings import Settings

_FILES_AHEAD = 2  # beyond the jobs, so that no child waits while a file is opened or written


@dataclass(frozen=True, slots=True)
class Input:
    """One file to digitize. ``shown`` is what messages call it: its name, or the path as it was given where
    two inputs have one name."""

    path: Path
    shown: str

    @property
    def stem(self) -> str:
        """What its results are called."""
        return file_stem(self.path.stem)


def digitize_inputs(
    given: list[Path], output: Path, *, jobs: int | None, force: bool, settings: Settings
) -> int:
    """Digitize files and the files in folders. Returns the exit status: 0 all done, 1 some input failed.

    Raises:
        UsageError: ``bad_output`` when the output folder cannot be made.
    """
    inputs = list(expand(given))
    jobs = jobs or settings.jobs
    report = _Report(len(inputs))
    try:
        folder = OutputFolder(output, force=force, stems=[i.stem for i in inputs])
    except OSError as failed:
        raise UsageError("bad_output", name=output, why=failed.strerror) from None
    with (
        Workshop(jobs, child_bytes=settings.child_bytes, preload="pipeline") as workshop,
        report,
        ThreadPoolExecutor(jobs + _FILES_AHEAD) as threads,
    ):
        list(threads.map(lambda one: _digitize_one(one, workshop, folder, settings, report), inputs))
    return report.exit_status


def expand(given: list[Path]) -> Iterator[Input]:
    """Folders become the files in them, sorted; names that begin with a dot are passed over there. A folder
    in a folder is yielded as it is and fails with its reason."""
    paths: list[Path] = []
    for path in given:
        if path.is_dir():
            paths += sorted(p for p in path.iterdir() if not p.name.startswith("."))
        else:
            paths.append(path)
    names = Counter(p.name for p in paths)
    for path in paths:
        yield Input(path, path.name if names[path.name] == 1 else str(path))


def _digitize_one(
    one: Input, workshop: Workshop, folder: OutputFolder, settings: Settings, report: _Report
) -> None:
    import pipeline  # after the children were started: they load the same modules at the same time

    try:
        size = _size_of(one.path, settings)
        source = SourceFile(one.path.absolute(), plain(one.path.name), _sha256_of(one.path), size)
        with tempfile.TemporaryDirectory(prefix="sohoa-") as scratch:
            digitized = pipeline.digitize_file(
                source,
                workshop=workshop,
                plan=pipeline.Plan(
                    settings.limits, settings.thresholds, date.today(), scanner=settings.clamd_url
                ),
                scratch=Path(scratch),
                on_page=lambda done, total: report.pages(one, done, total),
            )
            folder.write(digitized, one.stem)
        for line in page_lines(digitized):
            report.fail(one, line)
    except SohoaError as failed:
        report.fail(one, failed.english)
    except OSError as failed:
        report.fail(one, failed.strerror or type(failed).__name__)
    except Exception as unforeseen:  # one file's trouble never stops the others, and is never a traceback
        report.fail(one, MachineError("internal", id=type(unforeseen).__name__).english)
    finally:
        report.done(one)


def page_lines(digitized: DigitizedFile) -> Iterator[str]:
    """A line for each page that is not as it should be, in page order."""
    bad = [(r.number, r.reason, dict(r.values)) for r in digitized.refused]
    pages = [page for document, _ in digitized.documents for page in document.pages]
    bad += [(page.number, page.failure, {}) for page in pages if page.failure]
    for number, code, values in sorted(bad):
        yield f"{REASONS[code].in_english(page=number, **values)}; the other pages are done"


def _size_of(path: Path, settings: Settings) -> int:
    if not path.exists():
        raise SenderError("not_found")
    if path.is_dir():
        raise SenderError("is_folder")
    if not path.is_file():
        raise SenderError("not_a_file")
    size = path.stat().st_size
    if size > settings.max_file_bytes:
        raise SenderError("file_too_large", limit=f"{settings.max_file_bytes} bytes")
    return size


def _sha256_of(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except PermissionError:
        raise SenderError("not_readable", why="permission denied") from None
    except OSError as failed:
        raise MachineError("not_readable", why=failed.strerror) from None


class _Report:
    """Reasons, one line each, and on a terminal a bar. Used from several threads."""

    def __init__(self, files: int) -> None:
        self.exit_status = 0
        self._files = files
        self._lock = threading.Lock()
        self._pages: dict[str, tuple[int, int]] = {}
        self._finished = 0
        self._bar = sys.stderr.isatty()

    def __enter__(self) -> _Report:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._wipe()

    def pages(self, one: Input, done: int, total: int) -> None:
        """A page of a file is done."""
        with self._lock:
            self._pages[str(one.path)] = (done, total)
            self._draw()

    def fail(self, one: Input, reason: str) -> None:
        """An input failed: one line, at once."""
        with self._lock:
            self._wipe()
            print(escaped(f"{one.shown}: {reason}"), file=sys.stderr, flush=True)
            self.exit_status = 1
            self._draw()

    def done(self, one: Input) -> None:
        """A file is finished, well or not."""
        with self._lock:
            self._finished += 1
            self._draw()

    def _wipe(self) -> None:
        if self._bar:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _draw(self) -> None:
        if not self._bar:
            return
        done = sum(d for d, _ in self._pages.values())
        total = sum(t for _, t in self._pages.values())
        filled = round(30 * self._finished / max(self._files, 1))
        bar = "█" * filled + "░" * (30 - filled)
        print(
            f"\r\x1b[K{bar} {self._finished}/{self._files} files, {done}/{total} pages",
            end="",
            file=sys.stderr,
            flush=True,
        )
