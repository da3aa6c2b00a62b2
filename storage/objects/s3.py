"""Objects in a bucket of any S3-compatible storage, through the minio client."""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from errors import MachineError, UsageError
from storage.disk import is_full
from storage.objects.keys import key_of, sha256_of
from storage.objects.protocol import CHUNK, ObjectStat

SETTING = "SOHOA_OBJECTS_URL"
_PART = 16 * 1024 * 1024
_FULL = {"XMinioStorageFull", "InsufficientStorage", "QuotaExceeded", "EntityTooLarge"}
_MISSING = {"NoSuchKey", "NoSuchObject"}
_PROBE = "sohoa-check"


class S3Store:
    """One bucket. Content type and metadata are conveniences only: some servers forget them, so no fact
    stands there alone."""

    def __init__(self, client: Minio, bucket: str) -> None:
        """The bucket is made if it is not there.

        Raises:
            MachineError: ``objects_unreachable``.
        """
        self._client = client
        self._bucket = bucket
        with _plainly(""):
            if not client.bucket_exists(bucket_name=bucket):
                client.make_bucket(bucket_name=bucket)

    @classmethod
    def at(cls, url: str) -> S3Store:
        """The store at ``s3://KEY:SECRET@HOST:PORT/BUCKET``, see :func:`storage.objects.open_objects`.

        Raises:
            MachineError: ``objects_unreachable``.
            UsageError: ``bad_setting``.
        """
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        bucket = parts.path.strip("/")
        if not parts.hostname or not bucket or "/" in bucket:
            raise UsageError("bad_setting", name=SETTING, why="the form is s3://KEY:SECRET@HOST:PORT/BUCKET")
        if unknown := options.keys() - {"secure", "region"}:
            raise UsageError("bad_setting", name=SETTING, why=f"unknown options {', '.join(sorted(unknown))}")
        host = parts.netloc.rsplit("@", 1)[-1]
        try:
            client = Minio(
                endpoint=host,
                access_key=unquote(parts.username or "") or None,
                secret_key=unquote(parts.password or "") or None,
                secure=options.get("secure", "true") != "false",
                region=options.get("region", "us-east-1"),
                http_client=_pool(),
            )
            return cls(client, bucket)
        except ValueError:  # its message repeats the address, which holds the secret
            raise UsageError("bad_setting", name=SETTING, why="host or bucket is no such name") from None

    def put_file(self, path: Path, sha256: str, media_type: str) -> str:
        """See :class:`storage.objects.protocol.ObjectStore`. The client sends a checksum with every part,
        which the server compares."""
        key = key_of(sha256)
        with path.open("rb") as source:
            # Hashed before anything is sent: what is not of this name must never lie under it.
            if hashlib.file_digest(source, "sha256").hexdigest() != sha256:
                raise MachineError("object_damaged", key=key)
            size = source.seek(0, os.SEEK_END)
            source.seek(0)
            if self._size(key) != size:
                with _plainly(key):
                    self._client.put_object(
                        bucket_name=self._bucket,
                        object_name=key,
                        data=source,
                        length=size,
                        content_type=media_type,
                        part_size=_PART,
                        num_parallel_uploads=1,
                    )
                if self._size(key) != size:
                    raise MachineError("object_damaged", key=key)
        return key

    def stream(self, key: str, *, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        size = self.stat(key).size
        wanted = max(0, size - start) if length is None else max(0, min(length, size - start))
        if wanted == 0:  # the protocol cannot ask for no bytes
            return iter(())
        with _plainly(key):
            answer = self._client.get_object(
                bucket_name=self._bucket, object_name=key, offset=start, length=wanted
            )
        return _pieces(answer, key, wanted)

    def local_copy(self, key: str, folder: Path) -> Path:
        """A copy in ``folder``, compared with the name.

        Raises:
            MachineError: ``object_damaged``; ``disk_full``.
        """
        path = folder / f"{key.rsplit('/', 1)[-1]}-{uuid.uuid4().hex[:8]}"
        digest = hashlib.sha256()
        try:
            with path.open("xb") as out:
                for piece in self.stream(key):
                    digest.update(piece)
                    out.write(piece)
        except OSError as error:
            if is_full(error):
                raise MachineError("disk_full") from error
            raise
        if digest.hexdigest() != sha256_of(key):
            raise MachineError("object_damaged", key=key)
        return path

    def stat(self, key: str) -> ObjectStat:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        size = self._size(key)
        if size is None:
            raise MachineError("object_missing", key=key)
        return ObjectStat(key, size)

    def exists(self, key: str) -> bool:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        return self._size(key) is not None

    def all_keys(self) -> Iterator[str]:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        with _plainly(""):
            for found in self._client.list_objects(bucket_name=self._bucket, recursive=True):
                if found.object_name and sha256_of(found.object_name):
                    yield found.object_name

    def check(self) -> None:
        """See :class:`storage.objects.protocol.ObjectStore`."""
        with _plainly(""):
            self._client.put_object(
                bucket_name=self._bucket, object_name=_PROBE, data=io.BytesIO(b"sohoa"), length=5
            )
            self._client.stat_object(bucket_name=self._bucket, object_name=_PROBE)

    def _size(self, key: str) -> int | None:
        if not sha256_of(key):
            return None
        try:
            with _plainly(key):
                size = self._client.stat_object(bucket_name=self._bucket, object_name=key).size
        except MachineError as error:
            if error.code == "object_missing":
                return None
            raise
        return int(size or 0)


def _pool() -> urllib3.PoolManager:
    # Without bounds a server that is cut off holds a worker for many minutes.
    return urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=5, read=60),
        maxsize=10,
        retries=urllib3.Retry(total=2, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504]),
    )


@contextmanager
def _plainly(key: str) -> Iterator[None]:
    try:
        yield
    except S3Error as error:
        if error.code in _MISSING:
            raise MachineError("object_missing", key=key) from error
        if error.code in _FULL:
            raise MachineError("disk_full") from error
        raise MachineError("objects_unreachable", why=error.code or "refused") from error
    except MinioException as error:
        raise MachineError("objects_unreachable", why="an answer that is not S3") from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise MachineError("objects_unreachable", why=type(error).__name__) from error


def _pieces(answer: Any, key: str, wanted: int) -> Iterator[bytes]:
    left = wanted
    try:
        with _plainly(key):
            for piece in answer.stream(CHUNK):
                left -= len(piece)
                yield piece
        if left:
            raise MachineError("objects_unreachable", why="the answer was cut short")
    finally:
        answer.close()
        answer.release_conn()
