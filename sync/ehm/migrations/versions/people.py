"""What the people of the council are: agency, login, cover; whose role an audit line is about."""

import sqlalchemy as sa
from alembic import op

revision = "people"
down_revision = "1"


def upgrade() -> None:
    """Adds the columns. Roles were written with a space."""
    for table, column in (
        ("worker", "agency"),
        ("worker", "login"),
        ("member", "covers_for"),
        ("audit", "role"),
    ):
        op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=""))
    op.add_column("member", sa.Column("until", sa.DateTime(timezone=True)))
    op.create_index("member_until", "member", ["until"])
    op.execute("UPDATE worker SET role = replace(role, ' ', '_')")
