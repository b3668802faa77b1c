"""What words quote: in the language of the words, as it was kept, or with a gap to write in."""

from __future__ import annotations

from datetime import UTC

import pytest

from forms.xforms import Session
from tests.forms.xforms.compiled import NOON, definition

TABLES = """
    | survey |
    | | type | name | label::English (en) | label::Polski (pl) | calculation | default |
    | | csv-external | contacts | | | | |
    | | date | on | On | Kiedy | | today() |
    | | calculate | hours | | | pulldata('contacts', 'when', 'name', 'hub') | |
    | | calculate | by | | | format-date(date(decimal-date-time(${on}) + 10), '%e %b %Y') | |
    | | note | ring | Ring (${hours}) by ${by} for ${who} | Dzwoń (${hours}) do ${by}: ${who} | | |
    | | note | alone | ${by} | ${by} | | |
    | | select_one_from_file contacts.csv | who | Who | Kto | | |
    | settings |
    | | default_language |
    | | English (en) |
    """
ENGLISH, POLISH = "English (en)", "Polski (pl)"
FILES = {
    "contacts.csv": "name,label,when,label::Polski (pl),when::Polski (pl)\n"
    "hub,The hub,on weekdays,Ośrodek,w dni robocze\nteam,The team,at night,,\n".encode(),
    "dates.csv": b"name,label,label::Polski (pl)\nmonth 6,June,czerwca\n",
}
FORM = definition(TABLES, FILES)


def opened(language: str, answers: dict[str, str] | None = None, gap: str = "") -> Session:
    return Session(FORM, answers, clock=lambda: NOON, zone=UTC, language=language, gap=gap)


def label(session: Session, name: str) -> str:
    return session.node(f"/data/{name}").label


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (ENGLISH, "Ring (on weekdays) by 25 Jun 2026 for hub"),
        (POLISH, "Dzwoń (w dni robocze) do 25 czerwca 2026: hub"),
    ],
)
def test_a_look_up_and_a_month_are_in_the_language_of_the_sentence(
    language: str, says: str
) -> None:
    session = opened(language)
    session.set("/data/who", "hub")
    assert label(session, "ring") == says
    assert session.calculated()["/data/hours"] == "on weekdays"
    assert session.calculated()["/data/by"] == "25 Jun 2026"


def test_choices_are_in_the_language_of_the_form_where_the_list_says_them() -> None:
    choices = opened(POLISH).node("/data/who").choices
    assert [choice.label for choice in choices] == ["Ośrodek", "The team"]


def test_what_was_kept_is_quoted_as_it_was_kept() -> None:
    session = opened(POLISH, {"/data/hours": "on Mondays", "/data/on": "2026-06-15"})
    assert label(session, "ring") == "Dzwoń (on Mondays) do 25 czerwca 2026:"


def test_where_only_an_answer_could_say_it_there_is_a_gap() -> None:
    session = opened(POLISH, gap="....")
    assert label(session, "ring") == "Dzwoń (w dni robocze) do ....: ...."
    assert label(session, "alone") == ""
