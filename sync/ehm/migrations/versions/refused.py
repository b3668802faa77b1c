"""Which changes were handed in and not taken: they are on their laptop alone."""

import sqlalchemy as sa
from alembic import op

revision = "refused"
down_revision = "awaited"


def upgrade() -> None:
    """Adds the table; what was refused before is noted when it is handed in again."""
    op.create_table(
        "refused",
        sa.Column("device", sa.String(), sa.ForeignKey("device.id"), primary_key=True),
        sa.Column("change", sa.String(), primary_key=True),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
