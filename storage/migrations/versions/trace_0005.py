"""The trace, chained by hash; the events so far begin it"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from storage.columns import Moment
from storage.trace.chain import FIRST_BEFORE, Entry
from storage.trace.sealing import chained, told_of

revision = "trace_0005"
down_revision = "words_0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_PLAIN = sa.JSON().with_variant(JSONB(), "postgresql")
_SHA = sa.String(length=64)
_ID = sa.String(length=26)
_BATCH = 1000


def upgrade() -> None:
    """Forward only."""
    trace = op.create_table(
        "trace",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("ma_ho_so", sa.String(length=60), nullable=True),
        sa.Column("intake_id", _ID, nullable=True),
        sa.Column("document_id", _ID, nullable=True),
        sa.Column("event_id", _ID, nullable=True),
        sa.Column("details", _PLAIN, nullable=False),
        sa.Column("before", _SHA, nullable=False),
        sa.Column("digest", _SHA, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_trace")),
    )
    op.create_index("ix_trace_event_id", "trace", ["event_id"], unique=True)
    op.create_index("ix_trace_ma_ho_so_number", "trace", ["ma_ho_so", "number"])
    _begin(trace)
    _hold()


def _begin(trace: sa.Table) -> None:
    """The events so far, in the order of their identifiers, which is that of their times."""
    connection = op.get_bind()
    names = ("id", "at", "what", "by", "ma_ho_so", "intake_id", "document_id", "details")
    event = sa.table("event", *(sa.column(name) for name in names))
    event.c.at.type = Moment()
    number, before, after = 0, FIRST_BEFORE, ""
    while True:
        asked = sa.select(event).where(event.c.id > after).order_by(event.c.id).limit(_BATCH)
        rows = connection.execute(asked).all()
        if not rows:
            return
        made = chained([_entry(row) for row in rows], number, before)
        number, before, after = made[-1].number, made[-1].digest, rows[-1].id
        connection.execute(
            sa.insert(trace),
            [{column.name: getattr(entry, column.name) for column in trace.columns} for entry in made],
        )


def _entry(row: Any) -> Entry:
    details = json.loads(row.details) if isinstance(row.details, str) else row.details
    return Entry(
        number=0,
        at=row.at,
        what=row.what,
        by=row.by,
        ma_ho_so=row.ma_ho_so,
        intake_id=row.intake_id,
        document_id=row.document_id,
        event_id=row.id,
        details=told_of(details),
        before="",
        digest="",
    )


def _hold() -> None:
    """Entries are only ever added."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION trace_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'the trace is append-only'; END$$"
        )
        op.execute(
            "CREATE TRIGGER trace_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trace "
            "FOR EACH STATEMENT EXECUTE FUNCTION trace_is_append_only()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER trace_no_{change.lower()} BEFORE {change} ON trace "
            "BEGIN SELECT RAISE(ABORT, 'the trace is append-only'); END"
        )
