"""What families are matched by is other than it was: each is read again."""

from alembic import op

revision = "match_keys"
down_revision = "heads_of_changes"


def upgrade() -> None:
    """Marks them; the index is made again from the records."""
    op.execute(
        "INSERT INTO match_due (family) SELECT DISTINCT family FROM identity"
        " WHERE family NOT IN (SELECT family FROM match_due)"
    )
    op.execute("DELETE FROM identity_key")
