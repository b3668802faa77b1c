"""A request for one's own data: the draft, its marks, and that every call is in the audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sync.ehm.permissions import Role
from tests.forms.casework.telling import row_id
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.test_oversight import Worker, publish
from tests.sync.test_permissions import acts

MUM, DAD, SAM = row_id("mum"), row_id("dad"), row_id("sam")
WHY = "Request 14, identity checked"


def family(laptop: Laptop) -> str:
    worker = Worker(laptop)
    family = worker.family()
    worker.tell(
        family,
        "household",
        person=[
            {"id": MUM, "role": "parent", "given_name": "Grace", "school": ""},
            {"id": DAD, "role": "parent", "given_name": "Daniel", "gender": "male"},
            {"id": SAM, "role": "child", "given_name": "Sam", "school": "Mill Lane Primary"},
        ],
    )
    tea = {"purpose": "Tea with Grace and Daniel", "kind": "home_visit", "people": f"{MUM} {DAD}"}
    worker.tell(family, "visit_note", visit=tea)
    worker.tell(family, "visit_note", visit={"purpose": "To see how mornings go"})
    worker.tell(family, "child_voice", voice={"child": SAM, "want": "More time with Grace"})
    worker.tell(family, "child_voice", voice={"child": SAM, "words": "Football"})
    worker.tell(family, "dash_summary", dash={"by": "High, says Grace"})
    assert laptop.sync().checked
    return family


def test_a_draft_marks_others_restricted_and_harm_and_leaves_out_what_is_of_others_alone(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    publish(ehm)
    ehm.worker("Ines", Role.INFORMATION_GOVERNANCE)
    priya, ines = enrol_laptop("Priya"), enrol_laptop("Ines")
    here = family(priya)
    asked = {"number": "EH-000001", "reason": WHY}
    found = ines.call("POST", "/v1/subject-access/people", asked).json()
    assert {one["name"]: one["id"] for one in found["people"]}["Grace"] == MUM
    message = {"family": here, "person": MUM, "reason": WHY}
    draft = ines.call("POST", "/v1/subject-access/draft", message).json()
    marks = {line["value"]: set(line["marks"]) for line in draft["lines"]}
    assert marks["Tea with Grace and Daniel"] == {"third_party"}
    assert marks["To see how mornings go"] == set()
    assert marks["More time with Grace"] == {"restricted", "third_party"}
    assert "serious_harm" in marks["High, says Grace"]
    assert {"Visit at home", "Grace, Daniel"} <= marks.keys(), "the words of the form"
    for others in ("Football", "Mill Lane Primary", "male"):
        assert others not in marks
    assert draft["left_out"] >= 3
    (tea,) = [line for line in draft["lines"] if line["value"] == "Tea with Grace and Daniel"]
    assert (tea["by"]["name"], tea["title"]) == ("Priya", "Visit or contact")
    assert [name for name, _ in draft["last_heard"]] == ["Laptop 1"]
    done = [act for who, act in acts(ehm) if who == ines.replica.worker]
    assert done == [
        "looked for whom a draft is about",
        "made a draft of what is written about somebody",
    ]


def test_only_information_governance_makes_a_draft(
    ehm: RunningEhm, enrol_laptop: Callable[[str], Laptop]
) -> None:
    publish(ehm)
    ehm.worker("Mo", Role.MANAGER)
    ehm.worker("Ines", Role.INFORMATION_GOVERNANCE)
    priya, mo, ines = map(enrol_laptop, ("Priya", "Mo", "Ines"))
    here = family(priya)
    asked: dict[str, Any] = {"family": here, "person": MUM, "reason": WHY}
    for laptop in (priya, mo):
        refused = laptop.call("POST", "/v1/subject-access/draft", asked).json()
        assert refused["code"] == "not_allowed"
    nobody = {**asked, "person": row_id("nobody")}
    assert ines.call("POST", "/v1/subject-access/draft", nobody).status_code == 404
    known = ines.call("POST", f"/v1/families/{here}/known", {"what": "hide"})
    assert known.status_code == 204
    for path, asked_now in (("draft", asked), ("people", {"number": "EH-000001", "reason": WHY})):
        assert ines.call("POST", f"/v1/subject-access/{path}", asked_now).status_code == 404
    unknown = {"number": "EH-999999", "reason": WHY}
    assert ines.call("POST", "/v1/subject-access/people", unknown).status_code == 404
