"""Packs: published by the council, signed, given to every device."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from forms.pack import Pack
from sync.contract import signatures
from sync.contract.messages import PackNotice
from sync.ehm import audience, changes, match_due, schema
from sync.ehm.council import Council
from sync.ehm.problems import not_found
from sync.ehm.store import insert_or_leave


def publish(connection: Connection, council: Council, content: bytes, now: datetime) -> PackNotice:
    """Signs and publishes a pack, and shows what was held for a form that it brings.

    Published again: nothing happens. Raises ``PackError`` if it is not a pack, ``ValueError`` if
    its version is taken by another.
    """
    pack = Pack.read(content)
    unsigned = PackNotice(
        version=pack.version,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        signature="",
    )
    signature = signatures.sign(council.signing_key, signatures.pack_text(unsigned))
    notice = unsigned.model_copy(update={"signature": signature})
    table = schema.pack
    known = connection.execute(
        select(table.c.sha256).where(table.c.version == pack.version)
    ).scalar_one_or_none()
    if known is not None:
        if known != notice.sha256:
            raise ValueError("another pack of this version is published")
        audience.keep_rules(connection, pack)
        return notice
    before = audience.rules(connection)
    connection.execute(
        insert(table).values(
            version=notice.version,
            published=now,
            sha256=notice.sha256,
            signature=notice.signature,
            content=content,
        )
    )
    audience.keep_rules(connection, pack)
    audience.settle_what_changed(connection, before, audience.rules(connection))
    forms = [
        {
            "form": form.id,
            "version": version,
            "has_people": match_due.has_people(pack.form(form.id, version)),
        }
        for form in pack.forms
        for version in form.versions
    ]
    insert_or_leave(connection, schema.pack_form, forms)
    _release(connection)
    return notice


def _release(connection: Connection) -> None:
    change, form = schema.change.c, schema.pack_form.c
    is_known = (
        select(form.form).where(form.form == change.form, form.version == change.version).exists()
    )
    changes.release(connection, (change.held == "form_unknown") & is_known)


def latest(connection: Connection) -> PackNotice | None:
    """The pack published last."""
    table = schema.pack
    row = connection.execute(
        select(
            table.c.version,
            table.c.sha256,
            table.c.signature,
            func.length(table.c.content).label("size"),
        )
        .order_by(table.c.published.desc(), table.c.version.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return PackNotice(
        version=row.version, sha256=row.sha256, size=row.size, signature=row.signature
    )


def content(connection: Connection, version: str) -> bytes:
    """The bytes of a pack."""
    table = schema.pack
    found = connection.execute(
        select(table.c.content).where(table.c.version == version)
    ).scalar_one_or_none()
    if found is None:
        raise not_found()
    return bytes(found)
