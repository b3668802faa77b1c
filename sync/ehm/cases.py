"""Families folded into cases, kept while the service runs: only what was written in is read again.

Folding a family takes a hundredth of a second, and a council has thousands. What is kept is in
memory alone and follows from the records: whatever happens to a family has a later place in the
history. What is kept of it is then let go of with the next request, whatever that is about, so that
nothing of an erased family stays; when it is wanted again its case is made anew, with all that was
worked out from it.
"""

from __future__ import annotations

import pickle
import threading
import zlib
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, func, select

from forms.casework.measures.case import Case, case_of
from sync.ehm import schema
from sync.ehm.known_records import Forms, known_records
from sync.ehm.matching import bonds

_Parts = tuple[str, ...]
_Stands = tuple[object, tuple[int, ...]]
"""The pack in force, and the place in history of what happened last to each part of a family."""
Found = TypeVar("Found")
_LAST_OF_EACH = select(schema.entry.c.family, func.max(schema.entry.c.seq).label("last")).group_by(
    schema.entry.c.family
)
MOST_KEPT = 40
"""Things worked out from one case that are kept: three years of quarters for several who ask."""


@dataclass(frozen=True, slots=True)
class WorkedOut(Generic[Found]):
    """What is wanted of each case, under a name that says all that it depends on but the case."""

    name: Hashable
    from_case: Callable[[Case], Found]


@dataclass(slots=True, repr=False)
class _Kept:
    """One family's case, and what was worked out from it, as they stood at one moment."""

    stands: _Stands
    case: bytes
    worked_out: dict[Hashable, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class KnownCases:
    """The cases of whole families, merged ones as one. Any thread may ask."""

    _kept: dict[_Parts, _Kept] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _last: dict[str, int] = field(default_factory=dict)
    _upto: int = 0
    _forms: Forms | None = None
    """As they were read for the last question."""

    def of(self, connection: Connection, chosen: Collection[str]) -> list[Case]:
        """The case of each of these families, everything in it, as it stands now."""
        return [_unpacked(one.read().case) for one in self._families(connection, chosen)]

    def each(
        self, connection: Connection, chosen: Collection[str], wanted: WorkedOut[Found]
    ) -> Iterator[tuple[str, Found]]:
        """What is wanted of each of these families, with the family's id."""
        for one in self._families(connection, chosen):
            (packed,) = self._work_out(one.read(), (wanted,))
            found: Found = _unpacked(packed)
            yield one.root, found

    def ahead(
        self,
        connection: Connection,
        chosen: Collection[str],
        wanted: Sequence[WorkedOut[Found]],
        is_over: Callable[[], bool] = lambda: False,
    ) -> tuple[int, int]:
        """Have these at hand for as many families as there is time for, and for one at least.

        For how many they are at hand now, and how many families there are.
        """
        ready = families = begun = 0
        for one in self._families(connection, chosen):
            families += 1
            if self._lacks(one.kept(), wanted):
                if begun and is_over():
                    continue
                self._work_out(one.read(), wanted)
                begun += 1
            ready += 1
        return ready, families

    @property
    def families(self) -> int:
        """Of how many families something is kept."""
        return len(self._kept)

    def let_go(self, connection: Connection) -> None:
        """Let go of what is kept of families to which something has happened since."""
        if self.families:
            self._catch_up(connection)

    def kept_of(self, joined: _Parts, stands: _Stands) -> _Kept | None:
        """What is kept of a family, if it is of this moment."""
        with self._lock:
            kept = self._kept.get(joined)
        return kept if kept is not None and kept.stands == stands else None

    def keep(self, joined: _Parts, stands: _Stands, case: Case) -> _Kept:
        """Keeps a family's case in place of the one before, and of what followed from that.

        But not of a moment that is past: whoever still looks at that one has it for themselves.
        """
        kept = _Kept(stands, _packed(case))
        with self._lock:
            if stands[1] == tuple(self._last.get(each, 0) for each in joined):
                self._kept[joined] = kept
        return kept

    # Inside ------------------------------------------------------------------------------

    def _families(self, connection: Connection, chosen: Collection[str]) -> Iterator[_Family]:
        standing, known = self._standing(connection), self._forms
        forms = known.on(connection) if known is not None else Forms(connection)
        for root, joined in bonds.by_root(connection, chosen).items():
            stands = forms.in_force, tuple(standing.get(each, 0) for each in joined)
            yield _Family(self, connection, forms, root, joined, stands)
        self._forms = forms

    def _lacks(self, kept: _Kept | None, wanted: Iterable[WorkedOut[Found]]) -> bool:
        with self._lock:
            return kept is None or any(each.name not in kept.worked_out for each in wanted)

    def _work_out(self, kept: _Kept, wanted: Sequence[WorkedOut[Found]]) -> list[bytes]:
        with self._lock:
            found = {each.name: kept.worked_out.get(each.name) for each in wanted}
        if None in found.values():
            case: Case = _unpacked(kept.case)
            for each in wanted:
                if found[each.name] is None:
                    found[each.name] = _packed(each.from_case(case))
            with self._lock:
                for name, one in found.items():
                    kept.worked_out.pop(name, None)
                    if one is not None:
                        kept.worked_out[name] = one  # at the end: it was wanted last
                for oldest in list(kept.worked_out)[: -max(MOST_KEPT, len(found))]:
                    del kept.worked_out[oldest]
        return [one for one in found.values() if one is not None]

    def _standing(self, connection: Connection) -> Mapping[str, int]:
        """The place in history of what happened last to each family.

        Only what happened since it was asked last is looked through; but whoever sees an older
        moment than somebody saw before reads everything of that moment.
        """
        if self._catch_up(connection):
            with self._lock:
                return dict(self._last)
        return {row.family: row.last for row in connection.execute(_LAST_OF_EACH)}

    def _catch_up(self, connection: Connection) -> bool:
        """Let go of what is not so any more; False for an older moment than somebody saw before."""
        entry = schema.entry.c
        upto = connection.execute(select(func.max(entry.seq))).scalar_one() or 0
        with self._lock:
            if upto <= self._upto:
                return upto == self._upto
            found = connection.execute(_LAST_OF_EACH.where(entry.seq > self._upto))
            since = {row.family: row.last for row in found}
            self._last.update(since)
            self._upto = upto
            for joined in [each for each in self._kept if not since.keys().isdisjoint(each)]:
                del self._kept[joined]
            return True


@dataclass(frozen=True, slots=True, repr=False)
class _Family:
    """One whole family as it stands in one reading of the database."""

    cases: KnownCases
    connection: Connection
    forms: Forms
    root: str
    joined: _Parts
    stands: _Stands

    def kept(self) -> _Kept | None:
        return self.cases.kept_of(self.joined, self.stands)

    def read(self) -> _Kept:
        """What is kept of it; read from the records if nothing is."""
        kept = self.kept()
        if kept is not None:
            return kept
        case = read_case(self.connection, self.forms, self.root, self.joined)
        return self.cases.keep(self.joined, self.stands, case)


def read_case(
    connection: Connection, forms: Forms, root: str, joined: _Parts, reader: str = ""
) -> Case:
    """A family's case from its records; with a ``reader`` only what that worker may read of it."""
    return case_of(
        root,
        [record for each in joined for record in known_records(connection, forms, each, reader)],
    )


def _packed(found: object) -> bytes:
    return zlib.compress(pickle.dumps(found), 1)


def _unpacked(kept: bytes) -> Any:
    return pickle.loads(zlib.decompress(kept))  # noqa: S301 - our own memory
