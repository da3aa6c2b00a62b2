"""The JSON bodies of electronic results, their signatures and verifications."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, SecretStr

from api.problems import Problem, problem_of
from api.v1.bodies import Body, DossierCode, Sha256
from results.signing_desk import Outcome
from storage.identifiers import PATTERN as IDENTIFIER
from storage.result_views import ResultView, SignatureView

Text = Annotated[str, Field(max_length=200)]
ResultKey = Annotated[str, Field(pattern=IDENTIFIER, examples=["01KB2Y3M7Q9C4X8T5N6P0R1S2V"])]


class ResultSignature(Body):
    """One signature that a result needs; what follows `form` is null until it is there."""

    position: int = Field(ge=1)
    role: str = Field(description="`officer` or `agency`.", examples=["officer"])
    signer: str = Field(description="Whose certificate must sign.", examples=["Nguyễn Thị Thử"])
    form: str = Field(description="Visible form: `officer`, `agency`, `digitized` or `none`.")
    level: str | None = Field(examples=["B-LT"])
    holder: str | None
    signed_at: datetime | None
    signed_by: str | None = Field(description="Who was at the machine.")
    checked: dict[str, Any] | None = Field(description="What was found of the certificate before signing.")


class Result(Body):
    """One electronic result."""

    id: ResultKey
    ma_ho_so: DossierCode
    kind: str = Field(description="`result`.", examples=["result"])
    document_id: str | None = Field(description="The digitized paper that it is, if it is one.")
    name: str = Field(examples=["giay-phep.pdf"])
    title: str = Field(examples=["Giấy phép xây dựng"])
    pages: int
    state: str = Field(description="`waiting`, `signed` or `refused`.", examples=["waiting"])
    turn: int | None = Field(description="The position of the signature that is waited for.")
    version: int = Field(description="Show it when signing or refusing.", ge=1)
    sha256: Sha256 = Field(description="The PDF as it stands.")
    size: int
    added_at: datetime
    added_by: str
    finished_at: datetime | None
    refusal: str | None
    refused_by: str | None
    wanted_level: str | None = Field(description="The level that the file is still to be raised to.")
    signatures: list[ResultSignature]
    href: str


class Results(Body):
    """A part of a list."""

    items: list[Result]
    next: str | None = Field(description="Give it as `after` to get what follows.")


class NewDocumentResult(Body):
    """A digitized paper becomes a result."""

    title: Text = ""
    officer: Text = Field("", description="Name in the certificate of the officer who signs.")
    agency: Text = Field("", description="Name in the certificate of the body that seals.")


class ToSign(Body):
    """One result, at the version that the signer saw."""

    id: ResultKey
    version: int = Field(ge=1)


class SignRequest(Body):
    """Sign one or many results in one go with one key."""

    key: Text = Field(description="Name of a key, see `/signing-keys`.")
    pin: SecretStr = Field(
        SecretStr(""), max_length=200, description="PIN or passphrase; used once, never kept or logged."
    )
    results: list[ToSign] = Field(min_length=1, max_length=100)


class SignOutcome(Body):
    """What became of one result."""

    id: ResultKey
    signed: bool
    result: Result | None
    problem: Problem | None


class SignOutcomes(Body):
    """One outcome for each result, in the order asked."""

    signed: int
    results: list[SignOutcome]


class Refusal(Body):
    """A signer does not sign."""

    version: int = Field(ge=1)
    reason: str = Field(min_length=3, max_length=2000, description="Why, for whoever prepared the result.")


class SigningKey(Body):
    """A key that the service may use."""

    name: str
    needs_pin: bool


class SigningKeys(Body):
    """The keys of the settings."""

    items: list[SigningKey]


class Verification(Body):
    """The form of `sohoa verify --json` (docs/signing.md)."""

    verdict: str = Field(description="`valid`, `untrusted`, `invalid` or `unsigned`.", examples=["valid"])
    signatures: list[dict[str, Any]]
    timestamps: list[dict[str, Any]]
    problems: list[str]


def signature(view: SignatureView) -> ResultSignature:
    """A signature's body."""
    return ResultSignature(
        position=view.position,
        role=view.role,
        signer=view.signer,
        form=view.form,
        level=view.level,
        holder=view.holder,
        signed_at=view.signed_at,
        signed_by=view.signed_by,
        checked=dict(view.checked) if view.checked else None,
    )


def result(view: ResultView) -> Result:
    """A result's body."""
    return Result(
        id=view.id,
        ma_ho_so=view.ma_ho_so,
        kind=view.kind,
        document_id=view.document_id,
        name=view.name,
        title=view.title,
        pages=view.pages,
        state=view.state,
        turn=view.turn,
        version=view.version,
        sha256=view.sha256,
        size=view.size,
        added_at=view.added_at,
        added_by=view.added_by,
        finished_at=view.finished_at,
        refusal=view.refusal,
        refused_by=view.refused_by,
        wanted_level=view.wanted_level,
        signatures=[signature(one) for one in view.signatures],
        href=f"/api/v1/results/{view.id}",
    )


def outcomes(made: Sequence[Outcome]) -> SignOutcomes:
    """The body of an answer to signing."""
    return SignOutcomes(
        signed=sum(one.error is None for one in made),
        results=[
            SignOutcome(
                id=one.id,
                signed=one.error is None,
                result=result(one.result) if one.result else None,
                problem=problem_of(one.error) if one.error else None,
            )
            for one in made
        ],
    )
