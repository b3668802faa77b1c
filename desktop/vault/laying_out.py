"""What is staged of a large family is laid out, part by part, before the family is shown.

So it is seen whole, at once, and no save ever waits for all of it (``schema_6.sql``).
"""

from __future__ import annotations

import json

from desktop.vault.changes import Changes
from desktop.vault.staged import depends_on_order, from_stage
from desktop.vault.store import Store
from desktop.vault.times import to_text
from forms.records.change import Change
from forms.records.identifiers import provisional_reference
from sync.contract import digest
from sync.contract.changes import from_canonical

AT_ONCE = 12
"""Changes; of more than these a family is laid out."""
_PART = 8
_BYTES = 100_000


class LayingOut:
    """Laying out, and throwing away what was. Each method is one transaction, or part of one."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes

    def next_part(self) -> bool:
        """Lay out a part of the first large family of which something is left; False: of none is.

        Not of one of which something goes: what comes and what goes is then taken in order.
        """
        with self._store.transaction():
            for family, left in self._store.rows(
                "SELECT family, count(*) FROM staged"
                " WHERE is_change AND place NOT IN (SELECT staged FROM laid_out)"
                " GROUP BY family ORDER BY min(place)"
            ):
                is_large = left > AT_ONCE or self.is_begun(family)
                if is_large and not self._something_goes(family):
                    self._lay_out_part(family)
                    return True
        return False

    def is_to_be(self, family: str) -> bool:
        """True if too much is staged of it to be shown at once."""
        left = self._store.value(
            "SELECT count(*) FROM staged WHERE family = ? AND is_change"
            " AND place NOT IN (SELECT staged FROM laid_out)",
            (family,),
        )
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

    def _something_goes(self, family: str) -> bool:
        found = self._store.rows(
            "SELECT is_change, item FROM staged WHERE family = ? AND NOT is_change", (family,)
        )
        return any(depends_on_order(from_stage(*row)) for row in found)

    def _lay_out_part(self, family: str) -> None:
        rows: list[tuple[int, str]] = []
        left = _BYTES
        for place, said in self._store.rows(
            "SELECT place, item FROM staged WHERE family = ? AND is_change"
            " AND place NOT IN (SELECT staged FROM laid_out) ORDER BY place LIMIT ?",
            (family, _PART),
        ):
            left -= len(said)
            if rows and left < 0:
                break
            rows.append((place, said))
        changes = [(from_canonical(said), said) for _, said in rows]
        here = self._lay_out(family, changes)
        self._store.run_many(
            "INSERT INTO laid_out VALUES (?, ?)",
            [
                (place, change.id in here)
                for (place, _), (change, _) in zip(rows, changes, strict=True)
            ],
        )

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
        self._changes.lay_out(
            [(change, digest.fingerprint_of(said.encode())) for change, said in new.values()]
        )
        return here
