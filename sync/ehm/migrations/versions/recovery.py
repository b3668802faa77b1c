"""The council's recovery keys (the EHM's part of each), and every use of one."""

import sqlalchemy as sa
from alembic import op

revision = "recovery"
down_revision = "orders"


def upgrade() -> None:
    """Adds the tables."""
    op.create_table(
        "recovery_key",
        sa.Column("public", sa.String(), primary_key=True),
        sa.Column("part", sa.LargeBinary(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "recovery",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("device", sa.String(), sa.ForeignKey("device.id"), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
