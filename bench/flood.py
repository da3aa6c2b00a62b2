"""``python -m bench.flood`` (``make bench-flood``): how long other users wait while 48 hostile files come in at
once.

A service of its own, with the real pipeline, on a fresh folder; a page with a document is asked for, alone and
then during the flood.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from bench.servers import free_port
from tests.corpus import motif
from tests.corpus.cases import CASES
from tests.corpus.motif import saved

FILES = 48
CODE, OTHER = "H49.12-251124-8001", "H49.12-251124-8002"
_ASKED_ALONE = 40
_START_SECONDS = 60.0
_FLOOD_SECONDS = 600.0
_PAGE = {"Accept": "text/html"}


def main() -> int:
    """Measure and tell; returns 0 when health answered throughout and every file ended."""
    with tempfile.TemporaryDirectory(prefix="sohoa-flood-") as folder, service(Path(folder)) as address:
        client = httpx.Client(base_url=address, timeout=60)
        first = send(address, OTHER, "a.png", saved(motif.gray(), "PNG"))
        page = f"/giay-to/{ended(client, first)['documents'][0]['id']}"
        alone = [asked(client, page) for _ in range(_ASKED_ALONE)]
        hostile = [case for case in CASES if case.name.startswith(("trap-", "pdf-", "tiff-", "png-"))]
        chosen = hostile[:: len(hostile) // FILES][:FILES]
        during, health, states = flooded(client, address, page, [(c.name, c.make()) for c in chosen])
    print(f"{len(chosen)} hostile files at once, {os.cpu_count()} cores; ended: {states}")
    print(f"page alone:      {told(alone)}")
    print(f"page meanwhile:  {told(during)}")
    print(f"health meanwhile: {told(health)}")
    print(f"median meanwhile / alone: {statistics.median(during) / statistics.median(alone):.2f}")
    return 0 if sum(states.values()) == len(chosen) else 1


def flooded(
    client: httpx.Client, address: str, page: str, files: list[tuple[str, bytes]]
) -> tuple[list[float], list[float], dict[str, int]]:
    """Seconds that the page and health took, and how many files ended how."""
    during, health = [], []
    with ThreadPoolExecutor(len(files)) as senders:
        sending = [senders.submit(send, address, CODE, name, data) for name, data in files]
        until = time.monotonic() + _FLOOD_SECONDS
        while time.monotonic() < until:
            during.append(asked(client, page))
            health.append(asked(client, "/health"))
            time.sleep(0.2)  # people read
            if all(future.done() for future in sending) and _all_ended(client, sending):
                break
    states: dict[str, int] = {}
    for future in sending:
        state = client.get(f"/api/v1/intakes/{future.result()}").json()["state"]
        states[state] = states.get(state, 0) + 1
    return during, health, states


def _all_ended(client: httpx.Client, sending: list[Future[str]]) -> bool:
    waiting = client.get("/api/v1/intakes", params={"ma_ho_so": CODE, "state": "received", "limit": 1}).json()
    working = client.get("/api/v1/intakes", params={"ma_ho_so": CODE, "state": "working", "limit": 1}).json()
    return not waiting["items"] and not working["items"]


def asked(client: httpx.Client, address: str) -> float:
    """Seconds until the answer is there; it must be 200."""
    began = time.perf_counter()
    client.get(address, headers=_PAGE).raise_for_status()
    return time.perf_counter() - began


def send(address: str, code: str, name: str, data: bytes) -> str:
    """Send one file; its intake."""
    with httpx.Client(base_url=address, timeout=120) as client:
        answer = client.post(f"/api/v1/dossiers/{code}/scans", files=[("files", (name, data))])
    intake: str = answer.raise_for_status().json()["files"][0]["id"]
    return intake


def ended(client: httpx.Client, intake: str) -> dict[str, list[dict[str, str]]]:
    """Wait for a file."""
    while True:
        body: dict[str, list[dict[str, str]]] = client.get(f"/api/v1/intakes/{intake}").json()
        if str(body["state"]) in ("attached", "failed"):
            return body
        time.sleep(0.1)


def told(seconds: list[float]) -> str:
    """Median, 95th percentile and worst, milliseconds."""
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    median, most, worst = (f"{1000 * v:.0f} ms" for v in (statistics.median(ordered), late, ordered[-1]))
    return f"median {median}, 95 % within {most}, worst {worst}, {len(ordered)} times"


@contextmanager
def service(folder: Path) -> Iterator[str]:
    """``sohoa serve`` on a free port; its address."""
    port = free_port()
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    environment = {**os.environ, "SOHOA_DATA_DIR": str(folder / "data")}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and process.poll() is None:
            with suppress(httpx.HTTPError):
                httpx.get(f"{address}/ready").raise_for_status()
                break
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(30)


if __name__ == "__main__":
    sys.exit(main())
