"""The council's sign-in provider, and until when each device is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "sign_in"
down_revision = "putting_right"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "provider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("longest_days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "signed_in",
        sa.Column("device", sa.String(), sa.ForeignKey("device.id"), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("in_person", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("device"),
    )
