"""``dramatiq`` workers of their own beside Redis and RabbitMQ: killed, stopped, without their broker."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from queueing import WorkQueue
from storage import dossiers
from storage.states import Channel, IntakeState
from tests import services
from tests.queue.conftest import Centre, workers
from tests.services import wait_until

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scaled_out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Every part a server of its own."""
    with (
        services.rabbitmq(tmp_path_factory.mktemp("rabbitmq")) as broker,
        services.postgres() as database,
        services.s3_server(tmp_path_factory.mktemp("s3"), key="key", secret="secret") as port,
    ):
        yield {
            "broker_url": broker,
            "database_url": f"{database}/postgres",
            "objects_url": f"s3://key:secret@127.0.0.1:{port}/scans?secure=false",
        }


@pytest.fixture(params=["redis", "scaled_out"])
def parts(request: pytest.FixtureRequest) -> dict[str, str]:
    if request.param == "redis":
        return {"broker_url": request.getfixturevalue("redis_address")}
    servers: dict[str, str] = request.getfixturevalue("scaled_out")
    return servers


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def some_done(centre: Centre, least: int) -> bool:
    attached = dossiers.list_intakes(centre.database, state=IntakeState.ATTACHED, limit=500)
    return len(attached.items) >= least


def test_a_killed_worker_loses_and_doubles_nothing(
    open_centre: Callable[..., Centre], parts: dict[str, str], sender: Callable[[Centre], WorkQueue]
) -> None:
    centre = open_centre(**parts)
    queue = sender(centre)
    intakes = [centre.receives(bytes([n]), list(Channel)[n % 2]) for n in range(16)]
    for intake in intakes:
        assert queue.send(intake)
    with workers(centre) as first:
        wait_until(lambda: some_done(centre, 4))
        kill(first)
    assert not some_done(centre, 16)
    with workers(centre, processes=2):
        centre.waits_for(*intakes)
    log = (centre.scratch / "worker.log").read_text()
    assert log.count("worker_ready") == 3
    assert log.count("jobs=1") == 3, "two processes share the two jobs of this machine"
    centre.is_right(intakes)


def test_a_stopped_worker_hands_back_what_it_holds(
    open_centre: Callable[..., Centre], redis_address: str, sender: Callable[[Centre], WorkQueue]
) -> None:
    centre = open_centre(broker_url=redis_address)
    intake = centre.receives(b"scan")
    assert sender(centre).send(intake)
    with workers(centre, FAKE_PAGE_SECONDS="2"):
        centre.waits_for(intake, state=IntakeState.WORKING)
    view = dossiers.get_intake(centre.database, intake.id)
    assert (view.state, view.attempts) == (IntakeState.RECEIVED, 0)
    with workers(centre):
        centre.waits_for(intake)
    centre.is_right([intake])


def test_a_broker_that_forgets_everything_loses_nothing(
    open_centre: Callable[..., Centre], tmp_path: Path, sender: Callable[[Centre], WorkQueue]
) -> None:
    port = services.free_port()
    centre = open_centre(broker_url=f"redis://127.0.0.1:{port}/0")
    queue = sender(centre)
    early = centre.receives(b"before the broker was there")
    assert not queue.send(early), "it is told, and the intake is safe"
    with services.redis_server(tmp_path, port):
        lost = [centre.receives(bytes([n])) for n in range(4)]
        assert all(queue.send(intake) for intake in lost)
    with services.redis_server(tmp_path, port), workers(centre):
        centre.waits_for(early, *lost)
    centre.is_right([early, *lost])


def test_a_broker_that_goes_away_under_its_workers(
    open_centre: Callable[..., Centre], tmp_path: Path, sender: Callable[[Centre], WorkQueue]
) -> None:
    port = services.free_port()
    centre = open_centre(broker_url=f"redis://127.0.0.1:{port}/0")
    queue = sender(centre)
    intakes = [centre.receives(bytes([n])) for n in range(8)]
    with contextlib.ExitStack() as broker:
        broker.enter_context(services.redis_server(tmp_path, port))
        for intake in intakes:
            assert queue.send(intake)
        with workers_that_complain(centre):
            wait_until(lambda: some_done(centre, 2))
            broker.close()
            time.sleep(0.5)
            assert not some_done(centre, 8)
            broker.enter_context(services.redis_server(tmp_path, port))
            centre.waits_for(*intakes)
    centre.is_right(intakes)


@contextlib.contextmanager
def workers_that_complain(centre: Centre) -> Iterator[None]:
    """Dramatiq logs a broker's going with its trace."""
    with contextlib.suppress(AssertionError), workers(centre, FAKE_PAGE_SECONDS="0.1"):
        yield


def test_the_worker_at_the_root_runs_the_pipeline(
    open_centre: Callable[..., Centre], redis_address: str, sender: Callable[[Centre], WorkQueue]
) -> None:
    centre = open_centre(broker_url=redis_address)
    intake = centre.receives(b"this is no scan")
    assert sender(centre).send(intake)
    with workers(centre, "worker"):
        centre.waits_for(intake, state=IntakeState.FAILED)
    view = dossiers.get_intake(centre.database, intake.id)
    assert (view.reason, view.attempts) == ("unsupported_kind", 1)


def test_a_worker_without_a_broker_says_so() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SOHOA_")}
    told = subprocess.run(
        [sys.executable, "-c", "import worker"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert told.returncode == 1
    assert told.stderr.strip() == "sohoa: workers of their own need SOHOA_BROKER_URL (amqp:// or redis://)"
