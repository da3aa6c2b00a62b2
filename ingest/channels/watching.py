"""A folder into which scanners or SFTP drop files: ``sohoa watch`` and, with ``SOHOA_WATCH_DIR``, the service.

::

    FOLDER/H49.12-251124-0007/scan.pdf        the dossier's code is the folder's name,
    FOLDER/H49.12-251124-0007 scan.pdf        or the name begins with it
    FOLDER/_dang_nhan/PROCESS/...             being taken by a watcher
    FOLDER/_dang_doc/INTAKE/scan.pdf          accepted, being read
    FOLDER/_da_doc/DAY/scan.pdf               read: its documents are in the dossier
    FOLDER/_loi/DAY/scan.pdf and scan.pdf.txt failed, and why

A file is in exactly one of these places at any time: it only ever moves by renaming. Renaming is also how two
watchers agree who takes a file. What a stopped watcher held is taken by the next one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import structlog

from api.names import safe_name
from errors import MachineError, SenderError, SohoaError
from queueing.process_names import is_dead, process_name
from reasons import REASONS, Family
from storage import dossiers
from storage.accepting import Arrival, accept_file
from storage.database import Database
from storage.objects import ObjectStore
from storage.states import Channel, IntakeState

_log = structlog.get_logger(__name__)
_CODE = re.compile(
    r"((?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{2,3}){0,4})-\d{6}-\d{4,24})(?!\d)", re.IGNORECASE
)
_UNFINISHED = (".part", ".partial", ".tmp", ".filepart", ".crdownload", ".download", "~")
"""Endings that programs give to files they are still writing."""
TAKING, READING, DONE, FAILED = "_dang_nhan", "_dang_doc", "_da_doc", "_loi"
_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class _Seen:
    size: int
    changed: float
    since: float


class Watcher:
    """Looks at one folder again and again. ``settle``: seconds for which a file must not have changed.

    Any number of watchers may look at the same folder, on any number of machines.
    """

    def __init__(
        self,
        folder: Path,
        database: Database,
        objects: ObjectStore,
        *,
        max_file_bytes: int,
        settle: float = 5.0,
        sender: str = "thư mục quét",
    ) -> None:
        self.folder = folder
        self._database, self._objects = database, objects
        self._max_file_bytes, self._settle, self._sender = max_file_bytes, settle, sender
        self._seen: dict[Path, _Seen] = {}
        self._mine = process_name() + f"~{threading.get_ident()}"

    def run(self, stop: threading.Event, every: float = 2.0) -> None:
        """Look until told to stop. What the machine meets is logged and tried again at the next look."""
        while not stop.is_set():
            try:
                self.look()
            except SohoaError as error:
                _log.warning("folder_not_looked_at", reason=error.code)
            except OSError as error:
                _log.warning("folder_not_looked_at", reason=error.strerror)
            stop.wait(every)

    def look(self) -> int:
        """Take what has stopped growing, and see what became of what was taken; how many files were taken.

        Raises:
            MachineError: the database or the store cannot be had, or the disk is full: the file in hand went
                back to where it lay.
            OSError: the folder cannot be read or written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._give_back_orphans()
        self._follow()
        now, taken, there = time.time(), 0, set()
        for path in self._candidates():
            there.add(path)
            if self._has_settled(path, now):
                taken += self._take(path)
        self._seen = {path: seen for path, seen in self._seen.items() if path in there}
        return taken

    @property
    def idle(self) -> bool:
        """Whether nothing waits or is being read."""
        return not (any(self._candidates()) or any(_files_in(self.folder / READING)))

    # -- finding

    def _candidates(self) -> list[Path]:
        found = []
        for entry in sorted(self.folder.iterdir()):
            if entry.name.startswith((".", "_")):
                continue
            if entry.is_dir() and not entry.is_symlink():
                found += [
                    path
                    for path in sorted(entry.iterdir())
                    if not path.name.startswith((".", "_")) and (path.is_symlink() or not path.is_dir())
                ]
            else:
                found.append(entry)
        return [path for path in found if not path.name.lower().endswith(_UNFINISHED)]

    def _has_settled(self, path: Path, now: float) -> bool:
        try:
            state = path.lstat()
        except FileNotFoundError:
            return False
        seen = self._seen.get(path)
        if seen is None or (seen.size, seen.changed) != (state.st_size, state.st_mtime):
            self._seen[path] = _Seen(state.st_size, state.st_mtime, now)
            return self._settle == 0
        return now - seen.since >= self._settle

    # -- taking

    def _take(self, path: Path) -> bool:
        """Take one file; False if another watcher was faster."""
        place = path.parent.name if path.parent != self.folder else ""
        held = self.folder / TAKING / self._mine / (place or "-") / path.name
        held.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.rename(held)
        except FileNotFoundError:
            return False
        try:
            self._accept(held, place)
        except SenderError as error:
            self._fail(held, error)
        except BaseException:
            self._move(held, path.parent)
            raise
        finally:
            with contextlib.suppress(OSError):  # something else is in it
                held.parent.rmdir()
        return True

    def _accept(self, held: Path, place: str) -> None:
        named = _CODE.match(place) or _CODE.match(held.name)
        if named is None:
            raise SenderError("folder_without_code", name=safe_name(held.name))
        size, sha256 = self._measure(held)
        arrival = Arrival(
            ma_ho_so=named.group(1).upper(),
            name=safe_name(held.name),
            sender=self._sender,
            channel=Channel.FOLDER,
        )
        intake, _ = accept_file(self._database, self._objects, arrival, held, sha256=sha256, size=size)
        self._move(held, self.folder / READING / intake.id)

    def _measure(self, path: Path) -> tuple[int, str]:
        """Size and sha256 of a plain file: what a link points to is nobody's scan."""
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise SenderError("not_readable", why=error.strerror) from None
        with os.fdopen(handle, "rb") as file:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise SenderError("not_a_file")
            if state.st_size == 0:
                raise SenderError("empty_file")
            if state.st_size > self._max_file_bytes:
                raise SenderError("file_too_large", limit=f"{self._max_file_bytes / 1e6:.0f} MB")
            return state.st_size, hashlib.file_digest(file, "sha256").hexdigest()

    def _give_back_orphans(self) -> None:
        """What watchers held that were killed lies where it came from again."""
        for owner in _folders_in(self.folder / TAKING):
            if owner.name != self._mine and is_dead(owner.name.rpartition("~")[0]):
                for place in _folders_in(owner):
                    for path in _files_in(place):
                        self._move(path, self.folder if place.name == "-" else self.folder / place.name)

    # -- following

    def _follow(self) -> None:
        """Files whose reading has ended move on."""
        for place in _folders_in(self.folder / READING):
            files = list(_files_in(place))
            try:
                intake = dossiers.get_intake(self._database, place.name)
            except SenderError:
                continue  # not one of ours
            for path in files:
                if intake.state in (IntakeState.ATTACHED, IntakeState.CLOSED):
                    self._move(path, self.folder / DONE / self._today())
                elif intake.state is IntakeState.FAILED:
                    code = intake.reason if intake.reason in REASONS else "internal"
                    kind = MachineError if REASONS[code or ""].family is Family.MACHINE else SenderError
                    self._fail(path, kind(code or "internal", **dict(intake.reason_values)))
            if not any(_files_in(place)):
                place.rmdir()

    def _fail(self, path: Path, error: SohoaError) -> None:
        moved = self._move(path, self.folder / FAILED / self._today())
        moved.with_name(moved.name + ".txt").write_text(
            f"{error.vietnamese}\n{error.english}\n", encoding="utf-8"
        )
        _log.warning("file_failed", reason=error.code)

    def _move(self, path: Path, folder: Path) -> Path:
        """Rename into a folder, under a name that nothing there has."""
        folder.mkdir(parents=True, exist_ok=True)
        target, number = folder / path.name, 1
        while True:
            try:
                # A link is made only where nothing is; renaming would overwrite.
                os.link(path, target, follow_symlinks=False)
                path.unlink()
                return target
            except FileExistsError:
                number += 1
                target = folder / f"{path.stem}-{number}{path.suffix}"
            except OSError:  # no hard links on this file system
                if not os.path.lexists(target):
                    return path.rename(target)
                number += 1
                target = folder / f"{path.stem}-{number}{path.suffix}"

    def _today(self) -> str:
        now: datetime = self._database.clock().astimezone(_VIETNAM)
        return f"{now:%Y-%m-%d}"


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    except FileNotFoundError:
        return []


def _files_in(folder: Path) -> list[Path]:
    """The files of a folder and of the folders in it."""
    try:
        entries = sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    found: list[Path] = []
    for path in entries:
        found += _files_in(path) if path.is_dir() and not path.is_symlink() else [path]
    return found
