"""Certificates that are trusted, and how they are named."""

from __future__ import annotations

from pathlib import Path

from asn1crypto import pem, x509

from errors import MachineError

_ENDINGS = {".pem", ".crt", ".cer", ".der"}


def load_roots(folder: Path | None) -> tuple[x509.Certificate, ...]:
    """All certificates in a folder of PEM or DER files; none for ``None``.

    Raises:
        MachineError: ``bad_trust_folder`` when it cannot be listed or a file in it is no certificate.
    """
    if folder is None:
        return ()
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() in _ENDINGS)
        return tuple(cert for path in files for cert in _certificates(path))
    except OSError as failed:
        raise MachineError("bad_trust_folder", name=folder, why=failed.strerror) from None


def _certificates(path: Path) -> list[x509.Certificate]:
    data = path.read_bytes()
    try:
        if pem.detect(data):
            found = [x509.Certificate.load(der) for _, _, der in pem.unarmor(data, multiple=True)]
        else:
            found = [x509.Certificate.load(data)]
        for cert in found:
            _ = cert.subject.native  # parsing is lazy: a broken file shows here
    except (ValueError, TypeError):
        raise MachineError("bad_trust_folder", name=path, why="not a certificate") from None
    return found


def name_of(cert: x509.Certificate | None) -> str:
    """The holder's name as people know it: common name, else organisation, else the whole subject."""
    if cert is None:
        return ""
    subject = cert.subject.native
    for part in ("common_name", "organization_name"):
        value = subject.get(part)
        if value:
            return str(value[-1] if isinstance(value, list) else value)
    return str(cert.subject.human_friendly)
