"""Ordinary forms, as pyxform compiles them, being filled."""

from __future__ import annotations

import pytest

from forms.xforms import Choice, NodeKind, NoSuchPath, Violation
from tests.forms.xforms.compiled import definition, session

HOUSEHOLD = definition("""
    | survey |
    | | type | name | label | relevant | calculation | constraint | required |
    | | text | family | Family name | | | | yes |
    | | begin_repeat | person | Person |
    | | text | name | Name | | | | yes |
    | | integer | age | Age | | | . >= 0 and . < 120 |
    | | calculate | child | | | if(${age} < 18, 'yes', 'no') |
    | | begin_group | school | School | ${child} = 'yes' |
    | | text | where | Which school |
    | | end_group |
    | | end_repeat |
    | | calculate | people | | | count(${person}) |
    | | calculate | ages | | | sum(${age}) |
    | | note | total | ${people} people |
    | settings |
    | | form_title | form_id | version |
    | | Household | household | 3 |
    """)


def test_a_form_says_what_it_is() -> None:
    assert (HOUSEHOLD.id, HOUSEHOLD.version, HOUSEHOLD.title()) == ("household", "3", "Household")
    paths = [question.path for question in HOUSEHOLD.questions]
    assert "/data/person/school/where" in paths
    assert next(q for q in HOUSEHOLD.questions if q.path == "/data/family").label() == "Family name"


def test_calculations_follow_the_answers_of_their_own_row() -> None:
    filling = session(HOUSEHOLD)
    filling.add("/data/person")
    first, second = (row.path for row in filling.node("/data/person").children)
    filling.set(f"{first}/age", "34")
    delta = filling.set(f"{second}/age", "7")
    assert filling.node(f"{first}/child").value == "no"
    assert filling.node(f"{second}/child").value == "yes"
    assert filling.node("/data/ages").value == "41"
    assert f"{second}/school" in delta.changed
    assert f"{first}/child" not in delta.changed
    assert filling.node("/data/total").label == "2 people"


def test_what_is_not_relevant_reads_as_blank_and_keeps_its_answer() -> None:
    filling = session(HOUSEHOLD)
    row = filling.at("/data/person[1]").path
    filling.set(f"{row}/age", "7")
    filling.set(f"{row}/school/where", "Hill Primary")
    filling.set(f"{row}/age", "40")
    where = filling.node(f"{row}/school/where")
    assert (where.relevant, where.value, where.stored) == (False, "", "Hill Primary")
    assert filling.answers()[f"{row}/school/where"] == "Hill Primary"
    filling.set(f"{row}/age", "8")
    assert where.value == "Hill Primary"


def test_required_and_constraint_are_said_and_never_refused() -> None:
    filling = session(HOUSEHOLD)
    family, age = filling.node("/data/family"), filling.at("/data/person[1]/age")
    assert family.required
    assert family.violation is Violation.REQUIRED
    filling.set(age.path, "130")
    assert (age.value, age.violation) == ("130", "constraint")
    filling.set(age.path, "30")
    assert age.violation is None


def test_rows_are_named_by_uuid_and_numbered_by_place() -> None:
    filling = session(HOUSEHOLD)
    delta = filling.add("/data/person", row="11111111-1111-4111-8111-111111111111")
    path = "/data/person[11111111-1111-4111-8111-111111111111]"
    assert delta.added == {path}
    assert filling.node(path).reference == "/data/person[2]"
    filling.move(path, "000005")
    assert filling.node(path).reference == "/data/person[1]"
    assert filling.answers()[path] == "000005"
    delta = filling.remove(path)
    assert delta.removed == {path}
    with pytest.raises(NoSuchPath):
        filling.node(path)


def test_undo_and_redo_bring_back_answers_and_rows() -> None:
    filling = session(HOUSEHOLD)
    row = filling.at("/data/person[1]").path
    filling.set(f"{row}/name", "Asha")
    before = filling.answers()
    filling.remove(row)
    assert filling.node("/data/people").value == "0"
    filling.undo()
    assert filling.answers() == before
    assert filling.node("/data/people").value == "1"
    filling.undo()
    assert filling.node(f"{row}/name").value == ""
    filling.redo()
    assert filling.node(f"{row}/name").value == "Asha"
    assert filling.can_redo


def test_a_record_opens_as_it_was_left() -> None:
    filling = session(HOUSEHOLD)
    filling.set("/data/family", "Okafor")
    filling.add("/data/person")
    filling.set(filling.at("/data/person[2]/name").path, "Ben")
    kept = filling.answers()
    again = session(HOUSEHOLD, kept)
    assert again.answers() == kept
    assert again.at("/data/person[2]/name").value == "Ben"
    assert again.calculated() == filling.calculated()


def test_an_answer_without_a_place_in_the_form_is_kept() -> None:
    again = session(HOUSEHOLD, {"/data/family": "Okafor", "/data/old_question": "said once"})
    assert again.answers()["/data/old_question"] == "said once"


def test_the_kinds_of_nodes() -> None:
    filling = session(HOUSEHOLD)
    kinds = {node.schema_path: node.kind for node in filling.root.walk()}
    assert kinds["/data"] is NodeKind.ROOT
    assert kinds["/data/person/school"] is NodeKind.GROUP
    assert kinds["/data/person/name"] is NodeKind.QUESTION
    assert kinds["/data/person/child"] is NodeKind.VALUE
    assert filling.at("/data/person").kind is NodeKind.REPEAT
    assert filling.at("/data/person[1]").kind is NodeKind.ROW
    assert filling.at("/data/total").control == "note"


SUPPORT = definition(
    """
    | survey |
    | | type | name | label::English (en) | label::Cymraeg (cy) | choice_filter | appearance |
    | | select_one area | area | Area | Ardal |
    | | select_one centre | centre | Centre | Canolfan | area = ${area} | minimal |
    | | select_multiple need | needs | Needs | Anghenion |
    | | select_one_from_file people.csv | worker | Worker | Gweithiwr | team = ${area} |
    | choices |
    | | list_name | name | label::English (en) | label::Cymraeg (cy) | area |
    | | area | north | North | Gogledd |
    | | area | south | South | De |
    | | centre | oak | Oak House | Ty Derwen | north |
    | | centre | ash | Ash House | Ty Onnen | south |
    | | need | sleep | Sleep | Cwsg |
    | | need | school | School | Ysgol |
    """,
    {"people.csv": b"name,label,team\nw1,Ruth,north\nw2,Ali,south\n"},
)


def test_filters_offer_what_fits_and_keep_what_was_said() -> None:
    filling = session(SUPPORT)
    filling.set("/data/area", "north")
    centre = filling.node("/data/centre")
    assert centre.choices == (Choice("oak", "Oak House"),)
    assert filling.node("/data/worker").choices == (Choice("w1", "Ruth"),)
    filling.set("/data/centre", "oak")
    delta = filling.set("/data/area", "south")
    assert "/data/centre" in delta.changed
    assert centre.choices == (Choice("ash", "Ash House"),)
    assert (centre.value, centre.kept) == ("oak", ("oak",))


def test_the_form_speaks_each_of_its_languages() -> None:
    filling = session(SUPPORT)
    assert SUPPORT.languages == ("English (en)", "Cymraeg (cy)")
    assert filling.node("/data/needs").label == "Needs"
    delta = filling.set_language("Cymraeg (cy)")
    assert "/data/needs" in delta.changed
    assert filling.node("/data/needs").label == "Anghenion"
    assert [choice.label for choice in filling.node("/data/needs").choices] == ["Cwsg", "Ysgol"]


def test_what_is_quoted_in_words_from_right_to_left_stands_apart() -> None:
    form = definition("""
        | survey |
        | | type | name | label::English (en) | label::العربية (ar) |
        | | text | who | Who | من |
        | | note | ring | Ring ${who}: 999. | اتصل بـ ${who}: 999. |
        """)
    filling = session(form, {"/data/who": "Sam (Ash House)"})
    assert filling.node("/data/ring").label == "Ring Sam (Ash House): 999."
    filling.set_language("العربية (ar)")
    assert filling.node("/data/ring").label == "اتصل بـ \u2068Sam (Ash House)\u2069: 999."
    filling.set("/data/who", "")
    assert filling.node("/data/ring").label == "اتصل بـ : 999."


TRIGGERS = definition("""
    | survey |
    | | type | name | label | calculation | trigger | default | save_to |
    | | text | status | Status | | | open | status |
    | | dateTime | changed | When it changed | now() | ${status} |
    | | begin_repeat | action | Action |
    | | text | what | What | | | to agree |
    | | end_repeat |
    | | date | seen | Seen | | | today() |
    | | username | who |
    | entities |
    | | dataset | label |
    | | plans | ${status} |
    """)


def test_defaults_triggers_and_preloads() -> None:
    filling = session(TRIGGERS, preload={"username": "r.jones"})
    assert filling.node("/data/status").value == "open"
    assert filling.at("/data/action[1]/what").value == "to agree"
    assert filling.node("/data/seen").value == "2026-06-15"
    assert filling.node("/data/who").value == "r.jones"
    assert filling.node("/data/changed").value == ""
    filling.set("/data/status", "closed")
    assert filling.node("/data/changed").value == "2026-06-15T12:00:00.000+01:00"
    filling.undo()
    assert filling.node("/data/changed").value == ""


def test_a_cleared_default_stays_cleared() -> None:
    filling = session(TRIGGERS)
    filling.set("/data/status", "")
    again = session(TRIGGERS, filling.answers())
    assert again.node("/data/status").value == ""


def test_entities_say_which_answers_make_them() -> None:
    (plan,) = TRIGGERS.entities
    assert (plan.dataset, plan.path) == ("plans", "/data")
    assert plan.properties == {"status": "/data/status"}


COUNTED = definition("""
    | survey |
    | | type | name | label | repeat_count |
    | | integer | many | How many |
    | | begin_repeat | child | Child | ${many} |
    | | text | words | Own words |
    | | end_repeat |
    """)


def test_a_count_makes_rows_and_forgets_none() -> None:
    filling = session(COUNTED)
    filling.set("/data/many", "2")
    assert filling.at("/data/child").count_is_fixed
    second = filling.at("/data/child[2]/words").path
    filling.set(second, "I like the garden")
    filling.set("/data/many", "1")
    assert len(filling.at("/data/child").children) == 1
    assert filling.answers()[second] == "I like the garden"
    again = session(COUNTED, filling.answers())
    again.set("/data/many", "2")
    assert again.node(second).value == "I like the garden"
