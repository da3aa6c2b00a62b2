"""``sohoa sign`` and ``sohoa verify``: options to calls, findings to text."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pyhanko.sign.timestamps import HTTPTimeStamper

from errors import MachineError, SenderError, UsageError
from naming import escaped
from signing.keys import SigningKey, from_pkcs11, from_pkcs12, read_secret
from signing.raising import raise_level
from signing.sealing import Level, Wish, sign
from signing.seals import Form, Seal, attached_seal, copy_seal, digitized_seal
from signing.trust import load_roots
from signing.verdicts import Verdict, Verification
from signing.verifying import verify

_TSA_SECONDS = 10


@dataclass(frozen=True, slots=True)
class SignOptions:
    """The options of ``sohoa sign``, in the order of its help."""

    file: Path
    output: Path
    pkcs12: Path | None
    passphrase_file: Path | None
    pkcs11: Path | None
    token: str
    key: str
    chain: Path | None
    level: str
    tsa: str
    form: str
    body: str
    copy_form: str
    number: str
    image: Path | None
    at: str


def sign_file(options: SignOptions, trust_dir: Path | None) -> None:
    """Sign one file into another. The output appears whole or not at all and overwrites nothing.

    Raises:
        UsageError: options that do not fit together.
        SenderError, MachineError: see :func:`signing.sealing.sign`.
    """
    _quiet()
    if options.output.exists():
        raise UsageError("output_there", name=options.output)
    try:
        level = Level(options.level.upper())
    except ValueError:
        raise UsageError("bad_option", name="--level", why=f"one of {', '.join(Level)}") from None
    pdf = _read(options.file)
    now = datetime.now(UTC)
    with _key(options) as key:
        wish = Wish(level, now, seal=_seal(options, key, now), roots=load_roots(trust_dir))
        stamper = HTTPTimeStamper(options.tsa, timeout=_TSA_SECONDS) if options.tsa else None
        signed = sign(pdf, key, wish, time_stamper=stamper)
    _write_new(options.output, signed)


def renew_file(file: Path, output: Path, tsa: str, trust_dir: Path | None) -> None:
    """Raise all signatures of a file to B-LTA, or renew its archive time-stamp, into another file.

    Raises:
        UsageError: no ``--tsa``, or the output is there.
        SenderError, MachineError: see :func:`signing.raising.raise_level`.
    """
    _quiet()
    if output.exists():
        raise UsageError("output_there", name=output)
    if not tsa:
        raise UsageError("bad_option", name="--tsa", why="--renew needs it")
    stamper = HTTPTimeStamper(tsa, timeout=_TSA_SECONDS)
    renewed = raise_level(_read(file), Level.B_LTA, load_roots(trust_dir), time_stamper=stamper)
    _write_new(output, renewed)


def verify_file(file: Path, trust_dir: Path | None, *, as_json: bool) -> int:
    """Print the finding. Returns 0 when valid, else 1."""
    _quiet()
    found = verify(_read(file), load_roots(trust_dir), datetime.now(UTC))
    if as_json:
        print(json.dumps(found.as_record(), ensure_ascii=False, indent=1))
    else:
        print(as_text(file.name, found))
    return 0 if found.verdict is Verdict.VALID else 1


def as_text(name: str, found: Verification) -> str:
    """The finding in plain lines. Names of signers and fields come from the file: none makes a line of its
    own."""
    lines = [f"{name}: {found.verdict.value}"]
    record = found.as_record()
    for s in record["signatures"]:
        state = "whole" if s["intact"] else "BROKEN"
        lines.append(
            f"  {s['field']}: {s['signer']}, {s['signing_time']}, {s['level']}, {state}, covers "
            f"{s['coverage'].replace('_', ' ')}, changes since: {s['changes']}, "
            f"{'trusted' if s['trusted'] else 'NOT trusted'}"
        )
        lines += [f"    problem: {p.replace('_', ' ')}" for p in s["problems"]]
        lines += [f"    weak: {w}" for w in s["weak"]]
    for t in record["timestamps"]:
        kind = "document time-stamp" if t["document"] else "time-stamp"
        lines.append(
            f"  {kind}: {t['time']}, {t['authority']}, {'trusted' if t['trusted'] else 'NOT trusted'}"
        )
    lines += [f"  problem: {p.replace('_', ' ')}" for p in found.problems]
    return "\n".join(escaped(line) for line in lines)


def _quiet() -> None:
    # What the libraries log repeats what is reported, with traces.
    for library in ("pyhanko", "pyhanko_certvalidator", "fontTools"):
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)


def _key(options: SignOptions) -> AbstractContextManager[SigningKey]:
    if (options.pkcs12 is None) == (options.pkcs11 is None):
        raise UsageError("bad_option", name="--pkcs12 or --pkcs11", why="give one of the two")
    if options.passphrase_file is None:
        raise UsageError("bad_option", name="--passphrase-file", why="it is needed")
    secret = read_secret(options.passphrase_file)
    if options.pkcs12 is not None:
        return nullcontext(from_pkcs12(options.pkcs12, secret.encode()))
    assert options.pkcs11 is not None
    return from_pkcs11(
        options.pkcs11, token=options.token, pin=secret, label=options.key, chain=options.chain
    )


def _seal(options: SignOptions, key: SigningKey, now: datetime) -> Seal | None:
    if options.form == "none":
        return None
    try:
        form = Form(options.form)
    except ValueError:
        raise UsageError("bad_option", name="--form", why=f"none or one of {', '.join(Form)}") from None
    body = options.body or key.holder
    if form is Form.DIGITIZED:
        return digitized_seal(body, now)
    if form is Form.COPY:
        return copy_seal(options.copy_form, body, now)
    if form is Form.ATTACHED:
        if not options.number:
            raise UsageError("bad_option", name="--number", why="the form 'attached' shows it")
        return attached_seal(options.number, now)
    if options.image is None or not options.at:
        raise UsageError("bad_option", name="--image and --at", why=f"the form '{form}' needs both")
    page, box = _place(options.at)
    return Seal(form, picture=_read(options.image), page=page, box=box)


def _place(at: str) -> tuple[int, tuple[float, float, float, float]]:
    try:
        page, x, y, w, h = at.split(",")
        return int(page), (float(x), float(y), float(w), float(h))
    except ValueError:
        raise UsageError("bad_option", name="--at", why="PAGE,X,Y,W,H") from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SenderError("not_found") from None
    except OSError as failed:
        raise SenderError("not_readable", why=failed.strerror) from None


def _write_new(path: Path, data: bytes) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".sohoa-", delete=False) as new:
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
        try:
            Path(new.name).chmod(0o644)
            os.link(new.name, path)
        finally:
            Path(new.name).unlink()
    except OSError as failed:
        raise MachineError("output_failed", name=path, why=failed.strerror) from None
