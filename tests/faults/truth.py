"""What an all-seeing witness writes down, and what a head is by its definition, slowly."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from forms.records.finalising import FINALISED
from sync.contract.changes import erased
from sync.contract.messages import WireAnswer, WireChange
from sync.ehm.ledger import Erasure


@dataclass
class Truth:
    """What was truly written and decided.

    ``seen``: what an author had on the screen. ``versions``: the form that a record was begun on.
    ``members``: who has a family in their own right; ``merges``: by bond, the families that are one
    since, of which everybody who has one has all. ``asked_out``: what was to be taken out of which
    record, and to where; ``taken``: what was, of each change; ``copies``: what stands there since;
    ``misfiled``: records that were moved whole; ``gone``: every word that was taken out.
    """

    changes: dict[str, WireChange] = field(default_factory=dict)
    seen: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    merges: dict[str, tuple[str, str]] = field(default_factory=dict)
    records: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, bytes] = field(default_factory=dict)
    told_sent: set[str] = field(default_factory=set)
    here_at_the_end: set[str] = field(default_factory=set)
    wiped: dict[str, set[str]] = field(default_factory=dict)
    asked_out: set[tuple[str, tuple[str, ...], str]] = field(default_factory=set)
    copies: set[str] = field(default_factory=set)
    misfiled: set[str] = field(default_factory=set)
    taken: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    restores: int = 0
    rolled_back: bool = False
    violations: list[str] = field(default_factory=list)

    def violated(self, said: str) -> None:
        self.violations.append(said)

    @property
    def is_whole(self) -> bool:
        """Nobody was ever put back to an earlier day."""
        return not (self.restores or self.rolled_back)

    def whole(self, family: str) -> set[str]:
        """The families that are one with this one."""
        found, more = set[str](), {family}
        while more:
            found |= more
            joined = [set(pair) for pair in self.merges.values() if found & set(pair)]
            more = set().union(*joined) - found
        return found

    def may_see(self, family: str) -> set[str]:
        """The workers who have any family that is one with this one."""
        return set().union(*(self.members[each] for each in self.whole(family)))

    def families_of(self, worker: str) -> set[str]:
        """All that this worker may see."""
        return {family for family in list(self.members) if worker in self.may_see(family)}

    def give(self, worker: str, family: str) -> None:
        """In their own right from now on: all that is one."""
        for each in self.whole(family):
            self.members[each].add(worker)

    def take_away(self, worker: str, family: str) -> None:
        """All that is one, whatever right they had to it."""
        for each in self.whole(family):
            self.members[each].discard(worker)

    def follow(self, erasures: Iterable[Erasure]) -> None:
        """What was taken out of records at the centre, and where it stands now."""
        for made in erasures:
            if (made.record, made.paths, made.moved_to) not in self.asked_out:
                self.violated("words were taken out that nobody asked for")
            if made.moved_to and not made.paths:
                self.misfiled.add(made.record)
            is_said = any(self._says(change, made.paths) for change in made.changes)
            for change in made.changes:
                if made.moved_to and is_said:
                    self._copy(change, made)
                self.gone |= said_at(self.changes[change], made.paths)
                self.changes[change] = erased(self.changes[change], made.paths)
                self.taken.setdefault(change, []).append(made.paths)

    def _says(self, change: str, paths: tuple[str, ...]) -> bool:
        """Anything at these paths that was not taken out before."""
        gone = self.taken.get(change, [])
        wanted = [p for p in self.changes[change].answers if not paths or p in paths]
        return not all(any(not each or path in each for each in gone) for path in wanted)

    def _copy(self, change: str, made: Erasure) -> None:
        """It stands in the other family, without what went before."""
        original = self.changes[change]

        def there(each: str) -> str:
            return str(uuid.uuid5(uuid.UUID(made.move), each))

        answers = {
            path: _at_its_place(path, answer, there)
            for path, answer in original.answers.items()
            if not made.paths or path in made.paths
        }
        copy = original.model_copy(
            update={
                "id": there(change),
                "record": there(original.record),
                "family": made.moved_to,
                "device": "moved",
                "answers": answers,
            }
        )
        if copy.record not in self.records[copy.family]:
            self.records[copy.family].append(copy.record)
        self.versions[copy.record] = copy.version
        self.changes[copy.id] = copy
        self.copies.add(copy.id)
        for path in answers:
            self.seen[copy.id, path] = frozenset(map(there, self.seen[change, path]))


def said_at(change: WireChange, paths: tuple[str, ...] = ()) -> set[str]:
    """The values that a change says at these paths (none: at any)."""
    answers = change.answers.items()
    return {each.value for path, each in answers if not paths or path in paths} - {""}


def _at_its_place(path: str, answer: WireAnswer, there: Callable[[str], str]) -> WireAnswer:
    """Names what it stood on, or what it finalised, by the ids there."""
    value = answer.value
    if path == FINALISED and value:
        said = json.loads(value)
        heads = {at: sorted(map(there, named)) for at, named in said["heads"].items()}
        value = json.dumps(said | {"heads": heads}, ensure_ascii=False, separators=(",", ":"))
    return answer.model_copy(
        update={"value": value, "base": tuple(sorted(map(there, answer.base)))}
    )


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
