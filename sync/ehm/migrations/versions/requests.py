"""Requests for support; the oldest program that is given anything."""

import sqlalchemy as sa
from alembic import op

revision = "requests"
down_revision = "looking"


def upgrade() -> None:
    """Adds the tables and columns."""
    op.create_table(
        "support_request",
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("accepted", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["worker.id"],
        ),
        sa.ForeignKeyConstraint(
            ["family"],
            ["family.id"],
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"],
            ["worker.id"],
        ),
        sa.PrimaryKeyConstraint("record"),
    )
    op.create_index(op.f("ix_support_request_family"), "support_request", ["family"], unique=False)
    op.add_column(
        "council", sa.Column("oldest_client", sa.String(), server_default="", nullable=False)
    )
