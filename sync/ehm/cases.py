"""Families folded into cases, kept while the service runs: only what was written in is read again.

Folding a family takes a hundredth of a second, and a council has thousands. What is kept is in
memory alone and follows from the records: whatever happens to a family has a later place in the
history, and then its case is made anew.
"""

from __future__ import annotations

import pickle
import threading
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from forms.casework.measures.case import Case, case_of
from sync.ehm import schema
from sync.ehm.known_records import Forms, known_records
from sync.ehm.matching import bonds

_Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownCases:
    """The cases of whole families, merged ones as one. Any thread may ask."""

    _kept: dict[_Parts, tuple[object, bytes]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, connection: Connection, chosen: Collection[str]) -> list[Case]:
        """The case of each of these families, everything in it, as it stands now."""
        return list(self._found(connection, chosen))

    def warm(self, connection: Connection, chosen: Collection[str]) -> None:
        """Have the cases of these families at hand; never more than one of them unpacked."""
        for _ in self._found(connection, chosen):
            pass

    def _found(self, connection: Connection, chosen: Collection[str]) -> Iterator[Case]:
        forms, standing = Forms(connection), _standing(connection)
        in_force = _pack_in_force(connection)
        for root, joined in bonds.by_root(connection, chosen).items():
            stands = (in_force, *(standing.get(each, 0) for each in joined))
            with self._lock:
                kept = self._kept.get(joined)
            if kept is not None and kept[0] == stands:
                case: Case = pickle.loads(zlib.decompress(kept[1]))  # noqa: S301 - our own memory
            else:
                case = read_case(connection, forms, root, joined)
                with self._lock:
                    self._kept[joined] = stands, zlib.compress(pickle.dumps(case), 1)
            yield case


def read_case(
    connection: Connection, forms: Forms, root: str, joined: _Parts, reader: str = ""
) -> Case:
    """A family's case from its records; with a ``reader`` only what that worker may read of it."""
    return case_of(
        root,
        [record for each in joined for record in known_records(connection, forms, each, reader)],
    )


def _standing(connection: Connection) -> dict[str, int]:
    """The place in history of what happened last to each family."""
    entry = schema.entry.c
    query = select(entry.family, func.max(entry.seq).label("last")).group_by(entry.family)
    return {row.family: row.last for row in connection.execute(query)}


def _pack_in_force(connection: Connection) -> str:
    """Versions of forms are read into one another as the pack in force says."""
    table = schema.pack.c
    newest = select(table.version).order_by(table.published.desc(), table.version.desc()).limit(1)
    return connection.execute(newest).scalar_one_or_none() or ""
