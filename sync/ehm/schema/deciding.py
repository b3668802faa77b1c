"""Tables of what people decide at the centre: requests, second looks, matches, merges, figures."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from sync.ehm.schema.tables import metadata

support_request = Table(
    "support_request",
    metadata,
    Column("record", String, primary_key=True),
    Column("family", ForeignKey("family.id"), nullable=False, index=True),
    Column("urgent", Boolean, nullable=False),
    Column("sent_by", ForeignKey("worker.id"), nullable=False),
    Column("sent", DateTime(timezone=True), nullable=False),
    Column("accepted_by", ForeignKey("worker.id")),
    Column("accepted", DateTime(timezone=True)),
    Column("outcome", String),
    Column("words", Text, nullable=False),
    Column("decided", DateTime(timezone=True)),
    Column("told", DateTime(timezone=True)),
)

possible_match = Table(
    "possible_match",
    metadata,
    Column("id", String, primary_key=True),
    Column("one", ForeignKey("family.id"), nullable=False),
    Column("other", ForeignKey("family.id"), nullable=False, index=True),
    Column("score", Integer, nullable=False),
    Column("because", Text, nullable=False),
    Column("is_one_household", Boolean, nullable=False),
    Column("found", DateTime(timezone=True), nullable=False),
    Column("decided", DateTime(timezone=True)),
    Column("decided_by", String),
    Column("decision", String, nullable=False),
    Column("bond", String),
)
Index("possible_match_pair", possible_match.c.one, possible_match.c.other, unique=True)

bond = Table(
    "bond",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("one", ForeignKey("family.id"), nullable=False, index=True),
    Column("other", ForeignKey("family.id"), nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("reason", String, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("undone", DateTime(timezone=True)),
    Column("undone_by", String),
)

bond_member = Table(
    "bond_member",
    metadata,
    Column("bond", ForeignKey("bond.id"), primary_key=True),
    Column("family", String, primary_key=True),
    Column("worker", String, primary_key=True),
)

identity = Table(
    "identity",
    metadata,
    Column("family", String, primary_key=True),
    Column("person", String, primary_key=True),
    Column("given_name", String, nullable=False),
    Column("last_names", Text, nullable=False),
    Column("born", String, nullable=False),
    Column("is_guess", Boolean, nullable=False),
    Column("is_child", Boolean, nullable=False),
    Column("places", Text, nullable=False),
    Column("is_sealed", Boolean, nullable=False),
)

identity_key = Table(
    "identity_key",
    metadata,
    Column("family", String, primary_key=True),
    Column("key", String, primary_key=True, index=True),
)

sealed_identity = Table(
    "sealed_identity",
    metadata,
    Column("family", String, primary_key=True),
    Column("person", String, primary_key=True),
)

match_due = Table("match_due", metadata, Column("family", String, primary_key=True))

awaited = Table(
    "awaited",
    metadata,
    Column("seen", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("family", String, nullable=False),
    Column("record", String, nullable=False),
    Column("form", String, nullable=False),
    Column("author", String, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("is_restricted", Boolean, nullable=False),
)
Index("awaited_family", awaited.c.family)

awaited_due = Table(
    "awaited_due",
    metadata,
    Column("family", String, primary_key=True),
    Column("mark", String, nullable=False, server_default=""),
)

knows_family = Table(
    "knows_family",
    metadata,
    Column("family", String, primary_key=True),
    Column("worker", String, primary_key=True),
)

published_quarter = Table(
    "published_quarter",
    metadata,
    Column("last", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("worker", ForeignKey("worker.id"), nullable=False),
    Column("figures", Text, nullable=False),
)
