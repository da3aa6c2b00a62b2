"""Deferred signing: the digest goes out, the signer's own token signs it, the value comes back."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from api.problems import documented
from api.service import TheService, Who
from api.v1 import result_bodies as bodies
from api.v1.bodies import Body
from api.v1.results import ResultId, desk_of
from errors import SenderError
from results.deferred import hand_out, take_back
from storage import dossiers
from storage.identifiers import PATTERN as IDENTIFIER
from storage.result_views import SessionView

router = APIRouter(tags=["Ký số kết quả"])

SessionId = Annotated[str, Path(description="The session.", pattern=IDENTIFIER)]
Certificate = Annotated[str, Field(min_length=1, max_length=20_000, description="PEM, or DER in base64.")]


class NewSession(Body):
    """Who will sign, and how it looks."""

    version: int = Field(ge=1, description="The result's version that the signer saw.")
    certificate: Certificate
    chain: list[Certificate] = Field(default=[], max_length=10, description="Intermediate certificates.")
    picture: str = Field(
        "",
        max_length=2_000_000,
        description="PNG in base64, for the forms `officer` and `agency`: hand signature or seal.",
    )
    width_mm: float = Field(36.0, gt=5, le=80, description="True width of a seal.")


class Session(Body):
    """A session as it stands."""

    id: str
    result_id: str
    state: str = Field(description="`open`, `completed` or `expired`.")
    expires_at: datetime


class OpenedSession(Session):
    """What the tool that signs is given. It signs either `digest`, or `signed_attributes`, whose SHA-256 it
    is: RSA by PKCS #1 v1.5, ECDSA in DER."""

    digest: str = Field(description="Base64.")
    digest_algorithm: str = Field(examples=["sha256"])
    signed_attributes: str = Field(description="CMS signed attributes in DER, base64.")


class Completion(Body):
    """The signature's value."""

    signature: str = Field(min_length=1, max_length=4000, description="Base64.")


def _told(service: TheService, view: SessionView) -> dict[str, object]:
    state = "completed" if view.completed_at else "open"
    if state == "open" and service.database.clock() >= view.expires_at:
        state = "expired"
    return {"id": view.id, "result_id": view.result_id, "state": state, "expires_at": view.expires_at}


@router.post(
    "/results/{result_id}/signing-sessions",
    status_code=201,
    summary="Hand out a digest to sign",
    responses=documented(403, 404, 409, 412),
)
def open_signing_session(service: TheService, result_id: ResultId, new: NewSession, by: Who) -> OpenedSession:
    """The certificate is checked as for any signature. The session outlives a restart and expires; whoever
    signs the result in the meantime makes it void."""
    out = hand_out(
        desk_of(service),
        result_id,
        new.version,
        _certificate(new.certificate),
        [_certificate(one) for one in new.chain],
        picture=_bytes(new.picture, "picture") if new.picture else None,
        width_mm=new.width_mm,
        by=by,
    )
    return OpenedSession(
        **_told(service, out.session),  # type: ignore[arg-type]
        digest=base64.b64encode(out.digest).decode(),
        digest_algorithm="sha256",
        signed_attributes=base64.b64encode(out.attributes).decode(),
    )


@router.get("/signing-sessions/{session_id}", summary="A signing session", responses=documented(404))
def get_signing_session(service: TheService, session_id: SessionId) -> Session:
    """Whether it can still be completed."""
    return Session(**_told(service, dossiers.get_session(service.database, session_id)))  # type: ignore[arg-type]


@router.post(
    "/signing-sessions/{session_id}/complete",
    summary="Give back the signature's value",
    responses=documented(403, 404, 409, 410, 412),
)
def complete_signing_session(
    service: TheService, session_id: SessionId, said: Completion, by: Who
) -> bodies.Result:
    """Taken once, and only if it is the certificate's signature over exactly what was handed out."""
    value = _bytes(said.signature, "signature")
    return bodies.result(take_back(desk_of(service), session_id, value, by=by))


def _certificate(text: str) -> bytes:
    return text.encode() if "-----BEGIN" in text else _bytes(text, "certificate")


def _bytes(text: str, where: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise SenderError("invalid_request", where=where, why="base64") from None
