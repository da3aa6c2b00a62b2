"""Keys that sign: a PKCS#12 file (development, or a body's soft key) and a PKCS#11 token or HSM.

A key is loaded once and used for many files: checking an RSA key takes longer than signing with it.
Passphrases and PINs are read from files, never taken from a command line, logged or kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign import SimpleSigner

from errors import SenderError
from signing.trust import name_of


@dataclass(frozen=True)
class SigningKey:
    """A key with its certificate, ready to sign. ``signer`` is pyHanko's."""

    signer: Any

    @property
    def certificate(self) -> x509.Certificate:
        """The holder's certificate."""
        certificate: x509.Certificate = self.signer.signing_cert
        return certificate

    @property
    def holder(self) -> str:
        """The holder's name as people know it."""
        return name_of(self.certificate)


def from_pkcs12(archive: Path, passphrase: bytes) -> SigningKey:
    """Load a key from a PKCS#12 file.

    Raises:
        SenderError: ``bad_key_file``: no such file, not PKCS#12, without a key, or a wrong passphrase.
    """
    try:
        data = archive.read_bytes()
    except OSError as failed:
        raise SenderError("bad_key_file", why=failed.strerror) from None
    try:
        signer = SimpleSigner.load_pkcs12_data(data, other_certs=(), passphrase=passphrase)
    except (ValueError, AttributeError, TypeError):
        raise SenderError("bad_key_file", why="not a PKCS#12 key, or the passphrase is wrong") from None
    if signer is None or signer.signing_cert is None:
        raise SenderError("bad_key_file", why="it holds no certificate")
    return SigningKey(signer)


@contextmanager
def from_pkcs11(
    module: Path, *, token: str, pin: str, label: str, chain: Path | None = None
) -> Iterator[SigningKey]:
    """A key on a token or HSM, open as long as the context is.

    ``module`` is the vendor's library, ``token`` the token's label, ``label`` that of key and certificate,
    ``chain`` a PEM file of intermediate certificates that the token does not hold.

    Raises:
        SenderError: ``bad_token``: no such module, token, key or certificate, or a wrong PIN.
    """
    import pkcs11
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    if not module.is_file():
        raise SenderError("bad_token", why=f"no such module: {module}")
    try:
        session = open_pkcs11_session(str(module), token_criteria=TokenCriteria(label=token), user_pin=pin)
    except pkcs11.exceptions.PKCS11Error as failed:
        raise SenderError("bad_token", why=_token_trouble(failed)) from None
    except Exception as failed:  # the bindings raise bare errors for broken modules
        raise SenderError("bad_token", why=type(failed).__name__) from None
    with session:
        extra = list(load_certs_from_pemder_data(chain.read_bytes())) if chain else []
        signer = PKCS11Signer(
            session, cert_label=label, key_label=label, ca_chain=extra, other_certs_to_pull=None
        )
        try:
            _ = signer.signing_cert
        except Exception:
            raise SenderError("bad_token", why=f"no key and certificate named {label}") from None
        yield SigningKey(signer)


def _token_trouble(failed: Exception) -> str:
    known = {
        "PinIncorrect": "the PIN is wrong",
        "PinLocked": "the PIN is locked",
        "TokenNotPresent": "the token is not there",
        "DeviceRemoved": "the token was pulled out",
    }
    return known.get(type(failed).__name__, str(failed) or type(failed).__name__)


def read_secret(path: Path) -> str:
    """The first line of a file that holds a passphrase or PIN.

    Raises:
        SenderError: ``bad_secret_file``.
    """
    try:
        return path.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        raise SenderError("bad_secret_file", name=path) from None
