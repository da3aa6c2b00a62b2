"""What a store of objects can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CHUNK = 1024 * 1024
"""Bytes that are in memory at once."""


@dataclass(frozen=True, slots=True)
class ObjectStat:
    """What is known of an object without reading it. ``size`` in bytes."""

    key: str
    size: int


class ObjectStore(Protocol):
    """All methods raise ``MachineError``: ``objects_unreachable`` when the store cannot be had,
    ``object_missing`` for a key that is not there."""

    def put_file(self, path: Path, sha256: str, media_type: str) -> str:
        """Keep a copy of a file and return its key. When this returns, the bytes have been compared with
        ``sha256`` and survive a power cut. The same content again changes nothing.

        Raises:
            MachineError: ``disk_full``; ``object_damaged``, the bytes are not those of ``sha256``. Then
                nothing is kept.
        """
        ...

    def stream(self, key: str, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start`` on, ``length`` of them or to the end, in pieces. An object that is not
        there is told before the first piece is asked for."""
        ...

    def local_copy(self, key: str, folder: Path) -> Path:
        """A file with the object's content, only to be read: the store's own, or a copy in ``folder``."""
        ...

    def stat(self, key: str) -> ObjectStat:
        """Size of an object."""
        ...

    def exists(self, key: str) -> bool:
        """Whether the object is there."""
        ...

    def all_keys(self) -> Iterator[str]:
        """The keys of all objects."""
        ...

    def check(self) -> None:
        """Write and read something small, to see that the store works."""
        ...
