"""The tables of the EHM.

``entry`` is the one history: what happened, in order, hash-chained. ``delivery`` says which entry
each worker has in their feed, and so who could have seen what. ``head``, ``early_base`` and
``holding`` are derived and can be made again from ``change`` and ``delivery``; so can the index of
identities that matching looks in.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    true,
)

metadata = MetaData()

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
    Column("path", String, primary_key=True),
    Column("change", String, primary_key=True),
    Column("answer", String, nullable=False),
)

Index("head_change", head.c.change)

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

erased_change = Table(
    "erased_change",
    metadata,
    Column("change", String, primary_key=True),
    Column("erasure", ForeignKey("erasure.id"), primary_key=True),
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
