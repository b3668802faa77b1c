"""A meeting as it is held: the shipped forms, an invented family."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from PySide6.QtCore import QObject

from desktop.services.filling import Filling
from desktop.services.sight import Sight
from desktop.ui.lanes import InlineLane
from desktop.ui.pages.form_part import FormPart
from desktop.ui.pages.meeting import MeetingPage
from desktop.ui.saving import Saving
from forms.casework.people import PEOPLE_LIST, people_csv
from forms.pack import Pack
from forms.records.answer import Answer
from forms.records.change import Change, Written
from forms.xforms import Definition, load_definition
from tests.desktop.ui.filled_forms import Desk
from tests.desktop.ui.pages import examples
from tests.resources.shipped import pack_bytes

INVITED = (("Ruth Bell", "Pastoral lead, school", "attended"), ("Daniel Bell", "parent", "absent"))
ACTIONS = (
    ("Lay out clothes and bags together every evening", "Grace Okafor", "2026-03-16", "started"),
    ("Ask for two breakfast club places", "Ruth Bell", "2026-03-06", "blocked"),
)
MAY_COME = (("Grace Okafor", "parent or carer"), ("Tobi Okafor-Bell", "child, 8"))


@cache
def shipped(form: str) -> Definition:
    pack = Pack.read(pack_bytes())
    return load_definition(pack.form(form), {**pack.lists, PEOPLE_LIST: people_csv([])})


def part(desk: Desk, form: str, parent: QObject, changes: tuple[Change, ...] = ()) -> FormPart:
    opened = desk.filling(shipped(form), changes).opened
    opened = replace(opened, form=form, for_family=Sight())
    filling = Filling(opened, desk.clock)
    saving = Saving(filling, InlineLane(), desk.write, desk.seal, parent)
    return FormPart(filling, saving, desk.around, parent)


def a_meeting(desk: Desk, parent: QObject) -> FormPart:
    made = part(desk, "team_meeting", parent)
    said = made.filling
    for name, role, came in INVITED:
        told = {"invited_name": name, "invited_role": role, "came": came}
        invited = "/team_meeting/team/invited"
        said.add_row(invited, {f"{invited}/{key}": value for key, value in told.items()})
    said.answer("/team_meeting/updates/child_update", "Tobi: mornings are not so loud now.")
    return made


def a_plan(desk: Desk, parent: QObject) -> FormPart:
    made = part(desk, "plan", parent)
    said, goals = made.filling, "/plan/goals/goal"
    goal = said.session.node(goals).children[0].path
    said.answer(f"{goal}/outcome", "Mornings are calmer")
    for what, who, by_when, progress in ACTIONS:
        row = f"{goals}/action"
        told = {"what": what, "who": who, "by_when": by_when, "progress": progress}
        said.add_row(f"{goal}/action", {f"{row}/{key}": value for key, value in told.items()})
    return made


def a_plan_with_two_answers(desk: Desk, parent: QObject) -> FormPart:
    """Somebody else wrote that the first action is done, unseen by whoever wrote that it began."""
    made = a_plan(desk, parent)
    said = made.filling.session
    path = [node.path for node in said.root.walk() if node.path.endswith("/progress")][1]
    changes = tuple(made.filling.freeze())
    theirs = replace(
        changes[-1],
        id="0195802c-0000-7000-8000-0000000000ee",
        author="ash",
        device="another",
        answers={path: Written(Answer("done"))},
    )
    return part(desk, "plan", parent, (*changes, theirs))


def page(
    desk: Desk | None = None, *, with_plan: bool = True, disputed: bool = False
) -> MeetingPage:
    desk, around = desk or Desk(), QObject()
    made_plan = a_plan_with_two_answers if disputed else a_plan
    meeting, plan = a_meeting(desk, around), made_plan(desk, around) if with_plan else None
    made = MeetingPage(meeting, plan, MAY_COME, examples.MOMENTS.when)
    around.setParent(made)
    return made
