"""Uploads that may be cut at any byte and go on later: what has arrived so far, on the data disk.

::

    FOLDER/ID/data         the bytes that arrived; its size is the offset
    FOLDER/ID/about.json   what was said when it began, and, once accepted, the intake

An upload is written by one request at a time (a lock on its folder says so, also between processes that share the
disk). The bytes become an intake only through :func:`storage.accepting.accept_file`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from errors import MachineError, SenderError
from storage.identifiers import new_identifier

_IDENTIFIER = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


@dataclass(frozen=True, slots=True)
class Upload:
    """``length``: how many bytes it will have. ``sha256``: what they must hash to, if that was said.
    ``metadata``: as it was sent, to be told again. ``intake``: once it was accepted."""

    id: str
    length: int
    ma_ho_so: str
    name: str
    channel: str
    sender: str
    metadata: str
    expires: str
    sha256: str = ""
    intake: str = ""

    @property
    def expires_at(self) -> datetime:
        """From then on nobody may go on with it."""
        return datetime.fromisoformat(self.expires)


class Uploads:
    """The uploads under a folder; ``hours``: how long one may take."""

    def __init__(self, folder: Path, hours: float) -> None:
        self._folder = folder
        self._lasts = timedelta(hours=hours)

    def begin(self, upload: Upload, now: datetime) -> Upload:
        """A new upload with an id and an end; what has ended before is swept away.

        Raises:
            MachineError: ``disk_full``, the whole of it would not fit.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self.sweep(now)
        if shutil.disk_usage(self._folder).free < upload.length:
            raise MachineError("disk_full")
        expires = (now + self._lasts).astimezone(UTC).replace(microsecond=0).isoformat()
        upload = replace(upload, id=new_identifier(), expires=expires)
        place = self._folder / upload.id
        place.mkdir()
        (place / "data").touch()
        self._note(upload)
        return upload

    def get(self, identifier: str, now: datetime) -> tuple[Upload, int]:
        """An upload and its offset.

        Raises:
            SenderError: ``unknown_upload``; ``upload_expired``.
        """
        if not _IDENTIFIER.fullmatch(identifier):
            raise SenderError("unknown_upload")
        place = self._folder / identifier
        try:
            upload = Upload(**json.loads((place / "about.json").read_bytes()))
            offset = upload.length if upload.intake else (place / "data").stat().st_size
        except FileNotFoundError:
            raise SenderError("unknown_upload") from None
        if not upload.intake and upload.expires_at <= now:
            raise SenderError("upload_expired")
        return upload, offset

    @contextmanager
    def held(self, upload: Upload) -> Iterator[Path]:
        """Nobody else writes while this is held; gives the file of the bytes.

        Raises:
            SenderError: ``upload_busy``; ``unknown_upload``, it was taken away.
        """
        try:
            handle = os.open(self._folder / upload.id, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            raise SenderError("unknown_upload") from None
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SenderError("upload_busy") from None
            yield self._folder / upload.id / "data"
        finally:
            os.close(handle)

    def accepted(self, upload: Upload, intake: str) -> Upload:
        """It became an intake: the bytes are no longer needed here, what became of them is told until it
        expires."""
        upload = replace(upload, intake=intake)
        self._note(upload)
        (self._folder / upload.id / "data").unlink(missing_ok=True)
        return upload

    def remove(self, upload: Upload) -> None:
        """Forget it."""
        shutil.rmtree(self._folder / upload.id, ignore_errors=True)

    def sweep(self, now: datetime) -> None:
        """Forget what has expired."""
        for place in self._folder.iterdir():
            try:
                upload = Upload(**json.loads((place / "about.json").read_bytes()))
            except (OSError, ValueError, TypeError):
                old = datetime.fromtimestamp(place.stat().st_mtime, UTC) + self._lasts <= now
                if old:  # begun and never noted
                    shutil.rmtree(place, ignore_errors=True)
                continue
            if upload.expires_at <= now:
                self.remove(upload)

    def _note(self, upload: Upload) -> None:
        place = self._folder / upload.id
        unfinished = place / "about.unfinished"
        with unfinished.open("w", encoding="utf-8") as out:
            json.dump(asdict(upload), out, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(place / "about.json")


def sha256_of(path: Path) -> str:
    """Of the whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
