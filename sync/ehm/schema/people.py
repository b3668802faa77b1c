"""Tables of the council itself, its people, their laptops and what those are ordered to do."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from sync.ehm.schema.tables import metadata

council = Table(
    "council",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("is_demo", Boolean, nullable=False),
    Column("epoch", String, nullable=False),
    Column("signing_key", LargeBinary, nullable=False),
    Column("token_secret", LargeBinary, nullable=False),
    Column("recovery_key", String, nullable=False),
    Column("policy", Text, nullable=False),
    Column("escrow_key", String, nullable=False),
    Column("oldest_client", String, nullable=False, server_default=""),
    Column("next_number", BigInteger, nullable=False),
)

worker = Table(
    "worker",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("team", String, nullable=False),
    Column("agency", String, nullable=False, server_default=""),
    Column("login", String, nullable=False, server_default=""),
    Column("subject", String, unique=True),
    Column("is_active", Boolean, nullable=False),
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("code_hash", String, primary_key=True),
    Column("worker", ForeignKey("worker.id"), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("device", String),
)

device = Table(
    "device",
    metadata,
    Column("id", String, primary_key=True),
    Column("worker", ForeignKey("worker.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("public_key", String, nullable=False),
    Column("client", String, nullable=False),
    Column("enrolled", DateTime(timezone=True), nullable=False),
    Column("revoked", DateTime(timezone=True)),
    Column("last_contact", DateTime(timezone=True)),
)

recovery_key = Table(
    "recovery_key",
    metadata,
    Column("public", String, primary_key=True),
    Column("part", LargeBinary, nullable=False),
    Column("made", DateTime(timezone=True), nullable=False),
)

recovery = Table(
    "recovery",
    metadata,
    Column("id", String, primary_key=True),
    Column("device", ForeignKey("device.id"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

provider = Table(
    "provider",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issuer", String, nullable=False),
    Column("client_id", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("days", Integer, nullable=False),
    Column("longest_days", Integer, nullable=False),
)

signed_in = Table(
    "signed_in",
    metadata,
    Column("device", ForeignKey("device.id"), primary_key=True),
    Column("subject", String, nullable=False),
    Column("in_person", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)

used_nonce = Table(
    "used_nonce",
    metadata,
    Column("device", String, primary_key=True),
    Column("nonce", String, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
)

order = Table(
    "device_order",
    metadata,
    Column("id", String, primary_key=True),
    Column("device", ForeignKey("device.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("words", String, nullable=False),
    Column("signature", String, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("family", String),
    Column("lifted", DateTime(timezone=True)),
    Column("done", DateTime(timezone=True)),
    Column("receipt", Text),
)

asked_order = Table(
    "asked_order",
    metadata,
    Column("id", String, primary_key=True),
    Column("device", ForeignKey("device.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("asked_by", ForeignKey("worker.id"), nullable=False),
    Column("asked", DateTime(timezone=True), nullable=False),
    Column("confirmed_by", ForeignKey("worker.id")),
    Column("confirmed", DateTime(timezone=True)),
    Column("withdrawn", DateTime(timezone=True)),
    Column("given", ForeignKey("device_order.id")),
)

sealed_work = Table(
    "sealed_work",
    metadata,
    Column("name", String, primary_key=True),
    Column("device", ForeignKey("device.id"), nullable=False),
    Column("given", ForeignKey("device_order.id"), nullable=False),
    Column("received", DateTime(timezone=True), nullable=False),
    Column("opened", DateTime(timezone=True)),
)
