"""The whole description held against the service: no answer of 5xx, none of a status, a kind of content or a form
that the description does not name."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from settings import load
from tests.api.conftest import DECISION, Desk

EXAMPLES = 6
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@schemathesis.serializer("application/offset+octet-stream")
def as_it_is(_: object, value: Any) -> bytes:
    """The bytes of a resumable upload."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


# ``load`` reads no environment here: the description does not depend on it.
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(create_app(load({})).openapi())))


@pytest.fixture(scope="session")
def known(desk: Desk) -> dict[str, Any]:
    """Things that are really there."""
    code = "H49.12-251124-777777777"
    read = desk.digitized(text=DECISION.replace("9?", "9").replace("Mẫu!", "Mẫu"), code=code)
    told = {
        **dict.fromkeys(("TypeName", "CodeNumber", "CodeNotation", "OrganName", "Subject"), "x"),
        "IssuedDate": "2025-07-31",
    }
    form = {"document_id": (None, read["id"]), "metadata": (None, json.dumps(told))}
    imported = desk.client.post("/api/v1/documents/import", files=form)
    assert imported.status_code == 201, imported.text
    return {
        "document_id": read["id"],
        "intake_id": read["intake_id"],
        "ma_ho_so": code,
        "doc_code": imported.json()["doc_code"],
        "name": "so_ky_hieu",
        "page": 1,
        "kind": "pdf",
        "target": read["id"],
    }


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_what_is_described_is_what_is_answered(
    case: schemathesis.Case, desk: Desk, known: dict[str, Any]
) -> None:
    address = str(desk.client.base_url)
    case.call_and_validate(base_url=address, checks=CHECKS, timeout=20)
    there = {name: known[name] for name in case.path_parameters or {} if name in known}
    if there:
        case.path_parameters = {**case.path_parameters, **there}
        case.call_and_validate(base_url=address, checks=CHECKS, timeout=20)
