"""Whatever happens in whatever order, the vault stands as the replica in memory does."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.vault import laying_out, search
from desktop.vault.attachments import keep_attachment
from desktop.vault.changes import Changes
from desktop.vault.families import begin_family, families, records
from desktop.vault.packs import Packs
from desktop.vault.replica import StoredReplica
from desktop.vault.search import Search
from desktop.vault.state import State
from forms.records.heads import Heads
from sync.client.replica import Removed
from sync.contract.changes import from_wire, to_wire
from sync.contract.messages import (
    ChangeItem,
    ErasedItem,
    FamilyItem,
    FeedPage,
    GoneItem,
    Head,
    Item,
    LeftItem,
    MineItem,
    NewFamily,
    Result,
    Status,
    WireChange,
)
from tests.desktop.vault.making import CLOCK, BareStore, changes_of
from tests.sync.memory_replica import MemoryReplica
from tests.sync.writing import Pen

_PATHS = st.sampled_from(["/a", "/b", "/c"])
_WORDS = ["", "Mum", "Gran", "drawing", 'Nan\'s \\ "tea"\0 ☕\n']
_STATUSES = [Status.APPLIED, Status.APPLIED, *Status]
_ANY = st.integers(0, 10_000)


def _still() -> float:
    """A timer by which nothing takes any time."""
    return 0.0


class BothReplicas(RuleBasedStateMachine):
    """The same happenings to a vault and to the replica in memory."""

    def __init__(self) -> None:
        super().__init__()
        # of two changes, a family is large, and they are a part of it
        self.large = patch.multiple(laying_out, AT_ONCE=1, _FIRST=2)
        self.large.start()
        self.many = patch.object(search, "_MANY", 1)  # two answers are many to forget
        self.many.start()
        self.folder = tempfile.TemporaryDirectory()
        self.store = BareStore(Path(self.folder.name) / "vault.db").make()
        self.changes: Changes = changes_of(self.store)
        packs = Packs(self.store, State(self.store))
        self.mine, self.theirs = Pen(), Pen(worker="tom", seed=2)
        self.vault = StoredReplica(
            self.store, self.changes, packs, self.mine.worker, CLOCK, lambda _: Removed()
        )
        self.memory = MemoryReplica(self.mine.worker, self.mine.device)
        self.families: dict[str, NewFamily] = {}
        self.records: dict[str, str] = {}
        self.seq = 0

    def teardown(self) -> None:
        self.large.stop()
        self.many.stop()
        self.store.close()
        self.folder.cleanup()

    # what a person does

    @rule()
    @precondition(lambda self: len(self.families) < 3)
    def begin_family(self) -> None:
        family = self.mine.family()
        self._know(family)
        begin_family(self.store, family.id, family.begun)
        self.memory.begin_family(family)

    @rule(which=_ANY, path=_PATHS, word=st.sampled_from(_WORDS), sees=st.booleans())
    @precondition(lambda self: self.memory.state.families)
    def write(self, which: int, path: str, word: str, sees: bool) -> None:
        change = self._written(self.mine, which, path, word, sees, here=True)
        self.changes.write(from_wire(change))
        for sealed in self.changes.seal(change.record):
            self.memory.keep_change(to_wire(sealed))

    # what the EHM says

    @rule(kept=st.booleans())
    def register(self, kept: bool) -> None:
        status = Status.APPLIED if kept else Status.REJECTED
        waiting = list(self.memory.unregistered(10))[:1]
        for replica in (self.vault, self.memory):
            replica.families_registered(
                [Result(id=family.id, status=status) for family in waiting], self._head()
            )

    @rule(statuses=st.lists(st.sampled_from(_STATUSES), min_size=1, max_size=6))
    def answer_for_the_outbox(self, statuses: list[Status]) -> None:
        sent = self.memory.outbox(100, 10**9)
        results = [
            Result(id=c.id, status=s, words="A person will look.")
            for c, s in zip(sent, statuses, strict=False)
        ]
        head = self._head()
        for replica in (self.vault, self.memory):
            replica.record_results(results, head)

    @rule(data=st.data(), kinds=st.lists(st.sampled_from("fccccmelg"), min_size=1, max_size=5))
    def stage(self, data: st.DataObject, kinds: list[str]) -> None:
        if not self.families:
            self._know(self.theirs.family())
        items = [item for kind in kinds for item in self._items(kind, data.draw(_ANY))]
        self.seq += 1
        page = FeedPage(
            head=self._head(), cursor=f"e.{self.seq}", more=False, left=0, items=tuple(items)
        )
        for replica in (self.vault, self.memory):
            replica.stage(page)

    @rule()
    def prepare(self) -> None:
        """Nothing is seen of it: the memory knows nothing like it."""
        self.vault.prepare_next(_still)

    @rule()
    def show(self) -> None:
        ours = self.vault.show_next_families(_still)
        theirs = [self.memory.show_next_families(_still) for _ in ours] or [
            self.memory.show_next_families(_still)
        ]
        assert ours == [shown for each in theirs for shown in each]

    @rule(which=_ANY, listed=st.integers(0, 4))
    @precondition(lambda self: self.memory.state.families)
    def mend(self, which: int, listed: int) -> None:
        ids = sorted(self.memory.state.families)
        family = self.families[ids[which % len(ids)]]
        here = [c for c in self.memory.state.changes.values() if c.family == family.id]
        items: list[Item] = [
            self._listed(family.id),
            *(ChangeItem(change=change) for change in here[:listed]),
        ]
        for replica in (self.vault, self.memory):
            replica.mend(family.id, items)

    @rule()
    @precondition(lambda self: self.seq % 4 == 3)
    def begin_again(self) -> None:
        for replica in (self.vault, self.memory):
            replica.begin_again()

    @rule()
    def send_attachments(self) -> None:
        for reference in self.memory.attachments_to_send(2):
            for replica in (self.vault, self.memory):
                replica.attachment_sent(reference.name)

    # what must be the same

    @invariant()
    def stands_the_same(self) -> None:
        vault, memory = self.vault, self.memory
        known = set(memory.state.families)
        assert {f: d for f, d in vault.digests().items() if f in known} == memory.digests()
        assert vault.standing() == memory.standing()
        assert vault.staged() == memory.staged()
        assert vault.waiting() == memory.waiting()
        assert {f.id for f in vault.unregistered(99)} == {f.id for f in memory.unregistered(99)}
        sent = [{c.id: c for c in each.outbox(999, 10**9)} for each in (vault, memory)]
        assert sent[0] == sent[1]
        for many in ("attachments_to_send", "attachments_wanted"):
            ours, theirs = getattr(vault, many)(99), getattr(memory, many)(99)
            assert {r.name for r in ours} == {r.name for r in theirs}

    @invariant()
    def shows_the_same(self) -> None:
        for record in self.records:
            ours = Heads(self.changes.where("record.id = ? AND hidden <> 2", (record,)))
            theirs = self.memory.heads(record)
            assert {p: dict(ours.of(p)) for p in ours.paths()} == {
                p: dict(theirs.of(p)) for p in theirs.paths()
            }

    @invariant()
    def finds_what_it_shows(self) -> None:
        in_view = {family for row in families(self.store) for family in row.ids}
        for word in ("Mum", "Gran"):
            said = {
                family
                for record, family in self.records.items()
                for heads in [self.memory.heads(record)]
                if any(a.value == word for p in heads.paths() for a in heads.of(p).values())
            }
            assert set(Search(self.store).families(word)) == said & in_view

    @invariant()
    def no_record_is_shown_twice_or_not_at_all(self) -> None:
        """However families are said to be part of each other, in circles and of themselves too."""
        told = self.store.rows("SELECT id, part_of, notice FROM family")
        memory = self.memory.state.families
        assert {f: (part, words) for f, part, words in told if f in memory} == {
            f: (kept.part_of, kept.notice) for f, kept in memory.items()
        }
        shown = [
            record.id for row in families(self.store) for record in records(self.store, row.id)
        ]
        in_view = self.store.rows(
            "SELECT record.id FROM record_in_sight AS record"
            " JOIN family ON family.place = record.family WHERE NOT hidden"
        )
        assert sorted(shown) == sorted(record for (record,) in in_view)

    # how things are made

    def _know(self, family: NewFamily) -> None:
        self.families[family.id] = family
        self.records[self.mine.id()] = family.id

    def _head(self) -> Head:
        return Head(epoch="e", seq=self.seq, hash=f"h{self.seq}")

    def _listed(self, family: str) -> FamilyItem:
        known, others = self.families[family], [None, *sorted(self.families)]
        return FamilyItem(
            family=family,
            reference=known.reference,
            begun=known.begun,
            part_of=others[self.seq % len(others)],
            notice="A coordinator will ring you." if self.seq % 3 else "",
        )

    def _items(self, kind: str, which: int) -> list[Item]:
        family = sorted(self.families)[which % len(self.families)]
        if kind == "e":
            record = next(r for r, f in self.records.items() if f == family)
            known = [*self.memory.state.changes.values(), *self._staged_changes()]
            meant = tuple({c.id for c in known if c.record == record}) if which % 3 else ()
            paths = ("/a",) if which % 2 else ()
            return [ErasedItem(family=family, record=record, paths=paths, changes=meant)]
        if kind == "l":
            return [LeftItem(family=family)]
        if kind == "g":
            records = sorted(r for r, f in self.records.items() if f == family)
            return [GoneItem(family=family, record=records[which % len(records)])]
        if kind == "m":
            mine = [c.id for c in self.memory.state.changes.values() if c.author == "priya"]
            named = mine[which % len(mine)] if mine else self.mine.id()
            of = self.memory.state.changes[named].family if mine else family
            return [MineItem(family=of, id=named)]
        if kind == "f":
            return [self._listed(family)]
        if kind == "a" and (here := list(self.memory.state.changes.values())):
            again = here[which % len(here)]
            return [self._listed(again.family), ChangeItem(change=again)]
        path, word = "/" + "abc"[which % 3], ("Dad", _WORDS[-1])[which % 2]
        change = self._written(self.theirs, which, path, word, bool(which % 5))
        return [self._listed(change.family), ChangeItem(change=change)]

    def _staged_changes(self) -> list[WireChange]:
        staged = self.memory.state.staged
        return [item.change for item in staged if isinstance(item, ChangeItem)]

    def _written(
        self, pen: Pen, which: int, path: str, word: str, sees: bool, here: bool = False
    ) -> WireChange:
        records = [
            r for r, f in self.records.items() if not here or f in self.memory.state.families
        ]
        record = sorted(records)[which % len(records)]
        if word == "drawing":
            content = f"drawing {which % 4}".encode()
            word = keep_attachment(self.store, content, "image/png")
            self.memory.keep_attachment(content, "png")
        seen = self.memory.heads(record).base(path) if sees else ()
        return pen.change(self.records[record], record, {path: word}, {path: seen})


BothReplicas.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestBothReplicas = BothReplicas.TestCase
