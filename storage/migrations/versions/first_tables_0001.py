"""The first tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_PLAIN = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "dossier",
        sa.Column("ma_ho_so", sa.String(length=60), nullable=False),
        sa.Column("noi_ho_tro", sa.Text(), nullable=True),
        sa.Column("noi_tiep_nhan", sa.Text(), nullable=True),
        sa.Column("co_quan_giai_quyet", sa.Text(), nullable=True),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ma_ho_so", name=op.f("pk_dossier")),
    )
    op.create_table(
        "intake",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("ma_ho_so", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("lane", sa.String(length=20), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column(
            "reason_values",
            _PLAIN,
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("pages_done", sa.Integer(), nullable=False),
        sa.Column("pages_total", sa.Integer(), nullable=True),
        sa.Column(
            "warnings",
            _PLAIN,
            nullable=False,
        ),
        sa.Column("claim", sa.String(length=26), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("lease_until", _MOMENT, nullable=True),
        sa.Column("deadline", _MOMENT, nullable=True),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.Column("not_before", _MOMENT, nullable=True),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.CheckConstraint("(state = 'working') = (claim IS NOT NULL)", name=op.f("ck_intake_claim")),
        sa.CheckConstraint(
            "channel IN ('counter', 'post', 'batch', 'folder')", name=op.f("ck_intake_channel")
        ),
        sa.CheckConstraint("lane IN ('counter', 'batch')", name=op.f("ck_intake_lane")),
        sa.CheckConstraint("state <> 'failed' OR reason IS NOT NULL", name=op.f("ck_intake_reason")),
        sa.CheckConstraint(
            "state IN ('received', 'working', 'attached', 'failed', 'closed')", name=op.f("ck_intake_state")
        ),
        sa.ForeignKeyConstraint(["ma_ho_so"], ["dossier.ma_ho_so"], name=op.f("fk_intake_ma_ho_so")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
        sa.UniqueConstraint("ma_ho_so", "sha256", name=op.f("uq_intake_ma_ho_so_sha256")),
    )
    op.create_index("ix_intake_sha256", "intake", ["sha256"])
    op.create_index("ix_intake_state_lane_id", "intake", ["state", "lane", "id"])

    op.create_table(
        "document",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("intake_id", sa.String(length=26), nullable=False),
        sa.Column("ma_ho_so", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "source_pages",
            _PLAIN,
            nullable=False,
        ),
        sa.Column("type_code", sa.String(length=60), nullable=False),
        sa.Column("type_label", sa.Text(), nullable=False),
        sa.Column("type_confidence", sa.Float(), nullable=False),
        sa.Column("type_read", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column(
            "reasons",
            _PLAIN,
            nullable=False,
        ),
        sa.Column(
            "doubtful_fields",
            _PLAIN,
            nullable=False,
        ),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_size", sa.BigInteger(), nullable=False),
        sa.Column("pdf_kept", sa.Boolean(), nullable=False),
        sa.Column("record_sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attached_at", _MOMENT, nullable=False),
        sa.Column("confirmed_at", _MOMENT, nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('ready', 'to_check', 'confirmed')", name=op.f("ck_document_state")),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_document_intake_id")),
        sa.ForeignKeyConstraint(["ma_ho_so"], ["dossier.ma_ho_so"], name=op.f("fk_document_ma_ho_so")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("intake_id", "position", name=op.f("uq_document_intake_id_position")),
    )
    op.create_index("ix_document_ma_ho_so_id", "document", ["ma_ho_so", "id"])
    op.create_index("ix_document_pdf_sha256", "document", ["pdf_sha256"])
    op.create_index("ix_document_record_sha256", "document", ["record_sha256"])
    op.create_index("ix_document_state_id", "document", ["state", "id"])
    op.create_index("ix_document_type_code_id", "document", ["type_code", "id"])

    op.create_table(
        "correction",
        sa.Column("document_id", sa.String(length=26), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_correction_document_id")),
        sa.PrimaryKeyConstraint("document_id", "version", name=op.f("pk_correction")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("ma_ho_so", sa.String(length=60), nullable=False),
        sa.Column("intake_id", sa.String(length=26), nullable=True),
        sa.Column("document_id", sa.String(length=26), nullable=True),
        sa.Column(
            "details",
            _PLAIN,
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_event_document_id")),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_event_intake_id")),
        sa.ForeignKeyConstraint(["ma_ho_so"], ["dossier.ma_ho_so"], name=op.f("fk_event_ma_ho_so")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_document_id_id", "event", ["document_id", "id"])
    op.create_index("ix_event_intake_id_id", "event", ["intake_id", "id"])
    op.create_index("ix_event_ma_ho_so_id", "event", ["ma_ho_so", "id"])

    op.create_table(
        "field",
        sa.Column("document_id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("read_value", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("box", _PLAIN, nullable=True),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column(
            "problems",
            _PLAIN,
            nullable=False,
        ),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("corrected_by", sa.Text(), nullable=True),
        sa.Column("corrected_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_field_document_id")),
        sa.PrimaryKeyConstraint("document_id", "name", name=op.f("pk_field")),
    )

    op.create_table(
        "page",
        sa.Column("intake_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("document_id", sa.String(length=26), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("dpi", sa.Float(), nullable=True),
        sa.Column("rotation", sa.Integer(), nullable=True),
        sa.Column("skew", sa.Float(), nullable=True),
        sa.Column("blank", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("origin", sa.String(length=20), nullable=True),
        sa.Column("failure", sa.String(length=60), nullable=True),
        sa.Column("refusal", sa.String(length=60), nullable=True),
        sa.Column("refusal_values", _PLAIN, nullable=False),
        sa.Column(
            "warnings",
            _PLAIN,
            nullable=False,
        ),
        sa.CheckConstraint("(role = 'document') = (document_id IS NOT NULL)", name=op.f("ck_page_document")),
        sa.CheckConstraint("(role = 'refused') = (refusal IS NOT NULL)", name=op.f("ck_page_refusal")),
        sa.CheckConstraint("role IN ('document', 'separator', 'refused')", name=op.f("ck_page_role")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_page_document_id")),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_page_intake_id")),
        sa.PrimaryKeyConstraint("intake_id", "number", name=op.f("pk_page")),
    )
    op.create_index("ix_page_document_id_position", "page", ["document_id", "position"])
    _hold_events()


def _hold_events() -> None:
    """Events are only ever added."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'events are append-only'; END$$"
        )
        op.execute(
            "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
            "FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER event_no_{change.lower()} BEFORE {change} ON event "
            "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
        )
