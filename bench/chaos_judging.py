"""Whether every acknowledged file ended as exactly one right record, and how long work stood still."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.chaos_killing import Blow
from bench.cluster import Cluster
from bench.made_up_reading import PAGES, made_from
from storage import dossiers
from storage.checking import Fault, check_storage
from storage.database import Database, open_database
from storage.objects import open_objects
from storage.states import IntakeState
from storage.views import IntakeView


@dataclass(frozen=True)
class Verdict:
    """``lost``: acknowledged, and no record or no object. ``doubled``: more than one. ``failed``: it waits for
    a person after all attempts. ``wrong``: attached, but not what it should be. ``longest_delay``: seconds from
    a blow until the next file was finished, while one was waiting."""

    attached: int
    failed: int
    lost: int
    doubled: int
    wrong: int
    longest_delay: float
    told: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Nothing lost, doubled, wrong or failed."""
        return not (self.failed or self.lost or self.doubled or self.wrong)


def judge(
    cluster: Cluster, acknowledged: Mapping[str, str], struck: Sequence[Blow], patience: float
) -> Verdict:
    """Wait until nothing is left to do, at most ``patience`` seconds, and look at everything."""
    database = open_database(cluster.settings["SOHOA_DATABASE_URL"])
    try:
        _wait_until_done(database, patience)
        return _look(cluster, database, acknowledged, struck)
    finally:
        database.close()


def _wait_until_done(database: Database, patience: float) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end and any(lane.received + lane.working for lane in dossiers.lanes(database)):
        time.sleep(0.5)


def _look(
    cluster: Cluster, database: Database, acknowledged: Mapping[str, str], struck: Sequence[Blow]
) -> Verdict:
    told: list[str] = []
    intakes = _all_intakes(database)
    by_hash = Counter(intake.sha256 for intake in intakes)
    states = Counter(intake.state for intake in intakes)
    lost = [sha256 for sha256 in acknowledged if not by_hash[sha256]]
    doubled = [sha256 for sha256, count in by_hash.items() if count > 1]
    wrong = 0
    for intake in intakes:
        if intake.state is IntakeState.ATTACHED:
            why = _what_is_wrong(database, intake, acknowledged)
            if why:
                wrong += 1
                told.append(f"{intake.id}: {why}")
        else:
            told.append(f"{intake.id}: {intake.state}, {intake.reason}, attempt {intake.attempts}")
    objects = open_objects(cluster.settings["SOHOA_OBJECTS_URL"], Path("unused"))
    report = check_storage(database, objects)
    faults = Counter(finding.fault for finding in report.findings)
    told.append(
        f"{report.objects} objects whole, {faults[Fault.ORPHAN]} orphans; "
        f"attempts: {dict(sorted(Counter(intake.attempts for intake in intakes).items()))}"
    )
    bad_objects = faults[Fault.LOST] + faults[Fault.DAMAGED]
    delay, after = _longest_delay(intakes, struck)
    told.append(f"longest delay {delay:.1f} s, after a blow to {after}")
    return Verdict(
        attached=states[IntakeState.ATTACHED],
        failed=len(intakes) - states[IntakeState.ATTACHED],
        lost=len(lost) + bad_objects,
        doubled=len(doubled),
        wrong=wrong,
        longest_delay=delay,
        told=tuple(told),
    )


def _all_intakes(database: Database) -> list[IntakeView]:
    found: list[IntakeView] = []
    after: str | None = None
    while True:
        piece = dossiers.list_intakes(database, newest_first=False, after=after, limit=500)
        found += piece.items
        if piece.next is None:
            return found
        after = piece.next


def _what_is_wrong(database: Database, intake: IntakeView, acknowledged: Mapping[str, str]) -> str:
    if acknowledged.get(intake.sha256, intake.id) != intake.id:
        return "another id than the one that was acknowledged"
    documents = dossiers.list_documents(database, intake_id=intake.id).items
    if len(documents) != 1:
        return f"{len(documents)} documents"
    if documents[0].pdf_sha256 != hashlib.sha256(made_from(intake.sha256)).hexdigest():
        return "a PDF of other bytes"
    if len(dossiers.get_document(database, documents[0].id).pages) != PAGES:
        return "pages are missing"
    events = Counter(event.what for event in dossiers.events_of(database, intake_id=intake.id).items)
    if events["intake_received"] != 1 or events["document_attached"] != 1:
        return f"told {events['intake_received']} times received, {events['document_attached']} attached"
    return ""


def _longest_delay(intakes: Sequence[IntakeView], struck: Sequence[Blow]) -> tuple[float, str]:
    """Of all blows: until the next file was finished, counted from the blow, or from the receipt of that file
    when nothing was waiting before."""
    ended = sorted(
        (intake.finished_at.timestamp(), intake.received_at.timestamp())
        for intake in intakes
        if intake.finished_at
    )
    longest, after = 0.0, "nothing"
    for blow in struck:
        following = next((finished for finished, _ in ended if finished > blow.at), None)
        if following is None:
            continue
        waiting = min(received for finished, received in ended if finished >= following)
        delay = following - max(blow.at, waiting)
        if delay > longest:
            longest, after = delay, blow.part
    return longest, after
