"""What waits for a second person, kept as a list; every family that may be in it is due."""

import sqlalchemy as sa
from alembic import op

revision = "awaited"
down_revision = "following"


def upgrade() -> None:
    """Adds the tables, and has the families read."""
    op.create_table(
        "awaited",
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seen", "path", "kind"),
    )
    op.create_index("awaited_family", "awaited", ["family"])
    op.create_table(
        "awaited_due",
        sa.Column("family", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("family"),
    )
    op.execute(
        "INSERT INTO awaited_due (family) SELECT DISTINCT family FROM change WHERE held = ''"
        " AND (form IN ('closure', 'request', 'share_decision', 'oversight')"
        " OR body LIKE '%\"reason\":%')"
    )
