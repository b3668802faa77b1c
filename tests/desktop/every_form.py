"""The forms of the folder, and something to say to each of their questions.

The forms are found in the folder, so that a new one is tested by being there. A few are tested in
the suite; ``python -m pytest -m long`` tests them all.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.services.filling import Filling
from forms.casework.people import PEOPLE_LIST, Person, people_csv
from forms.xforms import Definition, Node, NodeKind, Session, load_definition
from tests.resources.shipped import RESOURCES, pack

FORMS = sorted(file.stem for file in (RESOURCES / "forms").glob("[!~]*.xlsx"))
SAMPLE = ("first_visit", "dash_summary", "feedback_child")
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PEOPLE = (
    Person("0192f3c0-0000-7000-8000-00000000000a", "h", "Ada Osei", "parent"),
    Person("0192f3c0-0000-7000-8000-00000000000b", "h", "Kofi Osei", "child"),
)
GIVEN = {"date": "2026-11-20", "dateTime": "2026-11-20T14:02:00", "time": "14:02:00", "int": "4"}
EACH = [
    pytest.param(form, marks=() if form in SAMPLE else pytest.mark.long) for form in FORMS
]  # fmt: skip


def definition_of(form: str) -> Definition:
    return load_definition(
        pack().form(form), {**pack().lists, PEOPLE_LIST: people_csv(PEOPLE)}
    )  # fmt: skip


def asked(session: Session) -> list[Node]:
    return [
        node
        for node in session.root.walk()
        if node.kind is NodeKind.QUESTION
        and node.relevant
        and not node.readonly
        and node.control not in ("", "note")
        and not node.is_calculated
    ]


def answer_for(node: Node) -> str:
    """Something that this question takes; nothing for pictures."""
    if node.control in ("select1", "select"):
        return node.choices[0].name if node.choices else ""
    if node.control == "range":
        return "4"
    if node.control == "upload":
        return ""
    return GIVEN.get(node.type, f"What we said about {node.name}")


def fill(filling: Filling) -> None:
    """Answer whatever is asked, three times over: answers make further questions relevant."""
    for _ in range(3):
        for node in asked(filling.session):
            if not node.value and (value := answer_for(node)):
                filling.answer(node.path, value)
