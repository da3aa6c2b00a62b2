"""The signature of a short-lived link: HMAC-SHA256 with a key that lies in the data folder."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from errors import MachineError, SenderError
from storage.disk import is_full

_KEY_BYTES = 32
_KEY_NAME = "links.key"


def link_key(data_dir: Path) -> bytes:
    """The key, made at the first use, readable by the service alone. Removing the file ends all links.

    Raises:
        MachineError: ``disk_full``, ``link_key``: it cannot be read or made.
    """
    path = data_dir / _KEY_NAME
    try:
        if not path.exists():
            with tempfile.NamedTemporaryFile(dir=data_dir, prefix=_KEY_NAME) as made:  # mode 0600
                made.write(secrets.token_bytes(_KEY_BYTES))
                made.flush()
                os.fsync(made.fileno())
                with contextlib.suppress(FileExistsError):
                    os.link(made.name, path)  # whole or not at all, and never over another's
        key = path.read_bytes()
    except OSError as error:
        if is_full(error):
            raise MachineError("disk_full") from error
        raise MachineError("link_key", why=error.strerror or type(error).__name__) from error
    if len(key) != _KEY_BYTES:
        raise MachineError("link_key", why="not 32 bytes")
    return key


def signature_of(key: bytes, kind: str, target: str, expires: int) -> str:
    """The signature over what a link opens and when it ends (Unix time, seconds), in hexadecimal digits."""
    told = f"sohoa-link-1\n{kind}\n{target}\n{expires}".encode()
    return hmac.new(key, told, hashlib.sha256).hexdigest()


def check_link(key: bytes, kind: str, target: str, expires: int, signature: str, now: float) -> None:
    """Nothing, if the link is ours and not late.

    Raises:
        SenderError: ``bad_link``; ``link_expired``, for a link that was good.
    """
    wanted = signature_of(key, kind, target, expires)
    if not hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace")):
        raise SenderError("bad_link")
    if now >= expires:
        raise SenderError("link_expired")
