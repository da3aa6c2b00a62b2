"""A silent time-stamping authority: refuse, or sign and raise later; archive time-stamps are renewed in time."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from results.upkeep import Upkeep
from storage import dossiers
from storage.database import Database, open_database, utc_now
from storage.objects import FolderStore
from tests.api.conftest import Desk
from tests.results.conftest import add, serving, settings_of, sign
from tests.signing.pki import OFFICER, Pki

SILENT = "http://127.0.0.1:9/tsa"
CODE = "H49.12-251124-8801"


@pytest.fixture(scope="module")
def silent(key_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A service whose authority is silent, and which signs all the same."""
    data = tmp_path_factory.mktemp("silent")
    settings = settings_of(key_folder, data, signing_level="B-LTA", tsa_url=SILENT, tsa_down="sign")
    with serving(settings) as started:
        started.digitized(code=CODE)
        yield started


def later(database: Database, **span: float) -> Database:
    return dataclasses.replace(database, clock=lambda: utc_now() + timedelta(**span))


def test_signed_at_once_and_raised_later(silent: Desk, key_folder: Path, pki: Pki) -> None:
    result = add(silent, CODE, agency="").json()
    signed = sign(silent, "Thử", result).json()["results"][0]
    assert signed["problem"] is None
    assert signed["result"]["signatures"][0]["level"] == "B-B"
    assert signed["result"]["wanted_level"] == "B-LTA"
    before = silent.client.get(f"{result['href']}/pdf").content

    settings = settings_of(key_folder, silent.data_dir, tsa_url=pki.tsa, renew_before_days=100)
    database = open_database(settings.database)
    objects = FolderStore(silent.data_dir / "objects")
    assert Upkeep(settings, database, objects).round() == 0, "not yet"
    soon = later(database, minutes=11)
    still = settings_of(key_folder, silent.data_dir, tsa_url=SILENT)
    assert Upkeep(still, soon, objects).round() == 0, "the authority is still silent: it is due again later"
    assert Upkeep(settings, later(database, minutes=22), objects).round() == 1

    raised = silent.client.get(result["href"]).json()
    assert raised["wanted_level"] is None
    after = silent.client.get(f"{result['href']}/pdf").content
    assert after.startswith(before)
    found = silent.client.get(f"{result['href']}/verification").json()
    assert (found["verdict"], found["signatures"][0]["level"]) == ("valid", "B-LTA")
    told = [event.what for event in dossiers.events_of(database, ma_ho_so=CODE).items]
    assert told[-1] == "result_raised"

    view = dossiers.get_result(database, result["id"])
    assert view.due_at is not None
    assert view.due_at.year == 2089, "a hundred days before the authority's certificate ends in 2090"
    assert Upkeep(settings, later(database, days=365), objects).round() == 0
    taken = dossiers.take_due(later(database, days=366 * 63), again_after=timedelta(minutes=1))
    assert [one.id for one in taken] == [view.id], "then it is renewed"
    database.close()


def test_by_default_nothing_is_signed_without_a_time(
    key_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.mktemp("refusing")
    with serving(settings_of(key_folder, data, signing_level="B-T", tsa_url=SILENT)) as desk:
        desk.digitized(code=CODE)
        result = add(desk, CODE, agency="").json()
        outcome = sign(desk, "Thử", result).json()["results"][0]
        assert outcome["problem"]["code"] == "timestamp_failed"
        assert outcome["problem"]["retryable"]
        now = desk.client.get(result["href"]).json()
        assert (now["state"], now["sha256"], now["version"]) == ("waiting", result["sha256"], 1)
        assert desk.client.get("/api/v1/results", params={"signer": OFFICER}).json()["items"] != []
