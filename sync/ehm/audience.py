"""Whose feeds a record is in. What the forms say is worked out in ``forms.casework.audience``.

``settle`` makes the feeds of one family what they should be: it is right after anything that could
change who may have what, and does nothing where nothing changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, insert, select

from forms.casework.audience import (
    CONTRIBUTOR,
    RESTRICTED,
    AudienceRules,
    Reader,
    Sharing,
    Story,
    may_have,
    sharing,
)
from sync.contract.changes import from_wire
from sync.contract.messages import WireChange
from sync.ehm import audience_rules, history, schema
from sync.ehm.history import Delivery, Happening


def settle_what_changed(
    connection: Connection, before: AudienceRules, after: AudienceRules
) -> None:
    """Makes feeds what new rules say, in the families that they can touch."""
    forms = {
        form
        for form in before.forms.keys() | after.forms.keys()
        if before.forms.get(form) != after.forms.get(form)
    }
    change, invitation = schema.change.c, schema.invitation.c
    touched = set(
        connection.execute(
            select(change.family).where(change.form.in_(forms), change.held == "").distinct()
        ).scalars()
    )
    if before != after:
        touched |= set(connection.execute(select(invitation.family).distinct()).scalars())
    for family in sorted(touched):
        settle(connection, family)


@dataclass(frozen=True, slots=True)
class Guest:
    """A contributor who was asked in. ``cleared_of``: the words that do not mean them."""

    reader: Reader
    cleared_of: str
    granted: Sequence[tuple[str, str]]

    def level(self, chosen: Sharing) -> str:
        """What they get: what the family chose, or a decision to share that is in force."""
        cleared = self.cleared_of == mark_of(chosen.must_not_see)
        levels = {level for record, level in self.granted if record in chosen.decided}
        levels.add(chosen.gives(self.reader, cleared=cleared))
        return next((each for each in ("more", "basic") if each in levels), "")


def mark_of(must_not_see: Sequence[str]) -> str:
    """Names what somebody was cleared of, so that one more word stops them again."""
    return hashlib.sha256("\n".join(must_not_see).encode()).hexdigest() if must_not_see else ""


@dataclass(frozen=True, slots=True)
class _Entry:
    seq: int
    record: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Whole:
    """A family as it stands: its records, and the entries that bring each."""

    stories: Sequence[Story]
    entries: Sequence[_Entry]

    @property
    def have(self) -> frozenset[str]:
        """Every change that is here."""
        return frozenset(change.id for story in self.stories for change in story.changes)


def publish(
    connection: Connection,
    changes: Sequence[WireChange],
    seqs: Sequence[int],
    marks: Mapping[str, str],
) -> list[tuple[str, str]]:
    """Puts new changes into the feeds they belong in; who was let in by it, and to which family.

    ``marks``: the fingerprint of each, by its id.
    """
    by_family: dict[str, list[tuple[int, WireChange]]] = defaultdict(list)
    for seq, change in zip(seqs, changes, strict=True):
        by_family[change.family].append((seq, change))
    if not by_family:
        return []
    invited = _families_with_guests(connection, by_family)
    said = audience_rules.newest(connection)
    everybody = _members(connection, by_family)
    let_in: list[tuple[str, str]] = []
    for family, written in by_family.items():
        here = everybody.get(family, [])
        plain = family not in invited and _is_plain(connection, said, here, written)
        if plain:
            history.deliver(
                connection,
                [
                    Delivery(reader.id, seq, family, marks[change.id])
                    for seq, change in written
                    for reader in here
                ],
            )
        else:
            fresh = {seq for seq, _ in written}
            let_in += [(each, family) for each in settle(connection, family, fresh)]
    return let_in


def _is_plain(
    connection: Connection,
    said: AudienceRules,
    here: Sequence[Reader],
    written: Sequence[tuple[int, WireChange]],
) -> bool:
    """True if every member may have every record that was written in, whatever else is in it."""
    roles = {reader.role for reader in here}
    if CONTRIBUTOR in roles:
        return False
    for form in {change.form for _, change in written} if said.forms else ():
        audience = said.forms.get(form)
        if audience is None or not roles <= audience.roles:
            return False
    if any(RESTRICTED in change.answers for _, change in written):
        return False
    head = schema.head.c
    records = {change.record for _, change in written}
    found = connection.execute(
        select(head.record)
        .where(
            head.record.in_(records),
            head.paths.contains(json.dumps(RESTRICTED), autoescape=True),
        )
        .limit(1)
    )
    return found.one_or_none() is None


def hidden_from(
    connection: Connection, worker: str, role: str, changes: Sequence[WireChange]
) -> set[str]:
    """Those of the records written in that are here, and not in this worker's feed.

    Writing in one would make its author somebody who may have it.
    """
    said, me = audience_rules.newest(connection), [Reader(worker, role)]
    if _is_plain(connection, said, me, [(0, change) for change in changes]):
        return set()
    entry, delivery, change = schema.entry.c, schema.delivery.c, schema.change.c
    records = {each.record for each in changes}
    families = {each.family for each in changes}
    here = connection.execute(
        select(change.record).where(change.record.in_(records), change.held == "").distinct()
    )
    theirs = connection.execute(
        select(entry.record)
        .join_from(schema.delivery, schema.entry)
        .where(
            delivery.worker == worker,
            delivery.family.in_(families),
            entry.record.in_(records),
            entry.kind == "change",
        )
        .distinct()
    )
    return set(here.scalars()) - set(theirs.scalars())


def not_theirs_to_write(
    connection: Connection, worker: str, role: str, changes: Sequence[WireChange]
) -> set[str]:
    """Those of the records written in that are hidden from this worker, or not theirs to decide.

    Whom the family lets know is never a contributor's to write: it would be about themselves.
    """
    hidden = hidden_from(connection, worker, role, changes)
    if role != CONTRIBUTOR:
        return hidden
    deciding, change = audience_rules.newest(connection).deciding_forms, schema.change.c
    records = {each.record for each in changes}
    begun = connection.execute(
        select(change.record).where(
            change.record.in_(records), change.form.in_(deciding), change.held == ""
        )
    )
    written = {each.record for each in changes if each.form in deciding}
    return hidden | written | set(begun.scalars())


def settle(connection: Connection, family: str, fresh: Collection[int] = ()) -> list[str]:
    """Makes every feed of a family what it should be; the contributors who were let in by it.

    ``fresh`` are entries that nobody had before, which come at their own place.
    """
    whole = _whole(connection, family)
    if not whole.entries:
        return []
    chosen = sharing_of(connection, whole.stories)
    let_in = []
    for guest in guests(connection, family):
        is_in = guest.reader.id in history.members(connection, [family])[family]
        if guest.level(chosen) and not is_in:
            admit(connection, guest.reader.id, family)
            let_in.append(guest.reader.id)
        elif not guest.level(chosen) and is_in:
            dismiss(connection, guest.reader.id, family)
    levels = {guest.reader.id: guest.level(chosen) for guest in guests(connection, family)}
    said = audience_rules.newest(connection)
    for reader in _members(connection, [family]).get(family, []):
        theirs = {
            story.record
            for story in whole.stories
            if may_have(said, reader, story, levels.get(reader.id, ""), whole.have)
        }
        _bring_level(connection, reader.id, family, whole, theirs, fresh)
    return let_in


def sharing_of(connection: Connection, stories: Sequence[Story]) -> Sharing:
    """What the family of these records chose."""
    have = frozenset(change.id for story in stories for change in story.changes)
    return sharing(audience_rules.newest(connection), stories, have)


def _bring_level(
    connection: Connection,
    worker: str,
    family: str,
    whole: _Whole,
    theirs: set[str],
    fresh: Collection[int],
) -> None:
    has = _in_feed(connection, worker, family)
    wanted = [each for each in whole.entries if each.record in theirs]
    new = [each for each in wanted if each.seq in fresh and each.seq not in has]
    old = [each for each in wanted if each.seq not in fresh and each.seq not in has]
    history.deliver(connection, [_delivery(worker, family, each) for each in new])
    if old:
        (at,) = history.append(connection, [Happening("shown", family, ref=worker)])
        history.deliver(connection, [_delivery(worker, family, each) for each in old], at=at)
    gone = [each for each in whole.entries if each.record not in theirs and each.seq in has]
    if gone:
        _hide(connection, worker, family, gone)


def _delivery(worker: str, family: str, entry: _Entry) -> Delivery:
    return Delivery(worker, entry.seq, family, entry.fingerprint)


def _hide(connection: Connection, worker: str, family: str, gone: Sequence[_Entry]) -> None:
    """Takes records out of a feed, and tells the devices that have them."""
    history.take_out(connection, worker, family, [(each.seq, each.fingerprint) for each in gone])
    for record in sorted({each.record for each in gone}):
        (seq,) = history.append(connection, [Happening("hidden", family, record, ref=worker)])
        history.deliver(connection, [Delivery(worker, seq, family)])


def _in_feed(connection: Connection, worker: str, family: str) -> set[int]:
    delivery, entry = schema.delivery.c, schema.entry.c
    rows = connection.execute(
        select(delivery.seq)
        .join_from(schema.delivery, schema.entry)
        .where(
            delivery.worker == worker,
            delivery.family == family,
            entry.kind.in_(("change", "erased")),
        )
    )
    return set(rows.scalars())


def admit(connection: Connection, worker: str, family: str) -> int:
    """Makes somebody a member, without any record yet; where in history."""
    (at,) = history.append(connection, [Happening("given", family, ref=worker)])
    connection.execute(insert(schema.member).values(family=family, worker=worker, since=at))
    history.withdraw(connection, worker, family)  # a "left" that no laptop has heard of yet
    history.set_holding(connection, worker, family, history.holding(connection, worker, family))
    entry = schema.entry.c
    begun = connection.execute(
        select(entry.seq).where(entry.family == family, entry.kind == "family")
    ).scalars()
    history.deliver(connection, [Delivery(worker, seq, family) for seq in begun], at=at)
    return at


def dismiss(connection: Connection, worker: str, family: str) -> None:
    """Ends a membership: out of the feed at once, off the devices next."""
    for table in (schema.member, schema.bond_member):
        connection.execute(delete(table).where(table.c.family == family, table.c.worker == worker))
    history.withdraw(connection, worker, family)
    (seq,) = history.append(connection, [Happening("left", family, ref=worker)])
    history.deliver(connection, [Delivery(worker, seq, family)])


def guests(connection: Connection, family: str) -> list[Guest]:
    """Every contributor who was asked in to a family, whatever they get.

    Not those who said that they know the family: it stays hidden from them.
    """
    invitation, worker, grant = schema.invitation, schema.worker, schema.share_grant
    knows = schema.knows_family.c
    hidden = select(knows.worker).where(knows.family == family)
    said = audience_rules.newest(connection)
    granted: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in connection.execute(select(grant).where(grant.c.family == family)):
        granted[row.worker].append((row.record, row.level))
    rows = connection.execute(
        select(worker, invitation.c.cleared_of)
        .join(invitation, invitation.c.worker == worker.c.id)
        .where(invitation.c.family == family, worker.c.is_active, worker.c.id.not_in(hidden))
        .order_by(worker.c.id)
    )
    return [Guest(_reader(row, said), row.cleared_of, granted[row.id]) for row in rows]


def _families_with_guests(connection: Connection, families: Iterable[str]) -> set[str]:
    table = schema.invitation.c
    rows = connection.execute(select(table.family).where(table.family.in_(list(families))))
    return set(rows.scalars())


def _members(connection: Connection, families: Iterable[str]) -> dict[str, list[Reader]]:
    member, worker = schema.member, schema.worker
    said = audience_rules.newest(connection)
    rows = connection.execute(
        select(worker, member.c.family)
        .join(member, member.c.worker == worker.c.id)
        .where(member.c.family.in_(list(families)))
        .order_by(worker.c.id)
    )
    found: dict[str, list[Reader]] = defaultdict(list)
    for row in rows:
        found[row.family].append(_reader(row, said))
    return found


def _reader(row: Row[tuple[str, ...]], said: AudienceRules) -> Reader:
    names = (row.name, row.team, said.labels.get(row.agency, ""))
    return Reader(row.id, row.role, row.agency, names)


def _whole(connection: Connection, family: str) -> _Whole:
    entry, change = schema.entry.c, schema.change.c
    rows = connection.execute(
        select(entry.seq, entry.record, change.fingerprint, change.body)
        .outerjoin_from(
            schema.entry, schema.change, (change.id == entry.ref) & (entry.kind == "change")
        )
        .where(entry.family == family, entry.kind.in_(("change", "erased")))
        .order_by(entry.seq)
    )
    written: dict[str, list[WireChange]] = defaultdict(list)
    entries = []
    for row in rows:
        entries.append(_Entry(row.seq, row.record, row.fingerprint or ""))
        if row.body is not None:
            written[row.record].append(WireChange.model_validate_json(row.body))
    stories = [
        Story(record, changes[0].form, [from_wire(change) for change in changes])
        for record, changes in written.items()
    ]
    return _Whole(stories, entries)


def stories(connection: Connection, family: str) -> Sequence[Story]:
    """Every record of a family with its changes, for those who work out who may have it."""
    return _whole(connection, family).stories
