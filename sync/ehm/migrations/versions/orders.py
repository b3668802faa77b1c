"""Orders that two people give, their receipts, and unsent work that was sealed."""

import sqlalchemy as sa
from alembic import op

revision = "orders"
down_revision = "people"


def upgrade() -> None:
    """Adds the tables and columns."""
    op.add_column("council", sa.Column("policy", sa.Text(), nullable=False, server_default="{}"))
    op.add_column(
        "council", sa.Column("escrow_key", sa.String(), nullable=False, server_default="")
    )
    op.execute("ALTER TABLE council DROP COLUMN lease_days")
    op.add_column(
        "device_order", sa.Column("given_by", sa.Text(), nullable=False, server_default="[]")
    )
    op.add_column("device_order", sa.Column("family", sa.String(), nullable=True))
    op.add_column("device_order", sa.Column("lifted", sa.DateTime(timezone=True), nullable=True))
    op.add_column("device_order", sa.Column("receipt", sa.Text(), nullable=True))
    op.execute("ALTER TABLE device_order DROP COLUMN handed_in")
    op.create_table(
        "asked_order",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("confirmed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["device"], ["device.id"]),
        sa.ForeignKeyConstraint(["asked_by"], ["worker.id"]),
        sa.ForeignKeyConstraint(["confirmed_by"], ["worker.id"]),
        sa.ForeignKeyConstraint(["given"], ["device_order.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sealed_work",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["device"], ["device.id"]),
        sa.ForeignKeyConstraint(["given"], ["device_order.id"]),
        sa.PrimaryKeyConstraint("name"),
    )
