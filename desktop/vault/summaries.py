"""What the list of families shows of each, kept: reading every record for it would take seconds.

A summary is true or not there: the store throws it away in the very transaction that changes what
it was worked out from (``schema_2.sql``). It can be made again from the records at any moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.vault.store import Store
from desktop.vault.times import from_text, to_text


@dataclass(frozen=True, slots=True, repr=False)
class SummaryRow:
    """One family in a list."""

    name: str
    last_written: datetime | None
    waiting: int
    conflicts: int


class Summaries:
    """The kept summaries of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def kept(self, made_with: str) -> dict[str, SummaryRow]:
        """Family to its summary, of those that were read by this pack and still hold."""
        found = self._store.rows(
            "SELECT family.id, name, last_written, waiting, conflicts FROM summary"
            " JOIN family ON family.place = summary.family WHERE made_with = ?",
            (made_with,),
        )
        return {
            family: SummaryRow(name, from_text(last) if last else None, waiting, conflicts)
            for family, name, last, waiting, conflicts in found
        }

    def keep(self, made_with: str, made: Mapping[str, SummaryRow]) -> None:
        """Keep what was worked out of families that are here: all of it at once, or nothing."""
        with self._store.transaction():
            self._store.run_many(
                "INSERT OR REPLACE INTO summary"
                " SELECT place, ?, ?, ?, ?, ? FROM family WHERE id = ?",
                [
                    (
                        made_with,
                        row.name,
                        to_text(row.last_written) if row.last_written else None,
                        row.waiting,
                        row.conflicts,
                        family,
                    )
                    for family, row in made.items()
                ],
            )
