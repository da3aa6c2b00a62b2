"""What the routes work with, made once when the service starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Request

from isolation import Workshop
from queueing import WorkQueue
from settings import Settings
from storage.database import Database
from storage.objects import ObjectStore

MAX_SENDER_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Service:
    """The settings, the records, the bytes, the queue, and a workshop that draws page pictures."""

    settings: Settings
    database: Database
    objects: ObjectStore
    queue: WorkQueue
    pictures: Workshop

    @property
    def incoming(self) -> Path:
        """Where uploads are parked while they arrive: on the data disk, not in memory or /tmp."""
        return self.settings.data_dir / "incoming"


def the_service(request: Request) -> Service:
    """The service of this application."""
    service: Service = request.app.state.service
    return service


def who(request: Request) -> str:
    """Who asks, as far as it is said: the ``X-Sender`` header (percent-encoded UTF-8), else the address."""
    said = clean_name(unquote(request.headers.get("x-sender", "")))
    return said or f"anonymous@{request.client.host if request.client else 'local'}"


def clean_name(said: str) -> str:
    """A person's or system's name: one line, printable, bounded."""
    line = " ".join(said.split())
    return "".join(letter for letter in line if letter.isprintable())[:MAX_SENDER_LETTERS]


TheService = Annotated[Service, Depends(the_service)]
Who = Annotated[str, Depends(who)]
