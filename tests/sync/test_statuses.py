"""Each change has a status of its own, and none ever blocks another."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from sqlalchemy import select

from sync.contract.messages import WireChange
from sync.ehm import council, erasure, packs, schema
from tests.sync.memory_replica import Place
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.small_pack import small_pack
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]


def _publish(ehm: RunningEhm, version: str = "1", *forms: str) -> None:
    with ehm.store.writing() as connection:
        pack = small_pack(version, *forms)
        packs.publish(connection, council.read(connection), pack, ehm.clock())
    ehm.clock.pass_time(minutes=1)


def _plain(change: WireChange) -> dict[str, object]:
    plain: dict[str, object] = change.model_dump(mode="json")
    return plain


def test_every_status_in_one_hand_in(ehm: RunningEhm, enrol_laptop: Enrol) -> None:
    _publish(ehm)
    priya, tom = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
    toms = Pen(worker=tom.replica.worker, device=tom.replica.device)
    ours, his = pen.family(), toms.family()
    priya.replica.begin_family(ours)
    tom.replica.begin_family(his)
    note = pen.id()
    first = pen.change(ours.id, note, {"/note/what": "One."})
    gone = pen.change(ours.id, pen.id(), {"/note/what": "A mistake."})
    for change in (first, gone):
        priya.replica.keep_change(change)
    assert (priya.sync().checked, tom.sync().checked) == (True, True)
    with ehm.store.writing() as connection:
        now = ehm.clock()
        erasure.erase(connection, ehm.ledger, gone.record, (), "ann", "A mistake.", now)

    sent = {
        "applied": _plain(pen.change(ours.id, pen.id(), {"/note/what": "New."})),
        "already": _plain(first),
        "conflict": _plain(pen.change(ours.id, note, {"/note/what": "Another."})),
        "held family_unknown": _plain(pen.change(pen.id(), pen.id(), {"/note/what": "x"})),
        "held not_your_family": _plain(pen.change(his.id, pen.id(), {"/note/what": "x"})),
        "held form_unknown": _plain(
            pen.change(ours.id, pen.id(), {"/plan/what": "x"}, form="plan")
        ),
        "held record_erased": _plain(pen.change(ours.id, gone.record, {"/note/what": "x"})),
        "rejected id_reused": _plain(first) | {"answers": {"/note/what": {"value": "Else."}}},
        "rejected other_family": _plain(pen.change(his.id, note, {"/note/what": "x"})),
        "rejected unreadable": _plain(first) | {"at": "yesterday"},
        "applied too": _plain(pen.change(ours.id, pen.id(), {"/note/what": "Last."})),
    }
    answer = priya.call("POST", "/v1/changes", {"seen": None, "changes": list(sent.values())})
    results = [
        f"{each['status']} {each.get('code', '')}".strip() for each in answer.json()["results"]
    ]
    others = {name: each for name, each in sent.items() if not name.startswith("applied")}
    assert (answer.json()["applied"], results) == (2, list(others))
    assert [each["id"] for each in answer.json()["results"]] == [
        change["id"] for change in others.values()
    ]
    again = priya.call("POST", "/v1/changes", {"seen": None, "changes": list(sent.values())})
    statuses = [each["status"] for each in again.json()["results"]]
    expected = [name.split()[0] for name in sent]
    assert statuses == ["already" if each in ("applied", "conflict") else each for each in expected]


def test_a_record_on_a_form_that_the_centre_lacks_waits_whole_and_says_for_what(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    _publish(ehm)
    priya, tom = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
    family, plan = pen.family(), pen.id()
    priya.replica.begin_family(family)
    note = pen.change(family.id, pen.id(), {"/note/what": "Hello."})
    parts = [pen.change(family.id, plan, {f"/plan/{n}": str(n)}, form="plan") for n in range(3)]
    for change in (parts[0], note, *parts[1:]):
        priya.replica.keep_change(change)
    assert (priya.sync().held, priya.sync().held) == (3, 0)
    words = priya.replica.state.words[parts[0].id]
    assert words == ("form_unknown", "Kept at the centre until it has the form “plan”, version 1.")
    ehm.give("Tom Okafor", family.id)
    assert tom.sync().checked
    assert set(tom.replica.state.changes) == {note.id}

    _publish(ehm, "2", "plan")
    for laptop in (priya, tom):
        assert laptop.sync().checked
        assert {each.id for each in parts} <= set(laptop.replica.state.changes)
    assert priya.replica.state.places[parts[0].id] is Place.IN_EHM


def test_what_is_held_for_a_person_is_listed_without_its_words_and_shown_by_a_coordinator(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    ehm.worker("Cy Bell", "coordinator")
    priya, cy = enrol_laptop("Priya Shah"), enrol_laptop("Cy Bell")
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
    family = pen.family()
    priya.replica.begin_family(family)
    assert priya.sync().checked
    ehm.give("Cy Bell", family.id)
    ehm.take_away("Priya Shah", family.id)
    late = pen.change(family.id, pen.id(), {"/note/what": "Written on the last day."})
    priya.replica.keep_change(late)
    assert priya.sync().held == 1

    assert priya.call("GET", "/v1/held").json()["code"] == "not_allowed"
    answer = cy.call("GET", "/v1/held")
    (line,) = answer.json()["held"]
    assert (line["code"], line["changes"], line["can_be_shown"]) == ("not_your_family", 1, True)
    assert line["author"]["name"] == "Priya Shah"
    assert "last day" not in answer.text
    path = f"/v1/held/{late.record}/show"
    assert cy.call("POST", path, {"reason": "It is hers."}).json() == {"changes": 1}
    assert cy.call("POST", path, {"reason": "It is hers."}).status_code == 404
    assert cy.sync().checked
    assert cy.replica.state.changes[late.id].author == priya.replica.worker
    with ehm.store.reading() as connection:
        assert "showed what was held" in connection.execute(select(schema.audit.c.act)).scalars()


def test_what_a_colleague_without_the_family_gives_back_is_shown_when_its_author_is_given_it_again(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    priya, tom = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    pen = Pen(worker=tom.replica.worker, device=tom.replica.device)
    family = pen.family()
    tom.replica.begin_family(family)
    assert tom.sync().checked
    lost_by_a_restore = pen.change(family.id, pen.id(), {"/note/what": "Gran can help."})
    priya.replica.keep_change(lost_by_a_restore)
    assert priya.sync().held == 1

    assert tom.sync().checked
    assert lost_by_a_restore.id not in tom.replica.state.changes
    ehm.give("Tom Okafor", family.id)
    assert tom.sync().checked
    assert tom.replica.state.changes[lost_by_a_restore.id] == lost_by_a_restore


def test_a_broken_change_in_the_middle_stops_none_after_it(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    priya = enrol_laptop("Priya Shah")
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
    family = pen.family()
    priya.replica.begin_family(family)
    assert priya.sync().checked
    good = [pen.change(family.id, pen.id(), {"/note/what": str(n)}) for n in range(3)]
    sent = [_plain(good[0]), "not a change", {"id": 7}, _plain(good[1]), None, _plain(good[2])]
    answer = priya.call("POST", "/v1/changes", {"seen": None, "changes": sent})
    statuses = [each["status"] for each in answer.json()["results"]]
    assert (answer.json()["applied"], statuses) == (3, ["rejected"] * 3)
    with closing(priya), ehm.store.reading() as connection:
        kept = set(connection.execute(select(schema.change.c.id)).scalars())
    assert kept == {each.id for each in good}
