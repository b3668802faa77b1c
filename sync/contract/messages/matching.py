"""Finding a family, possible matches, merging and linking."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sync.contract.messages.devices import Worker
from sync.contract.messages.kinds import PRINTABLE, Identifier, Reason, Reply, Request, Time, Word

Decision = Literal["same_family", "same_child", "different"]


class FindFamilies(Request):
    """Asks whether somebody is known already. In the body: search terms are never in a URL."""

    given_name: Word
    last_name: str = Field(default="", max_length=200, pattern=PRINTABLE)
    born: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    postcode: str = Field(default="", max_length=12, pattern=PRINTABLE)


class FoundFamily(Reply):
    """A family with somebody like this: whom to ring, and nothing about the family."""

    id: Identifier
    number: str
    ring: tuple[Worker, ...]


class FoundFamilies(Reply):
    """The likeliest first."""

    families: tuple[FoundFamily, ...]


class MatchedPerson(Reply):
    """Somebody of a family, for a coordinator who compares. No secret address is in it."""

    given_name: str
    last_names: tuple[str, ...]
    born: str
    is_child: bool
    postcodes: tuple[str, ...] = ()


class MatchedFamily(Reply):
    """One of two families that may be the same."""

    id: Identifier
    reference: str
    number: str
    people: tuple[MatchedPerson, ...]
    holders: tuple[Worker, ...]


class PossibleMatch(Reply):
    """Two families that may be one, what speaks for it, and what was decided.

    ``suggestion``: ``same_child`` where only a child is alike, for they may be the homes of
    separated parents: those are linked, never merged.
    """

    id: Identifier
    found: Time
    score: int
    because: tuple[str, ...]
    suggestion: Literal["same_family", "same_child"]
    families: tuple[MatchedFamily, ...]
    decision: Decision | None = None
    bond: Identifier | None = None


class MatchQueue(Reply):
    """What waits for a coordinator, the likeliest first."""

    matches: tuple[PossibleMatch, ...]


class Decide(Request):
    """A coordinator's decision: merge, link, or keep apart for good."""

    decision: Decision
    reason: Reason


class JoinedFamilies(Reply):
    """A merge or a link. In a merge ``other`` is part of ``one``."""

    id: Identifier
    kind: Literal["merge", "link"]
    one: Identifier
    other: Identifier
    by: Worker
    at: Time
    reason: str
    undone: Time | None = None


class AllJoined(Reply):
    """Every merge and link, newest first."""

    bonds: tuple[JoinedFamilies, ...]


class UndoBond(Request):
    """Takes a merge or a link back."""

    reason: Reason


class BegunSince(Reply):
    """A record that was begun after a merge; it stays where it was written."""

    family: Identifier
    record: Identifier
    form: str
    author: Worker


class Undone(Reply):
    """What was begun since, for a person to look at: is it in the right family?"""

    begun_since: tuple[BegunSince, ...]
