"""``python -m bench.rows``: how long questions take with many records in PostgreSQL, and by which plans.

The records are invented (:mod:`bench.rows_made`); the functions that the pages and the API use are asked many times
with different values.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench import servers
from bench.measuring import table
from bench.rows_made import SYLLABLES, code_of, fill, name_of
from storage import dossiers
from storage.database import Database, open_database
from storage.states import DocumentState, IntakeState


def questions(database: Database, count: int) -> dict[str, Callable[[random.Random], object]]:
    """What people and programs ask, each with another value every time."""

    def some(chance: random.Random) -> int:
        return chance.randrange(count)

    return {
        "work list, what is to check, oldest first": lambda c: dossiers.list_documents(
            database, state=DocumentState.TO_CHECK, newest_first=False, limit=30
        ),
        "newest documents": lambda c: dossiers.list_documents(database, limit=30),
        "documents of a dossier": lambda c: dossiers.list_documents(database, ma_ho_so=code_of(some(c))),
        "one document": lambda c: dossiers.get_document(database, f"{some(c):026}"),
        "search: number": lambda c: dossiers.search_documents(database, f"{some(c)}/QĐ-UBND", limit=30),
        "search: dossier": lambda c: dossiers.search_documents(database, code_of(some(c)), limit=30),
        "search: name": lambda c: dossiers.search_documents(database, name_of(some(c)), limit=30),
        "search: name without marks": lambda c: dossiers.search_documents(
            database, "nguyen van binh", without_marks=True, limit=30
        ),
        "search: words": lambda c: dossiers.search_documents(
            database, " ".join(c.sample(SYLLABLES, 3)), limit=30
        ),
        "search: a word that is nowhere": lambda c: dossiers.search_documents(
            database, f"khôngcó{some(c)}", limit=30
        ),
        "failed files": lambda c: dossiers.list_intakes(database, state=IntakeState.FAILED, limit=30),
        "lanes (metrics)": lambda c: dossiers.lanes(database),
        "documents by state (metrics)": lambda c: dossiers.count_documents(database),
        "intake of one more": lambda c: dossiers.receive_intake(
            database, code_of(some(c)), name="n", sha256=f"{c.getrandbits(256):064x}", size=1, sender="lan"
        ),
    }


def measure(
    ask: Callable[[random.Random], object], chance: random.Random, times: int, most: float
) -> list[float]:
    """Milliseconds of each time; fewer than ``times`` when they take longer than ``most`` seconds in all."""
    took: list[float] = []
    end = time.monotonic() + most
    while len(took) < times and (len(took) < 2 or time.monotonic() < end):
        began = time.monotonic()
        ask(chance)
        took.append((time.monotonic() - began) * 1000)
    return took


def plan_of(database: Database, ask: Callable[[random.Random], object]) -> str:
    """EXPLAIN of the longest statement that the question makes."""
    said: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        said.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        ask(random.Random(1))
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)
    asked = [one for one in said if one[0].lstrip().startswith("SELECT")]
    statement, parameters = max(asked, key=lambda one: len(one[0]))
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", parameters)
        return "\n".join(row[0][:160] for row in rows)


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser("python -m bench.rows", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=40, help="how often each question is asked")
    parser.add_argument("--plans", action="store_true", help="print the plans too")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="sohoa-rows-", ignore_cleanup_errors=True) as folder,
        servers.postgres(Path(folder), durable=False, shared_buffers="512MB").running() as server,
    ):
        database = open_database(f"{server.address}/postgres")
        began = time.monotonic()
        fill(database, options.rows)
        print(f"{options.rows} documents made in {time.monotonic() - began:.0f} s", file=sys.stderr)
        with database.engine.connect() as connection:
            size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
        print(f"{size / options.rows:.0f} bytes of database a document", file=sys.stderr)
        rows = []
        for name, ask in questions(database, options.rows).items():
            took = sorted(measure(ask, random.Random(7), options.times, 20.0))
            figures = (statistics.median(took), took[round(0.95 * (len(took) - 1))], took[-1])
            rows.append([name, str(len(took)), *(f"{figure:.1f}" for figure in figures)])
            print("  ".join(rows[-1]), file=sys.stderr, flush=True)
        print(table(["question", "times", "median ms", "p95 ms", "longest ms"], rows))
        if options.plans:
            for name, ask in questions(database, options.rows).items():
                if not name.startswith("intake"):
                    print(f"\n-- {name}\n{plan_of(database, ask)}")
        database.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
