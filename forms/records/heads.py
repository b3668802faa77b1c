"""Heads: the one rule of merging.

A head of an answer is a change to it that no other change names as its base. One head, or several
with one value: agreed. Two values: an open conflict, both kept, until a save names both. No clock
decides, no order of arrival matters, and adding a change twice is adding it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from forms.records.answer import BLANK, Answer
from forms.records.answer_path import is_row, row_of
from forms.records.change import Change


class Heads:
    """The heads of every answer of one record.

    ``add`` is commutative, associative and idempotent (a property test says so); a base that has
    not arrived yet is remembered, so its change is superseded whenever it comes.
    """

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self._known: set[str] = set()
        self._heads: dict[str, dict[str, Answer]] = defaultdict(dict)
        self._superseded: dict[str, set[str]] = defaultdict(set)
        for change in changes:
            self.add(change)

    def add(self, change: Change) -> None:
        """Take one change in."""
        if change.id in self._known:
            return
        self._known.add(change.id)
        for path, written in change.answers.items():
            heads, superseded = self._heads[path], self._superseded[path]
            superseded.update(written.base)
            for base in written.base:
                heads.pop(base, None)
            if change.id not in superseded:
                heads[change.id] = written.answer

    def of(self, path: str) -> Mapping[str, Answer]:
        """Change id to answer, for each head of this path; lowest change id first."""
        return MappingProxyType(dict(sorted(self._heads.get(path, {}).items())))

    def base(self, path: str) -> tuple[str, ...]:
        """What a save of this path made now must name as seen."""
        return tuple(sorted(self._heads.get(path, ())))

    def current(self, path: str) -> Answer:
        """The answer that every device reads alike: the head with the lowest change id."""
        heads = self._heads.get(path)
        return heads[min(heads)] if heads else BLANK

    def in_conflict(self, path: str) -> bool:
        """True while two heads say different things."""
        return len(set(self._heads.get(path, {}).values())) > 1

    def conflicts(self) -> tuple[str, ...]:
        """The paths in open conflict, sorted."""
        return tuple(sorted(path for path in self._heads if self.in_conflict(path)))

    def paths(self) -> Iterator[str]:
        """Every path that was ever written."""
        return iter(self._heads)

    def row_exists(self, row: str) -> bool:
        """True if any head keeps this row, or an edit unseen by its removal stands in it.

        Removing a row clears its place and every answer in it, each naming what the remover saw;
        so whatever else still has a value was written unseen by them, and an edit beats a removal.
        """
        if any(not answer.is_blank for answer in self._heads.get(row, {}).values()):
            return True
        inside = row + "/"
        return any(
            not answer.is_blank
            for path, heads in self._heads.items()
            if path.startswith(inside)
            for answer in heads.values()
        )

    def answers(self) -> dict[str, Answer]:
        """The current answer of every path that is not blank, in rows that exist.

        A row kept only by an edit made inside it comes with the place ``"0"``, also while the
        removal that the edit stands against is the current answer.
        """
        found: dict[str, Answer] = {}
        rows: set[str] = set()
        for path, heads in self._heads.items():
            if all(answer.is_blank for answer in heads.values()):
                continue
            answer = self.current(path)
            if not answer.is_blank:
                found[path] = answer
            row = path if is_row(path) else row_of(path)
            while row is not None:
                rows.add(row)
                row = row_of(row)
        for row in rows - found.keys():
            found[row] = Answer("0")
        return found
