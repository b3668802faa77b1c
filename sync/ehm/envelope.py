"""A hand-in as it came: a change that cannot be read is rejected alone, the others are taken."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from sync.contract.messages import MAX_CHANGES, HandIn, Head, Result, Status, WireChange
from sync.ehm.bodies import parse, plain_json
from sync.ehm.problems import too_large, unreadable

_NAME = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class Envelope:
    """``places`` holds, for each thing sent, its change or why it could not be read."""

    seen: Head | None
    places: tuple[WireChange | Result, ...]

    @property
    def changes(self) -> list[WireChange]:
        """The changes that can be read, in order."""
        return [place for place in self.places if isinstance(place, WireChange)]

    def in_order(self, results: Sequence[Result]) -> tuple[Result, ...]:
        """One result for each thing sent, given those of ``changes``."""
        waiting = iter(results)
        return tuple(place if isinstance(place, Result) else next(waiting) for place in self.places)


def read_hand_in(body: bytes) -> Envelope:
    """The envelope in a body; raises ``unreadable`` or ``too_large`` if it is no envelope."""
    try:
        whole = HandIn.model_validate_json(body)
    except ValidationError:
        return _one_by_one(plain_json(body))
    return Envelope(whole.seen, (*whole.changes, *map(_too_large, whole.too_large)))


def _one_by_one(sent: object) -> Envelope:
    if not isinstance(sent, dict) or set(sent) - {"too_large"} != {"seen", "changes"}:
        raise unreadable()
    changes = sent.pop("changes")
    if not isinstance(changes, list):
        raise unreadable()
    if len(changes) > MAX_CHANGES:
        raise too_large()
    rest = parse(HandIn, json.dumps({**sent, "changes": []}).encode())
    return Envelope(rest.seen, (*map(_read, changes), *map(_too_large, rest.too_large)))


def _too_large(change: str) -> Result:
    return Result(
        id=change,
        status=Status.REJECTED,
        code="too_large",
        words="This is more than the centre takes. It stays on this laptop. Tell the helpdesk.",
    )


def _read(change: object) -> WireChange | Result:
    try:
        return WireChange.model_validate_json(json.dumps(change))
    except (ValidationError, RecursionError):
        name = change.get("id") if isinstance(change, dict) else None
        return Result(
            id=name if isinstance(name, str) and _NAME.fullmatch(name) else "",
            status=Status.REJECTED,
            code="unreadable",
            words="The centre could not read this. It stays on this laptop. Tell the helpdesk.",
        )
