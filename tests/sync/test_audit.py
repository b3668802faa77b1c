"""Who looked at what: devices' own audits, looking with a reason, and the readers of it all."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select, update

from sync.contract.messages import AuditPage
from sync.ehm import audit, schema
from sync.ehm.permissions import Role
from tests.forms.casework.telling import row_id
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.test_oversight import Worker, publish
from tests.sync.test_permissions import acts, ask, begin

WHY = {"reason": "The school rang about Sam and Priya is away."}


def read(laptop: Laptop, **asked: object) -> AuditPage:
    reply = ask(laptop, "POST", "/v1/audit", {"reason": "The quarterly check.", **asked})
    assert reply.status_code == 200, reply.text
    return AuditPage.model_validate_json(reply.content)


def test_what_a_laptop_noted_offline_is_in_the_audit_once(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    ehm.worker("Ines", Role.INFORMATION_GOVERNANCE)
    priya, ines = enrol_laptop("Priya"), enrol_laptop("Ines")
    for kind in ("unlocked", "opened", "printed"):
        priya.replica.note(kind)
    assert priya.sync().checked
    assert list(priya.replica.audit_to_send(10)) == []
    priya.replica.audit_taken(0)  # as if the reply had been lost
    assert priya.sync().checked
    page = read(ines, worker=priya.replica.worker)
    assert page.is_whole
    assert [line.act for line in page.lines] == [
        f"on a laptop: {kind}" for kind in ("unlocked", "opened", "printed")
    ]
    assert {line.device for line in page.lines} == {priya.replica.device}


def test_an_audit_that_was_tampered_with_is_noticed_and_kept(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    priya = enrol_laptop("Priya")
    priya.replica.note("unlocked")
    priya.replica.note("opened")
    del priya.replica.state.audit[0]
    priya.replica.state.audit[0] = priya.replica.state.audit[0].model_copy(update={"number": 1})
    priya.sync()
    assert (priya.replica.worker, "device audit broken") in acts(ehm)
    assert (priya.replica.worker, "on a laptop: opened") in acts(ehm)


def test_a_restored_ehm_is_given_the_audit_again(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    if not ehm.store.is_sqlite:
        return
    priya = enrol_laptop("Priya")
    priya.replica.note("unlocked")
    priya.sync()
    backup = ehm.back_up()
    priya.replica.note("opened")
    priya.sync()
    ehm.restore(backup)
    priya.replica.note("printed")
    priya.sync()
    noted = [act for who, act in acts(ehm) if act.startswith("on a laptop")]
    assert noted == [f"on a laptop: {kind}" for kind in ("unlocked", "opened", "printed")]


def test_looking_needs_a_reason_and_leaves_a_line(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    ehm.worker("Ines", Role.INFORMATION_GOVERNANCE)
    ehm.worker("Ann", Role.MANAGER)
    priya, tom, ann, ines = (enrol_laptop(name) for name in ("Priya", "Tom", "Ann", "Ines"))
    family = begin(priya)
    path = f"/v1/families/{family}/look"
    assert ask(tom, "GET", f"/v1/families/{family}/records").status_code == 404
    assert ask(tom, "POST", path, {}).status_code == 422
    assert ask(tom, "POST", path, {"reason": ""}).status_code == 422
    seen = ask(tom, "POST", path, WHY).json()
    assert "Hello." in str(seen["family"]["records"])
    tom.sync()
    assert tom.replica.digests() == {}, "it does not come in the feed"
    ask(ann, "POST", path, WHY)

    page = read(ines, role=Role.MANAGER.value)
    assert [(line.worker, line.act) for line in page.lines] == [(ann.replica.worker, "looked into")]
    everything = read(ines, family=family)
    looked = [line for line in everything.lines if line.act == "looked into"]
    assert [line.worker for line in looked] == [tom.replica.worker, ann.replica.worker]
    assert all(WHY["reason"] in line.detail for line in looked)


def test_a_page_says_its_ids_in_words_and_names_nobody_of_a_family(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    publish(ehm)
    ehm.worker("Ines", Role.INFORMATION_GOVERNANCE)
    priya, ines = enrol_laptop("Priya"), enrol_laptop("Ines")
    worker = Worker(priya)
    family, child = worker.family(), row_id("sam")
    sam = {"id": child, "role": "child", "given_name": "Sam"}
    record = worker.tell(family, "household", person=[sam])
    assert priya.sync().checked
    with ehm.store.writing() as connection:
        detail = f"{record}: {child}"
        audit.note(connection, ehm.clock(), priya.replica.worker, "looked into", family, detail)
    page = read(ines)
    assert page.words[priya.replica.worker] == "Priya"
    assert (page.words[family], page.words[record]) == ("EH-000001", "Who is in the family")
    assert child not in page.words
    assert "Sam" not in page.model_dump_json()
    ask(ines, "POST", f"/v1/families/{family}/known", {"what": "hide"})
    assert {family, record}.isdisjoint(read(ines).words)


def test_reading_the_audit_is_in_the_audit_and_others_may_not(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    ehm.worker("Ines", Role.INFORMATION_GOVERNANCE)
    ehm.worker("Ann", Role.MANAGER)
    ines, ann = enrol_laptop("Ines"), enrol_laptop("Ann")
    read(ines)
    assert (ines.replica.worker, "read the audit") in acts(ehm)
    assert ask(ann, "POST", "/v1/audit", {"reason": "Mine."}).status_code == 403
    assert (ann.replica.worker, "refused") in acts(ehm)


def test_an_edited_line_is_found(ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]) -> None:
    ehm.worker("Ines", Role.INFORMATION_GOVERNANCE)
    ines = enrol_laptop("Ines")
    read(ines)
    assert read(ines).is_whole
    with ehm.store.writing() as connection:
        connection.execute(update(schema.audit).where(schema.audit.c.n == 1).values(act="nothing"))
    assert not read(ines).is_whole


def test_a_family_that_somebody_knows_is_not_there_for_them(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    ehm.worker("Ann", Role.COORDINATOR)
    priya, tom, ann = (enrol_laptop(name) for name in ("Priya", "Tom", "Ann"))
    family = begin(priya)
    ehm.give("Tom", family)
    tom.sync()
    assert family in tom.replica.digests()
    known = f"/v1/families/{family}/known"
    assert ask(tom, "POST", known, {"what": "hide"}).status_code == 204
    tom.sync()
    assert tom.replica.digests() == {}
    assert ask(tom, "POST", f"/v1/families/{family}/look", WHY).status_code == 404
    give = {"what": "give", "worker": tom.replica.worker, "reason": "He is free."}
    refused = ask(ann, "POST", f"/v1/families/{family}/workers", give)
    assert refused.json()["code"] == "knows_family"

    again = {"what": "show", "worker": tom.replica.worker, "reason": "He meant another family."}
    assert ask(tom, "POST", known, again).status_code == 403
    assert ask(ann, "POST", known, again).status_code == 204
    assert ask(ann, "POST", f"/v1/families/{family}/workers", give).status_code == 204


def test_a_coordinator_who_knows_a_family_does_not_see_it_in_the_team(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    ehm.worker("Ann", Role.COORDINATOR)
    priya, ann = enrol_laptop("Priya"), enrol_laptop("Ann")
    family = begin(priya)
    assert [each["id"] for each in ask(ann, "GET", "/v1/team").json()["families"]] == [family]
    before = ask(ann, "GET", "/v1/team/devices").json()["devices"]
    assert sorted(len(device["families"]) for device in before) == [0, 1]
    ask(ann, "POST", f"/v1/families/{family}/known", {"what": "hide"})
    assert ask(ann, "GET", "/v1/team").json()["families"] == []
    held = ask(ann, "GET", "/v1/team/devices").json()["devices"]
    assert [device["families"] for device in held] == [[], []]
    asked_in = f"/v1/families/{family}/contributors"
    assert ask(ann, "GET", asked_in).status_code == 404
    grant = {"worker": ann.replica.worker, "record": family, "level": "basic", "reason": "Known."}
    assert ask(ann, "POST", f"{asked_in}/grant", grant).status_code == 404


def test_a_flat_reading_is_audited(ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]) -> None:
    priya = enrol_laptop("Priya")
    family = begin(priya)
    ask(priya, "GET", f"/v1/families/{family}/records")
    with ehm.store.reading() as connection:
        lines = connection.execute(
            select(schema.audit.c.family).where(schema.audit.c.act == "read the records")
        )
        assert list(lines.scalars()) == [family]
