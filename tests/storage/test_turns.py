"""A flood from one does not starve the others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from errors import MachineError
from storage import dossiers
from storage.database import Database
from storage.states import Channel, Lane
from storage.views import Claim
from tests.storage.conftest import CODE, Clock

HOUR = timedelta(hours=1)


def sent(database: Database, sender: str, number: int, channel: Channel = Channel.POST) -> str:
    sha256 = f"{hash((sender, number)) % 16**15:064x}"
    intake, _ = dossiers.receive_intake(
        database, CODE, name=f"{sender} {number}", sha256=sha256, size=1, sender=sender, channel=channel
    )
    return intake.name


def taken(database: Database, lane: Lane = Lane.BATCH) -> Claim | None:
    return dossiers.claim_next(database, lane, worker="w", allowed=HOUR)


def order(database: Database, most: int) -> list[str]:
    claims = [taken(database) for _ in range(most)]
    return [claim.intake.name for claim in claims if claim]


def test_a_flood_lets_the_others_in_between(database: Database) -> None:
    for number in range(20):
        sent(database, "flood", number)
    assert order(database, 5) == [f"flood {number}" for number in range(5)]
    for number in range(2):
        sent(database, "small", number)
    sent(database, "other", 0)
    assert order(database, 6) == ["flood 5", "small 0", "other 0", "flood 6", "small 1", "flood 7"]


def test_centres_take_turns_whoever_sends_for_them(database: Database) -> None:
    dossiers.open_dossier(database, "H49.12-251124-0003", by="x", noi_tiep_nhan="một cửa")
    names = []
    for number in range(4):
        for sender in ("lan", "mai"):
            intake, _ = dossiers.receive_intake(
                database,
                "H49.12-251124-0003",
                name=f"{sender} {number}",
                sha256=f"{len(names):064x}",
                size=1,
                sender=sender,
                channel=Channel.POST,
            )
            names.append(intake.name)
    sent(database, "alone", 0)
    assert order(database, 2) == ["lan 0", "alone 0"], "two senders of one centre have one share"


def test_who_was_silent_has_saved_nothing_up(database: Database) -> None:
    for number in range(6):
        sent(database, "one", number)
    assert len(order(database, 4)) == 4
    for number in range(3):
        sent(database, "two", number)
    assert order(database, 5) == ["one 4", "two 0", "one 5", "two 1", "two 2"]


def test_what_must_wait_does_not_let_newcomers_overtake(database: Database, clock: Clock) -> None:
    for number in range(5):
        sent(database, "one", number)
    first = taken(database)
    assert first is not None
    dossiers.fail_intake(database, first, MachineError("task_crashed", place=""))
    assert order(database, 2) == ["one 1", "one 2"]
    for number in range(2):
        sent(database, "two", number)
    assert order(database, 2) == ["one 3", "two 0"]
    clock.passes(seconds=6)
    assert order(database, 9) == ["one 0", "one 4", "two 1"]


def test_lanes_are_apart(database: Database) -> None:
    sent(database, "post", 0)
    counter = sent(database, "lan", 1, Channel.COUNTER)
    claim = taken(database, Lane.COUNTER)
    assert claim is not None
    assert claim.intake.name == counter
    assert taken(database, Lane.COUNTER) is None


def test_many_workers_take_each_file_once(database: Database) -> None:
    for number in range(24):
        sent(database, f"sender {number % 3}", number)
    with ThreadPoolExecutor(6) as workers:
        claims = list(workers.map(lambda _: taken(database), range(24)))
    assert len({claim.intake.id for claim in claims if claim}) == 24
