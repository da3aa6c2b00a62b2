"""Figures that other systems own; dossiers by the time they were opened"""

import sqlalchemy as sa
from alembic import op

revision = "figures_0008"
down_revision = "turns_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "other_figure",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("centre", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_figure")),
    )
    op.create_index("ix_other_figure_month", "other_figure", ["month"])
    op.create_index("ix_dossier_opened_at", "dossier", ["opened_at"])
