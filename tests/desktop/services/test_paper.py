"""Paper: for whom it is decides what is on it, and every copy is written down."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from desktop.printing.dates import long_date
from desktop.printing.plan import PlanWords
from desktop.services.clock import Clock
from desktop.services.gathered_copy import NothingForReader
from desktop.services.packs import Packs
from desktop.services.paper_parts import NoSuchPaper
from desktop.services.paper_readers import ReaderRefused
from desktop.services.paper_safety import NotSafe
from desktop.services.print_views import CopyFate, CopyTold
from forms.casework.directory import services
from forms.pack import Pack
from forms.records.change import Change, Written
from tests.conftest import SteadyClock
from tests.desktop.printing.checking import sound
from tests.desktop.services.making import Desk, desk_with
from tests.desktop.vault.making import open_vault

NOW = datetime(2026, 3, 10, 14, 2, tzinfo=UTC)
PERSON = "/household/people/person"


@pytest.fixture(scope="module")
def packs(pack: Pack) -> Packs:
    return Packs(pack)


@pytest.fixture(scope="module")
def written_once(made_once: Path, packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with the family in it; each test has its own copy."""
    folder = tmp_path_factory.mktemp("written") / "vault"
    vault = open_vault(Path(shutil.copytree(made_once, folder)))
    write_family(desk_with(vault, packs, Clock(SteadyClock(NOW))))
    vault.close()
    return folder


@pytest.fixture
def desk(written_once: Path, packs: Packs, tmp_path: Path, clock: SteadyClock) -> Iterator[Desk]:
    vault = open_vault(Path(shutil.copytree(written_once, tmp_path / "with-family")))
    yield desk_with(vault, packs, Clock(clock))
    vault.close()


@pytest.fixture
def family(desk: Desk) -> str:
    return desk.vault.families()[0].id


def write_family(desk: Desk) -> None:
    """Dana and Maya at home, Ray somewhere else; a plan, an assessment, and paper is safe."""
    family = desk.families.begin()
    people = desk.open(desk.records.begin(family, "household"))
    people.answer("/household/family/family_name", "The Sandersons")
    home, _ = people.add_row("/household/homes/address")
    for name, value in (("home_kind", "main"), ("line_1", "4 Elm Grove"), ("confidential", "no")):
        people.answer(f"{home}/{name}", value)
    for name, role, relation, lives, born in (
        ("Dana", "parent", "mother", "here", "1990-02-03"),
        ("Maya", "child", "", "here", "2019-05-06"),
        ("Ray", "parent", "partner", "elsewhere", "1988-01-01"),
    ):
        row, _ = people.add_row(PERSON)
        for question, value in (
            ("role", role),
            ("given_name", name),
            ("relation", relation),
            ("lives", lives),
            ("born", born),
            ("included", "yes"),
        ):
            people.answer(f"{row}/{question}", value)
    desk.records.seal(people.freeze())
    plan = desk.open(desk.records.begin(family, "plan"))
    goal, _ = plan.add_row("/plan/goals/goal")
    plan.answer(f"{goal}/outcome", "Calmer mornings, also when Ray comes")
    action, _ = plan.add_row(f"{goal}/action")
    plan.answer(f"{action}/what", "Lay out clothes the night before")
    plan.answer(f"{action}/who", "Dana")
    desk.records.seal(plan.freeze())
    desk.fill(family, "assessment", start__hope="We laugh again", well__going_well="Tea together")
    desk.fill(family, "safety_check", talking__safe_paper="yes")


def who(desk: Desk, family: str) -> Mapping[str, str]:
    """First name to key."""
    return {p.name: p.person for p in desk.families.overview(family).people}


def record_of(desk: Desk, family: str, form: str) -> str:
    return next(row.id for row in desk.vault.records(family) if row.form == form)


def pages(desk: Desk, family: str, product: str, reader: str) -> tuple[bytes, str]:
    """The bytes and the words of a copy, whatever its number is."""
    counter = desk.paper.desk(family, product)
    gathered = replace(counter.gather(reader, "standard"), number="1")
    prepared = counter.typeset(gathered)
    return counter._made[id(prepared)].pdf, "\n".join(prepared.text)


def test_a_copy_is_the_same_with_and_without_what_its_reader_may_not_have(
    desk: Desk, family: str
) -> None:
    assessment = record_of(desk, family, "assessment")
    products = ("plan", f"record:{assessment}")
    readers = ("household", who(desk, family)["Dana"])
    cases = [(product, reader) for product in products for reader in readers]
    before = [pages(desk, family, *case) for case in cases]
    desk.fill(family, "safety_check", contact__safe_contact="MARKSAFE at the library")
    desk.fill(family, "visit_note", what__facts="MARKNOTE", after__restricted="third_party safety")
    desk.fill(family, "share_decision", decision__what="MARKSHARE")
    writing = desk.open(assessment)
    writing.answer("/assessment/sf08/sf08_worries", "MARKABUSE")
    flag, _ = writing.add_row("/assessment/groups/flag")
    writing.answer(f"{flag}/flag_evidence", "MARKFLAG")
    view, _ = writing.add_row("/assessment/views/view")
    writing.answer(f"{view}/view_who", who(desk, family)["Ray"])
    writing.answer(f"{view}/view_worries", "MARKVIEW")
    network, _ = writing.add_row("/assessment/well/network")
    writing.answer(f"{network}/network_who", "MARKNETWORK")
    desk.records.seal(writing.freeze())
    people = desk.open(record_of(desk, family, "household"))
    for name, path in who(desk, family).items():
        people.answer(f"{PERSON}[{path}]/more/status", "adopted")
        people.answer(f"{PERSON}[{path}]/lives_where", f"MARKWHERE {name}")
    refuge, _ = people.add_row("/household/homes/address")
    people.answer(f"{refuge}/line_1", "1 MARKSECRET Road")
    people.answer(f"{refuge}/confidential", "yes")
    desk.records.seal(people.freeze())
    after = [pages(desk, family, *case) for case in cases]
    assert [words for _, words in after] == [words for _, words in before]
    assert [pdf for pdf, _ in after] == [pdf for pdf, _ in before]
    assert "We laugh again" in after[2][1]


def test_an_action_of_which_nothing_is_said_has_no_box_to_tick(desk: Desk, family: str) -> None:
    writing = desk.open(record_of(desk, family, "plan"))
    goal, _ = writing.add_row("/plan/goals/goal")
    writing.answer(f"{goal}/outcome", "Sleep")
    writing.add_row(f"{goal}/action")
    someone, _ = writing.add_row(f"{goal}/action")
    writing.answer(f"{someone}/who", "Grandma")
    desk.records.seal(writing.freeze())
    _, words = pages(desk, family, "plan", "household")
    assert "Grandma" in words
    assert words.count(PlanWords().to_tick) == 2  # hers, and the one that was there


def test_a_former_partner_has_nothing_of_the_plan(desk: Desk, family: str) -> None:
    counter = desk.paper.plan_desk(family)
    gathered = counter.gather(who(desk, family)["Ray"], "standard")
    with pytest.raises(NothingForReader):
        counter.typeset(gathered)


def test_the_reader_is_told_apart_and_the_refused_are_named_with_the_reason(
    desk: Desk, family: str
) -> None:
    ray = who(desk, family)["Ray"]
    orders = desk.open(desk.records.begin(family, "relationships"))
    order, _ = orders.add_row("/relationships/orders/order")
    orders.answer(f"{order}/order_people", ray)
    desk.records.seal(orders.freeze())
    offer = desk.paper.plan_desk(family).offer()
    hints = {choice.words: choice.hint for choice in offer.recipients}
    assert hints["Ray"] == "former partner, lives somewhere else"
    assert "court order" in offer.refused[ray]
    with pytest.raises(ReaderRefused):
        desk.paper.plan_desk(family).gather(ray, "standard")
    assert offer.liftable == {ray}
    decision = desk.paper.plan_desk(family).decide(ray)
    assert desk.paper.plan_desk(family).decide(ray) == decision  # the one that is not finished
    said = desk.open(decision).session.answers()
    assert said["/share_decision/lifted_for"] == ray
    assert said["/share_decision/in_view_of"]
    with pytest.raises(NoSuchPaper):
        desk.paper.plan_desk(family).decide(who(desk, family)["Dana"])


def test_before_it_leaves_the_worker_checks_the_home_and_who_is_named(
    desk: Desk, family: str
) -> None:
    check = desk.paper.plan_desk(family).prepare("household", "standard").check
    assert check == (
        "This is the paper of the home at 4 Elm Grove.",
        "It is for everybody who lives there, and anybody there may read it.",
        "It names somebody who does not live there: Ray.",
    )


def test_an_address_that_may_have_to_stay_secret_is_not_said(desk: Desk, family: str) -> None:
    record = record_of(desk, family, "household")
    people = desk.open(record)
    row = next(p for p in people.session.answers() if p.endswith("/confidential"))
    people.answer(row, "not_known")
    desk.records.seal(people.freeze())
    check = desk.paper.plan_desk(family).prepare("household", "standard").check
    assert "Elm Grove" not in "".join(check)


def disagree(desk: Desk, record: str, path: str, value: str) -> None:
    """A colleague's answer, written without having seen ours."""
    last = desk.vault.changes(record)[-1]
    theirs = replace(last, id=desk.clock.new_id(), number=0, author="colleague")
    other = replace(
        theirs, answers={path: Written(replace(last.answers[path].answer, value=value))}
    )
    assert isinstance(other, Change)
    desk.vault.write(other)
    desk.vault.seal(record)


def test_an_unsettled_protective_answer_blocks_every_paper(desk: Desk, family: str) -> None:
    record = desk.fill(family, "sharing", agencies__share_police="no")
    counter = desk.paper.plan_desk(family)
    assert counter.offer().paper.safe
    disagree(desk, record, "/sharing/agencies/share_police", "yes")
    notice = counter.offer().paper
    assert (notice.safe, notice.record) == (False, record)
    assert "Settle that answer first" in notice.what_to_do
    with pytest.raises(NotSafe):
        counter.gather("household", "standard")


def test_any_other_disagreement_is_marked_on_the_page(desk: Desk, family: str) -> None:
    record = record_of(desk, family, "assessment")
    path = "/assessment/start/hope"
    desk.fill(family, "assessment", start__reason="Mornings are hard")
    writing = desk.open(record)
    writing.answer(path, "We laugh every day")
    desk.records.seal(writing.freeze())
    disagree(desk, record, path, "We sleep")
    _, words = pages(desk, family, f"record:{record}", "household")
    assert "This has two answers." in words


def test_a_copy_is_written_down_before_it_is_printed_and_given_by_word(
    desk: Desk, family: str
) -> None:
    counter = desk.paper.plan_desk(family)
    prepared = counter.prepare("household", "standard")
    assert desk.paper.copies.of_family(family) == ()
    number = counter.requested(prepared, "Front room")
    (asked,) = desk.paper.copies.of_family(family)
    assert (asked.said("number"), asked.said("became")) == (number, "requested")
    assert asked.said("reader") == "The whole family"
    assert len(asked.said("version")) == 8
    assert asked.said("version") in prepared.text[0]
    counter.became(number, CopyFate.GIVEN, CopyTold("Dana", "Handed over", "She asked"))
    (given,) = desk.paper.copies.of_family(family)
    told = [given.said(name) for name in ("became", "given_to", "given_how", "given_why")]
    assert told == ["given", "Dana", "Handed over", "She asked"]


@pytest.mark.parametrize(
    ("fate", "became"),
    [
        (CopyFate.DESTROYED, "destroyed"),
        (CopyFate.LEFT_IN_PRINTER, "left"),
        (CopyFate.NOTHING_CAME, "nothing"),
    ],
)
def test_only_what_was_given_counts_as_given(
    desk: Desk, family: str, fate: CopyFate, became: str
) -> None:
    counter = desk.paper.plan_desk(family)
    counter.owe("household", "standard", "plain", "At school", date(2026, 4, 1))
    counter.became(counter.requested(counter.prepare("household", "standard"), "Hall"), fate)
    standing = [copy.said("became") for copy in desk.paper.copies.of_family(family)]
    assert standing == ["owed", became]
    assert not any(copy.said("given_to") for copy in desk.paper.copies.of_family(family))


def test_a_copy_owed_is_a_task_until_it_is_given(
    desk: Desk, family: str, clock: SteadyClock
) -> None:
    counter = desk.paper.plan_desk(family)
    dana = who(desk, family)["Dana"]
    due = clock().date() + timedelta(days=2)
    counter.owe(dana, "large", "easy", "Into her hand, at the school gate", due)
    (owed,) = desk.paper.owed()
    assert (owed.reader, owed.paper, owed.due) == ("Dana", "Our family plan", due)
    assert owed.reaches == "Into her hand, at the school gate"
    assert "Easy read" in owed.manner
    assert not owed.late
    clock.advance(timedelta(days=3))
    assert [line.late for line in desk.paper.owed(family)] == [True]
    again = desk.paper.desk(owed.family, owed.paper_key)
    copy = again.requested(again.prepare(owed.reader_key, "large"), "Hall")
    again.became(copy, CopyFate.GIVEN, CopyTold("Dana"))
    assert desk.paper.owed() == []


def test_a_saved_copy_is_written_down_too(desk: Desk, family: str, tmp_path: Path) -> None:
    counter = desk.paper.plan_desk(family)
    prepared = counter.prepare("household", "standard")
    counter.save_copy(prepared, str(tmp_path / prepared.file_name))
    (saved,) = desk.paper.copies.of_family(family)
    assert saved.said("became") == "saved"
    assert [file.read_bytes()[:5] for file in tmp_path.glob("*.pdf")] == [b"%PDF-"]


def test_the_list_of_copies_is_on_no_paper(desk: Desk, family: str) -> None:
    desk.paper.plan_desk(family).owe("household", "standard", "", "By hand", date(2026, 4, 1))
    titles = [paper.title for group in desk.paper.shelf(family) for paper in group.papers]
    assert "Paper copies" not in titles
    assert "Our family plan" in titles


def test_every_paper_of_the_family_passes_both_checks(desk: Desk, family: str) -> None:
    """Each in one of its manners in turn; `python -m tests.desktop.printing.matrix` has all."""
    desk.fill(family, "request", ask__kind="advice", ask__want="Somebody to talk to")
    desk.fill(family, "agreement")
    desk.fill(family, "child_voice", who__child=who(desk, family)["Maya"])
    made = set()
    papers = [paper for group in desk.paper.shelf(family) for paper in group.papers]
    for number, paper in enumerate(papers):
        counter = desk.paper.desk(family, paper.key)
        offer = counter.offer()
        manner = offer.manners[number % len(offer.manners)].key
        with suppress(NothingForReader):
            prepared = counter.prepare(offer.recipients[0].key, "standard", manner)
            sound(counter._made[id(prepared)].pdf)
            made.add(manner)
    assert made >= {"plain", "easy", "beside:Polski (pl)"}


def test_the_notes_of_a_meeting_say_who_came_what_was_said_and_who_does_what(
    desk: Desk, family: str
) -> None:
    meeting = desk.records.begin(family, "team_meeting")
    said = desk.open(meeting)
    for name, came in (("Ruth Bell", "attended"), ("Amir Khan", "apologies")):
        invited = "/team_meeting/team/invited"
        told = {"invited_name": name, "invited_role": "school", "came": came}
        said.add_row(invited, {f"{invited}/{key}": value for key, value in told.items()})
    update = "/team_meeting/updates/professional_update"
    said.add_row(update, {f"{update}/update_who": "Ruth Bell", f"{update}/update_says": "Calmer"})
    for path, value in (
        ("meeting/held", "2026-03-09T11:00:00.000+00:00"),
        ("updates/child_update", "Maya: I like breakfast club"),
        ("decide/decision", "continue"),
        ("decide/next", "2026-04-20T11:30:00.000+01:00"),
    ):
        said.answer(f"/team_meeting/{path}", value)
    desk.records.seal(said.freeze())
    pdf, words = pages(desk, family, f"notes:{meeting}", who(desk, family)["Dana"])
    sound(pdf)
    assert words.index("Who was there") < words.index("Ruth Bell, school")
    assert words.index("Who could not be there") < words.index("Amir Khan, school")
    for part in (
        "Monday 9 March 2026",
        "The help goes on.",
        "Monday 20 April 2026 at 11:30",
        "Lay out clothes the night before",
        "I like breakfast club",
        "Ruth Bell: Calmer",
    ):
        assert part in words


def said_in(desk: Desk, family: str, product: str, reader: str, manner: str) -> str:
    made = desk.paper.desk(family, product).prepare(reader, "standard", manner)
    return " ".join("\n".join(made.text).split())


def test_what_a_form_says_to_the_worker_is_on_no_copy_of_the_family(
    desk: Desk, family: str
) -> None:
    desk.fill(family, "closure", later__sustain="We talk on Sundays", end__lead="Jo Reid")
    letter = said_in(desk, family, "closing_letter", "household", "plain")
    assert letter.partition("With best wishes,")[2].startswith(" A line to write on Jo Reid ")
    closure = record_of(desk, family, "closure")
    said = said_in(desk, family, f"record:{closure}", "household", "plain")
    assert "We talk on Sundays" in said
    assert "your manager" not in said


def test_what_a_child_was_asked_is_said_in_both_languages(desk: Desk, family: str) -> None:
    maya = who(desk, family)["Maya"]
    desk.fill(family, "child_voice", who__child=maya, feelings__feel_home="4")
    key = f"my_plan:{maya}"
    assert "Dom" not in said_in(desk, family, key, maya, "plain")
    polish = said_in(desk, family, key, maya, "beside:Polski (pl)")
    assert polish.index("Home") < polish.index("Dom")


def test_the_foot_and_the_mark_of_a_draft_are_in_both_languages(desk: Desk, family: str) -> None:
    for language, draft, page in (
        ("Polski (pl)", "WERSJA ROBOCZA.", "strona 1 z"),
        ("العربية (ar)", "مسودة.", "صفحة \u20681\u2069 من"),
    ):
        made = desk.paper.plan_desk(family).prepare("household", "standard", f"beside:{language}")
        assert made.draft
        first, *others = made.text
        assert first.index("DRAFT.") < first.index(draft)
        for text in (first, *others):
            foot = text.splitlines()[-2:]
            assert "Copy " in foot[0]
            assert "page " in foot[0]
            assert "·" not in foot[1]  # number and version once
            assert page.replace("1", "{}", 1).format(made.text.index(text) + 1) in foot[1]
    assert "WERSJA" not in said_in(desk, family, "plan", "household", "plain")


def test_a_request_is_in_every_manner_and_says_what_is_in_english_only(
    desk: Desk, family: str
) -> None:
    request = desk.fill(family, "request", ask__want="Somebody to talk to")
    for manner, parts in (
        ("plain", ("telephone first", "What is in this pack", "Tea together")),
        ("easy", ("Ring first.", "Our plan", "Tea together")),
        ("beside:Polski (pl)", ("najpierw zadzwoń", "tylko po angielsku", "Nasz rodzinny plan")),
        ("beside:اردو (ur)", ("پہلے فون کریں", "Somebody to talk to")),
    ):
        said = said_in(desk, family, f"request_pack:{request}", "household", manner)
        assert [part for part in parts if part not in said] == [], manner


def test_a_blank_form_needs_no_family_and_tells_nothing(desk: Desk) -> None:
    counter = desk.paper.blank_desk("agreement")
    offer = counter.offer()
    assert offer.paper.safe
    keys = [choice.key for choice in offer.manners]
    assert keys[:3] == ["plain", "easy", "beside:Polski (pl)"]
    assert "Polski (pl)" in keys
    prepared = counter.typeset(
        counter.gather("blank", "standard", "Polski (pl)"), lambda _: None, lambda: False
    )
    assert prepared.check == ()
    assert counter.requested(prepared, "Hall") == ""
    title, *_, foot = prepared.text[0].splitlines()
    assert title == "Zgoda na wczesną pomoc"
    assert foot.startswith("Pusty formularz · wersja ")
    assert foot.endswith(f"strona 1 z {prepared.pages}")


def test_the_card_of_a_service_names_nobody_and_says_when_it_was_checked(desk: Desk) -> None:
    rows = desk.packs.newest.tables["directory"]
    service = next(one for one in services(rows) if one.checked)
    counter = desk.paper.service_desk(service)
    offer = counter.offer()
    assert {"plain", "easy", "beside:اردو (ur)"} <= {choice.key for choice in offer.manners}
    assert "safe to take" in offer.left_out["blank"]
    prepared = counter.typeset(
        counter.gather("blank", "large", "easy"), lambda _: None, lambda: False
    )
    said = "".join(prepared.text)
    assert service.number in said
    assert long_date(service.checked or NOW.date()) in said
    assert counter.requested(prepared, "Hall") == ""
