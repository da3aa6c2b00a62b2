"""``make run``: serve, send invented sample dossiers in as the post and the counter would, show the outcome.

Everything goes through the public API of a running service, as an outsider would use it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import urllib3
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bench.making.samples import Sample, make_samples

_START_SECONDS = 60.0
_WORK_SECONDS = 600.0
_SHOWN_FIELDS = (
    "so_ky_hieu",
    "so",
    "ma_ho_so",
    "ngay_ban_hanh",
    "ho_ten",
    "chu_dau_tu",
    "trich_yeu",
    "so_tien",
)


@dataclass
class Sent:
    """A sample on its way."""

    sample: Sample
    id: str
    started: float
    seconds: float = 0.0
    pages: int = 0
    outcome: dict[str, Any] | None = None


class Service:
    """A running ``sohoa serve``, talked to over HTTP."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._http = urllib3.PoolManager(timeout=30.0, retries=False)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cli", "serve", "--port", str(port)], stdout=subprocess.DEVNULL
        )

    def wait_until_ready(self) -> None:
        """Return when it answers.

        Raises:
            SystemExit: it ended, or did not answer in time.
        """
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                sys.exit("sohoa: the service ended at once; is the port taken? (make run PORT=8081)")
            with contextlib.suppress(urllib3.exceptions.HTTPError):
                if self._http.request("GET", f"{self.address}/ready").status == 200:
                    return
            time.sleep(0.2)
        sys.exit("sohoa: the service did not become ready")

    def get(self, path: str) -> dict[str, Any]:
        """A JSON answer."""
        answer: dict[str, Any] = json.loads(self._http.request("GET", self.address + path).data)
        return answer

    def send(self, sample: Sample) -> Sent:
        """One file to its dossier."""
        path = f"{self.address}/api/v1/dossiers/{sample.ma_ho_so}/scans"
        fields: dict[str, str | tuple[str, bytes, str]] = {
            "files": (sample.path.name, sample.path.read_bytes(), sample.media_type),
            "channel": sample.channel,
            "sender": "make run",
        }
        answer = self._http.request("POST", path, fields=fields)
        body = json.loads(answer.data)
        if answer.status not in (200, 202):
            sys.exit(f"sohoa: {sample.path.name}: {body.get('english', answer.status)}")
        return Sent(sample, body["files"][0]["id"], time.monotonic())

    def wait(self) -> None:
        """Serve until stopped."""
        with contextlib.suppress(KeyboardInterrupt):
            self._process.wait()

    def stop(self) -> None:
        """End the service."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait()


def follow(service: Service, sent: list[Sent], console: Console) -> None:
    """Show progress until every file is attached or has failed."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("pages"))
    deadline = time.monotonic() + _WORK_SECONDS
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks = {s.id: bars.add_task(s.sample.path.name, total=None) for s in sent}
        while (waiting := [s for s in sent if s.outcome is None]) and time.monotonic() < deadline:
            for one in waiting:
                intake = service.get(f"/api/v1/intakes/{one.id}")
                one.pages = intake["pages_total"] or 0
                bars.update(tasks[one.id], completed=intake["pages_done"], total=intake["pages_total"])
                if intake["state"] in ("attached", "failed"):
                    one.outcome = intake
                    one.seconds = time.monotonic() - one.started
            time.sleep(0.2)


def show(service: Service, sent: list[Sent], console: Console) -> None:
    """The table of what was read."""
    table = Table(title="What was read", show_lines=True)
    for heading in ("file", "type", "conf.", "key fields", "pages", "s", "to look at"):
        table.add_column(heading, overflow="fold")
    for one in sent:
        if one.outcome is None or one.outcome["state"] == "failed":
            reason = (one.outcome or {}).get("reason") or {}
            table.add_row(
                one.sample.path.name, "-", "", "", str(one.pages), "", str(reason.get("english", "no answer"))
            )
            continue
        for document in one.outcome["documents"]:
            record = service.get(f"/api/v1/documents/{document['id']}")["record"]
            fields = [f"{n}: {record['fields'][n]['value']}" for n in _SHOWN_FIELDS if n in record["fields"]]
            table.add_row(
                one.sample.path.name,
                record["document_type"]["label"],
                f"{record['document_type']['confidence']:.2f}",
                "\n".join(fields[:4]),
                str(len(record["pages"])),
                f"{one.seconds:.1f}",
                "\n".join([*record["review"]["reasons"], *record["review"]["fields"]]) or "nothing",
            )
    console.print(table)


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8080")))
    parser.add_argument("--once", action="store_true", help="end after the table instead of serving on")
    options = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 150)
    with tempfile.TemporaryDirectory(prefix="sohoa-samples-") as folder:
        console.print("Making invented sample dossiers …")
        samples = make_samples(Path(folder))
        service = Service(options.port)
        try:
            service.wait_until_ready()
            sent = [service.send(sample) for sample in samples]
            follow(service, sent, console)
            show(service, sent, console)
            console.print(f"\nSee it: {service.address}/danh-sach  (stop with Ctrl-C)", highlight=False)
            if not options.once:
                service.wait()
        finally:
            service.stop()


if __name__ == "__main__":
    main()
