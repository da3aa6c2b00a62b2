"""Forty-eight hostile files at once: each ends in its state, and nobody else notices."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from tests.corpus import motif
from tests.corpus.case import Case
from tests.corpus.motif import saved
from tests.corpus.pdf_structures import STRUCTURES
from tests.corpus.traps import TRAPS
from tests.hostile.conftest import ENDED, Centre

CODE, OTHER = "H49.12-251124-7005", "H49.12-251124-7006"
HEAVY = {"trap-many-objects", "pdf-1001-pages"}  # alone they take as long as all the others
FLOOD = [case for case in [*TRAPS, *STRUCTURES] if case.name not in HEAVY][:48]


def sent(address: str, case: Case) -> tuple[Case, str]:
    """A client of its own for each file, as many senders have."""
    with httpx.Client(base_url=address, timeout=120) as client:
        files = [("files", (f"{case.name}.pdf", case.make(), "application/pdf"))]
        answer = client.post(f"/api/v1/dossiers/{CODE}/scans", files=files)
    assert answer.status_code in (200, 202)
    return case, answer.json()["files"][0]["id"]


def ends_as_written(case: Case, intake: dict[str, Any]) -> bool:
    if case.refused or len(case.bad_pages) == case.pages:
        assert intake["state"] == "failed", case.name
        return bool(intake["problem"]["code"] == (case.refused or case.bad_pages[1]))
    assert intake["state"] == "attached", case.name
    return {page["number"]: page["reason"]["code"] for page in intake["refusals"]} == case.bad_pages


def test_health_and_other_peoples_pages_answer_meanwhile(centre: Centre) -> None:
    assert len(FLOOD) == 48
    own = centre.send(OTHER, ("a.png", saved(motif.gray(), "PNG"))).json()["files"][0]["id"]
    document = centre.ended(own)["documents"][0]["id"]
    address = str(centre.client.base_url)
    answered: Counter[str] = Counter()
    with ThreadPoolExecutor(48) as senders:
        sending = [senders.submit(sent, address, case) for case in FLOOD]
        until = time.monotonic() + 600
        waiting = set(range(len(sending)))
        while waiting:
            assert time.monotonic() < until
            for asked in ("/health", "/ready", f"/ho-so/{OTHER}", f"/giay-to/{document}"):
                answer = centre.client.get(asked, headers={"Accept": "text/html"})
                assert answer.status_code == 200, asked
                answered[asked] += 1
            waiting = {
                n
                for n in waiting
                if not sending[n].done() or centre.state(sending[n].result()[1])["state"] not in ENDED
            }
    assert min(answered.values()) > 1
    wrong = [
        case.name
        for case, intake in (future.result() for future in sending)
        if not ends_as_written(case, centre.state(intake))
    ]
    assert wrong == []
    left = [path for path in (centre.data_dir / "incoming").rglob("*") if path.is_file()]
    assert left == []
