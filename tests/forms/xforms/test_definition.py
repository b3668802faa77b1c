"""What a form says about itself, read once for every session."""

from __future__ import annotations

from datetime import UTC, datetime

from forms.xforms import Session, load_definition
from tests.forms.xforms.compiled import LONDON, definition, session, xform

TABLE = """
    | survey |
    | | type | name | label | hint | guidance_hint | constraint | constraint_message | required | required_message | parameters | appearance | save_to |
    | | begin_repeat | goal | Goal | | | | | | | | | |
    | | text | what | What | In your words | Ask openly | | | yes | Please say | | multiline | what |
    | | end_repeat | | | | | | | | | | | |
    | | range | sure | How sure | | | | | | | start=0 end=10 step=1 | | |
    | | integer | age | Age | | | . < 120 | Too old | | | | | |
    | | image | drawn | Draw | | | | | | | | draw | |
    | | acknowledge | agreed | Agreed | | | | | | | | | |
    | | select_one yn | safe | Safe | | | | | | | | | |
    | | start | begun | | | | | | | | | | |
    | | end | done | | | | | | | | | | |
    | choices |
    | | list_name | name | label |
    | | yn | yes | Yes |
    | | yn | no | No |
    | entities |
    | | list_name | label | repeat |
    | | goals | ${what} | ${goal} |
    | settings |
    | | form_id | form_title | version | default_language |
    | | plan | Our plan | 2 | |
    """  # noqa: E501
PLAN = definition(TABLE)


def test_the_same_bytes_are_the_same_form() -> None:
    assert load_definition(xform(TABLE)).content_hash == PLAN.content_hash


def test_questions_have_their_type_control_and_choices() -> None:
    questions = {question.path: question for question in PLAN.questions}
    assert questions["/data/goal/what"].save_to == "what"
    assert questions["/data/goal/what"].required
    assert questions["/data/sure"].control == "range"
    assert questions["/data/drawn"].type == "binary"
    assert questions["/data/agreed"].control == "trigger"
    assert questions["/data/safe"].choices == ("yes", "no")
    assert questions["/data/safe"].label() == "Safe"


def test_an_entity_of_a_repeat_names_it() -> None:
    (goal,) = PLAN.entities
    assert (goal.dataset, goal.path) == ("goals", "/data/goal")
    assert goal.properties == {"what": "/data/goal/what"}
    assert goal.label == "/data/goal/meta/entity/label"
    assert PLAN.left_out == ()


def test_nodes_have_their_words() -> None:
    filling = session(PLAN)
    what = filling.at("/data/goal[1]/what")
    assert (what.label, what.hint, what.guidance) == ("What", "In your words", "Ask openly")
    assert (what.appearance, what.message) == ("multiline", "Please say")
    filling.set("/data/age", "130")
    assert filling.node("/data/age").message == "Too old"
    assert filling.node("/data/sure").parameters["end"] == "10"
    assert filling.node("/data/drawn").media_type == "image/*"


def test_start_and_end_are_noted_in_the_zone_of_the_family() -> None:
    now = [datetime(2026, 7, 1, 9, 0, tzinfo=UTC)]
    filling = Session(PLAN, clock=lambda: now[0], zone=LONDON)
    assert filling.node("/data/begun").value == "2026-07-01T10:00:00.000+01:00"
    assert filling.node("/data/done").value == ""
    now[0] = datetime(2026, 7, 1, 9, 45, tzinfo=UTC)
    filling.finish()
    assert filling.node("/data/done").value == "2026-07-01T10:45:00.000+01:00"
    assert filling.node("/data/begun").value == "2026-07-01T10:00:00.000+01:00"


def test_sessions_of_one_form_know_nothing_of_each_other() -> None:
    one, other = session(PLAN), session(PLAN)
    one.set("/data/age", "40")
    one.add("/data/goal")
    assert other.node("/data/age").value == ""
    assert len(other.node("/data/goal").children) == 1


def test_a_place_on_the_map_is_named_as_left_out() -> None:
    form = xform(TABLE).replace(
        b"</model>",
        b'<odk:setgeopoint ref="/data/age" event="odk-instance-first-load"/></model>',
    )
    assert load_definition(form).left_out == ("setgeopoint on /data/age",)


TELLING = definition(
    """
    | survey |
    | | type | name | label | relevant | calculation | trigger | choice_filter |
    | | text | secret | Whom are you afraid of? | | | | |
    | | text | open | What do you like? | | | | |
    | | text | asked | What then? | ${secret} != '' | | | |
    | | text | worded | How is ${secret}? | | | | |
    | | calculate | count | | | string-length(${secret}) | | |
    | | text | later | And this? | ${count} > 3 | | | |
    | | text | set | Their name | | ${secret} | ${open} | |
    | | select_one names | chosen | Who? | | | | name != ${secret} |
    | | begin_group | part | About ${asked} | | | | |
    | | text | inside | What else? | | | | |
    | | end_group | | | | | | |
    | | text | free | Anything on ${open}? | ${open} != '' | | | |
    | choices |
    | | list_name | name | label |
    | | names | ash | Ash |
    """
)


def test_what_follows_from_an_answer_is_all_that_could_tell_of_it() -> None:
    follows = TELLING.following({"/data/secret"})
    assert follows == {
        "/data/asked",
        "/data/worded",
        "/data/count",
        "/data/later",
        "/data/set",
        "/data/chosen",
        "/data/part",
    }
    assert TELLING.following({"/data/open"}) == {"/data/free", "/data/set"}
    assert TELLING.following(set()) == set()
