"""``sohoa audit``: the trace is checked and exported."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from errors import MachineError, UsageError
from storage.database import Database, open_database
from storage.disk import is_full
from storage.trace.chain import line_of
from storage.trace.reading import MOST_FAULTS, Fault, Finding, check_trace, entries
from storage.trace.sealing import append

_SAID = {
    Fault.EDITED: "entry {number} is not what was written",
    Fault.REMOVED: "entries are missing before entry {number}",
    Fault.PARTED: "entry {number} does not follow from the entry before it",
    Fault.CUT: "entry {number} is missing: the end was cut off",
    Fault.UNTOLD: "event {event} has no entry",
}


def verify_trace(database_url: str, head: str = "") -> int:
    """Check the whole trace and say what is found; the exit status. ``head`` is what an earlier run printed.

    Raises:
        UsageError: ``bad_head``.
    """
    known = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", head) if head else None
    if head and known is None:
        raise UsageError("bad_head")
    database = open_database(database_url)
    try:
        report = check_trace(database, known=(int(known[1]), known[2]) if known else None)
    finally:
        database.close()
    for finding in report.findings:
        print(_line(finding), file=sys.stderr)
    if len(report.findings) == MOST_FAULTS:
        print(f"(only the first {MOST_FAULTS} are listed)", file=sys.stderr)
    print(f"{report.entries} entries, {'whole' if report.whole else 'NOT WHOLE'}")
    print(f"head {report.entries}:{report.head}")
    return 0 if report.whole else 1


def export_trace(database_url: str, output: Path, *, by: str) -> int:
    """Write all entries, a line of JSON each; the exit status. The export is an entry itself.

    Raises:
        UsageError: ``output_there``, ``output_failed``.
        MachineError: ``disk_full``.
    """
    database = open_database(database_url)
    try:
        append(database, "trace_exported", by=by)
        count = _written(database, output)
    finally:
        database.close()
    print(f"{count} entries in {output}")
    return 0


def _written(database: Database, output: Path) -> int:
    count = 0
    try:
        with output.open("x", encoding="utf-8") as out:
            for entry in entries(database):
                out.write(line_of(entry) + "\n")
                count += 1
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError:
        raise UsageError("output_there", name=output.name) from None
    except OSError as error:
        if is_full(error):
            raise MachineError("disk_full") from error
        raise UsageError("output_failed", name=output.name, why=error.strerror) from error
    return count


def _line(finding: Finding) -> str:
    return _SAID[finding.fault].format(number=finding.number, event=finding.event_id)
