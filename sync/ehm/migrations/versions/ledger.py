"""Lines of the ledger that the database has."""

import sqlalchemy as sa
from alembic import op

revision = "ledger"
down_revision = "requests"


def upgrade() -> None:
    """Adds the tables and columns."""
    op.create_table(
        "ledger_line", sa.Column("id", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id")
    )
