"""``sohoa doctor``: is everything there that the service needs? A line each, and how to mend what is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from errors import SohoaError
from settings import Settings

_FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
_LEAST_FREE_BYTES = 2 * 1024**3
_CONNECT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """``good`` is None where there is nothing to check (a part that is not configured)."""

    part: str
    good: bool | None
    says: str
    mend: str = ""


def examine(settings: Settings) -> int:
    """Print a line for every part. Returns 0 when nothing is wrong, 1 otherwise."""
    findings = [_guarded(part, look, settings) for part, look in _PARTS]
    colour = sys.stdout.isatty()
    for finding in findings:
        print(_line(finding, colour))
    return int(any(f.good is False for f in findings))


def _line(finding: Finding, colour: bool) -> str:
    sign, paint = {True: ("ok", "32"), False: ("WRONG", "31"), None: ("-", "2")}[finding.good]
    sign = f"\x1b[{paint}m{sign:5}\x1b[0m" if colour else f"{sign:5}"
    mend = f"  → {finding.mend}" if finding.mend else ""
    return f"{sign} {finding.part:12} {finding.says}{mend}"


def _guarded(part: str, look: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return look(settings)
    except Exception as failed:  # a check that breaks is itself a finding
        # Addresses may hold passwords, and libraries repeat them in their messages: the kind alone is told.
        return Finding(part, False, f"the check failed: {type(failed).__name__}", "see docs/settings.md")


def _tesseract(_: Settings) -> Finding:
    found = shutil.which("tesseract")
    mend = "apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd tesseract-ocr-script-viet"
    if not found:
        return Finding("tesseract", False, "not installed", mend)
    answer = subprocess.run(
        [found, "--list-langs"], capture_output=True, text=True, timeout=_CONNECT_SECONDS, check=False
    )
    data = set(answer.stdout.split())
    missing = [name for name, there in _NEEDED_DATA if not there & data]
    if missing:
        return Finding("tesseract", False, f"data missing: {', '.join(missing)}", mend)
    version = subprocess.run(
        [found, "--version"], capture_output=True, text=True, timeout=_CONNECT_SECONDS, check=False
    )
    first = (version.stdout or version.stderr).splitlines()[0]
    return Finding("tesseract", True, f"{first}, Vietnamese and orientation data present")


_NEEDED_DATA = (
    ("vie", {"vie"}),
    ("osd", {"osd"}),
    ("script/Vietnamese", {"Vietnamese", "script/Vietnamese"}),
)


def _fonts(_: Settings) -> Finding:
    if not _FONT.exists():
        return Finding("fonts", False, f"{_FONT.name} is missing", "apt-get install fonts-liberation2")
    return Finding("fonts", True, "Liberation 2, with Vietnamese letters")


def _data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".doctor-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as failed:
        mend = "set SOHOA_DATA_DIR to a folder that this user may write"
        return Finding("data folder", False, f"{folder} cannot be written: {failed.strerror}", mend)
    free = shutil.disk_usage(folder).free
    says = f"{folder}, {free / 1024**3:.1f} GiB free"
    if free < _LEAST_FREE_BYTES:
        return Finding("data folder", False, says, "free some space: intake stops when the disk is full")
    return Finding("data folder", True, says)


def _database(settings: Settings) -> Finding:
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    url = make_url(settings.database)
    shown = url.render_as_string(hide_password=True)
    try:
        engine = create_engine(url)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        engine.dispose()
    except (SQLAlchemyError, OSError):
        mend = "is it running, and is SOHOA_DATABASE_URL right?"
        return Finding("database", False, f"{shown} does not answer", mend)
    return Finding("database", True, shown)


def _broker(settings: Settings) -> Finding:
    url = settings.broker_url
    if not url:
        return Finding("broker", True, "none: workers run in the serving process")
    mend = "is it running, and is SOHOA_BROKER_URL right?"
    kind = url.partition(":")[0]
    if kind in ("redis", "rediss"):
        import redis

        try:
            redis.Redis.from_url(url, socket_connect_timeout=_CONNECT_SECONDS).ping()
        except (redis.RedisError, OSError):
            return Finding("broker", False, "Redis does not answer", mend)
        return Finding("broker", True, "Redis answers")
    if kind in ("amqp", "amqps"):
        import pika
        import pika.exceptions

        try:
            parameters = pika.URLParameters(url)
            parameters.socket_timeout = _CONNECT_SECONDS
            pika.BlockingConnection(parameters).close()
        except (pika.exceptions.AMQPError, OSError):
            return Finding("broker", False, "RabbitMQ does not answer", mend)
        return Finding("broker", True, "RabbitMQ answers")
    return Finding("broker", False, f"{kind}: is not known", "use amqp://, redis:// or leave it empty")


def _objects(settings: Settings) -> Finding:
    from storage.objects import open_objects

    try:
        open_objects(settings.objects_url, settings.data_dir / "objects").check()
    except SohoaError as failed:
        return Finding("objects", False, failed.english, "is SOHOA_OBJECTS_URL right, and the store running?")
    return Finding(
        "objects", True, "S3 store answers" if settings.objects_url else "folder in the data folder"
    )


def _scanner(settings: Settings) -> Finding:
    from ingest.scanning import check

    if not settings.clamd_url:
        return Finding("scanner", None, "SOHOA_CLAMD_URL is not set: files are not scanned for malware")
    try:
        check(settings.clamd_url)
    except SohoaError as failed:
        return Finding("scanner", False, failed.english, "is clamd running, and is SOHOA_CLAMD_URL right?")
    return Finding("scanner", True, "clamd answers")


def _signing_key(settings: Settings) -> Finding:
    if settings.signing_keys is None:
        return Finding("signing key", None, "SOHOA_SIGNING_KEYS is not set: results are not signed here")
    from results.keyring import KeyRing

    try:
        keys = KeyRing(settings.signing_keys).entries
    except SohoaError as failed:
        return Finding("signing key", False, failed.english, "see docs/signing.md")
    missing = [key.name for key in keys if key.module is not None and not key.module.is_file()]
    if missing:
        return Finding("signing key", False, f"no PKCS#11 library for {', '.join(missing)}", "install it")
    if settings.signing_level != "B-B" and not settings.tsa_url:
        says = f"level {settings.signing_level} needs a time-stamping authority"
        return Finding("signing key", False, says, "set SOHOA_TSA_URL")
    unattended = sum(not key.attended for key in keys)
    return Finding(
        "signing key", True, f"{len(keys)} keys, {unattended} unattended, {settings.signing_level}"
    )


def _trust(settings: Settings) -> Finding:
    if settings.trust_dir is None:
        return Finding("trust", None, "SOHOA_TRUST_DIR is not set: no signature is trusted")
    roots = list(_roots(settings.trust_dir))
    if not roots:
        return Finding(
            "trust", False, f"no certificate in {settings.trust_dir}", "put root certificates (PEM) there"
        )
    return Finding("trust", True, f"{len(roots)} root certificates")


def _roots(folder: Path) -> Iterator[Path]:
    yield from (p for p in folder.glob("*") if p.suffix in (".pem", ".crt", ".cer"))


_PARTS: tuple[tuple[str, Callable[[Settings], Finding]], ...] = (
    ("tesseract", _tesseract),
    ("fonts", _fonts),
    ("data folder", _data_folder),
    ("database", _database),
    ("broker", _broker),
    ("objects", _objects),
    ("scanner", _scanner),
    ("signing key", _signing_key),
    ("trust", _trust),
)
