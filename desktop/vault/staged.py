"""What is staged: as it is kept until it is shown, and as it is read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from forms.records.change import Change
from sync.contract import digest
from sync.contract.changes import from_canonical, from_wire
from sync.contract.messages import (
    ChangeItem,
    ErasedItem,
    FamilyItem,
    FollowingItem,
    GoneItem,
    Item,
    LeftItem,
    MineItem,
)

_ITEM: TypeAdapter[Item] = TypeAdapter(Item)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A change that the EHM lists."""

    change: Change
    fingerprint: str

    @property
    def family(self) -> str:
        """The family that it belongs to."""
        return self.change.family


Staged = Arrived | FamilyItem | MineItem | ErasedItem | GoneItem | LeftItem


def as_staged(item: Item) -> Staged:
    """An item of a page that is whole."""
    if isinstance(item, FollowingItem):
        raise ValueError("a page is made whole before it is kept")
    if not isinstance(item, ChangeItem):
        return item
    return Arrived(from_wire(item.change), digest.fingerprint(item.change))


def to_stage(item: Item) -> tuple[bool, str]:
    """Whether it is a change, and its text."""
    if isinstance(item, ChangeItem):
        return True, digest.canonical(item.change).decode()
    return False, _ITEM.dump_json(item).decode()


def from_stage(is_change: bool, said: str) -> Staged:
    """What ``to_stage`` wrote."""
    if is_change:
        return Arrived(from_canonical(said), digest.fingerprint_of(said.encode()))
    return as_staged(_ITEM.validate_json(said))


def what_leaves(items: Sequence[Staged]) -> list[Item]:
    """Those that take a family or a record away for good: no later item gives it back."""
    last: dict[str, FamilyItem | GoneItem | LeftItem] = {}
    for item in items:
        match item:
            case LeftItem() | FamilyItem():
                last[item.family] = item
            case GoneItem():
                last[item.record] = item
            case Arrived():
                last.pop(item.change.record, None)
            case _:
                continue
    return [item for item in last.values() if not isinstance(item, FamilyItem)]
