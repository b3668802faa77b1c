"""Tables of what was written: families, the one history, feeds, changes, files, packs."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    true,
)

from sync.ehm.schema.tables import metadata

family = Table(
    "family",
    metadata,
    Column("id", String, primary_key=True),
    Column("reference", String, nullable=False),
    Column("number", String, nullable=False),
    Column("begun", DateTime(timezone=True), nullable=False),
    Column("registered_by", String, nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("family", ForeignKey("family.id"), primary_key=True),
    Column("worker", ForeignKey("worker.id"), primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("covers_for", String, nullable=False, server_default=""),
    Column("until", DateTime(timezone=True)),
)
Index("member_worker", member.c.worker)
Index("member_until", member.c.until)

invitation = Table(
    "invitation",
    metadata,
    Column("family", ForeignKey("family.id"), primary_key=True),
    Column("worker", ForeignKey("worker.id"), primary_key=True),
    Column("cleared_of", String, nullable=False, server_default=""),
)

share_grant = Table(
    "share_grant",
    metadata,
    Column("family", ForeignKey("family.id"), primary_key=True),
    Column("worker", ForeignKey("worker.id"), primary_key=True),
    Column("record", String, primary_key=True),
    Column("level", String, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("family", String, nullable=False),
    Column("record", String, nullable=False),
    Column("ref", String, nullable=False),
    Column("body", Text, nullable=False),
)
Index("entry_family", entry.c.family, entry.c.seq)

delivery = Table(
    "delivery",
    metadata,
    Column("worker", String, primary_key=True),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("family", String, nullable=False),
)
Index("delivery_family", delivery.c.worker, delivery.c.family, delivery.c.seq)

holding = Table(
    "holding",
    metadata,
    Column("worker", String, primary_key=True),
    Column("family", String, primary_key=True),
    Column("digest", String, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("id", String, primary_key=True),
    Column("record", String, nullable=False, index=True),
    Column("family", String, nullable=False),
    Column("form", String, nullable=False),
    Column("version", String, nullable=False),
    Column("author", String, nullable=False),
    Column("device", String, nullable=False),
    Column("offered_by", String, nullable=False),
    Column("received", DateTime(timezone=True), nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("held", String, nullable=False),
)
Index("change_family", change.c.family)

head = Table(
    "head",
    metadata,
    Column("record", String, primary_key=True),
    Column("change", String, primary_key=True),
    Column("paths", Text, nullable=False),
)

early_base = Table(
    "early_base",
    metadata,
    Column("record", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("change", String, primary_key=True),
)
Index("early_base_change", early_base.c.change)

attachment = Table(
    "attachment",
    metadata,
    Column("name", String, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

attachment_part = Table(
    "attachment_part",
    metadata,
    Column("purpose", String, primary_key=True, server_default=""),
    Column("name", String, primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", DateTime(timezone=True)),
)

attachment_sender = Table(
    "attachment_sender",
    metadata,
    Column("name", String, primary_key=True),
    Column("worker", String, primary_key=True),
)

attachment_use = Table(
    "attachment_use",
    metadata,
    Column("name", String, primary_key=True),
    Column("record", String, primary_key=True),
    Column("shown", Boolean, nullable=False, server_default=true()),
)
Index("attachment_use_record", attachment_use.c.record)

pack = Table(
    "pack",
    metadata,
    Column("version", String, primary_key=True),
    Column("published", DateTime(timezone=True), nullable=False),
    Column("sha256", String, nullable=False),
    Column("signature", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

audience_rules = Table(
    "audience_rules",
    metadata,
    Column("pack", ForeignKey("pack.version"), primary_key=True),
    Column("body", Text, nullable=False),
)

pack_form = Table(
    "pack_form",
    metadata,
    Column("form", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("has_people", Boolean, nullable=False),
)
