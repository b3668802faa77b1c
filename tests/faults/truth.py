"""What an all-seeing witness writes down, and what a head is by its definition, slowly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sync.contract.messages import WireAnswer, WireChange


@dataclass
class Truth:
    """What was truly written and decided.

    ``seen``: what an author had on the screen. ``versions``: the form that a record was begun on.
    """

    changes: dict[str, WireChange] = field(default_factory=dict)
    seen: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    records: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, bytes] = field(default_factory=dict)
    told_sent: set[str] = field(default_factory=set)
    here_at_the_end: set[str] = field(default_factory=set)
    wiped: dict[str, set[str]] = field(default_factory=dict)
    restores: int = 0
    rolled_back: bool = False
    violations: list[str] = field(default_factory=list)

    def violated(self, said: str) -> None:
        self.violations.append(said)

    @property
    def is_whole(self) -> bool:
        """Nobody was ever put back to an earlier day."""
        return not (self.restores or self.rolled_back)


class MeantHeads:
    """The heads of every answer of one record: changes to it that no change names as a base."""

    def __init__(self, changes: Iterable[WireChange] = ()) -> None:
        self.written: dict[str, dict[str, WireAnswer]] = defaultdict(dict)
        self.named: dict[str, set[str]] = defaultdict(set)
        for change in changes:
            self.add(change)

    def add(self, change: WireChange) -> None:
        for path, answer in change.answers.items():
            self.written[path][change.id] = answer
            self.named[path].update(answer.base)

    def of(self, path: str) -> dict[str, WireAnswer]:
        written, named = self.written[path], self.named[path]
        return {change: answer for change, answer in written.items() if change not in named}

    def rows(self) -> set[str]:
        """The rows that are there: an edit inside one beats its removal."""
        said = {p for p in list(self.written) if any(a.value for a in self.of(p).values())}
        return {path[: path.index("]") + 1] for path in said if "]" in path}


def meant_heads(changes: Iterable[WireChange]) -> dict[str, MeantHeads]:
    """Record to its heads."""
    records: dict[str, MeantHeads] = defaultdict(MeantHeads)
    for change in changes:
        records[change.record].add(change)
    return records
