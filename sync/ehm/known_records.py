"""Records as casework sees them, read with the forms that published packs hold.

Quick, for many families at once: what is not asked any more is not read as blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from forms.casework.known_record import KnownRecord, written_at_centre
from forms.pack import Pack
from forms.records.change import Change
from forms.records.finalising import finalised_at, is_finished
from forms.records.heads import Heads
from forms.records.upgrading import Upgrades, standing_version
from forms.xforms import Definition, load_definition
from sync.contract.changes import from_wire
from sync.contract.messages import WireChange
from sync.ehm import schema
from sync.ehm.problems import not_found
from sync.ehm.store import aware

_Key = tuple[str, str, tuple[str, ...]]


@dataclass
class Forms:
    """The definitions of the forms that published packs hold, read when first asked for."""

    connection: Connection
    in_force: str = field(init=False)
    """The version of the pack published last; blank while there is none."""
    _packs: list[Pack] | None = field(default=None, init=False)
    _upgrades: Upgrades | None = field(default=None, init=False)
    _known: dict[_Key, Definition] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        table = schema.pack.c
        newest = (
            select(table.version).order_by(table.published.desc(), table.version.desc()).limit(1)
        )
        self.in_force = self.connection.execute(newest).scalar_one_or_none() or ""

    def on(self, connection: Connection) -> Forms:
        """The same over another connection; anew if a pack was published since."""
        same = Forms(connection)
        if same.in_force == self.in_force:
            same._packs, same._upgrades, same._known = self._packs, self._upgrades, self._known
        return same

    def definition(self, form: str, version: str, begun: date) -> Definition | None:
        """The form of this version, for a record begun on that day; None if no pack has it."""
        pack = self._holding(form, version)
        if pack is None:
            return None
        key = form, version, pack.editions_on(begun)
        if key not in self._known:
            self._known[key] = load_definition(pack.form(form, version), pack.lists_on(begun))
        return self._known[key]

    def read(self, changes: Sequence[Change]) -> tuple[str, tuple[Change, ...]]:
        """The version that a record is on, and its changes as that version words them."""
        version = standing_version(changes, changes[0].version)
        if self._upgrades is None and any(change.version != version for change in changes):
            self._upgrades = Upgrades.of(one for pack in self._published() for one in pack.upgrades)
        return version, (self._upgrades or Upgrades()).read(changes, version)

    @property
    def pack(self) -> Pack | None:
        """The pack published last."""
        return next(iter(self._published()), None)

    def newest(self, form: str, day: date) -> tuple[str, Definition]:
        """The version in use on that day and its definition; raises ``not_found``."""
        offered = self.pack.on(day).forms if self.pack is not None else ()
        version = next((each.version for each in offered if each.id == form), "")
        definition = self.definition(form, version, day) if version else None
        if definition is None:
            raise not_found()
        return version, definition

    def with_people(self, record: KnownRecord, people: bytes) -> Definition | None:
        """The form of a record with the names of a family's people for its choices."""
        pack = self._holding(record.form, record.version)
        if pack is None:
            return None
        lists = {**pack.lists_on(record.begun_on), "people.csv": people}
        return load_definition(pack.form(record.form, record.version), lists)

    def _published(self) -> list[Pack]:
        if self._packs is None:
            table = schema.pack.c
            contents = self.connection.execute(
                select(table.content).order_by(table.published.desc(), table.version.desc())
            ).scalars()
            self._packs = [Pack.read(bytes(content)) for content in contents]
        return self._packs

    def _holding(self, form: str, version: str) -> Pack | None:
        for pack in self._published():
            held = {each.id: each.versions for each in pack.kept_forms}
            if version in held.get(form, ()):
                return pack
        return None


def known_records(
    connection: Connection, forms: Forms, family: str, reader: str = ""
) -> list[KnownRecord]:
    """The records of a family whose forms are known, in the order in which they began.

    Of them all, or only what this ``reader`` has in their feed.
    """
    change, entry, delivery = schema.change.c, schema.entry, schema.delivery
    query = select(change.body).where(change.family == family, change.held == "")
    if reader:
        seen = (
            select(delivery.c.seq)
            .join(entry, entry.c.seq == delivery.c.seq)
            .where(delivery.c.worker == reader, entry.c.kind == "change", entry.c.ref == change.id)
        )
        query = query.where(seen.exists())
    bodies = connection.execute(query.order_by(change.received, change.id)).scalars()
    records: dict[str, list[WireChange]] = {}
    for body in bodies:
        written = WireChange.model_validate_json(body)
        records.setdefault(written.record, []).append(written)
    known = (as_known(forms, each)[0] for each in records.values())
    return [record for record in known if record is not None]


def as_known(
    forms: Forms, written: Sequence[WireChange]
) -> tuple[KnownRecord | None, tuple[Change, ...]]:
    """A record with its changes in the words of its version; None if its form is not known here."""
    version, changes = forms.read([from_wire(each) for each in written])
    first = min(changes, key=lambda each: (each.at, each.id))
    definition = forms.definition(first.form, version, aware(first.at).date())
    if definition is None:
        return None, changes
    heads = Heads(changes)
    on = forms.pack is not None and forms.pack.goes_on(first.form)
    final = is_finished(heads, goes_on=on)
    record = KnownRecord(
        id=first.record,
        family=first.family,
        form=first.form,
        version=version,
        definition=definition,
        heads=heads,
        finalised=final,
        begun=aware(first.at),
        finalised_at=finalised_at(changes) if final else None,
        author=first.author,
        zone=first.zone,
        at_centre=written_at_centre(changes),
    )
    return record, changes
