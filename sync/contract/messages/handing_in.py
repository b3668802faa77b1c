"""Going up: families and changes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from pydantic import Field

from sync.contract.messages.change import WireChange
from sync.contract.messages.head import Head
from sync.contract.messages.kinds import PRINTABLE, Identifier, Reply, Request, Time
from sync.contract.messages.limits import MAX_CHANGES, MAX_FAMILIES


class NewFamily(Request):
    """A family that was begun on a device, with the reference printed for it."""

    id: Identifier
    reference: str = Field(min_length=1, max_length=40, pattern=PRINTABLE)
    begun: Time


class RegisterFamilies(Request):
    """Makes families known to the centre. Safe to repeat."""

    seen: Head | None
    families: tuple[NewFamily, ...] = Field(max_length=MAX_FAMILIES)


class Status(StrEnum):
    """What became of one thing that was handed in. One never blocks another."""

    APPLIED = "applied"
    ALREADY = "already"
    CONFLICT = "conflict"
    """Kept beside a different answer that its author had not seen."""
    HELD = "held"
    """Kept and not shown: something it needs is missing, or a person must decide."""
    REJECTED = "rejected"
    """Not kept. It stays on the device, is shown there and can be exported."""

    @property
    def is_kept(self) -> bool:
        """True if the EHM holds the thing now."""
        return self is not Status.REJECTED


class Result(Reply):
    """What became of one family or change."""

    id: str
    status: Status
    code: str = ""
    words: str = ""


class HandIn(Request):
    """Sealed changes, oldest first. Safe to repeat at any point: the id of a change is its key."""

    seen: Head | None
    changes: tuple[WireChange, ...] = Field(max_length=MAX_CHANGES)
    too_large: tuple[Identifier, ...] = Field(
        default=(),
        max_length=MAX_CHANGES,
        description="Changes of which one alone was refused with 413: they stay on the device.",
    )


class HandedIn(Reply):
    """What became of everything that was sent: most is simply applied, and that is counted."""

    head: Head
    applied: int = Field(ge=0, description="How many of what was sent are not in ``results``.")
    results: tuple[Result, ...] = Field(
        description="One for each thing that is not ``applied``, in the order in which it was sent."
    )

    @classmethod
    def of(cls, head: Head, results: Sequence[Result]) -> HandedIn:
        """The reply that says these results, one for each thing sent."""
        others = tuple(each for each in results if each.status is not Status.APPLIED)
        return cls(head=head, applied=len(results) - len(others), results=others)

    def of_each(self, sent: Sequence[str]) -> list[Result]:
        """One result for each of these ids, in their order; ``ValueError`` if one is in doubt."""
        named = {each.id: each for each in self.results}
        is_clear = len(named) == len(self.results) and named.keys() <= set(sent)
        if not is_clear or self.applied + len(named) != len(sent):
            raise ValueError("this is not the reply to what was sent")
        return [named.get(each) or Result(id=each, status=Status.APPLIED) for each in sent]
