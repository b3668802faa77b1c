"""What comes from the EHM: staged page by page, then shown one whole family at a time."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby

from desktop.vault.changes import Changes
from desktop.vault.families import list_family
from desktop.vault.laying_out import MOMENT, LayingOut, Timer
from desktop.vault.outbox import Outbox
from desktop.vault.staged import (
    Arrived,
    Staged,
    as_staged,
    from_stage,
    to_stage,
    what_leaves,
)
from desktop.vault.store import Store
from desktop.vault.times import from_text
from desktop.vault.transfers import Transfers
from desktop.vault.unsent import IS_UNSENT, Unsent
from forms.records.identifiers import provisional_reference
from sync.client.replica import Removed, Shown
from sync.contract import digest
from sync.contract.changes import attachment_names, to_wire
from sync.contract.messages import (
    ChangeItem,
    ErasedItem,
    FamilyItem,
    GoneItem,
    Item,
    LeftItem,
    MineItem,
    Worker,
)


class Arrivals:
    """Staging, showing, mending. Each method that writes is one transaction."""

    def __init__(
        self,
        store: Store,
        changes: Changes,
        outbox: Outbox,
        transfers: Transfers,
        unsent: Unsent,
        worker: str,
    ) -> None:
        self._store = store
        self._changes = changes
        self._outbox = outbox
        self._transfers = transfers
        self._unsent = unsent
        self._worker = worker
        self._laying_out = LayingOut(store, changes)

    def stage(self, items: Iterable[Item], workers: Iterable[Worker]) -> None:
        """Keep items for later, and the names of those who write.

        But not that the EHM has a change, if that is known: there is nothing to show of it.
        """
        items = list(items)
        with self._store.transaction():
            known = self._known({item.id for item in items if isinstance(item, MineItem)})
            self._store.run_many(
                "INSERT INTO staged (family, is_change, item) VALUES (?, ?, ?)",
                [
                    (item.family, *to_stage(item))
                    for item in items
                    if not (isinstance(item, MineItem) and item.id in known)
                ],
            )
            self._store.run_many(
                "INSERT OR REPLACE INTO worker (id, name, role, team) VALUES (?, ?, ?, ?)",
                [(each.id, each.name, each.role, each.team) for each in workers],
            )

    def _known(self, changes: Collection[str]) -> set[str]:
        found = self._store.rows(
            "SELECT id FROM change WHERE standing = 'known'"
            " AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(changes)),),
        )
        return {change for (change,) in found}

    def records_of_changes(self, family: str) -> dict[str, str]:
        """Change to its record, of every change of a family that is here or staged."""
        return dict(
            self._store.rows(
                "SELECT change.id, record.id FROM change"
                " JOIN record ON record.place = change.record"
                " JOIN family ON family.place = change.family WHERE family.id = ?1"
                " UNION SELECT item ->> 'id', item ->> 'record' FROM staged"
                " WHERE family = ?1 AND is_change",
                (family,),
            )
        )

    def staged(self) -> tuple[int, int]:
        """How many families, how many items."""
        families, items = self._store.rows("SELECT count(DISTINCT family), count(*) FROM staged")[0]
        return int(families), int(items)

    def prepare_next(self, timer: Timer) -> bool:
        """Make ready a part of what is staged, or clear away one of what went; False: all is."""
        return self._laying_out.next_part(timer) or self._changes.clear()

    def show_next_families(self, timer: Timer) -> list[Shown]:
        """Show all that is staged of the first families that can be shown: a moment's worth."""
        shown: list[Shown] = []
        began = timer()
        with self._store.transaction():
            for (family,) in self._store.rows(
                "SELECT family FROM staged GROUP BY family ORDER BY min(place)"
            ):
                one_more = (timer() - began) * (1 + 1 / max(1, len(shown)))
                if shown and (one_more > MOMENT or self._laying_out.is_to_be(family)):
                    break
                items = self._still_to_take_in(family)
                if any(isinstance(i, LeftItem) for i in items) and self._unsent.in_family(family):
                    self._hide(family)
                    continue
                is_begun = self._laying_out.is_begun(family)
                if items and not is_begun and all(self._waits(item) for item in items):
                    continue
                shown.append(self._show(family, self._but_what_left(items)))
        return shown

    def mend(self, family: str, items: Sequence[Item]) -> None:
        """Make the family what the EHM lists of it."""
        listed = {item.change.id for item in items if isinstance(item, ChangeItem)}
        with self._store.transaction(), self._transfers.dropping_what_is_named_no_more():
            self._laying_out.throw_away(family)
            self._apply([as_staged(item) for item in items])
            unlisted = [
                change
                for change in self._changes.where("family.id = ? AND standing = 'known'", (family,))
                if change.id not in listed
            ]
            for change in unlisted:
                if change.author == self._worker:
                    self._store.run(
                        "UPDATE written SET standing = 'waiting' WHERE id = ?", (change.id,)
                    )
            self._remove([self._place(c.id) for c in unlisted if c.author != self._worker])

    def begin_again(self) -> None:
        """Show what is staged and offer everything again, before anything leaves."""
        with self._store.transaction(), self._transfers.dropping_what_is_named_no_more():
            self._laying_out.throw_away()
            staged = [
                from_stage(*row)
                for row in self._store.rows("SELECT is_change, item FROM staged ORDER BY place")
            ]
            self._apply([item for item in staged if not isinstance(item, LeftItem | GoneItem)])
            self._store.run("DELETE FROM staged")
            self._outbox.offer_again()
            leaving = [*what_leaves(staged), *self._departed()]
            self.stage(leaving, ())
            for item in leaving:
                if isinstance(item, LeftItem):
                    self._hide(item.family)

    def digests(self) -> dict[str, str]:
        """Family to the digest of its changes that the EHM has."""
        here = self._store.rows("SELECT id FROM family WHERE hidden <> 2")
        found = {family: digest.EMPTY for (family,) in here}
        rows = self._store.rows(
            "SELECT family.id, fingerprint FROM change"
            " JOIN family ON family.place = change.family"
            " WHERE standing = 'known' ORDER BY change.family"
        )
        for family, group in groupby(rows, key=lambda row: row[0]):
            found[family] = digest.family_digest(fingerprint for _, fingerprint in group)
        return found

    def _still_to_take_in(self, family: str) -> list[Staged]:
        """What is staged of a family but for what is laid out: none is of what goes."""
        found = self._store.rows(
            "SELECT is_change, item FROM staged WHERE family = ?"
            " AND place NOT IN (SELECT staged FROM laid_out WHERE NOT was_here) ORDER BY place",
            (family,),
        )
        return [from_stage(*row) for row in found]

    def _but_what_left(self, items: Sequence[Staged]) -> list[Staged]:
        """Without changes that are not here and that go again with their family."""
        last = max((at for at, i in enumerate(items) if isinstance(i, LeftItem)), default=0)
        coming = [item.change.id for item in items[:last] if isinstance(item, Arrived)]
        found = self._store.rows(
            "SELECT id FROM written WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(coming),),
        )
        passing = set(coming) - {change for (change,) in found}
        return [
            item
            for at, item in enumerate(items)
            if at > last or not isinstance(item, Arrived) or item.change.id not in passing
        ]

    def _show(self, family: str, items: Sequence[Staged]) -> Shown:
        was_here = self._is_here(family)
        before = self._authors(family)
        with self._transfers.dropping_what_is_named_no_more():
            if self._laying_out.is_begun(family):
                self._show_what_is_laid_out(family)
            self._apply(items)
            self._store.run("DELETE FROM staged WHERE family = ?", (family,))
            if waiting := [i for i in items if isinstance(i, GoneItem) and self._waits(i)]:
                self.stage(waiting, ())
        arrived = self._authors(family).items() - before.items()
        by_others = [author for _, author in arrived if author != self._worker]
        is_here = self._is_here(family)
        return Shown(
            family=family,
            is_new=is_here and not was_here,
            changes=len(by_others),
            authors=frozenset(by_others),
            conflicts=self._conflicts(family),
            left=not is_here,
        )

    def _show_what_is_laid_out(self, family: str) -> None:
        if not self._is_here(family):
            begun = self._store.value("SELECT begun FROM family WHERE id = ?", (family,))
            self._list(family, from_text(begun))
        self._changes.show_laid_out(family)

    def _list(self, family: str, begun: datetime) -> None:
        """The centre has it, though it has not said so by itself."""
        reference = provisional_reference(family)
        list_family(self._store, FamilyItem(family=family, reference=reference, begun=begun))

    def _authors(self, family: str) -> dict[str, str]:
        """Change to its author, for all of a family."""
        return dict(
            self._store.rows(
                "SELECT change.id, author FROM change"
                " JOIN family ON family.place = change.family WHERE family.id = ?",
                (family,),
            )
        )

    def _apply(self, items: Sequence[Staged]) -> None:
        for is_change, group in groupby(items, key=lambda item: isinstance(item, Arrived)):
            if is_change:
                self._receive([item for item in group if isinstance(item, Arrived)])
            else:
                for item in group:
                    self._apply_one(item)

    def _apply_one(self, item: Staged) -> None:
        match item:
            case FamilyItem():
                list_family(self._store, item)
            case MineItem():
                self._outbox.is_listed(item.id)
            case ErasedItem():
                self._erase(item)
            case GoneItem():
                self._remove_record(item.record)
            case LeftItem():
                self.remove_family(item.family)
            case Arrived():
                self._receive([item])

    def _receive(self, arrived: Sequence[Arrived]) -> None:
        """Add changes that are not here; one that is here becomes what the EHM says of it."""
        arriving = {each.change.id: each for each in arrived}
        listed = json.dumps(list(arriving))
        for here in self._changes.where("change.id IN (SELECT value FROM json_each(?))", (listed,)):
            if digest.fingerprint(to_wire(here)) == arriving[here.id].fingerprint:
                del arriving[here.id]
                self._outbox.acknowledge(here.id)
            else:
                replaced = [self._place(here.id)]
                self._transfers.owe(replaced)
                self._remove(replaced)
        for family in {each.family for each in arriving.values()}:
            if not self._is_here(family):
                begun = min(each.change.at for each in arriving.values() if each.family == family)
                self._list(family, begun)
        self._changes.receive([(each.change, each.fingerprint) for each in arriving.values()])

    def _erase(self, item: ErasedItem) -> None:
        here = self._changes.where(
            "record.id = ? AND standing NOT IN ('open', 'waiting')", (item.record,)
        )
        touched = [change for change in here if item.takes_from(change.id)]
        places = [self._place(change.id) for change in touched]
        self._transfers.owe(places)
        self._transfers.ask_again({name for c in touched for name in attachment_names(to_wire(c))})
        self._changes.blank(places, item.paths)
        for change in touched:
            known = self._store.value("SELECT standing FROM change WHERE id = ?", (change.id,))
            if known == "known":
                self._outbox.acknowledge(change.id)

    def _remove_record(self, record: str) -> None:
        """Remove all of a record that the EHM has."""
        sent = self._changes.where(f"record.id = ? AND NOT {IS_UNSENT}", (record,))
        self._remove([self._place(change.id) for change in sent])
        self._store.run(
            "DELETE FROM record WHERE id = ?"
            " AND NOT EXISTS (SELECT 1 FROM change WHERE change.record = record.place)",
            (record,),
        )

    def _waits(self, item: Staged) -> bool:
        """True for a record to be removed of which only unsent work is left."""
        if not isinstance(item, GoneItem):
            return False
        of_record = "record.id = ? AND"
        return bool(self._changes.where(f"{of_record} {IS_UNSENT}", (item.record,), 1)) and not (
            self._changes.where(f"{of_record} NOT {IS_UNSENT}", (item.record,), 1)
        )

    def remove_family(self, family: str) -> Removed:
        """Takes a family off this device, if it is here; how much that was.

        What the EHM would not take stays, out of sight: it is nowhere else.
        """
        self._laying_out.throw_away(family)
        places = [
            place
            for (place,) in self._store.rows(
                "SELECT change.place FROM change JOIN family ON family.place = change.family"
                " WHERE family.id = ? AND standing <> 'rejected'",
                (family,),
            )
        ]
        files = self._files()
        self._remove(places)
        self._store.run("UPDATE family SET hidden = 2 WHERE id = ?", (family,))
        self._store.run(
            "DELETE FROM family WHERE id = ?"
            " AND NOT EXISTS (SELECT 1 FROM change WHERE change.family = family.place)",
            (family,),
        )
        return Removed(len(places), files - self._files())

    def _departed(self) -> list[LeftItem]:
        """Families that have left but for what the EHM would not take."""
        found = self._store.rows("SELECT id FROM family WHERE hidden = 2")
        return [LeftItem(family=family) for (family,) in found]

    def _remove(self, places: Sequence[int]) -> None:
        self._transfers.ask_again(self._transfers.named_by(places))
        self._changes.remove(places)

    def _files(self) -> int:
        return int(self._store.value("SELECT count(*) FROM attachment"))

    def _conflicts(self, family: str) -> int:
        return int(
            self._store.value(
                "SELECT count(*) FROM (SELECT 1 FROM head WHERE (record, path) IN"
                " (SELECT record, path FROM answer WHERE change IN"
                "  (SELECT later.place FROM change AS later"
                "  JOIN family ON family.place = later.family WHERE family.id = ?"
                "  AND EXISTS (SELECT 1 FROM change AS first"
                "   WHERE first.record = later.record AND first.place < later.place)))"
                " GROUP BY record, path"
                " HAVING count(DISTINCT json_array(value, absent, reason)) > 1)",
                (family,),
            )
        )

    def _hide(self, family: str) -> None:
        """It is no longer this worker's: out of sight until what is unsent was handed in."""
        self._store.run("UPDATE family SET hidden = 1 WHERE id = ?", (family,))

    def _is_here(self, family: str) -> bool:
        found = self._store.value("SELECT 1 FROM family WHERE id = ? AND hidden <> 2", (family,))
        return found is not None

    def _place(self, change: str) -> int:
        return int(self._store.value("SELECT place FROM change WHERE id = ?", (change,)) or 0)
