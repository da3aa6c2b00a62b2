"""Electronic results, their signatures, and signing sessions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_PLAIN = sa.JSON().with_variant(JSONB(), "postgresql")
_SHA = sa.String(length=64)
_ID = sa.String(length=26)


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "result",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ma_ho_so", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("document_id", _ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("source_sha256", _SHA, nullable=False),
        sa.Column("sha256", _SHA, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("refused_by", sa.Text(), nullable=True),
        sa.Column("wanted_level", sa.String(length=10), nullable=True),
        sa.Column("due_at", _MOMENT, nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'signed', 'refused')", name=op.f("ck_result_state")),
        sa.CheckConstraint("kind IN ('result', 'certified_copy')", name=op.f("ck_result_kind")),
        sa.CheckConstraint("(state = 'waiting') = (turn IS NOT NULL)", name=op.f("ck_result_turn")),
        sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name=op.f("ck_result_refusal")),
        sa.ForeignKeyConstraint(["ma_ho_so"], ["dossier.ma_ho_so"], name=op.f("fk_result_ma_ho_so")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_result_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint(
            "ma_ho_so", "kind", "source_sha256", name=op.f("uq_result_ma_ho_so_kind_source_sha256")
        ),
    )
    for columns in (["ma_ho_so", "id"], ["state", "id"], ["sha256"], ["source_sha256"], ["due_at"]):
        op.create_index(f"ix_result_{'_'.join(columns)}", "result", columns)

    op.create_table(
        "result_signature",
        sa.Column("result_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("claim", _ID, nullable=True),
        sa.Column("lease_until", _MOMENT, nullable=True),
        sa.Column("before_sha256", _SHA, nullable=True),
        sa.Column("after_sha256", _SHA, nullable=True),
        sa.Column("level", sa.String(length=10), nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("certificate", sa.Text(), nullable=True),
        sa.Column("checked", _PLAIN, nullable=True),
        sa.Column("signed_at", _MOMENT, nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=True),
        sa.CheckConstraint("role IN ('officer', 'agency')", name=op.f("ck_result_signature_role")),
        sa.CheckConstraint(
            "(after_sha256 IS NULL) = (signed_at IS NULL)", name=op.f("ck_result_signature_signed")
        ),
        sa.CheckConstraint("(claim IS NULL) = (lease_until IS NULL)", name=op.f("ck_result_signature_claim")),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_result_signature_result_id")),
        sa.PrimaryKeyConstraint("result_id", "position", name=op.f("pk_result_signature")),
    )
    op.create_index("ix_result_signature_after_sha256", "result_signature", ["after_sha256"])
    op.create_index("ix_result_signature_signer", "result_signature", ["signer"])

    op.create_table(
        "signing_session",
        sa.Column("id", _ID, nullable=False),
        sa.Column("result_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("before_sha256", _SHA, nullable=False),
        sa.Column("prepared_sha256", _SHA, nullable=False),
        sa.Column("plan", _PLAIN, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("completed_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_signing_session_result_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_session")),
    )
    op.create_index("ix_signing_session_result_id", "signing_session", ["result_id"])
    op.create_index("ix_signing_session_prepared_sha256", "signing_session", ["prepared_sha256"])
    _keep_signatures()


def _keep_signatures() -> None:
    """What was signed never changes: neither the signature's row, nor a signed file but by adding to it."""
    kept = "OLD.after_sha256 IS NOT NULL"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION signature_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
            "$$BEGIN RAISE EXCEPTION 'a signature is never changed'; END$$"
        )
        op.execute(
            "CREATE TRIGGER signature_kept BEFORE UPDATE OR DELETE ON result_signature "
            f"FOR EACH ROW WHEN ({kept}) EXECUTE FUNCTION signature_is_kept()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER signature_no_{change.lower()} BEFORE {change} ON result_signature "
            f"WHEN {kept} BEGIN SELECT RAISE(ABORT, 'a signature is never changed'); END"
        )
