"""Words that nobody checked are never the only basis of an agreement, a notice or a safety plan."""

from __future__ import annotations

import csv
import io
from datetime import UTC

import pytest

from forms.authoring.checks.translations import languages_of
from forms.authoring.texts import checked_texts, text_list
from forms.casework.people import PEOPLE_LIST, Person, people_csv
from forms.manifest import Wording
from forms.xforms import Session, Violation, load_definition
from tests.resources.shipped import pack
from tests.resources.test_conditions import NOW
from tests.resources.test_languages import SHEETS

MUM = Person("p1", "h", "Ada Osei", "parent")
ASKING = {  # form: the group or repeat of its language, the question, the text in that language
    "agreement": ("/agreement/people/decision", "decision", "words_in_theirs"),
    "privacy_notice": ("/privacy_notice/people/told", "told", "words_in_theirs"),
    "sharing": ("/sharing/chooser", "sharing", "words_in_theirs"),
    "first_visit": ("/first_visit/told", "told", "notice_in_theirs"),
    "safety_plan": ("/safety_plan/about", "plan", ""),
    "plan": ("/plan/agreed/signed", "signed", ""),
    "assessment": ("/assessment/sign/signed", "signed", ""),
    "child_voice": ("/child_voice/who", "talk", ""),
    "keeping_in_touch": ("/keeping_in_touch/agreement", "agreed", ""),
    "quick_help": ("/quick_help/start", "agrees", ""),
    "review": ("/review/voices", "agree", ""),
    "closure": ("/closure/later", "touch", ""),
    "team_meeting": ("/team_meeting/meeting", "meeting", ""),
}
FIRST_SAID = {  # what makes the language a question at all
    "keeping_in_touch": ("/keeping_in_touch/agreement/agreed", "yes"),
    "quick_help": ("/quick_help/start/agrees", "yes"),
    "closure": ("/closure/later/keep_in_touch", "yes"),
}
ROWS = ("agreement", "privacy_notice", "plan", "assessment")
LANGUAGES = ("polish", "kurdish_sorani", "arabic", "romanian")


def opened(form: str, checked_in: str = "") -> tuple[Session, str]:
    """The form, as if its words had been checked in a language; where it asks for the language."""
    lists = {**pack().lists, PEOPLE_LIST: people_csv([MUM])}
    if checked_in:
        lists["checked.csv"] += f"{checked_in},{'yes,' * len(pack().forms)}\n".encode()
        texts = [f"{key}.{checked_in},Their words.,1\n" for key in ("agreement", "privacy_notice")]
        texts.append(f"sharing.{checked_in},Their words.,1\n")
        lists["wording.csv"] += "".join(texts).encode()
        lists["checked.csv"] = lists["checked.csv"].replace(f"{checked_in},,".encode(), b"gone,,")
    session = Session(load_definition(pack().form(form), lists), clock=lambda: NOW, zone=UTC)
    at = ASKING[form][0]
    if form in ROWS:
        at = next(path for path in session.add(at).added if path.endswith("]"))
    if form in FIRST_SAID:
        session.set(*FIRST_SAID[form])
    return session, at


def test_every_form_that_is_signed_or_agreed_to_in_their_languages_asks() -> None:
    signed = {
        name
        for name, form in SHEETS.items()
        if len(languages_of(form)) > 1
        and any(row.line.get("appearance") == "signature" for row in form.rows)
    }
    agreed = {
        guard.form
        for what in ("agreement", "share", "child_share")
        for guard in pack().guarding(what)
    }
    assert {"plan", "agreement", "child_voice"} <= signed | agreed <= set(ASKING)


@pytest.mark.parametrize("form", ASKING)
def test_the_interpreter_is_named_in_every_language_that_nobody_checked(form: str) -> None:
    session, at = opened(form)
    asked = f"{at}/{ASKING[form][1]}"
    question, interpreter = f"{asked}_language", f"{asked}_interpreter"
    session.set(question, "english")
    assert not session.node(interpreter).relevant
    offered = {choice.name for choice in session.node(question).choices} - {"english"}
    assert offered > set(LANGUAGES)
    for language in sorted(offered):
        session.set(question, language)
        assert session.node(interpreter).violation is Violation.REQUIRED, language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ASKING)
def test_checked_words_are_shown_and_are_basis_enough(form: str, language: str) -> None:
    session, at = opened(form, checked_in=language)
    _, question, text = ASKING[form]
    session.set(f"{at}/{question}_language", language)
    assert not session.node(f"{at}/{question}_interpreter").relevant
    assert not text or session.node(f"{at}/{text}").value == "Their words."


def test_only_texts_that_are_checked_and_as_new_as_the_english_count() -> None:
    languages = pack().tables["languages"]
    english = Wording("agreement", "2", "en", "I agree.")
    texts = [
        english,
        Wording("agreement", "2", "pl", "Zgadzam się.", "A. Nowak", "2026-11-01"),
        Wording("agreement", "1", "ro", "Sunt de acord.", "I. Popa", "2026-11-01"),  # older words
        Wording("agreement", "2", "ar", "أوافق."),  # drafted
    ]
    assert {code for code in ("pl", "ro", "ar") if checked_texts(texts, code)} == {"pl"}
    header, rows = text_list(languages, texts)
    by_name = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert by_name.keys() == {"agreement", "agreement.polish"}
    assert by_name["agreement.polish"]["label"] == "Zgadzam się."
    shown = {name: words for name, words in by_name["agreement"].items() if "::" in name and words}
    assert shown == {"label::Polski (pl)": "Zgadzam się.", "label::العربية (ar)": "أوافق."}


def test_nothing_shipped_is_said_to_be_checked_but_english() -> None:
    rows = list(csv.DictReader(io.StringIO(pack().lists["checked.csv"].decode())))
    assert [row["name"] for row in rows if "yes" in row.values()] == ["english"]
    assert {row["name"] for row in rows} == {"english", *LANGUAGES}
