"""What must be true, whatever happened. Each finds violations and says them in a sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from sync.client.replica import AttachmentReference
from sync.contract.changes import attachment_names
from sync.contract.messages import WireChange
from sync.ehm import attachments, erased, schema
from tests.faults.world import Device, World


def after_each_sync(world: World, device: Device) -> Iterator[str]:
    """ "Checked" is only ever said when device and EHM hold the same."""
    if device.outcome is None or not device.outcome.checked:
        return
    if _in_ehm(device) != _may_see(world, device.worker):
        yield f"checked was said, but {device.pen.device} and the EHM differ"


def at_the_end(world: World) -> Iterator[str]:
    """After the network healed and everybody synced."""
    published, held = _ehms_changes(world)
    yield from _nothing_lost(world, published | held)
    yield from _nothing_made_up(world, published | held)
    yield from _nothing_overwritten_unseen(world, published)
    yield from _heads_agree(world, published)
    yield from _nothing_hidden(world, held)
    for device in world.alive():
        yield from _level(world, device, published)
        yield from _files(world, device)


def _ehms_changes(world: World) -> tuple[dict[str, WireChange], dict[str, WireChange]]:
    with world.store.reading() as connection:
        rows = connection.execute(select(schema.change.c.body, schema.change.c.held)).all()
    read = [(WireChange.model_validate_json(row.body), row.held) for row in rows]
    published = {change.id: change for change, held in read if not held}
    return published, {change.id: change for change, held in read if held}


def _in_ehm(device: Device) -> set[str]:
    places = device.replica.state.places
    return {change for change, place in places.items() if place.value == "in ehm"}


def _may_see(world: World, worker: str) -> set[str]:
    with world.store.reading() as connection:
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
        for change in sorted(device.journal - kept.keys()):
            family = world.truth.changes[change].family
            gone_with_a_restore = (
                world.truth.restores and family not in device.replica.state.families
            )
            if not gone_with_a_restore:
                yield f"lost: {change} of {device.pen.device}"
    for change in sorted(world.truth.here_at_the_end - kept.keys()):
        yield f"lost, though a laptop had it: {change}"
    for change in sorted(world.truth.told_sent - kept.keys()):
        if not world.truth.restores:
            yield f"lost after it was called sent: {change}"


def _nothing_made_up(world: World, kept: dict[str, WireChange]) -> Iterator[str]:
    for change in kept.values():
        if world.truth.changes.get(change.id) != change:
            yield f"the EHM has {change.id} as nobody wrote it, or with words that were erased"


def _nothing_overwritten_unseen(world: World, published: dict[str, WireChange]) -> Iterator[str]:
    """Every answer is current, or superseded by somebody who had it on the screen."""
    for change in published.values():
        for path, answer in change.answers.items():
            if frozenset(answer.base) != world.truth.seen.get((change.id, path)):
                yield f"{change.id} supersedes what its author had not seen"


def _nothing_hidden(world: World, held: dict[str, WireChange]) -> Iterator[str]:
    """Nothing is held back from those who have the family for want of a decision already made."""
    with world.store.reading() as connection:
        gone = erased.whole_records(connection, {change.record for change in held.values()})
    registered = set(world.registered())
    for change in held.values():
        may = change.family in registered and change.author in world.truth.members[change.family]
        if may and change.record not in gone:
            yield f"{change.id} is held, though its author has the family"


def _superseded(published: dict[str, WireChange]) -> set[tuple[str, str, str]]:
    return {
        (change.record, path, base)
        for change in published.values()
        for path, answer in change.answers.items()
        for base in answer.base
    }


def _heads_agree(world: World, published: dict[str, WireChange]) -> Iterator[str]:
    """SQL's heads, each device's heads and the definition of a head are one."""
    superseded = _superseded(published)
    meant = {
        (change.record, path, change.id)
        for change in published.values()
        for path in change.answers
        if (change.record, path, change.id) not in superseded
    }
    with world.store.reading() as connection:
        rows = connection.execute(
            select(schema.head.c.record, schema.head.c.path, schema.head.c.change)
        )
        in_sql = {(row.record, row.path, row.change) for row in rows}
    if in_sql != meant:
        yield f"the EHM's heads are wrong: {sorted(in_sql ^ meant)[:2]}"
    for device in world.alive():
        yield from _heads_on(device, meant)


def _heads_on(device: Device, meant: set[tuple[str, str, str]]) -> Iterator[str]:
    here = {c.record for c in device.replica.state.changes.values()}
    shown = {
        (record, path, change)
        for record in here
        for heads in [device.replica.heads(record)]
        for path in heads.paths()
        for change in heads.of(path)
    }
    own = {c for c, place in device.replica.state.places.items() if place.value != "in ehm"}
    if own:
        return  # what only this device holds is shown on top; it was looked at as it was saved
    if shown != {head for head in meant if head[0] in here}:
        yield f"{device.pen.device} shows other answers than the EHM"


def _level(world: World, device: Device, published: dict[str, WireChange]) -> Iterator[str]:
    """Outbox empty, all of one's families, nothing of anybody else's."""
    name = device.pen.device
    if device.replica.outbox(1, 0) or device.replica.unregistered(1):
        yield f"{name} could not hand in everything"
    if device.outcome is None or not device.outcome.checked:
        yield f"{name} is not checked: {device.outcome and device.outcome.trouble!r}"
    mine = {f for f, workers in world.truth.members.items() if device.worker in workers}
    should = {c.id for c in published.values() if c.family in mine}
    if _in_ehm(device) != should:
        yield f"{name} has not converged: {sorted(_in_ehm(device) ^ should)[:2]}"
    for change in device.replica.state.changes.values():
        if change.author != device.worker and change.family not in mine:
            yield f"{name} holds {change.id} of a family that is not theirs"
    for change in device.replica.state.changes.values():
        is_level = device.replica.state.places[change.id].value == "in ehm"
        if is_level and world.truth.changes.get(change.id) != change:
            yield f"{name} holds {change.id} as nobody wrote it, or with words that were erased"


def _files(world: World, device: Device) -> Iterator[str]:
    """Every file that an answer here names is here and whole, if the EHM has it."""
    for change in device.replica.state.changes.values():
        for name in attachment_names(change):
            content = device.replica.state.attachments.get(name)
            if content is None:
                if _is_in_ehm(world, AttachmentReference(name, change.record)):
                    yield f"{device.pen.device} lacks a file that the EHM has"
            elif hashlib.sha256(content).hexdigest() not in name:
                yield f"{device.pen.device} holds a file that is not what it is called"
            elif _should_be_sent(device, change) and not _is_in_ehm(
                world, AttachmentReference(name, change.record)
            ):
                yield f"{device.pen.device} did not send a file"


def _should_be_sent(device: Device, change: WireChange) -> bool:
    return device.replica.state.places[change.id].value == "in ehm"


def _is_in_ehm(world: World, reference: AttachmentReference) -> bool:
    with world.store.reading() as connection:
        return attachments.size_here(connection, reference.name)[1]
