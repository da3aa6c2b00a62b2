"""Objects as files in a folder."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from errors import MachineError
from storage.disk import is_full
from storage.objects.keys import key_of, sha256_of
from storage.objects.protocol import CHUNK, ObjectStat

_UNFINISHED = "unfinished"


class FolderStore:
    """A file lies under its key, read-only. It is written under another name in the same file system,
    synced, renamed, and the folder synced: a power cut leaves all of it or none."""

    def __init__(self, root: Path) -> None:
        """``root`` is made if it is not there.

        Raises:
            MachineError: ``objects_unreachable``.
        """
        self._root = root.resolve()
        with _plainly(""):
            (self._root / _UNFINISHED).mkdir(parents=True, exist_ok=True)

    def put_file(self, path: Path, sha256: str, media_type: str) -> str:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        key = key_of(sha256)
        target = self._root / key
        with _plainly(key):
            if not _is_whole(target, sha256):
                self._write(path, sha256, target)
            # Also for an object that was there: another process may have renamed and not yet synced it.
            for folder in (target.parent, target.parent.parent, self._root):
                _sync(folder)
        return key

    def _write(self, path: Path, sha256: str, target: Path) -> None:
        unfinished = self._root / _UNFINISHED / uuid.uuid4().hex
        try:
            with path.open("rb") as source, unfinished.open("xb") as copy:
                digest = _copy(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
            if digest != sha256:
                raise MachineError("object_damaged", key=key_of(sha256))
            unfinished.chmod(0o440)
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished.rename(target)
        finally:
            unfinished.unlink(missing_ok=True)

    def stream(self, key: str, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        with _plainly(key):
            source = self._path(key).open("rb")
            source.seek(start)
        return _pieces(source, key, length)

    def local_copy(self, key: str, folder: Path) -> Path:
        """The store's own file, compared with its name: nothing is copied.

        Raises:
            MachineError: ``object_damaged``.
        """
        path = self._path(key)
        with _plainly(key):
            self.stat(key)
            if not _is_whole(path, path.name):
                raise MachineError("object_damaged", key=key)
        return path

    def stat(self, key: str) -> ObjectStat:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        with _plainly(key):
            return ObjectStat(key, self._path(key).stat().st_size)

    def exists(self, key: str) -> bool:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        with _plainly(key):
            return bool(sha256_of(key)) and self._path(key).is_file()

    def all_keys(self) -> Iterator[str]:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        with _plainly(""):
            for path in sorted(self._root.glob("??/??/*")):
                key = path.relative_to(self._root).as_posix()
                if sha256_of(key):
                    yield key

    def check(self) -> None:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        probe = self._root / _UNFINISHED / uuid.uuid4().hex
        with _plainly(""):
            try:
                with probe.open("xb") as out:
                    out.write(b"sohoa")
                    out.flush()
                    os.fsync(out.fileno())
            finally:
                probe.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not sha256_of(key):
            raise MachineError("object_missing", key=key)
        return self._root / key


@contextmanager
def _plainly(key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise MachineError("object_missing", key=key) from error
    except OSError as error:
        if is_full(error):
            raise MachineError("disk_full") from error
        raise MachineError("objects_unreachable", why=error.strerror or type(error).__name__) from error


def _is_whole(target: Path, sha256: str) -> bool:
    try:
        with target.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def _copy(source: BinaryIO, copy: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := source.read(CHUNK):
        digest.update(piece)
        copy.write(piece)
    return digest.hexdigest()


def _pieces(source: BinaryIO, key: str, length: int | None) -> Iterator[bytes]:
    left = length
    with source, _plainly(key):
        while left is None or left > 0:
            piece = source.read(CHUNK if left is None else min(CHUNK, left))
            if not piece:
                return
            if left is not None:
                left -= len(piece)
            yield piece


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
