"""Who may have a record: the pack's rules, contributors asked in, what was decided for them."""

import sqlalchemy as sa
from alembic import op

revision = "audience"
down_revision = "matching"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "invitation",
        sa.Column("family", sa.String(), sa.ForeignKey("family.id"), nullable=False),
        sa.Column("worker", sa.String(), sa.ForeignKey("worker.id"), nullable=False),
        sa.Column("cleared_of", sa.String(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("family", "worker"),
    )
    op.create_table(
        "share_grant",
        sa.Column("family", sa.String(), sa.ForeignKey("family.id"), nullable=False),
        sa.Column("worker", sa.String(), sa.ForeignKey("worker.id"), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("family", "worker", "record"),
    )
    op.create_table(
        "audience_rules",
        sa.Column("pack", sa.String(), sa.ForeignKey("pack.version"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pack"),
    )
