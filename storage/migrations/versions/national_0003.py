"""Documents under their national codes, a row a version"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_PLAIN = sa.JSON().with_variant(JSONB(), "postgresql")
_ID = sa.String(length=26)


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "national_document",
        sa.Column("doc_code", sa.String(length=30), nullable=False),
        sa.Column("agency", sa.String(length=35), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ma_ho_so", sa.String(length=60), nullable=False),
        sa.Column("intake_id", _ID, nullable=False),
        sa.Column("document_id", _ID, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("ending", sa.String(length=5), nullable=False),
        sa.Column("described", _PLAIN, nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ma_ho_so"], ["dossier.ma_ho_so"], name=op.f("fk_national_document_ma_ho_so")
        ),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_national_document_intake_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_national_document_document_id")
        ),
        sa.PrimaryKeyConstraint("doc_code", name=op.f("pk_national_document")),
        sa.UniqueConstraint(
            *("agency", "kind", "number", "version"),
            name=op.f("uq_national_document_agency_kind_number_version"),
        ),
    )
    op.create_index("ix_national_document_sha256", "national_document", ["sha256"])
    op.create_index("ix_national_document_ma_ho_so", "national_document", ["ma_ho_so"])
