"""What every replica promises. Subclass ``ReplicaContract`` and give it the fixtures below.

``replica``: an empty one for worker ``PEN.worker`` on device ``PEN.device``. ``begin_family`` and
``write`` do what a person does: begin a family on the device, and seal one change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from time import monotonic

import pytest

from sync.client.replica import Removed, Replica
from sync.contract import digest
from sync.contract.changes import erased
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
    Order,
    OrderKind,
    Result,
    Status,
    WireChange,
)
from tests.sync.writing import BEGUN, Pen

MINE = Pen()
THEIRS = Pen(worker="tom", device="0192f3c0-0000-7000-8000-0000000000d2")


def head(seq: int, epoch: str = "e") -> Head:
    return Head(epoch=epoch, seq=seq, hash=f"h{seq}")


def page(seq: int, *items: Item) -> FeedPage:
    return FeedPage(head=head(seq), cursor=f"e.{seq}", more=False, left=0, items=items)


def results(changes: Iterable[WireChange], status: Status, words: str = "") -> list[Result]:
    return [Result(id=change.id, status=status, words=words) for change in changes]


def listed(family: NewFamily, number: str = "") -> FamilyItem:
    return FamilyItem(
        family=family.id, reference=family.reference, begun=family.begun, number=number
    )


def order_to_remove(family: str) -> Order:
    return Order(
        id=MINE.device,
        device=MINE.device,
        kind=OrderKind.PURGE,
        family=family,
        at=BEGUN,
        by=("ann",),
        words="",
        signature="",
    )


def show_all(replica: Replica) -> list[str]:
    shown = []
    while families := replica.show_next_families(monotonic):
        shown += [each.family for each in families]
    return shown


class ReplicaContract:
    """Run against each replica.

    Over thirty methods, and so a long file: a test for each promise, and what those tests need.
    """

    @pytest.fixture
    def replica(self) -> Replica:
        raise NotImplementedError

    def begin_family(self, replica: Replica, family: NewFamily) -> None:
        raise NotImplementedError

    def write(self, replica: Replica, change: WireChange) -> None:
        raise NotImplementedError

    def keep_attachment(self, replica: Replica, content: bytes) -> str:
        """Keeps a PNG and gives its name."""
        raise NotImplementedError

    def note(self, replica: Replica) -> None:
        """Something happened that the audit has."""
        raise NotImplementedError

    def told_of(self, replica: Replica, family: str) -> tuple[str | None, str]:
        """Which family it is part of, and the notice to the worker."""
        raise NotImplementedError

    def seen_answers(self, replica: Replica, family: str, record: str) -> Mapping[str, set[str]]:
        """Path to the values of its heads, as the worker would see them."""
        raise NotImplementedError

    @pytest.fixture
    def family(self, replica: Replica) -> NewFamily:
        family = MINE.family()
        self.begin_family(replica, family)
        return family

    @pytest.fixture
    def written(self, replica: Replica, family: NewFamily) -> list[WireChange]:
        record = MINE.id()
        first = MINE.change(family.id, record, {"/note/what": "We met at the library."})
        second = MINE.change(
            family.id, record, {"/note/what": "We met at home."}, {"/note/what": (first.id,)}
        )
        for change in (first, second):
            self.write(replica, change)
        return [first, second]

    # going out
    def test_a_family_is_unregistered_until_the_centre_kept_it(
        self, replica: Replica, family: NewFamily
    ) -> None:
        assert [each.id for each in replica.unregistered(10)] == [family.id]
        assert replica.unregistered(10)[0].reference == family.reference
        replica.families_registered([Result(id=family.id, status=Status.APPLIED)], head(3))
        assert list(replica.unregistered(10)) == []
        assert replica.standing().seen == head(3)

    def test_the_outbox_gives_sealed_changes_oldest_first_exactly(
        self, replica: Replica, written: list[WireChange]
    ) -> None:
        assert list(replica.outbox(10, 10_000)) == written

    def test_the_outbox_gives_at_least_one_and_at_most_what_was_asked(
        self, replica: Replica, written: list[WireChange]
    ) -> None:
        assert list(replica.outbox(1, 10_000)) == written[:1]
        assert list(replica.outbox(10, 1)) == written[:1]

    @pytest.mark.parametrize("status", [Status.APPLIED, Status.ALREADY, Status.CONFLICT])
    def test_what_the_ehm_has_leaves_the_outbox_and_counts_in_the_digest(
        self, replica: Replica, written: list[WireChange], status: Status
    ) -> None:
        family = written[0].family
        assert replica.digests().get(family, digest.EMPTY) == digest.EMPTY
        replica.record_results(results(written, status), head(5))
        assert list(replica.outbox(10, 10_000)) == []
        assert replica.waiting().changes == 0
        expected = digest.family_digest(digest.fingerprint(change) for change in written)
        assert replica.digests()[family] == expected
        assert replica.standing().seen == head(5)

    @pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED])
    def test_what_was_held_or_rejected_stays_here_and_blocks_nothing(
        self, replica: Replica, written: list[WireChange], status: Status
    ) -> None:
        replica.record_results(results(written[:1], status, "A person will look at it."), head(5))
        assert list(replica.outbox(10, 10_000)) == written[1:]
        replica.record_results(results(written[1:], status), head(6))
        assert replica.digests().get(written[0].family, digest.EMPTY) == digest.EMPTY
        seen = self.seen_answers(replica, written[0].family, written[0].record)
        assert seen["/note/what"] == {"We met at home."}

    def test_waiting_names_the_oldest(self, replica: Replica, written: list[WireChange]) -> None:
        waiting = replica.waiting()
        assert (waiting.changes, waiting.oldest) == (2, written[0].at)

    # coming in
    def test_a_staged_page_shows_nothing_and_moves_the_cursor(self, replica: Replica) -> None:
        family, record = THEIRS.family(), THEIRS.id()
        change = THEIRS.change(family.id, record, {"/note/what": "School rang."})
        replica.stage(page(7, listed(family), ChangeItem(change=change)))
        assert replica.standing().cursor == "e.7"
        assert replica.standing().seen == head(7)
        assert replica.staged() == (1, 2)
        assert replica.digests().get(family.id, digest.EMPTY) == digest.EMPTY

    def test_a_family_is_shown_whole(self, replica: Replica) -> None:
        family, record = THEIRS.family(), THEIRS.id()
        changes = [THEIRS.change(family.id, record, {f"/note/q{n}": str(n)}) for n in range(3)]
        replica.stage(page(2, listed(family, "EH-1"), ChangeItem(change=changes[0])))
        replica.stage(page(4, *(ChangeItem(change=change) for change in changes[1:])))
        here = {change.id: record for change in changes}
        assert replica.records_of_changes(family.id) == here
        (shown,) = replica.show_next_families(monotonic)
        assert replica.records_of_changes(family.id) == here
        assert (shown.family, shown.is_new, shown.changes, shown.left) == (
            family.id,
            True,
            3,
            False,
        )
        assert shown.authors == {"tom"}
        assert not replica.show_next_families(monotonic)
        assert replica.staged() == (0, 0)
        assert self.seen_answers(replica, family.id, record) == {
            "/note/q0": {"0"},
            "/note/q1": {"1"},
            "/note/q2": {"2"},
        }
        expected = digest.family_digest(digest.fingerprint(change) for change in changes)
        assert replica.digests()[family.id] == expected
        assert list(replica.unregistered(10)) == []

    def test_what_the_centre_says_of_a_family_is_kept_until_it_says_otherwise(
        self, replica: Replica
    ) -> None:
        one, other = listed(THEIRS.family()), listed(THEIRS.family())
        ring = other.model_copy(update={"notice": "A coordinator will ring you."})
        part = other.model_copy(update={"part_of": one.family})
        replica.stage(page(2, one, ring))
        assert len(show_all(replica)) == 2
        assert self.told_of(replica, other.family) == (None, "A coordinator will ring you.")
        replica.stage(page(3, part))
        assert self.told_of(replica, other.family)[0] is None  # staged, not shown
        show_all(replica)
        assert self.told_of(replica, other.family) == (one.family, "")
        assert self.told_of(replica, one.family) == (None, "")
        assert set(replica.digests()) == {one.family, other.family}
        replica.mend(other.family, [other])
        assert self.told_of(replica, other.family) == (None, "")

    def test_families_are_shown_one_at_a_time(self, replica: Replica) -> None:
        families = [THEIRS.family() for _ in range(3)]
        replica.stage(page(3, *(listed(family) for family in families)))
        assert sorted(show_all(replica)) == sorted(family.id for family in families)

    def test_the_same_page_twice_is_the_page_once(self, replica: Replica) -> None:
        family, record = THEIRS.family(), THEIRS.id()
        change = THEIRS.change(family.id, record, {"/note/what": "School rang."})
        for _ in range(2):
            replica.stage(page(2, listed(family), ChangeItem(change=change)))
            show_all(replica)
        assert replica.digests()[family.id] == digest.family_digest([digest.fingerprint(change)])

    def test_answers_unseen_by_each_other_both_stay(
        self, replica: Replica, written: list[WireChange]
    ) -> None:
        theirs = THEIRS.change(
            written[0].family,
            written[0].record,
            {"/note/what": "We met at Gran's."},
            {"/note/what": (written[0].id,)},
        )
        replica.stage(page(2, ChangeItem(change=theirs)))
        (shown,) = replica.show_next_families(monotonic)
        assert shown.conflicts == 1
        seen = self.seen_answers(replica, theirs.family, theirs.record)
        assert seen["/note/what"] == {"We met at home.", "We met at Gran's."}
        assert list(replica.outbox(10, 10_000)) == written

    def test_being_listed_as_mine_acknowledges(
        self, replica: Replica, written: list[WireChange]
    ) -> None:
        first = written[0]
        replica.stage(page(2, MineItem(family=first.family, id=first.id)))
        show_all(replica)
        assert list(replica.outbox(10, 10_000)) == written[1:]
        assert replica.digests()[first.family] == digest.family_digest([digest.fingerprint(first)])

    def test_erased_words_are_gone_and_the_order_of_writing_stays(self, replica: Replica) -> None:
        family, record = THEIRS.family(), THEIRS.id()
        first = THEIRS.change(family.id, record, {"/note/what": "About a neighbour.", "/a": "1"})
        second = THEIRS.change(
            family.id, record, {"/note/what": "More of it."}, {"/note/what": (first.id,)}
        )
        replica.stage(page(3, listed(family), *(ChangeItem(change=c) for c in (first, second))))
        show_all(replica)
        erase = ErasedItem(family=family.id, record=record, paths=("/note/what",))
        replica.stage(page(4, erase))
        show_all(replica)
        seen = self.seen_answers(replica, family.id, record)
        assert seen.get("/note/what", {""}) == {""}
        assert seen["/a"] == {"1"}

    def test_what_was_written_after_an_erasure_keeps_its_words(self, replica: Replica) -> None:
        family, record = THEIRS.family(), THEIRS.id()
        first = THEIRS.change(family.id, record, {"/note/what": "About a neighbour."})
        second = THEIRS.change(
            family.id, record, {"/note/what": "We met."}, {"/note/what": (first.id,)}
        )
        replica.stage(page(3, listed(family), *(ChangeItem(change=c) for c in (first, second))))
        show_all(replica)
        erase = ErasedItem(family=family.id, record=record, changes=(first.id,))
        replica.stage(page(4, erase))
        show_all(replica)
        seen = self.seen_answers(replica, family.id, record)
        assert seen["/note/what"] == {"We met."}
        expected = digest.family_digest(digest.fingerprint(c) for c in (erased(first, ()), second))
        assert replica.digests()[family.id] == expected

    def test_a_family_that_left_is_gone(self, replica: Replica) -> None:
        family, record = THEIRS.family(), THEIRS.id()
        change = THEIRS.change(family.id, record, {"/note/what": "School rang."})
        replica.stage(page(2, listed(family), ChangeItem(change=change)))
        show_all(replica)
        replica.stage(page(3, LeftItem(family=family.id)))
        (shown,) = replica.show_next_families(monotonic)
        assert shown.left
        assert family.id not in replica.digests()

    def test_a_record_that_is_gone_leaves_nothing_and_the_rest_stays(
        self, replica: Replica
    ) -> None:
        family, record, other = THEIRS.family(), THEIRS.id(), THEIRS.id()
        hidden = THEIRS.change(family.id, record, {"/note/what": "School rang."})
        stays = THEIRS.change(family.id, other, {"/note/what": "We met."})
        replica.stage(page(2, listed(family), *(ChangeItem(change=c) for c in (hidden, stays))))
        show_all(replica)
        replica.stage(page(3, GoneItem(family=family.id, record=record)))
        assert show_all(replica) == [family.id]
        assert replica.staged() == (0, 0)
        expected = digest.family_digest([digest.fingerprint(stays)])
        assert replica.digests() == {family.id: expected}
        assert not any(self.seen_answers(replica, family.id, record).values())

    def test_unsent_work_of_a_record_that_is_gone_is_handed_in_and_then_goes(
        self, replica: Replica, written: list[WireChange]
    ) -> None:
        first = written[0]
        theirs = THEIRS.change(first.family, first.record, {"/note/who": "Gran"})
        replica.stage(page(3, ChangeItem(change=theirs)))
        show_all(replica)
        replica.stage(page(4, GoneItem(family=first.family, record=first.record)))
        show_all(replica)
        assert not replica.show_next_families(monotonic)
        assert list(replica.outbox(10, 10_000)) == written
        assert not self.seen_answers(replica, first.family, first.record).get("/note/who")
        replica.record_results(results(written, Status.HELD), head(5))
        show_all(replica)
        assert replica.staged() == (0, 0)
        assert not any(self.seen_answers(replica, first.family, first.record).values())

    def test_what_must_go_first_goes_first(
        self, replica: Replica, written: list[WireChange]
    ) -> None:
        last = MINE.change(written[0].family, MINE.id(), {"/sharing/no": "yes"}, form="sharing")
        self.write(replica, last)
        assert list(replica.outbox(10, 10_000, ("sharing",))) == [last, *written]
        assert list(replica.outbox(1, 10_000, ("sharing",))) == [last]

    def test_a_family_with_unsent_work_does_not_leave_before_it_was_handed_in(
        self, replica: Replica, written: list[WireChange]
    ) -> None:
        family = written[0].family
        replica.stage(page(3, LeftItem(family=family)))
        assert show_all(replica) == []
        assert list(replica.outbox(10, 10_000)) == written
        replica.record_results(results(written, Status.HELD), head(4))
        assert show_all(replica) == [family]
        assert list(replica.outbox(10, 10_000)) == []

    @pytest.mark.parametrize("is_ordered", [False, True])
    def test_what_the_ehm_would_not_take_outlives_its_family_out_of_sight(
        self, replica: Replica, written: list[WireChange], is_ordered: bool
    ) -> None:
        kept, refused = written
        replica.record_results(results([kept], Status.APPLIED), head(2))
        replica.record_results(results([refused], Status.REJECTED, "Too long."), head(2))
        if is_ordered:
            assert replica.carry_out(order_to_remove(kept.family)) == Removed(changes=1)
        else:
            replica.stage(page(3, LeftItem(family=kept.family)))
            assert show_all(replica) == [kept.family]
        assert kept.family not in replica.digests()
        assert replica.staged() == (0, 0)
        assert not self.seen_answers(replica, kept.family, kept.record)
        replica.begin_again()
        assert list(replica.outbox(10, 10_000)) == [refused]
        assert not show_all(replica)
        replica.record_results(results([refused], Status.HELD), head(1))
        assert show_all(replica) == [kept.family]
        replica.begin_again()
        assert list(replica.outbox(10, 10_000)) == []

    def test_what_the_ehm_would_not_take_comes_back_with_its_family(
        self, replica: Replica, family: NewFamily, written: list[WireChange]
    ) -> None:
        replica.record_results(results(written, Status.REJECTED), head(2))
        replica.stage(page(3, LeftItem(family=family.id)))
        show_all(replica)
        replica.stage(page(4, listed(family)))
        assert show_all(replica) == [family.id]
        seen = self.seen_answers(replica, family.id, written[0].record)
        assert seen == {"/note/what": {"We met at home."}}

    def test_what_was_given_again_after_its_family_left_is_here(self, replica: Replica) -> None:
        family = THEIRS.family()
        change = THEIRS.change(family.id, THEIRS.id(), {"/note/what": "School rang."})
        given = (listed(family), ChangeItem(change=change))
        replica.stage(page(2, *given, LeftItem(family=family.id), *given))
        (shown,) = replica.show_next_families(monotonic)
        assert (shown.changes, shown.left) == (1, False)
        expected = digest.family_digest([digest.fingerprint(change)])
        assert replica.digests() == {family.id: expected}

    def test_what_the_ehm_took_after_all_leaves_with_its_family(
        self, replica: Replica, family: NewFamily, written: list[WireChange]
    ) -> None:
        replica.record_results(results(written, Status.REJECTED), head(2))
        taken = (ChangeItem(change=change) for change in written)
        replica.stage(page(3, *taken, LeftItem(family=family.id)))
        assert show_all(replica) == [family.id]
        replica.stage(page(4, listed(family)))
        show_all(replica)
        assert not self.seen_answers(replica, family.id, written[0].record)

    def test_an_order_waits_for_what_was_written_meanwhile(
        self, replica: Replica, written: list[WireChange]
    ) -> None:
        family = written[0].family
        assert replica.carry_out(order_to_remove(family)) is None
        assert list(replica.outbox(10, 10_000)) == written
        replica.record_results(results(written, Status.HELD), head(4))
        removed = replica.carry_out(order_to_remove(family))
        assert removed == Removed(changes=2)
        assert replica.carry_out(order_to_remove(family)) == Removed()

    # the audit
    def test_the_audit_is_sent_in_order_from_where_the_ehm_is(self, replica: Replica) -> None:
        for _ in range(3):
            self.note(replica)
        numbers = [line.number for line in replica.audit_to_send(100)]
        assert len(numbers) >= 3
        assert numbers == list(range(1, len(numbers) + 1))
        before = "0" * 64
        for line in replica.audit_to_send(100):
            before = hashlib.sha256(f"{before}\n{line.entry}".encode()).hexdigest()
            assert line.hash == before
        replica.audit_taken(numbers[-1])
        assert list(replica.audit_to_send(100)) == []
        replica.audit_taken(1)
        assert [line.number for line in replica.audit_to_send(1)] == [2]

    # the server's past
    def test_begin_again_offers_everything_under_its_own_id(
        self, replica: Replica, family: NewFamily, written: list[WireChange]
    ) -> None:
        theirs = THEIRS.change(family.id, written[0].record, {"/note/who": "Gran"})
        replica.families_registered([Result(id=family.id, status=Status.APPLIED)], head(1))
        replica.record_results(results(written[:1], Status.APPLIED), head(2))
        replica.stage(page(3, ChangeItem(change=theirs)))
        replica.begin_again()
        assert {c.id for c in replica.outbox(10, 100_000)} == {c.id for c in (*written, theirs)}
        assert [each.id for each in replica.unregistered(10)] == [family.id]
        assert (replica.standing().cursor, replica.standing().seen) == ("", None)
        assert replica.staged() == (0, 0)
        seen = self.seen_answers(replica, family.id, written[0].record)
        assert seen["/note/who"] == {"Gran"}

    def test_begin_again_gives_back_even_what_was_about_to_leave(
        self, replica: Replica, family: NewFamily, written: list[WireChange]
    ) -> None:
        theirs = THEIRS.change(family.id, written[0].record, {"/note/who": "Gran"})
        replica.record_results(results(written, Status.APPLIED), head(2))
        replica.stage(page(3, ChangeItem(change=theirs), LeftItem(family=family.id)))
        replica.begin_again()
        offered = replica.outbox(10, 100_000)
        assert {c.id for c in offered} == {c.id for c in (*written, theirs)}
        assert show_all(replica) == []
        replica.record_results(results(offered, Status.HELD), head(2))
        assert show_all(replica) == [family.id]
        assert family.id not in replica.digests()

    def test_begin_again_keeps_a_family_that_left_and_came_back(
        self, replica: Replica, family: NewFamily, written: list[WireChange]
    ) -> None:
        replica.stage(page(3, LeftItem(family=family.id), listed(family)))
        replica.begin_again()
        assert replica.staged() == (0, 0)
        assert {c.id for c in replica.outbox(10, 100_000)} == {c.id for c in written}

    def test_mend_makes_the_family_what_the_ehm_lists(
        self, replica: Replica, family: NewFamily, written: list[WireChange]
    ) -> None:
        record = written[0].record
        unknown = THEIRS.change(family.id, record, {"/note/who": "Gran"})
        extra = THEIRS.change(family.id, record, {"/note/extra": "not for this worker"})
        replica.record_results(results(written, Status.APPLIED), head(2))
        replica.stage(page(3, ChangeItem(change=extra)))
        show_all(replica)
        replica.mend(
            family.id, [listed(family), ChangeItem(change=written[0]), ChangeItem(change=unknown)]
        )
        assert [change.id for change in replica.outbox(10, 10_000)] == [written[1].id]
        seen = self.seen_answers(replica, family.id, record)
        assert seen["/note/who"] == {"Gran"}
        assert "/note/extra" not in seen
        expected = digest.family_digest(digest.fingerprint(c) for c in (written[0], unknown))
        assert replica.digests()[family.id] == expected

    def test_the_furthest_head_is_kept(self, replica: Replica) -> None:
        replica.saw(head(9))
        replica.saw(head(4))
        assert replica.standing().seen == head(9)
        replica.saw(head(2, epoch="f"))
        assert replica.standing().seen == head(2, epoch="f")

    # attachments
    def test_attachments_wait_for_their_words_and_are_sent_once(
        self, replica: Replica, family: NewFamily
    ) -> None:
        name = self.keep_attachment(replica, b"\x89PNG a drawing of a dog")
        change = MINE.change(family.id, MINE.id(), {"/voice/drawing": name})
        self.write(replica, change)
        assert list(replica.attachments_to_send(5)) == []
        replica.record_results(results([change], Status.APPLIED), head(2))
        (reference,) = replica.attachments_to_send(5)
        assert (reference.name, reference.record) == (name, change.record)
        assert reference.size == len(b"\x89PNG a drawing of a dog")
        assert replica.attachment(name) == b"\x89PNG a drawing of a dog"
        assert replica.waiting().attachments == 1
        replica.attachment_sent(name)
        assert list(replica.attachments_to_send(5)) == []
        assert replica.waiting().attachments == 0

    def drawn(self, replica: Replica, family: str, status: Status) -> tuple[str, WireChange]:
        """A drawing of which the words went before it, and what the EHM said of them."""
        name = self.keep_attachment(replica, b"\x89PNG a drawing of a dog")
        change = MINE.change(family, MINE.id(), {"/voice/drawing": name})
        self.write(replica, change)
        replica.record_results(results([change], status), head(2))
        return name, change

    @pytest.mark.parametrize("status", [Status.APPLIED, Status.HELD])
    def test_a_family_does_not_leave_before_what_was_drawn_was_sent(
        self, replica: Replica, family: NewFamily, status: Status
    ) -> None:
        name, change = self.drawn(replica, family.id, status)
        replica.stage(page(3, LeftItem(family=family.id)))
        assert show_all(replica) == []
        (reference,) = replica.attachments_to_send(5)
        assert (reference.name, reference.record) == (name, change.record)
        replica.attachment_sent(name)
        assert show_all(replica) == [family.id]
        assert replica.waiting().attachments == 0
        assert list(replica.attachments_to_send(5)) == []

    @pytest.mark.parametrize("status", [Status.APPLIED, Status.HELD])
    def test_a_record_does_not_go_before_what_was_drawn_was_sent(
        self, replica: Replica, family: NewFamily, status: Status
    ) -> None:
        name, change = self.drawn(replica, family.id, status)
        theirs = THEIRS.change(family.id, change.record, {"/note/who": "Gran"})
        replica.stage(page(3, ChangeItem(change=theirs)))
        show_all(replica)
        replica.stage(page(4, GoneItem(family=family.id, record=change.record)))
        show_all(replica)
        assert not self.seen_answers(replica, family.id, change.record).get("/note/who")
        assert replica.attachment(name) == b"\x89PNG a drawing of a dog"
        replica.attachment_sent(name)
        show_all(replica)
        assert replica.staged() == (0, 0)
        assert not any(self.seen_answers(replica, family.id, change.record).values())
        assert replica.waiting().attachments == 0

    def test_a_file_whose_answer_was_taken_out_before_it_had_gone_is_owed_and_then_goes(
        self, replica: Replica, family: NewFamily
    ) -> None:
        name, change = self.drawn(replica, family.id, Status.APPLIED)
        replica.stage(
            page(4, ErasedItem(family=family.id, record=change.record, changes=(change.id,)))
        )
        show_all(replica)
        assert not any(
            self.seen_answers(replica, family.id, change.record).get("/voice/drawing", {})
        )
        (reference,) = replica.attachments_to_send(5)
        assert (reference.name, reference.record) == (name, change.record)
        assert reference.is_owed
        assert replica.attachment(name) == b"\x89PNG a drawing of a dog"
        replica.stage(page(5, LeftItem(family=family.id)))
        assert show_all(replica) == [family.id]
        assert replica.waiting().attachments == 1
        replica.attachment_sent(name)
        assert list(replica.attachments_to_send(5)) == []
        assert replica.waiting().attachments == 0
        replica.begin_again()
        assert replica.waiting().attachments == 0

    def test_what_was_drawn_is_owed_if_the_ehm_lists_its_change_without_words(
        self, replica: Replica, family: NewFamily
    ) -> None:
        name, change = self.drawn(replica, family.id, Status.APPLIED)
        replica.mend(family.id, [listed(family), ChangeItem(change=erased(change, ()))])
        assert [each.name for each in replica.attachments_to_send(5) if each.is_owed] == [name]

    def test_a_file_of_which_an_answer_was_erased_is_offered_again(
        self, replica: Replica, family: NewFamily
    ) -> None:
        """The EHM lets go of a file with its last answer; it may not know of a later one yet."""
        name = self.keep_attachment(replica, b"\x89PNG a drawing of a dog")
        first, second = (
            MINE.change(family.id, MINE.id(), {"/voice/drawing": name}) for _ in range(2)
        )
        self.write(replica, first)
        replica.record_results(results([first], Status.APPLIED), head(2))
        replica.attachment_sent(name)
        self.write(replica, second)
        replica.record_results(results([second], Status.APPLIED), head(3))
        assert list(replica.attachments_to_send(5)) == []
        replica.stage(
            page(4, ErasedItem(family=family.id, record=first.record, changes=(first.id,)))
        )
        show_all(replica)
        (reference,) = replica.attachments_to_send(5)
        assert (reference.name, reference.record) == (name, second.record)

    def test_a_file_goes_with_its_answer_when_that_comes_again_without_words(
        self, replica: Replica, family: NewFamily
    ) -> None:
        """Given anew after its words were erased: no other message says that they were."""
        name = self.keep_attachment(replica, b"\x89PNG a drawing of a dog")
        change = MINE.change(family.id, MINE.id(), {"/voice/drawing": name})
        self.write(replica, change)
        replica.record_results(results([change], Status.APPLIED), head(2))
        replica.attachment_sent(name)
        replica.stage(page(3, listed(family), ChangeItem(change=erased(change, ()))))
        show_all(replica)
        alike = THEIRS.change(family.id, THEIRS.id(), {"/voice/drawing": name})
        replica.stage(page(4, ChangeItem(change=alike)))
        show_all(replica)
        assert [each.name for each in replica.attachments_wanted(5)] == [name]

    def test_a_file_of_which_an_answer_left_is_offered_again(
        self, replica: Replica, family: NewFamily
    ) -> None:
        """Erased where this worker has it no more, the EHM may have let go of the file."""
        name = self.keep_attachment(replica, b"\x89PNG a drawing of a dog")
        other = MINE.family()
        self.begin_family(replica, other)
        first, second, third = (
            MINE.change(each.id, MINE.id(), {"/voice/drawing": name})
            for each in (other, family, family)
        )
        for change in (first, second, third):
            self.write(replica, change)
        replica.record_results(results([first, second, third], Status.APPLIED), head(2))
        for going in (
            LeftItem(family=other.id),
            GoneItem(family=family.id, record=second.record),
        ):
            replica.attachment_sent(name)
            assert list(replica.attachments_to_send(5)) == []
            replica.stage(page(3, going))
            show_all(replica)
            waiting = replica.attachments_to_send(5)
            assert {each.name for each in waiting} == {name}
        assert [each.record for each in waiting] == [third.record]

    def test_a_wanted_attachment_comes_in_parts_and_is_checked(self, replica: Replica) -> None:
        content = b"\x89PNG a picture of the house"
        name = f"sha256-{hashlib.sha256(content).hexdigest()}.png"
        family = THEIRS.family()
        change = THEIRS.change(family.id, THEIRS.id(), {"/voice/drawing": name})
        replica.stage(page(2, listed(family), ChangeItem(change=change)))
        show_all(replica)
        (reference,) = replica.attachments_wanted(5)
        assert (reference.name, reference.record) == (name, change.record)
        assert replica.attachment_part(name, 0, content[:10], is_last=False)
        assert replica.attachment_begun(name) == 10
        assert not replica.attachment_part(name, 10, b"something else", is_last=True)
        assert replica.attachment_begun(name) == 0
        assert replica.attachment_part(name, 0, content[:10], is_last=False)
        assert replica.attachment_part(name, 10, content[10:], is_last=True)
        assert replica.attachment(name) == content
        assert list(replica.attachments_wanted(5)) == []
        assert list(replica.attachments_to_send(5)) == []

    def test_the_family_of_begun_is_kept(self, replica: Replica, family: NewFamily) -> None:
        assert family.begun == BEGUN
        assert replica.unregistered(1)[0].begun == BEGUN
