"""Two laptops and a real EHM: enrolled, synced, disagreeing, cut off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.services.opened_record import NewerForm
from desktop.services.packs import FormMissing
from desktop.services.print_views import CopyFate, CopyTold
from desktop.services.unlocking import Services
from sync.contract.messages import FamilyItem
from sync.ehm import council, families, packs
from sync.ehm.matching import bonds
from tests.desktop.services.changed_form import (
    FACTS,
    NEXT,
    OTHERS,
    REWORDED,
    WHO_ELSE,
    changed_pack,
)
from tests.desktop.services.making import Desk, desk_of, synced

FAMILY_NAME = "/household/family/family_name"
PAPER = "/safety_check/talking/safe_paper"


def named_family(desk: Desk, name: str) -> tuple[str, str]:
    family = desk.families.begin()
    return family, desk.fill(family, "household", family__family_name=name)


def test_a_family_begun_offline_is_on_the_second_laptop_of_the_same_worker(laptop):
    first, second = laptop("Priya Shah"), laptop("Priya Shah")
    family, _ = named_family(desk_of(first), "The Sandersons")
    sent = synced(first)
    assert (sent.sent, sent.trouble, sent.state.waiting) == (1, None, 0)
    news = synced(second).news
    assert [(one.family, one.name) for one in news] == [(family, "The Sandersons")]
    assert [line.name for line in second.families.list()] == ["The Sandersons"]


def test_two_people_who_differ_are_both_kept_until_one_settles_it(laptop, ehm):
    priya, sam = laptop("Priya Shah"), laptop("Sam Okoro")
    family, record = named_family(desk_of(priya), "Sanderson")
    synced(priya)
    ehm.give("Sam Okoro", family)
    synced(sam)
    for services, name in ((priya, "Sanderson-Lee"), (sam, "Lee")):
        filling = desk_of(services).open(record)
        filling.answer(FAMILY_NAME, name)
        services.records.seal(filling.freeze())
    synced(priya)
    synced(sam)
    synced(priya)
    standings = [desk_of(s).open(record).standing(FAMILY_NAME) for s in (priya, sam)]
    assert all(standing.in_conflict for standing in standings)
    assert all({s.answer.value for s in st.said} == {"Sanderson-Lee", "Lee"} for st in standings)
    assert standings[0].answer == standings[1].answer
    assert {said.author for said in standings[0].said} == {"Priya Shah", "Sam Okoro"}
    assert priya.families.list()[0].conflicts == 1

    filling = desk_of(priya).open(record)
    filling.answer(FAMILY_NAME, "Sanderson and Lee")
    priya.records.seal(filling.freeze())
    synced(priya)
    synced(sam)
    settled = desk_of(sam).open(record).standing(FAMILY_NAME)
    assert (settled.answer.value, settled.in_conflict) == ("Sanderson and Lee", False)


def test_a_loosened_answer_holds_once_the_centre_has_it(laptop):
    priya = laptop("Priya Shah")
    desk = desk_of(priya)
    family = desk.families.begin()
    record = desk.fill(family, "safety_check", talking__safe_paper="no")
    filling = desk.open(record)
    assert filling.needs_reason(PAPER, "yes")
    filling.answer(PAPER, "yes", "He has moved out. Agreed with Farah Khan.")
    priya.records.seal(filling.freeze())
    paper = priya.families.overview(family).paper
    assert paper is not None
    assert not paper.safe
    assert "sync" in paper.words
    synced(priya)
    paper = priya.families.overview(family).paper
    assert paper is not None
    assert paper.safe


def test_what_two_laptops_printed_apart_is_all_known_and_nobody_is_owed_twice(laptop, ehm):
    priya, sam = laptop("Priya Shah"), laptop("Sam Okoro")
    desk = desk_of(priya)
    family, _ = named_family(desk, "The Sandersons")
    desk.fill(family, "plan", start__strengths="We laugh")
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    desk.paper.plan_desk(family).owe("household", "standard", "plain", "By hand", date(2026, 4, 1))
    synced(priya)
    ehm.give("Sam Okoro", family)
    synced(sam)
    numbers = {printed(services, family) for services in (priya, sam)}  # neither knows the other's
    for services in (priya, sam, priya):
        synced(services)
    for services in (priya, sam):
        copies = services.paper.copies.of_family(family)
        given = {
            c.said("number") for c in copies if c.said("became") == "given" and c.said("number")
        }
        assert given == numbers
        assert len(numbers) == 2
        assert services.paper.owed(family) == []


def printed(services: Services, family: str) -> str:
    """Prints the plan for the home and gives it; the number of the copy."""
    counter = services.paper.plan_desk(family)
    number = counter.requested(counter.prepare("household", "standard"), "Hall")
    counter.became(number, CopyFate.GIVEN, CopyTold("Dana"))
    return number


def test_no_way_to_the_council_is_normal_and_keeps_what_waits(laptop, ehm, tmp_path):
    priya = laptop("Priya Shah")
    named_family(desk_of(priya), "The Sandersons")
    priya.syncing.membership = replace(priya.syncing.membership, server="http://127.0.0.1:9")
    outcome = synced(priya)
    assert outcome.offline
    assert outcome.trouble is not None
    assert "safe on this laptop" in outcome.trouble.message
    assert outcome.state.waiting == 1


def assessed(desk: Desk, child: str) -> str:
    """A family with a child, a safety check and a visit note, as one worker began it."""
    family = desk.families.begin()
    filling = desk.open(desk.records.begin(family, "household"))
    row, _ = filling.add_row("/household/people/person")
    filling.answer(f"{row}/role", "child")
    filling.answer(f"{row}/given_name", child)
    desk.records.seal(filling.freeze())
    desk.fill(family, "safety_check", talking__safe_paper="no" if child == "Samuel" else "yes")
    return family


def as_shown(services: Services) -> dict[str, list[str]]:
    """Each family in the list, with the records that its page has."""
    return {
        line.family: sorted(r.record for r in services.families.overview(line.family).records)
        for line in services.families.list()
    }


def test_a_merged_family_is_shown_as_one_and_parted_again_exactly(laptop, ehm):
    priya, sam = laptop("Priya Shah"), laptop("Sam Okoro")
    hers, his = assessed(desk_of(priya), "Sam"), assessed(desk_of(sam), "Samuel")
    for services in (priya, sam):
        synced(services)
    apart = as_shown(priya) | as_shown(sam)
    cy = ehm.worker("Cy Bell", "coordinator")
    with ehm.store.writing() as connection:
        bond = bonds.merge(connection, hers, his, cy, "Mum says so.", ehm.clock())
    for services in (priya, sam):
        assert synced(services).trouble is None
        assert as_shown(services) == {hers: sorted(apart[hers] + apart[his])}
        page = services.families.overview(his)  # as a record of the part leads back to it
        assert page.family == hers
        assert {person.name for person in page.people} == {"Sam", "Samuel"}
        assert len({page.reference, *page.merged}) == 2
        assert {record.begun_as for record in page.records} == {page.reference, *page.merged}
        assert page.paper is not None
        assert not page.paper.safe  # the more careful of the two governs
        assert page.merged[0] in services.families.list("samuel")[0].merged
        assert [line.family for line in services.families.list(page.merged[0])] == [hers]

    since = desk_of(sam).fill(hers, "visit_note")
    synced(sam)
    with ehm.store.writing() as connection:
        bonds.undo(connection, bond.id, cy, "They are cousins.", ehm.clock())
    for services in (sam, priya, sam):
        assert synced(services).trouble is None
    assert as_shown(priya) == {hers: sorted([*apart[hers], since])}
    assert as_shown(sam) == {his: apart[his]}
    assert sam.families.overview(his).merged == ()


def test_a_linked_family_and_what_only_may_match_show_nothing_of_the_other(laptop, ehm):
    priya, sam = laptop("Priya Shah"), laptop("Sam Okoro")
    hers, his = assessed(desk_of(priya), "Sam"), assessed(desk_of(sam), "Samuel")
    for services in (priya, sam):
        synced(services)
    before = [priya.families.overview(hers), sam.families.overview(his)]
    cy = ehm.worker("Cy Bell", "coordinator")
    with ehm.store.writing() as connection:
        bonds.link(connection, hers, his, cy, "Their father lives there.", ehm.clock())
    for services in (priya, sam):
        assert synced(services).received == 0
    assert [priya.families.overview(hers), sam.families.overview(his)] == before
    notice = "A coordinator will ring you about this family."
    item = FamilyItem(
        family=hers, reference="YF-1", begun=ehm.clock(), number="EH-1", notice=notice
    )
    priya.vault.replica.mend(hers, [item])
    page = priya.families.overview(hers)
    assert (page.notice, page.merged) == (notice, ())
    assert [person.name for person in page.people] == ["Sam"]


def say(desk: Desk, record: str, path: str, value: str) -> None:
    """Answer one question in a sitting of its own."""
    filling = desk.open(record)
    filling.answer(path, value)
    desk.records.seal(filling.freeze())


def heard(desk: Desk, record: str, path: str) -> set[str]:
    """Every answer that stands at a question."""
    return {said.answer.value for said in desk.open(record).standing(path).said}


def test_a_form_is_changed_while_records_are_open_and_colleagues_are_on_both_versions(
    laptop, ehm, pack_bytes, tmp_path
):
    priya, sam = laptop("Priya Shah"), laptop("Sam Okoro")
    family = priya.families.begin()
    record = desk_of(priya).fill(family, "visit_note", what__facts="The door was open.")
    synced(priya)
    ehm.give("Sam Okoro", family)
    synced(sam)
    still_open = desk_of(priya).open(record)

    published = changed_pack(tmp_path / "changed", pack_bytes)
    with ehm.store.writing() as connection:
        packs.publish(connection, council.read(connection), published, ehm.clock())
    say(desk_of(sam), record, OTHERS, "Gran")
    synced(sam)
    still_open.answer(FACTS, "The door was open and the kettle on.")
    priya.records.seal(still_open.freeze())
    synced(priya)

    again = laptop.again(priya)
    hers = desk_of(again)
    filling = hers.open(record)
    assert filling.opened.version != NEXT
    assert filling.session.node(OTHERS).value == "Gran"
    assert filling.opened.newer == NewerForm(NEXT, (REWORDED,))

    hers.records.go_on(filling.opened, NEXT)
    assert heard(hers, record, WHO_ELSE) == {"Gran"}
    say(hers, record, WHO_ELSE, "Gran and a neighbour")
    say(desk_of(sam), record, OTHERS, "Gran and her dog")  # unseen, and on the form as it was
    for services in (again, sam, again):
        synced(services)

    with pytest.raises(FormMissing):
        desk_of(sam).open(record)
    assert sam.new_forms.take()  # no record is open
    his = desk_of(sam)
    for desk in (hers, his):
        opened = desk.open(record).opened
        assert (opened.version, opened.newer, opened.went_on_from) == (NEXT, None, "2026.11.1")
        assert heard(desk, record, WHO_ELSE) == {"Gran and a neighbour", "Gran and her dog"}
        assert heard(desk, record, FACTS) == {"The door was open and the kettle on."}

    his.records.go_on(his.open(record).opened, "2026.11.1")  # back
    assert heard(his, record, OTHERS) == {"Gran and a neighbour", "Gran and her dog"}
    say(his, record, OTHERS, "")  # they settle it: nobody else
    synced(sam)
    synced(again)
    assert heard(hers, record, OTHERS) == {""}
    assert hers.open(record).opened.version == "2026.11.1"
    with ehm.store.writing() as connection:
        (flat,) = families.flat(connection, hers.vault.worker.id, family).records
    told = {answer.path: answer.values for answer in flat.answers}
    assert (flat.version, told[OTHERS], WHO_ELSE in told) == ("2026.11.1", ("",), False)
    begun = his.open(his.records.begin(family, "visit_note")).opened
    assert (begun.version, begun.newer) == (NEXT, None)
