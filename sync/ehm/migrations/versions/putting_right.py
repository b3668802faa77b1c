"""Words moved to another family, legal holds, and what is kept no longer."""

import sqlalchemy as sa
from alembic import op

revision = "putting_right"
down_revision = "audience"


def upgrade() -> None:
    """Adds the tables and columns."""
    op.create_table(
        "forgotten",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_legal_hold_family"), "legal_hold", ["family"], unique=False)
    op.add_column("council", sa.Column("retention", sa.Text(), server_default="{}", nullable=False))
    op.add_column("erasure", sa.Column("moved_to", sa.String(), server_default="", nullable=False))
    op.add_column("erasure", sa.Column("move", sa.String(), server_default="", nullable=False))
