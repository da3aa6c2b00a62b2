"""Deferred signing of results: the digest is handed out, the signer's own token signs it in a tool elsewhere, the
value comes back and completes the file. A session lives in the database, so a restart ends nothing."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import x509

from errors import MachineError, SenderError
from results.signing_desk import SigningDesk
from signing.admission import Admission, Revocation, check_holder
from signing.deferring import Prepared, complete, prepare, read_certificate
from signing.raising import raise_level
from signing.sealing import Level, Wish
from signing.seals import Form
from signing.trust import load_roots
from storage import dossiers
from storage.refusals import ConflictError
from storage.result_views import ResultView, SessionView

_PICTURE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What the tool that signs is given."""

    session: SessionView
    attributes: bytes
    digest: bytes


def hand_out(
    desk: SigningDesk,
    result_id: str,
    version: int,
    certificate: bytes,
    chain: Sequence[bytes],
    *,
    picture: bytes | None,
    width_mm: float,
    by: str,
) -> HandedOut:
    """Check the certificate and prepare the result for a signature from elsewhere.

    Raises:
        SenderError: the certificate may not sign, or is not the signer's; the form has no place or picture.
        ConflictError: ``not_waiting``, ``version_conflict``, ``being_signed``.
        MachineError: ``revocation_unknown``, ``signing_failed``, and what the stores meet.
    """
    holder = read_certificate(certificate)
    others = tuple(read_certificate(one) for one in chain)
    result = dossiers.get_result(desk.database, result_id)
    signature = result.waits_for
    if signature is None:
        raise ConflictError("not_waiting")
    if result.version != version:
        raise ConflictError("version_conflict", expected=version, now=result.version)
    check_holder(holder, signature.signer)
    shown = None
    if signature.form in (Form.OFFICER, Form.AGENCY):
        shown = _picture(desk, picture, signature.signer)
    now = desk.database.clock()
    settings = desk.settings
    wish = Wish(
        Level(settings.signing_level),
        now,
        seal=desk.placed(result.sha256, signature, shown, width_mm, now),
        roots=load_roots(settings.trust_dir),
        revocation=Revocation(settings.signing_revocation),
        answer_seconds=settings.signing_answer_seconds,
    )
    prepared, admission = prepare(desk.read(result.sha256), holder, others, wish)
    opened = dossiers.open_session(
        desk.database,
        result,
        desk.store(prepared.pdf),
        _plan(prepared, admission, holder, others),
        lasts=timedelta(minutes=settings.signing_session_minutes),
        by=by,
    )
    return HandedOut(opened, prepared.attributes, prepared.digest)


def take_back(desk: SigningDesk, session_id: str, value: bytes, *, by: str) -> ResultView:
    """Complete the file with the value and attach it.

    Raises:
        UnknownRecordError: ``unknown_session``.
        ConflictError: ``session_used``, ``session_expired``, ``not_waiting``, ``version_conflict``.
        SenderError: ``bad_signature_value``.
        MachineError: ``timestamp_failed`` (the session stays open), and what the stores meet.
    """
    opened = dossiers.get_session(desk.database, session_id)
    dossiers.check_open(desk.database, opened)
    plan = opened.plan
    certificate = x509.Certificate.load(_bytes(plan["certificate"]))
    others = tuple(x509.Certificate.load(_bytes(one)) for one in plan["others"])
    prepared = Prepared(
        desk.read(opened.prepared_sha256),
        _bytes(plan["attributes"]),
        _bytes(plan["document_digest"]),
        int(plan["start"]),
        int(plan["end"]),
    )
    before = desk.read(opened.before_sha256)
    signed, level, wanted = _completed(desk, prepared, certificate, others, value)
    made = desk.keep(before, opened.before_sha256, signed, level, _admission(plan), certificate, wanted)
    return dossiers.complete_session(desk.database, opened, made, by=by)


def _completed(
    desk: SigningDesk,
    prepared: Prepared,
    certificate: x509.Certificate,
    others: tuple[x509.Certificate, ...],
    value: bytes,
) -> tuple[bytes, Level, Level | None]:
    """The file, the level it has and the level it is still to reach."""
    level = Level(desk.settings.signing_level)
    stamper = desk.time_stamper() if level.needs_time else None
    if level.needs_time and stamper is None:
        raise SenderError("needs_time_stamper", level=level.value)
    try:
        signed = complete(prepared, certificate, others, value, time_stamper=stamper)
        if level.needs_answers:
            assert stamper is not None
            signed = raise_level(
                signed,
                level,
                load_roots(desk.settings.trust_dir),
                time_stamper=stamper,
                answer_seconds=desk.settings.signing_answer_seconds,
            )
        return signed, level, None
    except MachineError as failed:
        if failed.code != "timestamp_failed" or desk.settings.tsa_down != "sign":
            raise
    return complete(prepared, certificate, others, value), Level.B_B, level


def _picture(desk: SigningDesk, picture: bytes | None, signer: str) -> bytes:
    if picture is None:
        raise SenderError("no_seal_picture", name=signer)
    assert desk.children is not None
    clean: bytes = desk.children.run("results.looking:clean_picture", picture, seconds=_PICTURE_SECONDS)
    return clean


def _plan(
    prepared: Prepared,
    admission: Admission,
    certificate: x509.Certificate,
    others: tuple[x509.Certificate, ...],
) -> dict[str, Any]:
    return {
        "attributes": _text(prepared.attributes),
        "document_digest": _text(prepared.document_digest),
        "start": prepared.start,
        "end": prepared.end,
        "certificate": _text(certificate.dump()),
        "others": [_text(one.dump()) for one in others],
        "admission": admission.as_record(),
    }


def _admission(plan: Any) -> Admission:
    record = plan["admission"]
    return Admission(
        record["holder"],
        datetime.fromisoformat(record["checked_at"]),
        tuple(record["chain"]),
        Revocation(record["revocation"]),
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
