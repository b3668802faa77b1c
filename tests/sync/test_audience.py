"""What somebody may not see leaves no trace for them: feeds, digests, lists, files."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from forms.casework.audience import AudienceRules, FormAudience
from forms.records.protective import Protective
from sync.contract.messages import (
    AskIn,
    DigestRequest,
    FeedRequest,
    KnowsFamily,
    NewFamily,
    WireAnswer,
    WireChange,
)
from sync.ehm import (
    attachments,
    audience_rules,
    changes,
    contributors,
    erasure,
    families,
    feed,
    looking,
    people,
    schema,
)
from sync.ehm.app import open_store
from sync.ehm.changes import Sender
from sync.ehm.feed import Reader
from sync.ehm.ledger import Ledger
from sync.ehm.permissions import Role
from sync.ehm.problems import Refusal
from sync.ehm.store import Store
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.test_permissions import ask
from tests.sync.writing import Pen

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ROLES = frozenset({"worker", "manager", "coordinator"})
SCHOOL, AGREE, LEVEL = "/sharing/school", "/agreement/answer", "/sharing/level"
RULES = AudienceRules(
    forms={
        "plan": FormAudience(ROLES, "basic"),
        "review": FormAudience(ROLES, "more"),
        "sharing": FormAudience(ROLES, "never"),
        "agreement": FormAudience(ROLES, "never"),
        "worry": FormAudience(frozenset({"manager"}), "never"),
    },
    choices={"school": Protective("sharing", SCHOOL, ("no", "ask", "yes"))},
    agreement=(Protective("agreement", AGREE, ("declines", "not_asked", "part", "agrees")),),
    rules={
        "must_not_see": Protective("sharing", "/sharing/not", ()),
        "level": Protective("sharing", LEVEL, ("basic", "more")),
    },
)
FORM_OF = {"apart": "plan"}
FILE = f"sha256-{sha256(b'A drawing.').hexdigest()}.png"


def publish_rules(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(
            insert(schema.pack).values(
                version="1", published=NOW, sha256="0" * 64, signature="", content=b""
            )
        )
        connection.execute(
            insert(schema.audience_rules).values(
                pack="1", body=audience_rules._RULES.dump_json(RULES).decode()
            )
        )
        forms = [{"form": form, "version": "1"} for form in RULES.forms]
        connection.execute(insert(schema.pack_form), forms)


class World:
    """An EHM with a worker, a manager and a contributor of one family; Ann has one of her own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.pens = {name: Pen(worker=name, device=f"{name}'s laptop") for name in ("priya", "ann")}
        self.family, self.other = self.pens["priya"].family(), self.pens["ann"].family()
        self.cursors = {"priya": "", "jo": ""}
        self.records: dict[str, str] = {}
        self.last: dict[str, tuple[str, ...]] = {}

    def begin(self) -> World:
        """Puts the people and the families there."""
        roles = {"priya": Role.WORKER, "ann": Role.MANAGER, "jo": Role.CONTRIBUTOR}
        with self.store.writing() as connection:
            for name, role in roles.items():
                people.add(connection, name.title(), role, worker=name, agency="school")
            families.register(connection, self.sender("priya"), [self.family])
            families.register(connection, self.sender("ann"), [self.other])
            families.give(connection, "ann", self.family.id)
            asked = AskIn(what="ask_in", worker="jo", reason="Sam's tutor.")
            contributors.ask_in(connection, self.sender("priya"), self.family.id, asked)
        return self

    def sender(self, name: str) -> Sender:
        role = Role.MANAGER if name == "ann" else Role.WORKER
        return Sender(name, f"{name}'s laptop", is_revoked=False, at=NOW, role=role)

    def write(
        self, who: str, name: str, answers: dict[str, str], *, family: NewFamily | None = None
    ) -> WireChange:
        """A change to the record of this name; it has seen the one before, and says why."""
        pen = self.pens[who]
        record = self.records.setdefault(name, pen.id())
        base = {path: self.last.get(f"{name}{path}", ()) for path in answers}
        form = FORM_OF.get(name, name)
        change = pen.change((family or self.family).id, record, answers, base, form)
        because = {
            path: WireAnswer(value=each.value, reason="Said today.", base=each.base)
            for path, each in change.answers.items()
        }
        change = change.model_copy(update={"answers": because})
        self.last |= {f"{name}{path}": (change.id,) for path in answers}
        with self.store.writing() as connection:
            changes.hand_in(connection, self.sender(who), [change])
            if FILE in answers.values():
                attachments.has_sent(connection, who, FILE)
        return change

    def given(self, who: str) -> list[str]:
        """Everything that somebody's laptop can get out of the EHM now."""
        got = []
        with self.store.reading() as connection:
            reader = Reader(who, f"{who}'s other laptop")
            for cursor in (self.cursors[who], ""):
                request = FeedRequest(seen=None, cursor=cursor)
                got.append(feed.page(connection, reader, request, None, ()).decode())
            self.cursors[who] = json.loads(got[0])["cursor"]
            level = DigestRequest(seen=None, cursor=self.cursors[who], families={})
            got.append(feed.compare(connection, reader, level).model_dump_json())
            got.append(repr(families.list_of(connection, who)))
            for family in (self.family, self.other):
                try:
                    got.append(families.flat(connection, who, family.id).model_dump_json())
                except Refusal as no:
                    got.append(no.code)
            for record in self.records.values():
                try:
                    attachments.check_may_read(connection, who, record, FILE)
                    got.append("a file")
                except Refusal as no:
                    got.append(no.code)
        return [re.sub(r'"hash":"[0-9a-f]*"', '"hash":""', each) for each in got]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the tables, the council and the rules; to be copied."""
    file = tmp_path_factory.mktemp("empty") / "ehm.db"
    store = open_store(f"sqlite:///{file}", council_name="Test Council", is_demo=True)
    publish_rules(store)
    World(store).begin()
    store.close()
    return file


@pytest.fixture
def world(empty: Path, tmp_path: Path) -> Iterator[World]:
    shutil.copy(empty, tmp_path / "ehm.db")
    with closing(Store(f"sqlite:///{tmp_path}/ehm.db")) as store:
        yield World(store)


Step = tuple[str, str, dict[str, str]]
OPEN_STEPS: list[Step] = [
    ("priya", "plan", {"/plan/what": "Breakfast club."}),
    ("priya", "plan", {"@finalised": "{}"}),
    ("priya", "review", {"/review/what": "Better.", "@finalised": "{}"}),
    ("priya", "agreement", {AGREE: "agrees"}),
    ("priya", "sharing", {SCHOOL: "yes"}),
    ("priya", "sharing", {SCHOOL: "no"}),
    ("ann", "plan", {"/plan/who": "Gran"}),
]
HIDDEN_STEPS: list[Step] = [
    ("ann", "worry", {"/worry/what": "A worry.", "/worry/file": FILE}),
    ("ann", "worry", {"/worry/what": "A second worry."}),
    ("ann", "apart", {"@restricted": "yes", "/plan/what": "Apart.", "/plan/file": FILE}),
    ("ann", "worry", {"@finalised": "{}"}),
]


def play(file: Path, folder: Path, steps: Sequence[Step], *, is_here: bool) -> list[list[str]]:
    """What the two who may not see it are given after each step.

    Without: what is hidden is written about another family, so only that something happened
    somewhere at the council is the same.
    """
    shutil.copy(file, folder / "world.db")
    with closing(Store(f"sqlite:///{folder}/world.db")) as store:
        world = World(store)
        given = []
        for who, form, answers in steps:
            hidden = (who, form, answers) in HIDDEN_STEPS
            family = world.family if is_here or not hidden else world.other
            world.write(who, form, answers, family=family)
            given += [world.given("priya"), world.given("jo")]
        return given


@given(steps=st.lists(st.sampled_from(OPEN_STEPS + HIDDEN_STEPS), min_size=1, max_size=6))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_they_are_given_is_the_same_with_and_without_it(
    empty: Path, tmp_path: Path, steps: list[Step]
) -> None:
    assert play(empty, tmp_path, steps, is_here=True) == play(empty, tmp_path, steps, is_here=False)


def test_the_manager_does_get_it(world: World) -> None:
    """Else the property would hold for an EHM that gives nobody anything."""
    world.cursors["ann"] = ""
    for who, form, answers in HIDDEN_STEPS[:2]:
        world.write(who, form, answers)
    assert "A second worry." in world.given("ann")[0]
    assert "a file" in world.given("ann")


def items(world: World, who: str) -> list[tuple[str, str]]:
    """What is new to somebody: the kind of each item, and its record if it has one."""
    found = json.loads(world.given(who)[0])["items"]
    names = {record: form for form, record in world.records.items()}
    return [
        (each["kind"], names.get(each.get("record", each.get("change", {}).get("record")), ""))
        for each in found
    ]


def share(world: World) -> None:
    world.write("priya", "agreement", {AGREE: "agrees"})
    world.write("priya", "plan", {"/plan/what": "Breakfast club."})
    world.write("priya", "review", {"/review/what": "Better.", "@finalised": "{}"})
    world.write("priya", "sharing", {SCHOOL: "yes"})


def test_an_invitation_alone_gives_nothing(world: World) -> None:
    world.write("priya", "plan", {"/plan/what": "Breakfast club.", "@finalised": "{}"})
    world.write("priya", "agreement", {AGREE: "agrees"})
    assert items(world, "jo") == []
    with world.store.reading() as connection:
        assert families.list_of(connection, "jo") == ()


def test_a_contributor_gets_finished_records_that_were_chosen(world: World) -> None:
    share(world)
    assert items(world, "jo") == [("family", "")]
    world.write("priya", "plan", {"@finalised": "{}"})
    assert items(world, "jo") == [("change", "plan"), ("change", "plan")]
    world.write("ann", "plan", {"/plan/who": "Gran"})
    assert items(world, "jo") == [("change", "plan")]


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        ("sharing", {SCHOOL: "no"}),
        ("sharing", {"/sharing/not": "The neighbour"}),
        ("agreement", {AGREE: "declines"}),
    ],
)
def test_a_withdrawal_stops_the_feed_at_once(
    world: World, form: str, answers: dict[str, str]
) -> None:
    share(world)
    world.write("priya", "plan", {"@finalised": "{}"})
    items(world, "jo")
    world.write("priya", form, answers)
    assert items(world, "jo") == [("left", "")]
    world.write("priya", "plan", {"/plan/who": "Gran"})
    assert items(world, "jo") == []
    world.cursors["jo"] = ""
    assert items(world, "jo") == [("left", "")], "a new laptop gets nothing of it"
    assert "not_found" in world.given("jo")


def test_a_record_restricted_later_goes_from_those_who_may_not_have_it(world: World) -> None:
    world.write("ann", "plan", {"/plan/what": "Breakfast club.", "/plan/file": FILE})
    assert ("change", "plan") in items(world, "priya")
    assert "a file" in world.given("priya")
    world.write("ann", "plan", {"@restricted": "yes"})
    assert items(world, "priya") == [("gone", "plan")]
    assert "a file" not in world.given("priya")
    with world.store.reading() as connection:
        held = connection.execute(
            select(schema.holding.c.digest).where(
                schema.holding.c.worker == "priya", schema.holding.c.family == world.family.id
            )
        )
        assert set(held.scalar_one()) == {"0"}
    world.write("ann", "plan", {"@restricted": "no"})
    # the newest is at its own place, and says shortly what it follows; the others are brought after
    assert items(world, "priya") == [("following", ""), ("change", "plan"), ("change", "plan")]


def test_writing_in_a_hidden_record_does_not_open_it(world: World) -> None:
    secret = world.write("ann", "worry", {"/worry/what": "A worry."})
    pen = world.pens["priya"]
    guess = pen.change(world.family.id, secret.record, {"/worry/x": "Open, sesame"}, form="worry")
    with world.store.writing() as connection:
        (result,) = changes.hand_in(connection, world.sender("priya"), [guess])
    assert (result.status.value, result.code) == ("held", "not_your_record")
    assert items(world, "priya") == [("family", "")]


def by_jo(world: World, form: str, answers: dict[str, str], record: str = "") -> tuple[str, str]:
    """What becomes of what the contributor's laptop hands in."""
    pen = world.pens.setdefault("jo", Pen(worker="jo", device="jo's laptop"))
    change = pen.change(world.family.id, record or pen.id(), answers, form=form)
    jo = Sender("jo", "jo's laptop", is_revoked=False, at=NOW, role=Role.CONTRIBUTOR)
    with world.store.writing() as connection:
        (result,) = changes.hand_in(connection, jo, [change])
    return result.status.value, result.code


def test_a_contributor_cannot_say_for_the_family_that_they_may_know_more(world: World) -> None:
    share(world)
    items(world, "jo")
    assert by_jo(world, "sharing", {LEVEL: "more"}) == ("held", "not_your_record")
    assert items(world, "jo") == []
    assert by_jo(world, "visit_note", {"/visit_note/what": "At school."})[0] != "rejected"


def test_what_a_contributor_wrote_before_they_were_let_in_is_not_let_in_with_them(
    world: World,
) -> None:
    world.write("priya", "worry", {"/worry/what": "A worry."})
    secret = world.write("ann", "worry", {"/worry/what": "A second worry."}).record
    assert by_jo(world, "sharing", {LEVEL: "more"}) == ("held", "not_your_family")
    assert by_jo(world, "plan", {"/plan/x": "Open."}, secret) == ("held", "not_your_family")
    share(world)
    assert items(world, "jo") == [("family", "")]
    with world.store.reading() as connection:
        held = connection.execute(select(schema.change.c.held).where(schema.change.c.held != ""))
        assert list(held.scalars()) == ["not_your_record"] * 2


def test_a_contributor_writes_in_their_own_name_alone(world: World) -> None:
    """Of anybody else it is taken: a restored EHM gets back so what it lost. The audit says so."""
    share(world)
    items(world, "jo")
    words = {"/plan/what": "Priya saw nothing."}
    as_priya = Pen(worker="priya", device="jo's laptop", seed=5)
    forged = [as_priya.change(world.family.id, as_priya.id(), words, form="plan") for _ in range(2)]
    jo = Sender("jo", "jo's laptop", is_revoked=False, at=NOW, role=Role.CONTRIBUTOR)
    with world.store.writing() as connection:
        (result,) = changes.hand_in(connection, jo, forged[:1])
        assert (result.status.value, result.code) == ("held", "not_your_words")
        (relayed,) = changes.hand_in(connection, world.sender("ann"), forged[1:])
        assert (relayed.status.value, relayed.code) == ("applied", "")
        (again,) = changes.hand_in(connection, jo, forged[1:])
        assert again.status.value == "already"
        (owned,) = changes.hand_in(connection, world.sender("priya"), forged[:1])
        assert owned.status.value == "already"  # Priya did write it
        audit = schema.audit.c
        noted = connection.execute(
            select(audit.worker, audit.detail).where(audit.act == "handed in for others")
        )
        assert [tuple(row) for row in noted] == [("jo", "1 by priya"), ("ann", "1 by priya")]
        held = connection.execute(select(schema.change.c.id).where(schema.change.c.held != ""))
        assert list(held.scalars()) == []


def test_what_another_wrote_is_not_let_in_with_the_contributor_who_hands_it_in(
    world: World,
) -> None:
    forged = Pen(worker="priya", device="jo's laptop", seed=5)
    change = forged.change(world.family.id, forged.id(), {"/plan/what": "None."}, form="plan")
    jo = Sender("jo", "jo's laptop", is_revoked=False, at=NOW, role=Role.CONTRIBUTOR)
    with world.store.writing() as connection:
        (result,) = changes.hand_in(connection, jo, [change])
    assert result.code == "not_your_family"
    share(world)
    assert items(world, "jo") == [("family", "")]
    with world.store.reading() as connection:
        held = connection.execute(select(schema.change.c.held).where(schema.change.c.held != ""))
        assert set(held.scalars()) <= {"not_your_family", "not_your_words"}


def test_a_contributor_who_knows_the_family_is_not_let_in_again(world: World) -> None:
    share(world)
    items(world, "jo")
    with world.store.writing() as connection:
        jo = Sender("jo", "jo's laptop", is_revoked=False, at=NOW, role=Role.CONTRIBUTOR)
        looking.knows(connection, jo, world.family.id, KnowsFamily(what="hide"))
    world.write("priya", "plan", {"@finalised": "{}"})
    assert items(world, "jo") == [("left", "")]
    with world.store.reading() as connection:
        assert families.list_of(connection, "jo") == ()


def test_an_erasure_of_a_hidden_record_is_no_news_to_others(world: World) -> None:
    secret = world.write("ann", "worry", {"/worry/what": "A worry."})
    items(world, "priya")
    with world.store.writing() as connection:
        erasure.erase(connection, Ledger(None), secret.record, (), "Ann", "A mistake.", NOW)
    assert items(world, "priya") == []


def test_over_http_a_person_clears_and_shares_on_a_decision(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    publish_rules(ehm.store)
    ehm.worker("Ann", Role.COORDINATOR)
    jo_id = ehm.worker("Jo", Role.CONTRIBUTOR, agency="school")
    ann, priya, jo = enrol_laptop("Ann"), enrol_laptop("Priya"), enrol_laptop("Jo")
    for laptop in (ann, priya, jo):
        laptop.replica.state.pack = "1"
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
    family = pen.family()
    priya.replica.begin_family(family)
    for form, answers in (
        ("agreement", {AGREE: "agrees"}),
        ("sharing", {SCHOOL: "yes", "/sharing/not": "The neighbour"}),
        ("plan", {"/plan/what": "Breakfast club.", "@finalised": "{}"}),
    ):
        priya.replica.keep_change(pen.change(family.id, pen.id(), answers, form=form))
    assert priya.sync().checked

    path = f"/v1/families/{family.id}/contributors"
    invite = {"what": "ask_in", "worker": jo_id, "reason": "Sam's tutor."}
    assert ask(jo, "POST", path, invite).status_code == 403
    assert ask(priya, "POST", path, invite).status_code == 204
    seen = ask(ann, "GET", path).json()
    assert [each["gets"] for each in seen["contributors"]] == [""]
    assert seen["must_not_see"] == ["The neighbour"]
    jo.sync()
    assert jo.replica.digests() == {}

    clear = {"worker": jo_id, "says": seen["says"], "reason": "Mum means the neighbour."}
    assert ask(priya, "POST", f"{path}/clear", clear).status_code == 403
    assert ask(ann, "POST", f"{path}/clear", clear).status_code == 204
    assert jo.sync().received == 1
    assert jo.sync().checked

    plan = next(iter(jo.replica.state.changes.values()))
    grant = {"worker": jo_id, "record": plan.record, "level": "more", "reason": "Because."}
    refused = ask(ann, "POST", f"{path}/grant", grant)
    assert refused.json()["code"] == "no_decision"
    end = {"what": "end", "worker": jo_id, "reason": "Sam has moved school."}
    assert ask(priya, "POST", path, end).status_code == 204
    jo.sync()
    assert jo.replica.digests() == {}
    assert jo.replica.state.changes == {}
