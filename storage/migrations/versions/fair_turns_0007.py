"""Files of a lane are taken in turns of those who sent them"""

import sqlalchemy as sa
from alembic import op

revision = "turns_0007"
down_revision = "batches_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only. With defaults, so that a process of the version before can go on adding rows."""
    op.add_column("intake", sa.Column("share", sa.Text(), nullable=False, server_default=""))
    op.add_column("intake", sa.Column("turn", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("ix_intake_state_lane_turn_id", "intake", ["state", "lane", "turn", "id"])
    op.create_index("ix_intake_state_lane_share_turn", "intake", ["state", "lane", "share", "turn"])
