"""Each row of domain.md 7.6: what a council changes in its pack is what people see afterwards.

One pack has every change at once; each row looks at its own on the screen, on paper or in a file.
Terms have tests of their own (`test_terms.py`), as have days (`test_effective_days.py`), and how
long things are kept, which the EHM obeys (`tests/sync/test_putting_right.py`).
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop.services.casework import Casework
from desktop.services.clock import Clock
from desktop.services.figure_files import as_csv
from desktop.services.figures import Figures
from desktop.services.policy import policy_of
from desktop.services.team import TeamDesk
from forms.casework.directory import Wanted
from forms.pack import Pack
from forms.xforms import Session, load_definition
from tests.conftest import SteadyClock
from tests.desktop.services.making import Desk, desk_over
from tests.desktop.services.test_paper import pages
from tests.desktop.vault.making import open_vault

NOW = datetime(2026, 3, 10, 14, 2, tzinfo=UTC)
CHANGES = {
    "forms/plan/": (
        ("Who is our {lead_practitioner}?", "Whom do we ring first?"),
        ("One named person who keeps this together.", "Somebody we know by name."),
    ),
    "forms/visit_note/": (
        (">Visit at home<", ">At their own home<"),
        ("/visit_note/when/child_seen  = 'yes'", "/visit_note/when/child_seen  = 'no'"),
    ),
    "forms/household/": ((">White Irish<", ">Irish<"),),
    "forms/feedback_adult/": (
        ("I know how to find local services and get help.", "I know where to go."),
    ),
    "lists/levels.csv": (("3 Early Help", "3 Family Help"),),
    "lists/closure_reasons.csv": (("Needs are met", "All is well"),),
    "lists/lawful_basis.csv": (("A child is at risk", "A child may come to harm"),),
    "lists/wording.csv": (("I agree that Demo Council", "I say yes: Demo Council"),),
    "pack.json": (
        ("01632 960100", "01632 960999"),
        ("Tuesday Toddlers (demo)", "Toddlers of the Hills"),
        ("Our family plan", "What we have agreed"),
        ("Assessments on time", "Assessments in good time"),
        ("What we want to be different", "What we want to change"),
        ("Co chcemy zmienić", "Czego chcemy"),
    ),
}


def changed(data: bytes) -> bytes:
    """The pack with every change; each is really there to be made."""
    made = io.BytesIO()
    undone = {(name, before) for name, pairs in CHANGES.items() for before, _ in pairs}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.namelist():
            text = old.read(member).decode()
            for name, pairs in CHANGES.items():
                for before, after in pairs if member.startswith(name) else ():
                    if before in text:
                        undone.discard((name, before))
                    text = text.replace(before, after)
            new.writestr(member, _timescales(text) if member == "pack.json" else text)
    assert undone == set()
    return made.getvalue()


def _timescales(manifest: str) -> str:
    said = json.loads(manifest)
    for row in said["tables"]["timescales"]:
        if row["step"] == "assessment_complete":
            row["value"], row["valid_from"] = "3", "2020-01-01"
    said["tables"]["policy"] = [{"rule": "visit_hours", "value": "2"}]
    return json.dumps(said)


@pytest.fixture(scope="module")
def theirs(pack_bytes: bytes) -> Pack:
    return Pack.read(changed(pack_bytes))


@pytest.fixture(scope="module")
def desk(made_once: Path, theirs: Pack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One laptop for all rows; each has a family of its own."""
    vault = open_vault(Path(shutil.copytree(made_once, tmp_path_factory.mktemp("owns") / "vault")))
    yield desk_over(vault, theirs, Clock(SteadyClock(NOW)))
    vault.close()


@pytest.fixture
def family(desk: Desk) -> str:
    return desk.families.begin()


def form(pack: Pack, name: str) -> Session:
    return Session(load_definition(pack.form(name), pack.lists), clock=lambda: NOW)


def words(session: Session) -> Iterator[str]:
    """All that a form says to whoever fills it, as things stand."""
    for node in session.root.walk():
        if node.relevant:
            yield f"{node.label} {node.hint} {node.value}"
            yield from (choice.label for choice in node.choices)


Look = Callable[[Desk, str], str]


def on_screen(name: str, **answers: str) -> Look:
    """What a form says, once these questions are answered."""

    def look(desk: Desk, _family: str) -> str:
        session = form(desk.packs.newest, name)
        for path, value in answers.items():
            session.set(f"/{name}/{path.replace('__', '/')}", value)
        return "\n".join(words(session))

    return look


def of_a_person(desk: Desk, _family: str) -> str:
    session = form(desk.packs.newest, "household")
    session.add("/household/people/person")
    return "\n".join(words(session)).replace("White Irish", "")


def on_paper(desk: Desk, family: str) -> str:
    desk.fill(family, "safety_check", talking__safe_paper="yes")
    plan = desk.open(desk.records.begin(family, "plan"))
    goal, _ = plan.add_row("/plan/goals/goal")
    plan.answer(f"{goal}/outcome", "Mornings are calmer")
    desk.records.seal(plan.freeze())
    return pages(desk, family, "plan", "household")[1]


def in_polish(desk: Desk, _family: str) -> str:
    return " ".join(row.get("Polski (pl)", "") for row in desk.packs.newest.tables["paper_words"])


def in_a_file(desk: Desk, family: str) -> str:
    team = TeamDesk(None, desk.vault.worker.role, desk.clock)
    figures = Figures(desk.vault, desk.packs, desk.known, desk.clock, team)
    return as_csv(figures.own(date(2026, 3, 31)))


def in_the_directory(desk: Desk, _family: str) -> str:
    casework = Casework(desk.vault, desk.packs, desk.known, desk.clock)
    return str([service.name for service in casework.directory(Wanted()).found])


def days_to_assess(desk: Desk, family: str) -> str:
    desk.fill(family, "assessment", start__started="2026-03-09")
    casework = Casework(desk.vault, desk.packs, desk.known, desk.clock)
    return str([task.due.isoformat() for task in casework.standing(family).tasks])


def hours_of_a_visit(desk: Desk, _family: str) -> str:
    return str(policy_of(desk.packs.newest).visit)


ROWS: dict[str, tuple[Look, str]] = {
    "a question": (on_screen("plan"), "Whom do we ring first?"),
    "help text": (on_screen("plan"), "Somebody we know by name."),
    "an option": (on_screen("visit_note"), "At their own home"),
    "when it is asked": (
        on_screen("visit_note", when__child_seen="no"), "Did you see a child alone?",
    ),
    "a threshold": (on_screen("review"), "3 Family Help"),
    "a closure reason": (on_screen("closure"), "All is well"),
    "ethnicity": (of_a_person, "Irish"),
    "a timescale": (days_to_assess, "2026-03-12"),
    "a policy": (hours_of_a_visit, "2:00:00"),
    "the agreement": (on_screen("agreement"), "I say yes: Demo Council"),
    "a lawful basis": (
        on_screen("share_decision", decision__decided="share"), "A child may come to harm",
    ),
    "print words": (on_paper, "What we want to change"),
    "the name of a paper": (on_paper, "What we have agreed"),
    "a translation": (in_polish, "Czego chcemy"),
    "a safety number": (on_paper, "01632 960999"),
    "the directory": (in_the_directory, "Toddlers of the Hills"),
    "a survey": (on_screen("feedback_adult"), "I know where to go."),
    "a measure": (in_a_file, "Assessments in good time"),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_what_is_changed_in_the_pack_is_what_people_see(desk: Desk, family: str, row: str) -> None:
    look, wanted = ROWS[row]
    assert wanted in look(desk, family)
