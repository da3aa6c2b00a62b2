"""Bytes that are kept: originals, finished PDFs, JSON records. Named by their content, never changed.

There is no way to delete here: processing never takes anything away.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from errors import UsageError
from storage.objects.folder import FolderStore
from storage.objects.keys import key_of
from storage.objects.protocol import ObjectStat, ObjectStore
from storage.objects.s3 import SETTING, S3Store

__all__ = ["FolderStore", "ObjectStat", "ObjectStore", "S3Store", "key_of", "open_objects"]


def open_objects(url: str, folder: Path) -> ObjectStore:
    """The store at ``s3://KEY:SECRET@HOST:PORT/BUCKET?secure=false&region=…`` (TLS unless ``secure=false``;
    KEY and SECRET percent-encoded), or, where ``url`` is empty, in ``folder``.

    Raises:
        MachineError: ``objects_unreachable``.
        UsageError: ``bad_setting``.
    """
    if not url:
        return FolderStore(folder)
    if urlsplit(url).scheme == "s3":
        return S3Store.at(url)
    raise UsageError("bad_setting", name=SETTING, why="it begins with s3://")
