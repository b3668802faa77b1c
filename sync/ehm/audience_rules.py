"""What the published packs say of audiences: kept with each pack; the newest one counts."""

from __future__ import annotations

from functools import lru_cache

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select

from forms.casework.audience import AudienceRules
from forms.pack import Pack
from sync.ehm import schema

_RULES: TypeAdapter[AudienceRules] = TypeAdapter(AudienceRules)


def keep(connection: Connection, pack: Pack) -> None:
    """Keeps what a published pack says of audiences."""
    table = schema.audience_rules
    body = _RULES.dump_json(AudienceRules.of_pack(pack)).decode()
    connection.execute(delete(table).where(table.c.pack == pack.version))
    connection.execute(insert(table).values(pack=pack.version, body=body))


def newest(connection: Connection) -> AudienceRules:
    """What the pack published last says; nothing while none was published."""
    table, pack = schema.audience_rules, schema.pack
    body = connection.execute(
        select(table.c.body)
        .join(pack, pack.c.version == table.c.pack)
        .order_by(pack.c.published.desc(), pack.c.version.desc())
        .limit(1)
    ).scalar_one_or_none()
    return AudienceRules() if body is None else _read(body)


@lru_cache(maxsize=4)
def _read(body: str) -> AudienceRules:
    return _RULES.validate_json(body)
