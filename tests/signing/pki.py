# ruff: noqa: E501  the certificates' YAML has long lines
"""A throw-away public key infrastructure on a local port: root, intermediate, two signers, OCSP, CRL, TSA."""

from __future__ import annotations

import atexit
import shutil
import socket
import tempfile
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import yaml
from asn1crypto import pem, x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

PASSPHRASE = b"chi-de-thu"
BODY = "Sở Xây dựng tỉnh Thử Nghiệm"
OFFICER = "Nguyễn Thị Thử"

_CONFIG = """
external-url-prefix: {url}
keysets:
  keys:
    path-prefix: {keys}
    keys: {{{key_list}}}
pki-architectures:
  gov:
    keyset: keys
    entity-defaults: {{country-name: VN, organization-name: Cơ quan Thử nghiệm}}
    entities:
      root: {{common-name: Gốc Thử nghiệm}}
      other-root: {{common-name: Gốc Khác}}
      interm: {{common-name: CA Thử nghiệm}}
      body: {{common-name: {body}}}
      officer: {{common-name: {officer}}}
      revoked: {{common-name: Đã thu hồi}}
      late: {{common-name: Hết hạn}}
      cipher: {{common-name: Chỉ mã hoá}}
      silent: {{common-name: Không ai trả lời}}
      stranger: {{common-name: Người lạ}}
      ocsp: {{common-name: OCSP Thử nghiệm}}
      tsa: {{common-name: TSA Thử nghiệm}}
    certs:
      root:
        subject: root
        issuer: root
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2500-01-01T00:00:00+0000"}}
        profiles: [{{id: simple-ca, params: {{max-path-len: 1}}}}]
      other-root:
        subject: other-root
        issuer: other-root
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2500-01-01T00:00:00+0000"}}
        profiles: [{{id: simple-ca, params: {{max-path-len: 1}}}}]
      interm:
        subject: interm
        issuer: root
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2100-01-01T00:00:00+0000"}}
        extensions:
          - {{id: basic_constraints, critical: true, value: {{ca: true, path_len_constraint: 0}}}}
          - {{id: key_usage, critical: true, smart-value: {{schema: key-usage, params: [key_cert_sign, crl_sign]}}}}
          - {{id: crl_distribution_points, smart-value: {{schema: crl-dist-url, params: {{crl-repo-names: [root]}}}}}}
      body: &signer
        subject: body
        issuer: interm
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2090-01-01T00:00:00+0000"}}
        extensions:
          - {{id: key_usage, critical: true, smart-value: {{schema: key-usage, params: [digital_signature, non_repudiation]}}}}
          - {{id: crl_distribution_points, smart-value: {{schema: crl-dist-url, params: {{crl-repo-names: [interm]}}}}}}
          - {{id: authority_information_access, smart-value: {{schema: aia-urls, params: {{ocsp-responder-names: [interm]}}}}}}
      officer: {{<<: *signer, subject: officer}}
      revoked:
        <<: *signer
        subject: revoked
        revocation: {{revoked-since: "2021-06-01T00:00:00+0000", reason: key_compromise}}
      late:
        <<: *signer
        subject: late
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2022-01-01T00:00:00+0000"}}
      cipher:
        subject: cipher
        issuer: interm
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2090-01-01T00:00:00+0000"}}
        extensions:
          - {{id: key_usage, critical: true, smart-value: {{schema: key-usage, params: [key_encipherment]}}}}
      silent:
        subject: silent
        issuer: interm
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2090-01-01T00:00:00+0000"}}
        extensions:
          - {{id: key_usage, critical: true, smart-value: {{schema: key-usage, params: [digital_signature, non_repudiation]}}}}
          - {{id: authority_information_access, value: [{{access_method: ocsp, access_location: {{uniform_resource_identifier: "{hanging}/ocsp"}}}}]}}
      stranger:
        subject: stranger
        issuer: other-root
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2090-01-01T00:00:00+0000"}}
        extensions:
          - {{id: key_usage, critical: true, smart-value: {{schema: key-usage, params: [digital_signature, non_repudiation]}}}}
      ocsp:
        subject: ocsp
        issuer: interm
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2090-01-01T00:00:00+0000"}}
        profiles: [ocsp-responder]
      tsa:
        subject: tsa
        issuer: root
        validity: {{valid-from: "2020-01-01T00:00:00+0000", valid-to: "2090-01-01T00:00:00+0000"}}
        extensions:
          - {{id: key_usage, critical: true, smart-value: {{schema: key-usage, params: [digital_signature]}}}}
          - {{id: extended_key_usage, critical: true, value: [time_stamping]}}
          - {{id: crl_distribution_points, smart-value: {{schema: crl-dist-url, params: {{crl-repo-names: [root]}}}}}}
    services:
      ocsp:
        interm: {{for-issuer: interm, responder-cert: ocsp, signing-key: ocsp}}
      crl-repo:
        root: {{for-issuer: root, signing-key: root, simulated-update-schedule: P90D}}
        interm: {{for-issuer: interm, signing-key: interm, simulated-update-schedule: P30D}}
      time-stamping:
        tsa: {{signing-key: tsa, signing-cert: tsa}}
"""
_RSA = (
    "root",
    "other-root",
    "interm",
    "body",
    "revoked",
    "late",
    "cipher",
    "silent",
    "stranger",
    "ocsp",
    "tsa",
)
_EC = ("officer",)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@dataclass
class Pki:
    """The running infrastructure."""

    arch: PKIArchitecture
    url: str
    server: WSGIServer
    hanging: socket.socket

    def certificate(self, label: str) -> x509.Certificate:
        return self.arch.get_cert(CertLabel(label))

    def root_pem(self) -> bytes:
        return bytes(pem.armor("CERTIFICATE", self.certificate("root").dump()))

    def write_pkcs12(self, label: str, path: Path) -> Path:
        path.write_bytes(self.arch.package_pkcs12(CertLabel(label), password=PASSPHRASE))
        return path

    @property
    def tsa(self) -> str:
        return f"{self.url}/gov/tsa/tsa"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.hanging.close()


@cache
def shared_pki() -> Pki:
    """One for the whole test process: making keys takes a second."""
    folder = Path(tempfile.mkdtemp(prefix="sohoa-pki-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return start_pki(folder)


def start_pki(folder: Path) -> Pki:
    """Make keys in ``folder`` and serve until :meth:`Pki.close`."""
    for name in (*_RSA, *_EC):
        key = (
            ec.generate_private_key(ec.SECP256R1()) if name in _EC else rsa.generate_private_key(65537, 2048)
        )
        (folder / f"{name}.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    animator: list[Animator] = []
    server = make_server("127.0.0.1", 0, lambda env, start: animator[0](env, start), handler_class=_Quiet)
    url = f"http://127.0.0.1:{server.server_port}"
    key_list = ", ".join(f"{n}: {{path: {n}.pem}}" for n in (*_RSA, *_EC))
    hanging = socket.create_server(("127.0.0.1", 0))  # takes connections and never answers
    text = _CONFIG.format(
        hanging=f"http://127.0.0.1:{hanging.getsockname()[1]}",
        url=url,
        keys=folder,
        key_list=key_list,
        body=BODY,
        officer=OFFICER,
    )
    config = CertomancerConfig(yaml.safe_load(text), key_search_dir=str(folder), lazy_load_keys=True)
    arch = config.get_pki_arch(ArchLabel("gov"))
    animator.append(Animator(AnimatorArchStore({ArchLabel("gov"): arch}), with_web_ui=False))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Pki(arch, url, server, hanging)
