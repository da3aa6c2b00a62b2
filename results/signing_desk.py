"""Results are signed: claimed, checked, placed, signed, stored, attached. Nothing half-signed is ever served,
and nothing is signed twice (:mod:`storage.dossiers.results`)."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from asn1crypto import x509
from pyhanko.sign.timestamps import HTTPTimeStamper

from errors import MachineError, SohoaError
from isolation import Workshop
from results.keyring import KeyEntry, KeyRing
from settings import Settings
from signing.admission import Admission, Revocation, check_holder
from signing.keys import SigningKey
from signing.raising import archive_ends
from signing.sealing import Level, Signed, Wish, sign_checked
from signing.seals import Form, Seal, digitized_seal
from signing.trust import load_roots
from storage import dossiers
from storage.database import Database
from storage.dossiers import MadeSignature
from storage.objects import ObjectStore, key_of
from storage.result_views import ResultView, SignatureClaim, SignatureView

_log = structlog.get_logger(__name__)
_LOOK_SECONDS = 60.0
RAISE_AFTER = timedelta(minutes=10)
"""When to try again to reach the level that a silent time-stamping authority kept from being reached."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A result to sign, at the version that the signer saw."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one chosen result. ``result`` is as it stands now where it is known; ``error`` why it was
    not signed."""

    id: str
    result: ResultView | None
    error: SohoaError | None


@dataclass(frozen=True, slots=True)
class SigningDesk:
    """Where results are signed. ``children`` look at files that are not trusted; what raises levels alone
    needs none."""

    settings: Settings
    database: Database
    objects: ObjectStore
    children: Workshop | None = None

    def sign(self, chosen: Sequence[Chosen], key_name: str, pin: str, *, by: str) -> tuple[Outcome, ...]:
        """Sign results in one go, each by itself: one that is refused stops no other.

        Raises:
            SenderError: ``unknown_key``, ``pin_needed``, ``bad_key_file``, ``bad_token``: nothing was signed.
            MachineError: ``bad_keys_file``, ``bad_trust_folder``.
        """
        ring = KeyRing(self.settings.signing_keys)
        entry = ring.entry(key_name)
        roots = load_roots(self.settings.trust_dir)
        with ring.opened(entry, pin) as key:
            return tuple(self._outcome(one, ring, entry, key, roots, by) for one in chosen)

    def _outcome(
        self,
        one: Chosen,
        ring: KeyRing,
        entry: KeyEntry,
        key: SigningKey,
        roots: tuple[x509.Certificate, ...],
        by: str,
    ) -> Outcome:
        try:
            claim = dossiers.claim_signature(self.database, one.id, expected_version=one.version)
        except SohoaError as refused:
            return Outcome(one.id, self._known(one.id), refused)
        try:
            check_holder(key.certificate, claim.signature.signer)
            picture = None
            if claim.signature.form in (Form.OFFICER, Form.AGENCY):
                picture = ring.picture(entry)
            result = self._sign_claimed(claim, key, roots, picture, entry.width_mm, by)
        except SohoaError as refused:
            dossiers.release_signature(self.database, claim)
            _log.info("not_signed", result=one.id, reason=refused.code)
            return Outcome(one.id, claim.result, refused)
        except Exception as broken:  # the claim must not stay, whatever a library or token met
            dossiers.release_signature(self.database, claim)
            _log.error("signing_broke", result=one.id, kind=type(broken).__name__)
            return Outcome(one.id, claim.result, MachineError("signing_failed", why=type(broken).__name__))
        return Outcome(one.id, result, None)

    def _known(self, result_id: str) -> ResultView | None:
        try:
            return dossiers.get_result(self.database, result_id)
        except SohoaError:
            return None

    def _sign_claimed(
        self,
        claim: SignatureClaim,
        key: SigningKey,
        roots: tuple[x509.Certificate, ...],
        picture: bytes | None,
        width_mm: float,
        by: str,
    ) -> ResultView:
        before = claim.result.sha256
        pdf = self.read(before)
        now = self.database.clock()
        wish = Wish(
            Level(self.settings.signing_level),
            now,
            seal=self.placed(before, claim.signature, picture, width_mm, now),
            roots=roots,
            revocation=Revocation(self.settings.signing_revocation),
            answer_seconds=self.settings.signing_answer_seconds,
        )
        signed, wanted = self._sign_or_put_off(pdf, key, wish)
        made = self.keep(pdf, before, signed.pdf, signed.level, signed.admission, key.certificate, wanted)
        return dossiers.attach_signature(self.database, claim, made, by=by)

    def _sign_or_put_off(self, pdf: bytes, key: SigningKey, wish: Wish) -> tuple[Signed, Level | None]:
        """Signed at the wished level; or, where the time-stamping authority is silent and the settings say so,
        at B-B, with the level that is still wanted."""
        try:
            return sign_checked(pdf, key, wish, time_stamper=self.time_stamper()), None
        except MachineError as failed:
            if failed.code != "timestamp_failed" or self.settings.tsa_down != "sign":
                raise
        _log.warning("time_stamps_put_off", wanted=wish.level.value)
        plain = Wish(
            Level.B_B,
            wish.now,
            seal=wish.seal,
            roots=wish.roots,
            revocation=wish.revocation,
            answer_seconds=wish.answer_seconds,
        )
        return sign_checked(pdf, key, plain), wish.level

    def time_stamper(self) -> HTTPTimeStamper | None:
        """The time-stamping authority of the settings."""
        url = self.settings.tsa_url
        return HTTPTimeStamper(url, timeout=self.settings.signing_answer_seconds) if url else None

    def read(self, sha256: str) -> bytes:
        """A stored file, compared with its name: what is signed is what was shown.

        Raises:
            MachineError: ``object_damaged``, or the store cannot be had.
        """
        data = b"".join(self.objects.stream(key_of(sha256)))
        if hashlib.sha256(data).hexdigest() != sha256:
            raise MachineError("object_damaged", key=key_of(sha256))
        return data

    def keep(
        self,
        pdf: bytes,
        before: str,
        signed: bytes,
        level: Level,
        admission: Admission,
        certificate: x509.Certificate,
        wanted: Level | None,
    ) -> MadeSignature:
        """Store a signed file; what is to be recorded of it."""
        if not signed.startswith(pdf):
            raise MachineError("signing_failed", why="the file was changed, not added to")
        after = self.store(signed)
        now = self.database.clock()
        return MadeSignature(
            before_sha256=before,
            after_sha256=after,
            size=len(signed),
            level=level.value,
            holder=admission.holder,
            certificate=base64.b64encode(certificate.dump()).decode(),
            signed_at=admission.checked_at,
            checked=admission.as_record(),
            wanted_level=wanted.value if wanted else None,
            due_at=now + RAISE_AFTER if wanted else self.renewal(signed, level),
        )

    def renewal(self, signed: bytes, level: Level) -> datetime | None:
        """When a file's archive time-stamp is to be renewed; None below B-LTA."""
        ends = archive_ends(signed) if level is Level.B_LTA else None
        return None if ends is None else ends - timedelta(days=self.settings.renew_before_days)

    def store(self, data: bytes) -> str:
        """Store a file; its sha256."""
        sha256 = hashlib.sha256(data).hexdigest()
        with self._scratch() as scratch:
            path = Path(scratch) / "signed.pdf"
            path.write_bytes(data)
            self.objects.put_file(path, sha256, "application/pdf")
        return sha256

    def placed(
        self, sha256: str, signature: SignatureView, picture: bytes | None, width_mm: float, now: datetime
    ) -> Seal | None:
        """The visible form in its place.

        Raises:
            SenderError: ``no_signature_place``, ``bad_seal``.
        """
        if signature.form == "none":
            return None
        assert self.children is not None
        lines = digitized_seal(signature.signer, now).lines if picture is None else ()
        with self._scratch() as scratch:
            path = self.objects.local_copy(key_of(sha256), Path(scratch))
            page, box = self.children.run(
                "results.looking:find_spot",
                *(path, signature.form, signature.signer, lines, picture, width_mm / 25.4 * 72),
                seconds=_LOOK_SECONDS,
            )
        return Seal(Form(signature.form), lines, picture, int(page), tuple(box))

    def _scratch(self) -> tempfile.TemporaryDirectory[str]:
        folder = self.settings.data_dir / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(dir=folder, prefix="signing-")
