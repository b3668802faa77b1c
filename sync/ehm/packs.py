"""Packs: published by the council, signed, given to every device."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from forms.pack import Pack
from forms.pack_file import PackError
from forms.pack_rollback import next_version, rolled_back
from forms.records.upgrading import version_order
from sync.contract import signatures
from sync.contract.messages import PackNotice
from sync.ehm import audience, audience_rules, awaited, changes, match_due, schema
from sync.ehm.council import Council
from sync.ehm.problems import not_found
from sync.ehm.store import aware, insert_or_leave

_NEWEST_FIRST = (schema.pack.c.published.desc(), schema.pack.c.version.desc())


def publish(
    connection: Connection, council: Council, content: bytes, now: datetime, signature: str = ""
) -> PackNotice:
    """Publishes a pack, and shows what was held for a form that it brings.

    ``signature`` is the council's own, made where the pack was built; without one the EHM signs.
    Published again: nothing happens. Raises ``PackError`` if it is not a pack, ``ValueError`` if
    the signature is not the council's, if a form version is not what it was, or if the version is
    taken or not higher than the one published last.
    """
    pack = Pack.read(content)
    unsigned = signatures.unsigned_pack(pack.version, content)
    text = signatures.pack_text(unsigned)
    signed = signature or signatures.sign(council.signing_key, text)
    if not signatures.is_signed(council.public_key, text, signed):
        raise ValueError("this signature is not the council's, or of another pack")
    notice = unsigned.model_copy(update={"signature": signed})
    table = schema.pack
    known = connection.execute(
        select(table.c.sha256).where(table.c.version == pack.version)
    ).scalar_one_or_none()
    if known is not None:
        if known != notice.sha256:
            raise ValueError(
                f"another pack of version {pack.version} is published: give this one a higher"
                " version in council.json, and build it again"
            )
        audience_rules.keep(connection, pack)
        return notice
    last = _check_follows(connection, Pack.as_written(content))
    before = audience_rules.newest(connection)
    connection.execute(
        insert(table).values(
            version=notice.version,
            published=_after_all_others(connection, now),
            sha256=notice.sha256,
            signature=notice.signature,
            content=content,
        )
    )
    audience_rules.keep(connection, pack)
    audience.settle_what_changed(connection, before, audience_rules.newest(connection))
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
    if last is None or (last.protective, last.upgrades) != (pack.protective, pack.upgrades):
        awaited.begin_again(connection)
    return notice


def roll_back(connection: Connection, council: Council, now: datetime, to: str = "") -> PackNotice:
    """Publishes an earlier pack's content under a new, higher version.

    ``to`` is that pack's version; without one it is the pack published before the last.
    ``ValueError`` if there is none.
    """
    versions = list(
        connection.execute(select(schema.pack.c.version).order_by(*_NEWEST_FIRST)).scalars()
    )
    earlier = to or next(iter(versions[1:]), "")
    if earlier not in versions[1:]:
        raise ValueError("there is no such earlier pack: " + (earlier or "only one is published"))
    content_now = content(connection, versions[0])
    version = next_version(versions[0])
    again = rolled_back(content(connection, earlier), content_now, version)
    return publish(connection, council, again, now)


def _check_follows(connection: Connection, pack: Pack) -> Pack | None:
    """A pack is later than the last, and leaves out no form version that records may be on.

    The last one, or None if there is none.
    """
    last = latest(connection)
    if last is None:
        return None
    if version_order(pack.version) <= version_order(last.version):
        raise ValueError(
            f"its version must be higher than {last.version}, published last: write it in"
            " council.json, and build it again"
        )
    before = Pack.as_written(content(connection, last.version))
    for form in before.kept_forms:
        for version in form.versions:
            if _form(pack, form.id, version) != before.form(form.id, version):
                raise ValueError(
                    f"form {form.id}, version {version}, is left out or has changed; records may"
                    " be on it: build with --earlier and the pack published last"
                )
    return before


def _after_all_others(connection: Connection, now: datetime) -> datetime:
    """Later than every pack that is here: the EHM's clock may have been put back since."""
    last = connection.execute(select(func.max(schema.pack.c.published))).scalar_one_or_none()
    return now if last is None else max(now, aware(last) + timedelta(microseconds=1))


def _form(pack: Pack, form: str, version: str) -> bytes | None:
    try:
        return pack.form(form, version)
    except PackError:
        return None


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
        .order_by(*_NEWEST_FIRST)
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
