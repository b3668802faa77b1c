"""A row of heads for each change, not for each answer."""

import json
from collections.abc import Iterator
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "heads_of_changes"
down_revision = "refused"

_AT_ONCE = 1_000


def upgrade() -> None:
    """Gathers the paths of each change in one row."""
    gathered = op.create_table(
        "gathered_head",
        sa.Column("record", sa.String(), primary_key=True),
        sa.Column("change", sa.String(), primary_key=True),
        sa.Column("paths", sa.Text(), nullable=False),
    )
    rows: list[dict[str, str]] = []
    for row in _gathered():
        rows.append(row)
        if len(rows) == _AT_ONCE:
            op.bulk_insert(gathered, rows)
            rows = []
    op.bulk_insert(gathered, rows)
    op.drop_table("head")
    op.rename_table("gathered_head", "head")


def _gathered() -> Iterator[dict[str, str]]:
    said = op.get_bind().execute(
        sa.text("SELECT record, change, path FROM head ORDER BY record, change, path")
    )
    for (record, change), each in groupby(said, key=lambda row: (row.record, row.change)):
        paths = json.dumps([row.path for row in each], separators=(",", ":"), ensure_ascii=False)
        yield {"record": record, "change": change, "paths": paths}
