"""What happens in a world: each deed with its weight. One line more and it happens in every run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from forms.records.finalising import FINALISED
from sync.client.errors import SyncError
from sync.client.replica import AttachmentReference
from sync.contract.messages import FeedRequest, HandIn, LeftItem, Status, WireAnswer
from tests.faults.devices import Device
from tests.faults.trouble import Trouble
from tests.faults.wire import DirectWire
from tests.faults.world import World

Deed = Callable[[World, Device], None]


def someone(world: World) -> None:
    """Somebody does something, or something happens to them."""
    device = world.random.choice(world.devices)
    if not device.is_lost:
        (deed,) = world.random.choices(list(DEEDS), list(DEEDS.values()))
        deed(world, device)


def meanwhile(world: World, device: Device) -> None:
    """What may happen in the middle of this device's exchange."""
    (deed,) = world.random.choices(list(MEANWHILE), list(MEANWHILE.values()))
    deed(world, device)


def write(world: World, device: Device) -> None:
    device.write(world.random.randrange(1, world.sitting))


def type_on(world: World, device: Device) -> None:
    device.write(1)


def type_in_what_leaves(world: World, device: Device) -> None:
    """The form is open while the sync brings that the family is no longer this worker's."""
    staged = device.replica.state.staged
    leaving = sorted({item.family for item in staged if isinstance(item, LeftItem)})
    here = [family for family in leaving if family in device.replica.state.families]
    if here:
        device.write(1, world.random.choice(here))


def sync(world: World, device: Device) -> None:
    world.sync(device)


def back_up(world: World, device: Device) -> None:
    world.centre.back_up()


def restore(world: World, device: Device) -> None:
    announced = world.random.random() < 0.3
    if world.truth.restores < 2 and world.centre.restore(announced=announced):
        world.truth.restores += 1
        for each in world.devices:
            each.let_go |= each.journal - each.replica.state.changes.keys()
        how = "announced" if announced else "unannounced"
        world.trouble.happened[f"EHM restored, {how}"] += 1
        if world.random.random() < 0.3:
            lose(world, device)  # the flood that took the server room took a laptop


def lose(world: World, device: Device) -> None:
    if len(world.alive()) > 2:
        device.is_lost = True
        world.trouble.happened["device lost"] += 1


def wipe(world: World, device: Device) -> None:
    """The council ends a device's registration; what is on it is handed in, then it is empty."""
    if len(world.alive()) > 2 and world.centre.knows(device.pen.device):
        world.centre.order_wipe(device.pen.device)
        world.trouble.happened["device revoked"] += 1


def new_laptop(world: World, device: Device) -> None:
    """A worker gets another laptop: it must get what they may see, and nothing that they lost."""
    if len(world.devices) < 8:
        world.devices.append(world.enrol(world.random.choice(world.workers)))
        world.trouble.happened["device added"] += 1


def take_image(world: World, device: Device) -> None:
    device.image = device.replica.state.copy()


def roll_back(world: World, device: Device) -> None:
    device.roll_back()


def jump_of_clock(world: World, device: Device) -> None:
    """A laptop's clock is years off; the EHM's is put back by minutes."""
    device.clock_is_off = timedelta(days=world.random.randrange(-3_650, 3_650))
    world.clock.pass_time(minutes=-world.random.randrange(90))
    world.trouble.happened["clock jumped"] += 1


def give(world: World, device: Device) -> None:
    """A coordinator gives some registered family to some worker."""
    registered = world.centre.registered()
    if registered:
        family, worker = world.random.choice(registered), world.random.choice(world.workers)
        world.truth.give(worker, family)
        world.centre.give(worker, family)
        world.trouble.happened["access given"] += 1


def take_away(world: World, device: Device) -> None:
    """A coordinator ends a worker's access, while somebody else keeps the family."""
    families = world.centre.registered()
    world.random.shuffle(families)
    for family in families:
        members = sorted(w for w in world.truth.may_see(family) if world.centre.has(w, family))
        if len(members) > 1:
            worker = world.random.choice(members)
            world.truth.take_away(worker, family)
            world.centre.take_away(worker, family)
            world.trouble.happened["access ended"] += 1
            return


def erase(world: World, device: Device) -> None:
    """Information governance takes an answer, or a whole record, out."""
    written = world.centre.written()
    if not written:
        return
    record, change = world.random.choice(written)
    _put_right(world, record, _some_of(world, change), "", "erasing")
    world.trouble.happened["words erased"] += 1


def move(world: World, device: Device) -> None:
    """It was written in the wrong family: some of it, or a whole record, goes to the right one."""
    written = world.centre.written()
    if not written:
        return
    record, change = world.random.choice(written)
    here = world.truth.changes[change].family
    others = [family for family in world.centre.registered() if family != here]
    if others:
        paths = tuple(path for path in _some_of(world, change) if path != FINALISED)
        _put_right(world, record, paths, world.random.choice(others), "moving")
        world.trouble.happened["moved to the right family"] += 1


def _some_of(world: World, change: str) -> tuple[str, ...]:
    """One of its answers, or all of its record."""
    answers = sorted(world.truth.changes[change].answers)
    return () if world.random.random() < 0.3 else (world.random.choice(answers),)


def _put_right(world: World, record: str, paths: tuple[str, ...], to: str, what: str) -> None:
    world.truth.asked_out.add((record, paths, to))
    dies = world.trouble.happens(f"EHM killed while {what}", world.trouble.server * 4)
    world.centre.put_right(record, paths, to, dies=dies)
    world.truth.follow(world.centre.erasures())


def merge(world: World, device: Device) -> None:
    """A coordinator decides that two families are one; or somebody begins one a second time."""
    registered = world.centre.registered()
    if len(registered) < 2:
        device.begin_family()
    else:
        bond = world.centre.merge(*world.random.sample(registered, 2))
        if bond is not None:
            world.truth.merges[bond.id] = (bond.one, bond.other)
            world.trouble.happened["families merged"] += 1


def undo(world: World, device: Device) -> None:
    """They were two families after all."""
    if world.truth.merges:
        bond = world.random.choice(list(world.truth.merges))
        if world.centre.undo(bond):
            del world.truth.merges[bond]
            world.trouble.happened["merge undone"] += 1


def link(world: World, device: Device) -> None:
    """The same child in two families: nobody is told anything."""
    registered = world.centre.registered()
    if len(registered) > 1:
        world.centre.link(*world.random.sample(registered, 2))
        world.trouble.happened["families linked"] += 1


def publish(world: World, device: Device) -> None:
    """The form's next version: laptops that have it write on it, also after a restore lost it."""
    if world.random.random() < 0.5:
        world.centre.publish()
        world.trouble.happened["form upgraded"] += 1


def arrivals(world: World, device: Device) -> None:
    world.trouble.arrivals()


def _calm(world: World, device: Device) -> DirectWire:
    """The same device asking by hand, on a good line."""
    trouble = Trouble(world.random)
    return DirectWire(world.centre, device.worker, device.pen.device, trouble, world.truth)


def pry(world: World, device: Device) -> None:
    """A worker asks for families and files that are not theirs, whose ids and hashes they know."""
    strange = sorted(f for f in world.truth.members if not world.centre.has(device.worker, f))
    if not strange:
        return
    family, wire = world.random.choice(strange), _calm(world, device)
    _declined(world, "a family", lambda: wire.feed(FeedRequest(seen=None, family=family)))
    for record in world.truth.records[family][:1]:
        for name in sorted(world.truth.attachments)[:3]:
            file = AttachmentReference(name, record)
            _declined(world, "a file", partial(_read, wire, file))
    world.trouble.happened["pried"] += 1


def _read(wire: DirectWire, file: AttachmentReference) -> object:
    return list(wire.read_attachment(file, 0))


def _declined(world: World, what: str, ask: Callable[[], object]) -> None:
    try:
        ask()
    except SyncError:
        return
    world.truth.violated(f"{what} was given to somebody who does not have it")


def use_an_id_again(world: World, device: Device) -> None:
    """A broken client hands in other words under an id that the EHM has."""
    there = {change for _, change in world.centre.written()}
    mine = sorted(there & device.in_ehm() & device.journal)
    if not mine:
        return
    change = device.replica.state.changes[world.random.choice(mine)]
    path = sorted(change.answers)[0]
    answers = {**change.answers, path: WireAnswer(value="something else")}
    forged = change.model_copy(update={"answers": answers})
    try:
        reply = _calm(world, device).hand_in(HandIn(seen=None, changes=(forged,)))
    except SyncError:
        return
    (result,) = reply.of_each([forged.id])
    if result.status in (Status.APPLIED, Status.CONFLICT):
        world.truth.violated("an id was used again and the EHM did not mind")
    world.trouble.happened["id used again"] += 1


DEEDS: dict[Deed, float] = {
    write: 40,
    sync: 36,
    back_up: 4,
    restore: 3,
    lose: 1,
    wipe: 1,
    new_laptop: 1,
    take_image: 2,
    roll_back: 1,
    jump_of_clock: 1,
    give: 6,
    take_away: 4,
    erase: 2,
    move: 4,
    merge: 4,
    undo: 3,
    link: 0.5,
    publish: 1,
    arrivals: 2.5,
    pry: 2,
    use_an_id_again: 1,
}

MEANWHILE: dict[Deed, float] = {
    type_on: 5,
    type_in_what_leaves: 4,
    back_up: 2,
    give: 1,
    take_away: 1,
    erase: 0.5,
    move: 0.5,
    merge: 0.5,
    undo: 0.5,
    publish: 0.3,
}
