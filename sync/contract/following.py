"""A change that follows others, said shortly: whoever has those can tell whose record it is of.

Ids are random and do not zip: of a changed answer they are most of what comes down.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping

from sync.contract.messages import ENDING, ShortAnswer, ShortChange, WireAnswer, WireChange


def shortened(said: str, records: Mapping[str, str]) -> str | None:
    """The ``ShortChange``, as JSON, of the change of which ``said`` is the canonical JSON.

    ``records``: of each change that the reader was given, its record. None: say it whole.
    """
    if '"base":[' not in said:
        return None
    change = json.loads(said)
    record = change.pop("record")
    for answer in change["answers"].values():
        seen = answer.get("base", [])
        if any(records.get(each) != record for each in seen):
            return None
        if seen:
            answer["base"] = [each[-ENDING:] for each in seen]
    return json.dumps(change, separators=(",", ":"), ensure_ascii=False)


def bases_of(said: str) -> set[str]:
    """The changes that the change of which this is the canonical JSON follows."""
    if '"base":[' not in said:
        return set()
    answers = json.loads(said)["answers"].values()
    return {base for answer in answers for base in answer.get("base", ())}


class Followed:
    """The changes of one family that are here, by the ends of their ids; each with its record."""

    def __init__(self, records: Mapping[str, str]) -> None:
        self._by_ending: dict[str, dict[str, str]] = defaultdict(dict)
        for change, record in records.items():
            self.add(change, record)

    def add(self, change: str, record: str) -> None:
        """One more is here."""
        self._by_ending[change[-ENDING:]][change] = record

    def completed(self, short: ShortChange) -> WireChange | None:
        """The change whole; None if what it follows is not here, or ends as something else does."""
        seen = {base for answer in short.answers.values() for base in answer.base}
        found = [(base, *each) for base in seen for each in self._by_ending.get(base, {}).items()]
        records = {record for _, _, record in found}
        if len(found) != len(seen) or len(records) != 1:
            return None
        ids = {base: change for base, change, _ in found}
        answers = {path: _completed(answer, ids) for path, answer in short.answers.items()}
        return WireChange(**{**dict(short), "record": records.pop(), "answers": answers})


def _completed(short: ShortAnswer, ids: Mapping[str, str]) -> WireAnswer:
    return WireAnswer(**{**dict(short), "base": tuple(ids[each] for each in short.base)})
