"""A file on its way in: nobody is told "accepted" before it is stored, hashed, synced and committed."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from errors import MachineError, SenderError
from storage import dossiers
from storage.database import Database
from storage.disk import is_full
from storage.dossier_code import check_dossier_code
from storage.objects import ObjectStore
from storage.states import Channel, Lane
from storage.views import IntakeView

_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who brings what to which dossier. ``lane`` follows from the channel unless given."""

    ma_ho_so: str
    name: str
    sender: str
    channel: Channel = Channel.COUNTER
    lane: Lane | None = None
    media_type: str | None = None


def accept_file(
    database: Database, objects: ObjectStore, arrival: Arrival, path: Path, *, sha256: str, size: int
) -> tuple[IntakeView, bool]:
    """Take a file that lies on this machine, and say whether it is new to its dossier. The caller's file is
    copied and stays the caller's. Bytes that were stored without their record (this machine stopped between
    the two) hurt nobody: sending again finds them.

    Raises:
        SenderError: ``bad_dossier_code``.
        MachineError: ``disk_full``, ``objects_unreachable``, ``database_unreachable``; nothing was
            accepted.
    """
    # The code first: no bytes are kept for a dossier that cannot be.
    check_dossier_code(arrival.ma_ho_so, database.clock().date())
    objects.put_file(path, sha256, arrival.media_type or _UNKNOWN)
    return dossiers.receive_intake(
        database,
        arrival.ma_ho_so,
        name=arrival.name,
        sha256=sha256,
        size=size,
        sender=arrival.sender,
        channel=arrival.channel,
        lane=arrival.lane,
        media_type=arrival.media_type,
    )


def accept_upload(
    database: Database,
    objects: ObjectStore,
    arrival: Arrival,
    pieces: Iterable[bytes],
    *,
    scratch: Path,
    max_bytes: int,
) -> tuple[IntakeView, bool]:
    """As :func:`accept_file`, for bytes that are still coming in.

    Raises:
        SenderError: ``file_too_large``, as soon as that is known; ``bad_dossier_code``.
        MachineError: as :func:`accept_file`.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with tempfile.NamedTemporaryFile(dir=scratch, prefix="upload-") as parked:
            for piece in pieces:
                size += len(piece)
                if size > max_bytes:
                    raise SenderError("file_too_large", limit=f"{max_bytes} bytes")
                digest.update(piece)
                parked.write(piece)
            parked.flush()
            return accept_file(
                database, objects, arrival, Path(parked.name), sha256=digest.hexdigest(), size=size
            )
    except OSError as error:
        if is_full(error):
            raise MachineError("disk_full") from error
        raise
