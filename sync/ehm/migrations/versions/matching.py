"""What matching knows, finds and joins."""

import sqlalchemy as sa
from alembic import op

revision = "matching"
down_revision = "recovery"


def upgrade() -> None:
    """Adds the tables and columns: over sixty lines, as it is one list with nothing to decide."""
    op.create_table(
        "identity",
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("last_names", sa.Text(), nullable=False),
        sa.Column("born", sa.String(), nullable=False),
        sa.Column("is_guess", sa.Boolean(), nullable=False),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("is_sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("family", "person"),
    )
    op.create_table(
        "identity_key",
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("family", "key"),
    )
    op.create_index(op.f("ix_identity_key_key"), "identity_key", ["key"], unique=False)
    op.create_table(
        "match_due",
        sa.Column("family", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("family"),
    )
    op.create_table(
        "sealed_identity",
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("family", "person"),
    )
    op.create_table(
        "bond",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("undone", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["one"],
            ["family.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other"],
            ["family.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_bond_one"), "bond", ["one"], unique=False)
    op.create_index(op.f("ix_bond_other"), "bond", ["other"], unique=False)
    op.create_table(
        "possible_match",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("is_one_household", sa.Boolean(), nullable=False),
        sa.Column("found", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("bond", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["one"],
            ["family.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other"],
            ["family.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_possible_match_other"), "possible_match", ["other"], unique=False)
    op.create_index("possible_match_pair", "possible_match", ["one", "other"], unique=True)
    op.create_table(
        "bond_member",
        sa.Column("bond", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("worker", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bond"],
            ["bond.id"],
        ),
        sa.PrimaryKeyConstraint("bond", "family", "worker"),
    )
    op.add_column(
        "pack_form", sa.Column("has_people", sa.Boolean(), nullable=False, server_default=sa.true())
    )
