"""What is staged of a large family is laid out, part by part, before the family is shown.

So it is seen whole, at once, and no save ever waits for all of it (``schema_6.sql``).
"""

from __future__ import annotations

import json
from collections.abc import Callable

from desktop.vault.changes import Changes
from desktop.vault.store import Store
from desktop.vault.times import to_text
from forms.records.change import Change
from forms.records.identifiers import provisional_reference
from sync.contract.changes import head_of_canonical

AT_ONCE = 12
"""Changes; of more than these a family is laid out."""
MOMENT = 0.025
"""Seconds; a save has to wait no longer than about this for one transaction."""
_LEAST, _FIRST, _MOST = 4, 8, 64
"""Changes in a part."""
_BYTES = 12_500
"""Of a change, on average; of larger ones a part has fewer."""

_LEFT = (
    " FROM staged WHERE family = ?1 AND is_change AND place NOT IN (SELECT staged FROM laid_out)"
    " AND (?2 = '[]' OR item ->> 'record' NOT IN (SELECT value FROM json_each(?2)))"
)
"""What is to be laid out of a family of which these records go."""

Timer = Callable[[], float]
"""Counts seconds, and never goes back."""


class LayingOut:
    """Laying out, and throwing away what was. Each method is one transaction, or part of one."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes
        self._under_way = ""
        self._part = _FIRST

    def next_part(self, timer: Timer) -> bool:
        """Lay out a part of the first large family of which something is left; False: of none is.

        Not of one that leaves, nor of a record that goes: what comes and goes is taken in order.
        The next part is as large as this one would have been, had it taken a moment.
        """
        began, count = timer(), 0
        with self._store.repeatable_transaction():
            if family := self._next_family():
                count = self._lay_out_part(family)
        took = timer() - began
        if took > MOMENT or (took and count == self._part):
            fits = min(int(count * MOMENT / took), 2 * count)
            self._part = max(_LEAST, min(fits, _MOST))
        return bool(family)

    def _next_family(self) -> str:
        """The one under way, as long as some of it is left: to look through all takes time."""
        family = self._under_way
        if not family or not self.is_to_be(family):
            family = self._under_way = self._first_family()
        return family

    def _first_family(self) -> str:
        for (family,) in self._store.rows(
            "SELECT family FROM staged LEFT JOIN laid_out ON laid_out.staged = place"
            " WHERE is_change GROUP BY family"
            " HAVING count(*) > count(laid_out.staged) + iif(count(laid_out.staged), 0, ?)"
            " ORDER BY min(iif(laid_out.staged, NULL, place))",
            (AT_ONCE,),
        ):
            if self.is_to_be(family):
                return str(family)
        return ""

    def is_to_be(self, family: str) -> bool:
        """True if too much is staged of it to be shown at once."""
        if self._goes_whole(family):
            return False
        left = self._store.value(f"SELECT count(*){_LEFT}", (family, self._going(family)))
        return bool(left > (0 if self.is_begun(family) else AT_ONCE))

    def is_begun(self, family: str) -> bool:
        """True if something of it is laid out."""
        found = self._store.value(
            "SELECT EXISTS (SELECT 1 FROM laid_out JOIN staged ON staged.place = laid_out.staged"
            " WHERE family = ?)",
            (family,),
        )
        return bool(found)

    def throw_away(self, family: str | None = None) -> None:
        """Make it as if nothing of a family, or (None) of any, had been laid out: it is staged."""
        with self._store.transaction():
            self._store.run(
                "DELETE FROM laid_out WHERE ?1 IS NULL"
                " OR staged IN (SELECT place FROM staged WHERE family = ?1)",
                (family,),
            )
            self._changes.forget_what_is_out_of_sight(family)
            self._store.run(
                "DELETE FROM family WHERE hidden = 2 AND (?1 IS NULL OR id = ?1)"
                " AND NOT EXISTS (SELECT 1 FROM written WHERE written.family = family.place)",
                (family,),
            )

    def _goes_whole(self, family: str) -> bool:
        """True if it leaves, or something is erased of whatever has come before."""
        found = self._store.value(
            "SELECT EXISTS (SELECT 1 FROM staged WHERE family = ? AND NOT is_change AND"
            " (item ->> 'kind' = 'left' OR item ->> 'kind' = 'erased'"
            "  AND coalesce(json_array_length(item, '$.changes'), 0) = 0))",
            (family,),
        )
        return bool(found)

    def _going(self, family: str) -> str:
        """The records of it that go, as JSON."""
        found = self._store.rows(
            "SELECT item ->> 'record' FROM staged"
            " WHERE family = ? AND NOT is_change AND item ->> 'kind' = 'gone'",
            (family,),
        )
        return json.dumps([record for (record,) in found])

    def _lay_out_part(self, family: str) -> int:
        """How many of its changes that were."""
        places: list[int] = []
        changes: list[tuple[Change, str]] = []
        left = self._part * _BYTES
        for place, said in self._store.rows(
            f"SELECT place, item{_LEFT} ORDER BY place LIMIT ?3",
            (family, self._going(family), self._part),
        ):
            left -= len(said)
            if places and left < 0:
                break
            places.append(place)
            changes.append((head_of_canonical(said), said))
        here = self._lay_out(family, changes)
        self._store.run_many(
            "INSERT INTO laid_out VALUES (?, ?)",
            [
                (place, change.id in here)
                for place, (change, _) in zip(places, changes, strict=True)
            ],
        )
        return len(places)

    def _lay_out(self, family: str, changes: list[tuple[Change, str]]) -> set[str]:
        """Those that are here already are left, and their ids returned."""
        self._store.run(
            "INSERT INTO family (id, reference, begun, registration, hidden)"
            " VALUES (?, ?, ?, 'done', 2) ON CONFLICT (id) DO NOTHING",
            (family, provisional_reference(family), to_text(changes[0][0].at)),
        )
        found = self._store.rows(
            "SELECT id FROM written WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([change.id for change, _ in changes]),),
        )
        here = {change for (change,) in found}
        new = {change.id: (change, said) for change, said in changes if change.id not in here}
        self._changes.lay_out(list(new.values()))
        return here
