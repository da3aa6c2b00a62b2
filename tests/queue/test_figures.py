"""What Prometheus gets to see, and whether its alarms ask for figures that there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from errors import MachineError, SenderError
from queueing import WorkQueue
from records import DigitizedFile, SourceFile
from settings import load
from storage.states import IntakeState, Lane
from tests import services
from tests.api.serving import served
from tests.made_files import digitized_file
from tests.queue.conftest import Centre, content_of, workers
from tests.services import wait_until

ROOT = Path(__file__).resolve().parents[2]
CODE = "H49.12-251124-0007"


def figures_of(text: str) -> dict[tuple[str, ...], float]:
    """``(name, label, value, label, value …)`` and the figure."""
    return {
        (sample.name, *(part for pair in sorted(sample.labels.items()) for part in pair)): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def digitize(source: SourceFile, lane: Lane, scratch: Path, on_page: object) -> DigitizedFile:
    if "bad" in source.name:
        raise SenderError("damaged")
    return digitized_file(source, scratch, doubtful=True)


def test_a_service_tells_what_it_did(tmp_path: Path) -> None:
    app = create_app(load({"SOHOA_DATA_DIR": str(tmp_path), "SOHOA_JOBS": "1"}), digitize=digitize)
    with served(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        for name in ("good.pdf", "bad.pdf"):
            client.post(f"/api/v1/dossiers/{CODE}/scans", files={"files": (name, name.encode())})
        wait_until(
            lambda: (
                not client.get("/api/v1/intakes", params={"state": "received"}).json()["items"]
                and not client.get("/api/v1/intakes", params={"state": "working"}).json()["items"]
            )
        )
        text = client.get("/metrics").text
    figures = figures_of(text)
    assert figures["sohoa_pages_read_total", "lane", "counter"] == 5
    assert figures["sohoa_documents_made_total", "verdict", "check"] == 1
    assert figures["sohoa_documents_made_total", "verdict", "auto"] == 1
    assert figures["sohoa_attempts_broken_total", "reason", "damaged", "state", "failed"] == 1
    assert figures["sohoa_file_seconds_count", "lane", "counter"] == 1
    for step in ("fetch", "store", "attach"):
        assert figures["sohoa_step_seconds_count", "step", step] >= 1
    assert figures["sohoa_part_up", "part", "database"] == figures["sohoa_part_up", "part", "objects"] == 1
    assert figures["sohoa_intakes", "lane", "counter", "state", "failed"] == 1
    assert figures["sohoa_disk_free_bytes",] > 0
    assert CODE not in text

    asked = set()
    for group in yaml.safe_load((ROOT / "setup" / "prometheus" / "alarms.yml").read_text())["groups"]:
        for rule in group["rules"]:
            asked |= set(re.findall(r"\bsohoa_\w+", rule["expr"]))
            assert rule["alert"] in (ROOT / "docs" / "operating.md").read_text(), "what to do is written down"
    assert asked
    assert asked <= {name for name, *_ in figures}


def unreachable(*_: object) -> None:
    raise MachineError("database_unreachable")


def test_figures_outlive_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(load({"SOHOA_DATA_DIR": str(tmp_path), "SOHOA_JOBS": "1"}), digitize=digitize)
    with served(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        monkeypatch.setattr("storage.dossiers.lanes", unreachable)
        answer = client.get("/metrics")
    assert answer.status_code == 200
    assert figures_of(answer.text)["sohoa_part_up", "part", "database"] == 0


def test_a_worker_of_its_own_tells_what_it_did(
    open_centre: Callable[..., Centre], redis_address: str, sender: Callable[[Centre], WorkQueue]
) -> None:
    centre, port = open_centre(broker_url=redis_address), services.free_port()
    intakes = [centre.receives(content_of(number)[:9000]) for number in range(3)]
    queue = sender(centre)
    for intake in intakes:
        assert queue.send(intake)
    with workers(centre, SOHOA_METRICS_PORT=str(port)):
        centre.waits_for(*intakes, state=IntakeState.ATTACHED)
        figures = figures_of(httpx.get(f"http://127.0.0.1:{port}/metrics").text)
    assert figures["sohoa_pages_read_total", "lane", "counter"] == 15
    assert timedelta(seconds=figures["sohoa_file_seconds_sum", "lane", "counter"]) > timedelta(0)
