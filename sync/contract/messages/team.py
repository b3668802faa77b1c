"""The team: who I am and may do, who has which family, giving and covering."""

from __future__ import annotations

from typing import Literal

from sync.contract.messages.devices import Worker
from sync.contract.messages.head import Head
from sync.contract.messages.kinds import Identifier, Reason, Reply, Request, Time, WorkerId


class Me(Reply):
    """The asking worker, and what their role may ask (``docs/ehm-api.md`` has the table)."""

    head: Head
    worker: Worker
    may: tuple[str, ...]


class Holder(Reply):
    """Somebody who has a family; ``covers_for`` somebody else ``until`` a time, or for good."""

    worker: Worker
    covers_for: str = ""
    until: Time | None = None


class TeamFamily(Reply):
    """One line of a team's caseload: nothing that was written, only when."""

    id: Identifier
    reference: str
    number: str
    begun: Time
    holders: tuple[Holder, ...] = ()
    last_written: Time | None = None


class Team(Reply):
    """The families of a team, and the people who can have them."""

    head: Head
    families: tuple[TeamFamily, ...]
    people: tuple[Worker, ...]


class Allocate(Request):
    """Gives a family to a worker, or takes it away. Audited, with the reason."""

    what: Literal["give", "take_away"]
    worker: WorkerId
    reason: Reason


class Cover(Request):
    """Gives everything that a worker has to a stand-in until a time."""

    worker: WorkerId
    stand_in: WorkerId
    until: Time


class Covered(Reply):
    """How many families."""

    head: Head
    families: int
