"""What is served of a file that would act: nothing of it in what we made, and the sender's bytes only to be
saved."""

from __future__ import annotations

import io
from typing import Any

import httpx
import pikepdf
import pytest

from ingest.opening.pdf_active import active_kinds
from tests.corpus.cases import CASES
from tests.hostile.conftest import Centre

CODE = "H49.12-251124-7001"
MADE = {case.name: case for case in CASES}


@pytest.fixture(scope="module")
def intakes(centre: Centre) -> dict[str, dict[str, Any]]:
    names = ["act-everything", "signed-with-script", "svg"]
    sent = centre.send(CODE, *[(f"{name}.pdf", MADE[name].make()) for name in names]).json()["files"]
    return {name: centre.ended(one["id"]) for name, one in zip(names, sent, strict=True)}


def only_to_be_saved(answer: httpx.Response) -> None:
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("name", ["act-everything", "signed-with-script", "svg"])
def test_originals_are_kept_and_only_to_be_saved(
    centre: Centre, intakes: dict[str, dict[str, Any]], name: str
) -> None:
    answer = centre.client.get(f"/api/v1/intakes/{intakes[name]['id']}/original")
    only_to_be_saved(answer)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.content == MADE[name].make()


def test_what_acts_is_left_out_and_listed(centre: Centre, intakes: dict[str, dict[str, Any]]) -> None:
    intake = intakes["act-everything"]
    codes = [warning["code"] for warning in intake["warnings"]]
    assert codes == list(MADE["act-everything"].warnings)
    document = f"/api/v1/documents/{intake['documents'][0]['id']}"
    assert centre.client.get(f"{document}/record").json()["warnings"] == codes
    shown = centre.client.get(f"{document}/pdf", params={"inline": True})
    with pikepdf.open(io.BytesIO(shown.content)) as pdf:
        assert active_kinds(pdf) == ()


def test_a_signed_file_is_kept_whole_and_never_shown(
    centre: Centre, intakes: dict[str, dict[str, Any]]
) -> None:
    intake = intakes["signed-with-script"]
    assert intake["warnings"][0]["code"] == "active_content_kept"
    address = f"/api/v1/documents/{intake['documents'][0]['id']}/pdf"
    answer = centre.client.get(address, params={"inline": True})
    only_to_be_saved(answer)
    assert answer.content == MADE["signed-with-script"].make()
