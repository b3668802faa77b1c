"""Which records give the files that they name; parts by what they are sent for."""

import sqlalchemy as sa
from alembic import op

revision = "files"
down_revision = "quarters"


def upgrade() -> None:
    """Adds what is new. What a record gave, it gives; parts that were not whole are sent again."""
    op.add_column(
        "attachment_use",
        sa.Column("shown", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.create_table(
        "attachment_sender",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", "worker"),
    )
    op.drop_table("attachment_part")
    op.create_table(
        "attachment_part",
        sa.Column("purpose", sa.String(), server_default="", nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("purpose", "name", "start"),
    )
