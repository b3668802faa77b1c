"""What a form takes from the tables and texts of the pack is in the language of the form."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, timedelta
from functools import cache

import pytest

from forms.authoring.council_words import CODED_BY, OF_THE_COUNCIL, council_key
from forms.records.answer_path import schema_path
from forms.xforms import Definition, NodeKind, Session, load_definition
from tests.resources.shipped import pack
from tests.resources.test_conditions import NOW
from tests.resources.test_languages import LANGUAGES, SHEETS

ENGLISH = "English (en)"
OFFERED = {  # table: a form that offers it, and the question
    "agencies": ("professionals", "agency"),
    "closure_reasons": ("closure", "reason"),
    "vulnerable_groups": ("assessment", "flag_groups"),
    "thresholds": ("review", "level"),
    "indicators": ("request", "indicators"),
    "lawful_basis": ("share_decision", "reason"),
}


@cache
def definition(form: str) -> Definition:
    return load_definition(pack().form(form), pack().lists)


def opened(form: str, language: str) -> Session:
    return Session(definition(form), clock=lambda: NOW, zone=UTC, language=language)


def said(language: str) -> dict[str, str]:
    return {row["key"]: row[language] for row in pack().tables["paper_words"]}


def offered(table: str, language: str) -> dict[str, str]:
    """Each choice that the table gives a form, with its words in a language."""
    form, question = OFFERED[table]
    session = opened(form, language)
    for node in session.root.walk():
        if node.kind is NodeKind.REPEAT and not node.children:
            session.add(node.path)
    node = next(n for n in session.root.walk() if n.name == question)
    return {choice.name: choice.label for choice in node.choices}


@pytest.mark.parametrize("table", CODED_BY)
def test_every_choice_of_every_table_is_in_every_language_of_the_forms(table: str) -> None:
    rows = [row for row in pack().tables[table] if row.get("used_for") != "hold"]
    english = offered(table, ENGLISH)
    code = CODED_BY[table][-1]
    assert english == {row[code]: row["label"] for row in rows}
    for language in LANGUAGES:
        words = said(language)
        theirs = {row[code]: words[council_key(table, row)] for row in rows}
        assert offered(table, language) == theirs
        assert {name for name in english if theirs[name] == english[name]} <= {"start_well"}


def test_every_list_that_a_form_offers_is_said_but_names_of_people_and_services() -> None:
    types = [row.line.get("type") for form in SHEETS.values() for row in form.rows]
    lists = {found[1] for one in types if (found := re.search(r"_from_file (\w+\.csv)", one))}
    assert {"people.csv", "services.csv", "levels.csv"} < lists
    for name in lists - {"people.csv", "services.csv"}:
        columns = next(csv.reader(io.StringIO(pack().lists[name].decode())))
        assert {f"label::{language}" for language in LANGUAGES} < set(columns), name


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_hours_texts_and_months_are_quoted_in_the_language_of_the_sentence(language: str) -> None:
    visit, quick = opened("first_visit", language), opened("quick_help", language)
    ring = next(n.label for n in visit.root.walk() if n.name == "ring_first")
    words = said(language)
    assert words[f"{OF_THE_COUNCIL}hours.level4_day"] in ring
    assert "Monday" not in ring
    notice = next(n.label for n in visit.root.walk() if n.name == "notice_text")
    code = language.rpartition("(")[2].rstrip(")")
    assert notice == pack().wording("privacy_notice", code).words
    assert notice.count("\n\n") == 6  # its paragraphs, as in English
    by = next(n.label for n in quick.root.walk() if n.name == "ten_days_text")
    assert words["date.months"].split(" | ")[(NOW + timedelta(days=10)).month - 1] in by


def worked_out(form: str, language: str) -> dict[str, str]:
    found = opened(form, language).calculated()
    return {schema_path(path): value for path, value in found.items() if "/meta/" not in path}


def test_what_is_kept_of_a_record_is_the_same_in_every_language() -> None:
    for form in ("first_visit", "quick_help", "assessment"):
        kept = worked_out(form, ENGLISH)
        assert kept
        assert all(worked_out(form, language) == kept for language in LANGUAGES)


def test_words_that_were_kept_are_quoted_as_they_were_kept() -> None:
    kept = {"/agreement/agreement_words": "I agreed to the words of last year."}
    session = Session(definition("agreement"), kept, language="Polski (pl)")
    shown = [n.label for n in session.root.walk() if n.name == "agreement_text"]
    assert shown == [kept["/agreement/agreement_words"]]
