"""Tables of what was taken out, moved and held back, and of the audit."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
)

from sync.ehm.schema.tables import metadata

erasure = Table(
    "erasure",
    metadata,
    Column("id", String, primary_key=True),
    Column("family", String, nullable=False),
    Column("record", String, nullable=False, index=True),
    Column("paths", Text, nullable=False),
    Column("moved_to", String, nullable=False, server_default=""),
    Column("move", String, nullable=False, server_default=""),
)

erased_change = Table(
    "erased_change",
    metadata,
    Column("change", String, primary_key=True),
    Column("erasure", ForeignKey("erasure.id"), primary_key=True),
)

follow_due = Table("follow_due", metadata, Column("record", String, primary_key=True))

refused = Table(
    "refused",
    metadata,
    Column("device", ForeignKey("device.id"), primary_key=True),
    Column("change", String, primary_key=True),
    Column("record", String, nullable=False),
    Column("family", String, nullable=False),
    Column("form", String, nullable=False),
    Column("code", String, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

legal_hold = Table(
    "legal_hold",
    metadata,
    Column("id", String, primary_key=True),
    Column("family", String, nullable=False, index=True),
    Column("reason", String, nullable=False),
    Column("ends", String, nullable=False),
)

ledger_line = Table("ledger_line", metadata, Column("id", String, primary_key=True))

forgotten = Table(
    "forgotten",
    metadata,
    Column("id", String, primary_key=True),
    Column("family", String, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("worker", String, nullable=False),
    Column("role", String, nullable=False, server_default=""),
    Column("act", String, nullable=False),
    Column("family", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("hash", String, nullable=False),
)
Index("audit_family", audit.c.family)

device_audit = Table(
    "device_audit",
    metadata,
    Column("device", String, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
    Column("is_whole", Boolean, nullable=False),
)
