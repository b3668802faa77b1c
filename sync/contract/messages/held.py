"""What is kept at the centre and not shown: a person must look at it, or a form is missing."""

from __future__ import annotations

from sync.contract.messages.devices import Worker
from sync.contract.messages.kinds import Identifier, Reason, Reply, Request, Time


class HeldWork(Reply):
    """Changes of one record that wait for the same reason; nothing that they say.

    ``code`` is why, as in the result of handing in; ``words`` say for what they wait.
    """

    record: Identifier
    family: Identifier
    number: str
    form: str
    version: str
    author: Worker
    code: str
    words: str
    changes: int
    since: Time
    can_be_shown: bool


class AllHeld(Reply):
    """The longest waiting first."""

    held: tuple[HeldWork, ...]


class ShowHeld(Request):
    """A person has looked at it: the held changes of a record become part of the family's."""

    reason: Reason


class Shown(Reply):
    """How many changes are shown now."""

    changes: int
