"""The keys that the service may use, by a TOML file (``SOHOA_SIGNING_KEYS``), and the PIN of each request.

::

    [[keys]]
    name = "Văn thư"                      # what people choose on the page
    module = "/usr/lib/vendor.so"         # PKCS#11 ... or: file = "key.p12" (development)
    token = "VAN-THU"
    label = "body"
    chain = "chain.pem"                   # intermediate certificates that the token does not hold
    picture = "seal.png"                  # transparent PNG for the forms `officer` and `agency`
    width_mm = 36                         # true size of a seal
    authorised_hsm = true                 # an HSM that is authorised to sign unattended …
    pin_file = "hsm.pin"                  # … with the PIN in this file

Paths are relative to the file. Without the last two lines nobody can sign but who gives the PIN or passphrase
with the request; it is used once, and neither kept nor logged.
"""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from errors import MachineError, SenderError
from signing.keys import SigningKey, from_pkcs11, from_pkcs12, read_secret

Name = Annotated[str, Field(min_length=1, max_length=100)]

_locks: dict[Path, threading.Lock] = {}
_locks_guard = threading.Lock()


class KeyEntry(BaseModel):
    """One key of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    file: Path | None = None
    module: Path | None = None
    token: str = ""
    label: str = ""
    chain: Path | None = None
    picture: Path | None = None
    width_mm: float = Field(36.0, gt=5, le=80)
    authorised_hsm: bool = False
    pin_file: Path | None = None

    @model_validator(mode="after")
    def _fits(self) -> KeyEntry:
        if (self.file is None) == (self.module is None):
            raise ValueError(f"{self.name}: give either file or module")
        if self.authorised_hsm != (self.pin_file is not None):
            raise ValueError(f"{self.name}: authorised_hsm and pin_file go together")
        if self.authorised_hsm and self.module is None:
            raise ValueError(f"{self.name}: a key file is never held unattended")
        return self

    @property
    def attended(self) -> bool:
        """Whether each request must bring the PIN."""
        return not self.authorised_hsm


class _KeysFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    keys: list[KeyEntry]


class KeyRing:
    """The keys of a file."""

    def __init__(self, path: Path | None) -> None:
        """``path`` None: there are no keys.

        Raises:
            MachineError: ``bad_keys_file``.
        """
        self._folder = path.parent if path else Path()
        self.entries: tuple[KeyEntry, ...] = _read(path) if path else ()

    def entry(self, name: str) -> KeyEntry:
        """The key of this name.

        Raises:
            SenderError: ``unknown_key``.
        """
        for one in self.entries:
            if one.name == name:
                return one
        raise SenderError("unknown_key", name=name)

    def picture(self, entry: KeyEntry) -> bytes:
        """The picture of signature or seal.

        Raises:
            SenderError: ``no_seal_picture``.
        """
        try:
            if entry.picture is not None:
                return (self._folder / entry.picture).read_bytes()
        except OSError:
            pass
        raise SenderError("no_seal_picture", name=entry.name)

    @contextmanager
    def opened(self, entry: KeyEntry, pin: str) -> Iterator[SigningKey]:
        """The key, for as long as the context lasts. A token takes one login at a time: others wait.

        Raises:
            SenderError: ``pin_needed``, ``bad_key_file``, ``bad_token``, ``bad_secret_file``.
        """
        if entry.pin_file is not None:
            pin = read_secret(self._folder / entry.pin_file)
        if not pin:
            raise SenderError("pin_needed", name=entry.name)
        if entry.file is not None:
            yield from_pkcs12(self._folder / entry.file, pin.encode())
            return
        assert entry.module is not None
        chain = self._folder / entry.chain if entry.chain else None
        with (
            _lock(entry.module),
            from_pkcs11(entry.module, token=entry.token, pin=pin, label=entry.label, chain=chain) as key,
        ):
            yield key


def _lock(module: Path) -> threading.Lock:
    """A login is a state of the whole process: while one request is logged in, another would sign without a
    PIN of its own."""
    with _locks_guard:
        return _locks.setdefault(module.resolve(), threading.Lock())


def _read(path: Path) -> tuple[KeyEntry, ...]:
    try:
        keys = _KeysFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).keys
    except OSError as failed:
        raise MachineError("bad_keys_file", why=failed.strerror) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failed:
        raise MachineError("bad_keys_file", why=str(failed)) from None
    except ValidationError as failed:
        first = failed.errors()[0]
        raise MachineError("bad_keys_file", why=f"{first['loc']}: {first['msg']}") from None
    if len({key.name for key in keys}) != len(keys):
        raise MachineError("bad_keys_file", why="a name stands twice")
    return tuple(keys)
