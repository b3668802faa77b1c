"""How far each device's audit is here; who said that they know a family."""

import sqlalchemy as sa
from alembic import op

revision = "looking"
down_revision = "sign_in"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "device_audit",
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("device"),
    )
    op.create_table(
        "knows_family",
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("family", "worker"),
    )
    op.create_index("audit_family", "audit", ["family"])
