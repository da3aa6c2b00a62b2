"""What every test of the queue needs: settings in a temporary folder and a way to send files in."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from queueing import WorkQueue
from settings import Settings, load
from storage import dossiers
from storage.accepting import Arrival, accept_upload
from storage.database import Database, open_database
from storage.objects import ObjectStore, key_of, open_objects
from storage.states import Channel, IntakeState
from storage.views import IntakeView
from tests import services
from tests.made_files import sha256_of
from tests.services import wait_until

ROOT = Path(__file__).resolve().parents[2]
DRAMATIQ = str(Path(sys.executable).with_name("dramatiq"))
CODE = "H49.12-251124-0007"


def content_of(number: int) -> bytes:
    """The bytes of the file of this number."""
    return f"scan {number}".encode() * 5000


@dataclass(frozen=True)
class Centre:
    """A service's settings, records and bytes, as the API has them."""

    settings: Settings
    database: Database
    objects: ObjectStore
    scratch: Path

    def receives(self, content: bytes, channel: Channel = Channel.COUNTER, sender: str = "lan") -> IntakeView:
        arrival = Arrival(CODE, "đơn.pdf", sender, channel)
        intake, _ = accept_upload(
            self.database, self.objects, arrival, [content], scratch=self.scratch, max_bytes=10_000
        )
        return intake

    def state_of(self, intake: IntakeView) -> IntakeState:
        return dossiers.get_intake(self.database, intake.id).state

    def waits_for(self, *intakes: IntakeView, state: IntakeState = IntakeState.ATTACHED) -> None:
        wait_until(lambda: all(self.state_of(intake) is state for intake in intakes))

    def is_right(self, intakes: list[IntakeView]) -> None:
        """Every intake is attached exactly once, and its bytes are there."""
        for intake in intakes:
            assert self.state_of(intake) is IntakeState.ATTACHED
            documents = dossiers.list_documents(self.database, intake_id=intake.id).items
            assert sorted(document.type_code for document in documents) == ["cong_van", "quyet_dinh"]
            for sha256 in (
                intake.sha256,
                *(d.pdf_sha256 for d in documents),
                *(d.record_sha256 for d in documents),
            ):
                assert sha256_of(b"".join(self.objects.stream(key_of(sha256)))) == sha256
        assert len(dossiers.list_intakes(self.database, limit=500).items) == len(intakes)


@pytest.fixture
def open_centre(tmp_path: Path) -> Iterator[Callable[..., Centre]]:
    opened: list[Centre] = []

    def centre(**set_to: str) -> Centre:
        given = {"SOHOA_DATA_DIR": str(tmp_path / "data"), "SOHOA_JOBS": "1"}
        settings = load(given | {f"SOHOA_{name.upper()}": value for name, value in set_to.items()})
        database = open_database(settings.database)
        objects = open_objects(settings.objects_url, settings.data_dir / "objects")
        opened.append(Centre(settings, database, objects, tmp_path))
        return opened[-1]

    yield centre
    for one in opened:
        one.database.close()


@pytest.fixture(scope="module")
def redis_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with services.redis_server(tmp_path_factory.mktemp("redis")) as address:
        yield address


@pytest.fixture
def sender() -> Iterator[Callable[[Centre], WorkQueue]]:
    queues: list[WorkQueue] = []

    def queue_of(centre: Centre) -> WorkQueue:
        queues.append(WorkQueue(centre.settings, database=centre.database, objects=centre.objects))
        return queues[-1]

    yield queue_of
    for queue in queues:
        queue.broker.close()


@contextlib.contextmanager
def workers(
    centre: Centre, module: str = "tests.queue.fake_worker", processes: int = 1, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    given = {
        "SOHOA_DATA_DIR": str(centre.settings.data_dir),
        "SOHOA_BROKER_URL": centre.settings.broker_url,
        "SOHOA_DATABASE_URL": centre.settings.database_url,
        "SOHOA_OBJECTS_URL": centre.settings.objects_url,
        "SOHOA_JOBS": str(processes),
    }
    command = [DRAMATIQ, module, "--processes", str(processes), "--path", str(ROOT)]
    log = centre.scratch / "worker.log"
    with services.process(command, log, env=os.environ | given | environment, cwd=str(ROOT)) as process:
        yield process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
    assert b"Traceback" not in log.read_bytes(), log.read_text()
