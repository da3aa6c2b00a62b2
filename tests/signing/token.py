"""A SoftHSM token with the body's key."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.signing.pki import Pki, shared_pki

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "1234"


@cache
def shared_token() -> None:
    """Make the token ``thu`` with the key ``body`` of the shared infrastructure, and point this process to it.
    Once a process: the library reads its configuration and its tokens when it is first used."""
    assert MODULE.exists(), "softhsm2 is installed by the set-up"
    folder = Path(tempfile.mkdtemp(prefix="sohoa-token-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    pki = shared_pki()
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    environment = dict(os.environ)
    run = ["softhsm2-util", "--init-token", "--free", "--label", "thu", "--pin", PIN, "--so-pin", "5678"]
    subprocess.run(run, check=True, capture_output=True, env=environment)
    key = folder / "token-key.pem"
    key.write_bytes(_private_key(pki))
    load = ["softhsm2-util", "--import", str(key), "--token", "thu", "--label", "body", "--id", "01"]
    subprocess.run([*load, "--pin", PIN], check=True, capture_output=True, env=environment)
    key.unlink()
    _load_certificate(folder, pki, environment)


def _private_key(pki: Pki) -> bytes:
    from asn1crypto import pem
    from certomancer.registry import KeyLabel

    pair = pki.arch.key_set.get_asym_key(KeyLabel("body"))
    return bytes(pem.armor("PRIVATE KEY", pair.private.dump()))


def _load_certificate(folder: Path, pki: Pki, environment: dict[str, str]) -> None:
    cert = folder / "body.der"
    cert.write_bytes(pki.certificate("body").dump())
    code = (
        "import sys, pathlib, pkcs11\n"
        "from pkcs11.util.x509 import decode_x509_certificate\n"
        "token = pkcs11.lib(sys.argv[1]).get_token(token_label='thu')\n"
        "with token.open(rw=True, user_pin=sys.argv[3]) as session:\n"
        "    cert = decode_x509_certificate(pathlib.Path(sys.argv[2]).read_bytes())\n"
        "    cert |= {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: 'body', pkcs11.Attribute.ID: b'1'}\n"
        "    session.create_object(cert)\n"
    )
    python = Path(__file__).resolve().parents[2] / ".venv/bin/python"
    subprocess.run(
        [python, "-c", code, str(MODULE), str(cert), PIN], check=True, capture_output=True, env=environment
    )
