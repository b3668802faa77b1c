"""In which records, moved whole, something was shown since that must follow them."""

import sqlalchemy as sa
from alembic import op

revision = "following"
down_revision = "pack_retention"


def upgrade() -> None:
    """Adds the table, and what was shown before there was one."""
    op.create_table("follow_due", sa.Column("record", sa.String(), primary_key=True))
    op.execute(
        "INSERT INTO follow_due (record) SELECT DISTINCT record FROM erasure"
        " WHERE moved_to <> '' AND paths = '[]'"
    )
