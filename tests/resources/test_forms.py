"""Every form that is shipped: found in the folder, so that a new one is tested by being there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache

import pytest

from forms.authoring.compile import compile_form
from forms.authoring.pack_check import check_pack
from forms.authoring.sheets import read_sheets
from forms.records.answer_path import schema_path
from forms.xforms import Definition, Node, Session, load_definition
from tests.resources.shipped import RESOURCES, pack

FORMS = sorted(file.stem for file in (RESOURCES / "forms").glob("[!~]*.xlsx"))
RECORDS = json.loads((RESOURCES / "demo" / "families.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
QUOTED = frozenset(
    [
        "/privacy_notice/notice/notice_text",
        "/agreement/words/agreement_text",
        "/sharing/chooser/sharing_text",
        "/first_visit/told/notice_text",
        "/first_visit/told/agreement_text",
    ]
)
"""Notes that are nothing but words of the pack."""
APPEARANCES = frozenset({"signature", "draw", "multiline", "likert", "minimal", "faces", ""})


@cache
def definition(form: str) -> Definition:
    return load_definition(pack().form(form), pack().lists)


def session(form: str, answers: dict[str, str] | None = None) -> Session:
    return Session(definition(form), answers or {}, clock=lambda: NOW, zone=UTC)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


def test_the_forms_are_there() -> None:
    assert {"safety_check", "household", "assessment", "child_voice", "plan"} <= set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_opens_with_nothing_left_out(form: str) -> None:
    opened = definition(form)
    assert opened.id == form
    assert [one for one in opened.left_out if "/meta/entity/@" not in one] == []  # ids are rows'
    assert opened.default_language == "English (en)"
    assert opened.title()


@pytest.mark.parametrize("form", FORMS)
def test_sections_and_questions_have_words_and_known_looks(form: str) -> None:
    for section in session(form).root.children:
        if section.label:
            assert len(section.label) <= 60
    for question in definition(form).questions:
        if question.control:
            quoted = question.path in QUOTED or question.path.endswith("_in_theirs")
            assert question.label().strip() or quoted
            assert set(question.appearance.split()) <= APPEARANCES


@pytest.mark.parametrize("form", FORMS)
def test_a_hint_is_short_and_a_label_has_no_code(form: str) -> None:
    for row in read_sheets(RESOURCES / "forms" / f"{form}.xlsx").rows:
        for text in row.line.texts("hint").values():
            assert len(text) <= 160, text
        for text in row.line.texts("label").values():
            assert not re.search(r"\b[a-z]\.[a-z_]+\b|_", re.sub(r"\$?\{[\w.]+\}", "", text)), text


@pytest.mark.parametrize("form", ["privacy_notice", "agreement", "sharing", "child_voice", "plan"])
def test_what_a_family_reads_is_there_in_other_languages(form: str) -> None:
    opened = session(form)
    english = [n.label for n in nodes(opened.root) if n.label and n.control != "note"]
    for language in ("Polski (pl)", "العربية (ar)", "Română (ro)", "کوردی (ckb)"):
        assert language in pack().about(form).unchecked
        opened.set_language(language)
        labels = [n.label for n in nodes(opened.root) if n.label and n.control != "note"]
        assert len(labels) == len(english)
        assert not set(labels) & set(english)


def test_the_pack_and_every_form_are_checked_without_a_word() -> None:
    """Of all forms and sources; what is left are the placeholders of a demo."""
    found = check_pack(RESOURCES, date(2026, 11, 23))
    assert [str(one) for one in found if one.weight != "placeholder"] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: f"{r['form']}-{r['record'][:8]}")
def test_demo_answers_are_answers_to_questions_that_are_asked(record: dict[str, object]) -> None:
    answers = record["answers"]
    assert isinstance(answers, dict)
    opened = session(str(record["form"]), answers)
    assert opened.answers() == answers | opened.answers()
    known = {question.path for question in definition(str(record["form"])).questions}
    for path in answers:
        if not path.endswith("]"):
            assert schema_path(path) in known, path
            assert opened.node(path).relevant, path
    broken = [n.path for n in nodes(opened.root) if n.violation == "constraint"]
    assert broken == []


def test_demo_people_are_chosen_by_the_ids_of_their_rows() -> None:
    people = {
        path[path.rindex("[") + 1 : -1]
        for record in RECORDS
        for path in record["answers"]
        if re.fullmatch(r"/household/people/person\[[^]]+\]", path)
    }
    chosen = {
        value
        for record in RECORDS
        for path, values in record["answers"].items()
        for value in values.split()
        if re.fullmatch(r"[0-9a-f-]{36}", value)
    }
    assert chosen
    assert chosen <= people


@pytest.mark.parametrize("path", sorted(QUOTED))
def test_the_words_of_the_council_stand_in_the_form(path: str) -> None:
    form = path.split("/")[1]
    assert "Demo Council" in session(form).node(path).label or form == "sharing"
    assert len(session(form).node(path).label) > 100


def test_compiling_twice_gives_the_same_form() -> None:
    file = RESOURCES / "forms" / "plan.xlsx"
    assert compile_form(file) == compile_form(file)
