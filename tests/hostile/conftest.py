"""The real service with the real pipeline, its workers in its process, on a fresh data folder."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from settings import Settings
from tests.api.serving import served

ENDED = ("attached", "failed", "closed")


@dataclass(frozen=True)
class Centre:
    """A client of the service, and the service's folder."""

    client: httpx.Client
    data_dir: Path

    def send(self, code: str, *files: tuple[str, bytes]) -> httpx.Response:
        parts = [("files", (name, data, "application/octet-stream")) for name, data in files]
        return self.client.post(f"/api/v1/dossiers/{code}/scans", files=parts)

    def state(self, intake_id: str) -> dict[str, Any]:
        body: dict[str, Any] = self.client.get(f"/api/v1/intakes/{intake_id}").json()
        return body

    def ended(self, intake_id: str, seconds: float = 120.0) -> dict[str, Any]:
        """Wait until an intake ended."""
        until = time.monotonic() + seconds
        while (body := self.state(intake_id))["state"] not in ENDED:
            assert time.monotonic() < until, f"still {body['state']}"
            time.sleep(0.1)
        return body


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), jobs=2)
    with served(create_app(settings)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield Centre(client, settings.data_dir)
