"""Quarters as they were published; each publication of one is kept."""

import sqlalchemy as sa
from alembic import op

revision = "quarters"
down_revision = "ledger"


def upgrade() -> None:
    """Adds the tables and columns."""
    op.create_table(
        "published_quarter",
        sa.Column("last", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker"],
            ["worker.id"],
        ),
        sa.PrimaryKeyConstraint("last", "number"),
    )
