"""What must be true, whatever happened. Each finds violations and says them in a sentence.

What is true at every answer (nobody is given what is not theirs, a restored EHM is noticed on its
first answer) is looked at in ``wire``; what is true while something is shown, in ``devices``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import String, select

from forms.records.finalising import FINALISED, read_finalised
from forms.records.protective import governing
from sync.contract.changes import attachment_names, from_wire
from sync.contract.messages import WireChange
from sync.ehm import erased, schema
from tests.faults.devices import SAFE_PAPER, Device
from tests.faults.truth import MeantHeads, meant_heads, said_at
from tests.faults.world import World
from tests.sync.memory_replica import Place

_WORDS = re.compile(r"[0-9a-f-]{36} wrote \d+")
"""What a simulated worker says, alike nowhere else."""


def after_each_sync(world: World, device: Device) -> Iterator[str]:
    """ "Checked" is only ever said when device and EHM hold the same; caution governs."""
    is_checked = device.outcome is not None and device.outcome.checked
    is_as_it_was = world.centre.reaches() == device.wire.fed_at  # not: changed since it was asked
    if is_checked and is_as_it_was and device.in_ehm() != _may_see(world, device.worker):
        yield f"checked was said, but {device.pen.device} and the EHM differ"
    yield from _caution_governs(device)


def at_the_end(world: World) -> Iterator[str]:
    """After the network healed and everybody synced."""
    published, held = _ehms_changes(world)
    meant = meant_heads(published.values())
    yield from _nothing_lost(world, published | held)
    yield from _nothing_made_up(world, published | held)
    yield from _nothing_twice(world, published)
    yield from _nothing_overwritten_unseen(world, published)
    yield from _nothing_hidden(world, held)
    yield from _nothing_misfiled(world, published)
    yield from _heads_in_sql(world, meant)
    yield from _no_file_outlives_its_answers(world, published | held)
    yield from _no_drawing_lost(world, published | held)
    yield from _erased_is_nowhere(world)
    for device in world.alive():
        yield from _level(world, device, published)
        yield from _screen(device, meant)
        yield from _caution_governs(device)
        yield from _signed_can_be_read(world, device)
        yield from _files(world, device)


def _ehms_changes(world: World) -> tuple[dict[str, WireChange], dict[str, WireChange]]:
    with world.centre.store.reading() as connection:
        rows = connection.execute(select(schema.change.c.body, schema.change.c.held)).all()
    read = [(WireChange.model_validate_json(row.body), row.held) for row in rows]
    published = {change.id: change for change, held in read if not held}
    return published, {change.id: change for change, held in read if held}


def _may_see(world: World, worker: str) -> set[str]:
    with world.centre.store.reading() as connection:
        return set(
            connection.execute(
                select(schema.entry.c.ref)
                .select_from(schema.delivery.join(schema.entry))
                .where(schema.delivery.c.worker == worker, schema.entry.c.kind == "change")
            ).scalars()
        )


def _nothing_lost(world: World, kept: dict[str, WireChange]) -> Iterator[str]:
    """What a worker was told is saved is in the EHM, once their laptop could sync."""
    for device in world.alive():
        for change in sorted(device.journal - device.let_go - kept.keys()):
            yield f"lost: {change} of {device.pen.device}"
    for change in sorted(world.truth.here_at_the_end - kept.keys()):
        yield f"lost, though a laptop had it: {change}"
    if world.truth.restores:
        return
    for change in sorted(world.truth.copies - kept.keys()):
        yield f"lost when it was moved to the right family: {change}"
    for change in sorted(world.truth.told_sent - kept.keys()):
        yield f"lost after it was called sent: {change}"
    for name, journal in world.truth.wiped.items():
        for change in sorted(journal - kept.keys()):
            yield f"wiped on {name} before it was handed in: {change}"


def _nothing_made_up(world: World, kept: dict[str, WireChange]) -> Iterator[str]:
    for change in kept.values():
        if world.truth.changes.get(change.id) != change:
            yield f"the EHM has {change.id} as nobody wrote it, or with words that were erased"


def _nothing_twice(world: World, published: dict[str, WireChange]) -> Iterator[str]:
    """Each change is in history once."""
    with world.centre.store.reading() as connection:
        listed = connection.execute(
            select(schema.entry.c.ref).where(schema.entry.c.kind == "change")
        ).scalars()
        times = Counter(listed)
    if set(times) != set(published):
        yield "history does not list what is published"
    if any(count > 1 for count in times.values()):
        yield "history lists a change twice"


def _nothing_overwritten_unseen(world: World, published: dict[str, WireChange]) -> Iterator[str]:
    """Every answer is current, or superseded by somebody who had it on the screen."""
    for change in published.values():
        for path, answer in change.answers.items():
            if frozenset(answer.base) != world.truth.seen.get((change.id, path)):
                yield f"{change.id} does not name what its author had on the screen"


def _nothing_hidden(world: World, held: dict[str, WireChange]) -> Iterator[str]:
    """Nothing is held back from those who have the family for want of a decision already made."""
    waiting = [change for change in held.values() if change.device not in world.truth.wiped]
    with world.centre.store.reading() as connection:
        gone = erased.whole_records(connection, {change.record for change in waiting})
        revoked = set(
            connection.execute(
                select(schema.change.c.id).where(schema.change.c.held == "device_revoked")
            ).scalars()
        )
    registered = set(world.centre.registered())
    decided = revoked | world.truth.copies  # a person looks at them
    for change in waiting:
        may = change.family in registered and change.author in world.truth.may_see(change.family)
        if may and change.record not in gone and change.id not in decided:
            yield f"{change.id} is held, though its author has the family"


def _nothing_misfiled(world: World, published: dict[str, WireChange]) -> Iterator[str]:
    """Words of a record that was moved whole are at the right family, however late they came."""
    for change in published.values():
        says = any(answer.value for answer in change.answers.values())
        if says and change.record in world.truth.misfiled:
            yield f"{change.id} is still in the wrong family"


def _heads_in_sql(world: World, meant: dict[str, MeantHeads]) -> Iterator[str]:
    """The EHM's table of heads and the definition of a head are one."""
    with world.centre.store.reading() as connection:
        rows = connection.execute(
            select(schema.head.c.record, schema.head.c.change, schema.head.c.paths)
        )
        in_sql = {(row.record, path, row.change) for row in rows for path in json.loads(row.paths)}
    wrong = in_sql ^ {
        (record, path, change)
        for record, heads in meant.items()
        for path in list(heads.written)
        for change in heads.of(path)
    }
    if wrong:
        yield f"the EHM's heads are wrong: {sorted(wrong)[:2]}"


def _screen(device: Device, meant: dict[str, MeantHeads]) -> Iterator[str]:
    """What is shown of each record: every head, its conflicts, its rows, one reading for all."""
    state = device.replica.state
    if any(place is not Place.IN_EHM for place in state.places.values()):
        return  # what only this device holds is shown on top; it was looked at as it was saved
    name = device.pen.device
    for record in {change.record for change in state.changes.values()}:
        shown, right = device.replica.heads(record), meant[record]
        for path, written in right.written.items():
            heads = right.of(path)
            if set(shown.of(path)) != set(heads):
                yield f"{name} shows other answers than the EHM"
            elif shown.current(path).value != written[min(heads)].value:
                yield f"{name} reads an answer otherwise than others"
            said = {(answer.value, answer.reason) for answer in heads.values()}
            if shown.in_conflict(path) != (len(said) > 1):
                yield f"{name} is wrong about a conflict"
        rows = {path[: path.index("]") + 1] for path in right.written if "]" in path}
        there = {row for row in rows if shown.row_exists(row)}
        on_screen = {path for path in shown.answers() if path.endswith("]")}
        if not there == on_screen == right.rows():
            yield f"{name} shows other rows than were left"


def _caution_governs(device: Device) -> Iterator[str]:
    """No looser than the safest head; nor than what stood before, until the EHM has it."""
    state = device.replica.state
    records: dict[str, list[WireChange]] = {}
    for change in state.changes.values():
        if SAFE_PAPER.path in change.answers:
            records.setdefault(change.record, []).append(change)
    for changes in records.values():
        heads = MeantHeads(changes)
        written = heads.written[SAFE_PAPER.path]
        right = governing(SAFE_PAPER, [from_wire(c) for c in changes], state.acknowledged)
        for head, answer in heads.of(SAFE_PAPER.path).items():
            limit = _danger(answer.value)
            before = [_danger(written[b].value) for b in answer.base if b in written]
            if before and head not in state.acknowledged:
                limit = min(limit, max(before))
            if SAFE_PAPER.danger(right) > limit:
                yield f"{device.pen.device} is less careful than the safest answer"


def _danger(value: str) -> int:
    order = SAFE_PAPER.safest_first
    return order.index(value) if value in order else 0


def _signed_can_be_read(world: World, device: Device) -> Iterator[str]:
    """Each answer that a finalised record names is here: what was signed can be shown."""
    changes = device.replica.state.changes
    for change in changes.values():
        said = change.answers.get(FINALISED)
        if said is None or not said.value or not world.truth.is_whole:
            continue
        state = read_finalised(from_wire(change).answers[FINALISED].answer)
        assert state is not None
        for path, named in state.heads.items():
            if any(each not in changes or path not in changes[each].answers for each in named):
                yield f"{device.pen.device} cannot show what was finalised"


def _level(world: World, device: Device, published: dict[str, WireChange]) -> Iterator[str]:
    """Outbox empty, all of one's families, nothing of anybody else's, the newest forms."""
    name, state = device.pen.device, device.replica.state
    if device.replica.outbox(1, 0) or device.replica.unregistered(1):
        yield f"{name} could not hand in everything"
    if device.outcome is None or not device.outcome.checked:
        yield f"{name} is not checked: {device.outcome and device.outcome.trouble!r}"
    if state.pack != world.centre.newest_pack():
        yield f"{name} has not the newest forms"
    mine = world.truth.families_of(device.worker)
    should = {c.id for c in published.values() if c.family in mine}
    if device.in_ehm() != should:
        yield f"{name} has not converged: {sorted(device.in_ehm() ^ should)[:2]}"
    for family in sorted(state.families.keys() & mine):
        if state.families[family].part_of != world.centre.part_of(family):
            yield f"{name} shows a family apart from what it is one with, or with another"
    for change in state.changes.values():
        if change.author != device.worker and change.family not in mine:
            yield f"{name} holds {change.id} of a family that is not theirs"
        is_level = state.places[change.id] is Place.IN_EHM
        if is_level and world.truth.changes.get(change.id) != change:
            yield f"{name} holds {change.id} as nobody wrote it, or with words that were erased"


def _files(world: World, device: Device) -> Iterator[str]:
    """Every file that an answer here names is here and whole, if its record gives it; and sent."""
    state, name = device.replica.state, device.pen.device
    for change in state.changes.values():
        for file in attachment_names(change):
            content, in_ehm = state.attachments.get(file), _is_in_ehm(world, file)
            if content is None:
                if in_ehm and _is_given(world, change.record, file):
                    yield f"{name} lacks a file that the EHM has"
            elif hashlib.sha256(content).hexdigest() not in file:
                yield f"{name} holds a file that is not what it is called"
            elif state.places[change.id] in (Place.IN_EHM, Place.HELD) and not in_ehm:
                yield f"{name} did not send a file"


def _no_drawing_lost(world: World, kept: dict[str, WireChange]) -> Iterator[str]:
    """The EHM has every file of the changes it keeps, once their laptop could sync."""
    if not world.truth.is_whole:
        return
    alive = {device.pen.device for device in world.alive()}
    for change in kept.values():
        for file in attachment_names(change) if change.device in alive else ():
            if not _is_in_ehm(world, file):
                yield f"lost: a file of {change.id}"


def _erased_is_nowhere(world: World) -> Iterator[str]:
    """In no table of the EHM and on no laptop that could sync, unless it is said elsewhere."""
    gone = set(world.truth.gone)
    for change in world.truth.changes.values() if gone else ():
        gone -= said_at(change)
    if not gone:
        return
    with world.centre.store.reading() as connection:
        for table in schema.metadata.sorted_tables:
            texts = [column for column in table.c if isinstance(column.type, String)]
            rows = connection.execute(select(*texts)).all() if texts else []
            if gone & set(_WORDS.findall(str(rows))):
                yield f"erased words are still in the EHM's table {table.name}"
    for device in world.alive():
        state = device.replica.state
        here = set[str]().union(*map(said_at, state.changes.values()))
        if gone & (here | set(_WORDS.findall(str(state.staged)))):
            yield f"erased words are still on {device.pen.device}"
        if gone & (state.attachments.keys() - {name for name, _record in state.owed}):
            yield f"a file that an erased answer named is still on {device.pen.device}"


def _is_in_ehm(world: World, name: str) -> bool:
    whole = schema.attachment.c
    with world.centre.store.reading() as connection:
        found = connection.execute(select(whole.name).where(whole.name == name))
        return found.one_or_none() is not None


def _is_given(world: World, record: str, name: str) -> bool:
    """Whether who wrote in this record has shown that they have the file."""
    use = schema.attachment_use.c
    with world.centre.store.reading() as connection:
        found = connection.execute(
            select(use.name).where(use.name == name, use.record == record, use.shown)
        )
        return found.one_or_none() is not None


def _no_file_outlives_its_answers(world: World, kept: dict[str, WireChange]) -> Iterator[str]:
    """A drawing whose answer was erased everywhere is nowhere in the EHM, whole or in part."""
    named = {name for change in kept.values() for name in attachment_names(change)}
    with world.centre.store.reading() as connection:
        here = {
            name
            for table in (schema.attachment, schema.attachment_part)
            for name in connection.execute(select(table.c.name)).scalars()
        }
    if here - named:
        yield "the EHM keeps a file of which no answer is left"
