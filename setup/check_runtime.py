"""Whether all that the product imports is installed: run by ``make setup`` before the tools of the tests are,
which bring libraries along that would hide one missing from ``requirements/runtime.in``."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

ROOMS = ("api", "classifiers", "ingest", "ocr", "queueing", "signing", "storage")
BESIDE = ("bench.demo", "cli", "digitizing", "doctor", "outputs", "pipeline", "pikepdf.pdfa")
"""The last is imported where it is used, as it takes long."""


def missing() -> list[str]:
    """One line for each module that cannot be imported."""
    root = Path(__file__).resolve().parent.parent
    rooms = (pkgutil.walk_packages([str(root / room)], f"{room}.") for room in ROOMS)
    names = [*BESIDE, *(module.name for room in rooms for module in room)]
    lines = []
    for name in names:
        if ".migrations." in name or name.endswith(".__main__"):
            continue  # run by Alembic, or when they are called
        try:
            importlib.import_module(name)
        except ImportError as error:
            lines.append(f"{name}: {error}")
    return lines


if __name__ == "__main__":
    found = missing()
    if found:
        sys.exit("\n".join(["sohoa: the installation is not whole:", *found]))
