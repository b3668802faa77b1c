"""How long things are kept is said by the council's pack alone."""

from alembic import op

revision = "pack_retention"
down_revision = "files"


def upgrade() -> None:
    """Takes the column away; the pack's table ``retention`` is in its place."""
    op.drop_column("council", "retention")
