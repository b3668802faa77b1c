"""When a family was marked as due to be read again, by a name of its own for every time."""

import sqlalchemy as sa
from alembic import op

revision = "awaited_mark"
down_revision = "match_keys"


def upgrade() -> None:
    """Adds the column; what is due already is due."""
    op.add_column("awaited_due", sa.Column("mark", sa.String(), nullable=False, server_default=""))
