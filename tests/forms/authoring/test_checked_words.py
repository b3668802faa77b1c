"""A translation is checked as it stood: what is changed since is drafted again, and said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.authoring.checked_words import (
    as_checked,
    mark_of_form,
    mark_of_paper,
    marks_of_words,
    stale_papers,
    translated,
)
from forms.authoring.pack_checks.wordings import translations, words
from forms.authoring.sheets import read_sheets
from tests.forms.authoring.conftest import Book

ENGLISH, POLISH = "English (en)", "Polski (pl)"
COLUMNS = ("type", "name", f"label::{ENGLISH}", f"label::{POLISH}", "calculation")


class Sources:
    """A form in two languages, its row in translations.csv, and one term."""

    def __init__(self, folder: Path, book: Book) -> None:
        self.folder, self._book = folder, book
        (folder / "pack").mkdir()
        self.say()
        self.check("")

    def say(
        self,
        english: str = "How are you?",
        polish: str = "Jak się masz?",
        type: str = "text",  # noqa: A002 - the field's own word
        calculation: str = "",
    ) -> None:
        row = (type, "how", english, polish, calculation)
        self._book([row], columns=COLUMNS, default_language=ENGLISH, file="visit.xlsx")

    def check(self, by: str, mark: str = "", term_by: str = "", term_english: str = "plan") -> None:
        header = "form,language,checked_by,checked_on,checked_words\n"
        row = f"visit,{POLISH},{by},2026-11-01,{mark}\n"
        (self.folder / "pack" / "translations.csv").write_text(header + row, "utf-8")
        ours = {"key": "plan", "language": "en", "words": "plan"}
        theirs = {"key": "plan", "language": "pl", "words": "Plan"}
        mark = marks_of_words([ours, theirs])["pl", "plan"] if term_by else ""
        terms = (
            "key,language,words,checked_by,checked_on,checked_words\n"
            f"plan,en,{term_english},,,\nplan,pl,Plan,{term_by},,{mark}\n"
        )
        (self.folder / "pack" / "terms.csv").write_text(terms, "utf-8")

    def check_elsewhere(self) -> None:
        """Somebody has checked the papers' words and the agreement in Polish."""
        for language in ("en", "pl"):
            text = "version: 1\nchecked_by: A. Nowak\n\nI agree."
            (self.folder / "pack" / f"agreement.{language}.md").write_text(text, "utf-8")
        names = {"key": "checked_by", ENGLISH: "", POLISH: "A. Nowak"}
        marks = {"key": "checked_words", ENGLISH: "", POLISH: mark_of_paper([], POLISH)}
        rows = [tuple(names), *(tuple(row.values()) for row in (names, marks))]
        text = "".join(f"{','.join(row)}\n" for row in rows)
        (self.folder / "pack" / "paper_words.csv").write_text(text, "utf-8")

    @property
    def mark(self) -> str:
        return mark_of_form(read_sheets(self.folder / "visit.xlsx"), POLISH)

    def is_checked(self) -> bool:
        return translated(self.folder, self.folder / "pack")["visit"][POLISH]

    def told(self) -> list[str]:
        """What `pack check` says of the row."""
        forms = {"visit": read_sheets(self.folder / "visit.xlsx")}
        found = translations(self.folder / "pack" / "translations.csv", forms)
        return [str(one) for one in found]


@pytest.fixture
def sources(tmp_path: Path, book: Book) -> Sources:
    return Sources(tmp_path, book)


def test_a_name_without_the_mark_of_the_words_is_no_check(sources: Sources) -> None:
    assert not sources.is_checked()
    sources.check("A. Nowak")
    assert not sources.is_checked()
    (told,) = sources.told()
    assert told.startswith("translations.csv, row 2, column checked_words: The words are not those")
    assert sources.mark in told
    sources.check("A. Nowak", sources.mark)
    assert sources.is_checked()
    assert sources.told() == []


@pytest.mark.parametrize("changed", [{"english": "How is it going?"}, {"polish": "Co słychać?"}])
def test_changed_words_are_drafted_again(sources: Sources, changed: dict[str, str]) -> None:
    sources.check("A. Nowak", sources.mark)
    sources.say(**changed)
    assert not sources.is_checked()
    assert len(sources.told()) == 1


def test_a_form_is_checked_once_its_terms_are(sources: Sources) -> None:
    sources.say("Is this your {plan}?", "Czy to twój {plan}?")
    sources.check("A. Nowak", sources.mark)
    assert not sources.is_checked()
    (told,) = sources.told()
    assert "shows words that nobody has checked in this language. Check those of terms" in told
    sources.check("A. Nowak", sources.mark, term_by="A. Nowak")
    assert sources.is_checked()
    assert list(words(sources.folder / "pack" / "terms.csv")) == []
    sources.check("A. Nowak", sources.mark, term_by="A. Nowak", term_english="family plan")
    assert not sources.is_checked()
    (told,) = map(str, words(sources.folder / "pack" / "terms.csv"))
    assert told.startswith("terms.csv, row 3, column checked_words: The words are not those")


@pytest.mark.parametrize(
    ("shows", "file"),
    [
        ({"type": "select_one_from_file agencies.csv"}, "paper_words.csv"),
        ({"calculation": "pulldata('contacts', 'when', 'name', 'hub')"}, "paper_words.csv"),
        ({"calculation": "pulldata('wording', 'label', 'name', 'agreement')"}, "agreement.pl.md"),
    ],
)
def test_a_form_is_checked_once_what_it_shows_from_elsewhere_is(
    sources: Sources, shows: dict[str, str], file: str
) -> None:
    sources.say(**shows)
    sources.check("A. Nowak", sources.mark)
    assert not sources.is_checked()
    (told,) = sources.told()
    assert told.endswith(f"Check those of {file}.")
    sources.check_elsewhere()
    assert sources.is_checked()
    assert sources.told() == []


def test_papers_are_drafted_again_in_the_language_that_changed() -> None:
    words = {"key": "plan.title", ENGLISH: "Our plan", POLISH: "Nasz plan", "Română (ro)": "Plan"}
    names = {"key": "checked_by", ENGLISH: "", POLISH: "A. Nowak", "Română (ro)": "I. Popa"}
    marks = {
        "key": "checked_words",
        ENGLISH: "",
        **{one: mark_of_paper([words], one) for one in (POLISH, "Română (ro)")},
    }
    assert as_checked([names, marks, words])[0] == names
    now = {**words, POLISH: "Plan rodziny"}
    assert as_checked([names, marks, now])[0] == {**names, POLISH: ""}
    assert stale_papers([names, marks, now]) == {POLISH: mark_of_paper([now], POLISH)}
