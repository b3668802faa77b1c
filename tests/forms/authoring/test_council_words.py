"""What tables and texts are called in other languages: whole, and as they stand today."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.authoring.council_words import CODED_BY, CouncilWords, as_they_answer, council_key
from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.council_words import council_words
from forms.authoring.pack_checks.wordings import wordings
from forms.authoring.sources import read_rows
from forms.manifest import Contact
from tests.resources.shipped import RESOURCES

LANGUAGES = ("Polski (pl)", "Română (ro)", "العربية (ar)", "کوردی (ckb)")
URDU = "اردو (ur)"
FILES = ("languages", "contacts", "paper_words", *CODED_BY)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(RESOURCES / "pack" / f"{name}.csv", tmp_path)
    words = tmp_path / "paper_words.csv"
    rows = words.read_text(encoding="utf-8").splitlines(keepends=True)
    words.write_text("".join(row for row in rows if not row.startswith("council.forms.")), "utf-8")
    return tmp_path


def swap(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def first_of(sources: Path, table: str) -> tuple[str, int, str]:
    """The key of what is said for a table's first row, its row, and that of the words."""
    row = read_rows(sources / f"{table}.csv")[0]
    key = council_key(table, row) if table in CODED_BY else f"council.hours.{row['key']}"
    words = [one["key"] for one in read_rows(sources / "paper_words.csv")]
    return key, words.index(key) + 2, row.get("label") or row["when"]


def told(found: Iterator[Mistake]) -> list[tuple[str, int | None, str, str]]:
    return [(one.sheet, one.row, one.column, one.weight) for one in found]


def test_the_demo_says_all_of_it(sources: Path) -> None:
    assert list(council_words(sources, {})) == []


@pytest.mark.parametrize("table", ["contacts", *CODED_BY])
def test_what_would_be_said_in_english_only_is_named_by_file_and_row(
    sources: Path, table: str
) -> None:
    key, at, english = first_of(sources, table)
    swap(sources / "paper_words.csv", f"{key},", f"{key}.gone,")
    gone, *missing = council_words(sources, {})
    assert (gone.row, gone.says) == (at, "The pack has it no more.")
    said_in = LANGUAGES if table != "contacts" else (*LANGUAGES, URDU)
    assert {one.says for one in missing} == {f"“{english}” is not said in {n}." for n in said_in}
    assert {(one.sheet, one.row, one.weight) for one in missing} == {(f"{table}.csv", 2, "warning")}
    assert {one.instead for one in missing} == {f"Write a row {key} in paper_words.csv."}


@pytest.mark.parametrize("table", ["contacts", "closure_reasons"])
def test_a_language_that_is_missing_is_named_in_its_row_and_column(
    sources: Path, table: str
) -> None:
    _, at, _ = first_of(sources, table)
    words = sources / "paper_words.csv"
    line = words.read_text(encoding="utf-8").splitlines()[at - 1]
    swap(words, line, line.replace(read_rows(words)[at - 2][LANGUAGES[2]], ""))
    assert told(council_words(sources, {}))[:1] == [
        ("paper_words.csv", at, LANGUAGES[2], "warning")
    ]


@pytest.mark.parametrize("table", ["contacts", *CODED_BY])
def test_what_changed_is_translated_anew_and_said_in_english_until_then(
    sources: Path, table: str
) -> None:
    key, at, english = first_of(sources, table)
    swap(sources / f"{table}.csv", english, "Something else")
    (stale,) = (one for one in council_words(sources, {}) if one.row == at)
    assert stale.says == "The pack says now: “Something else”."
    tables = {name: read_rows(sources / f"{name}.csv") for name in ("languages", "paper_words")}
    words = CouncilWords.of(tables)
    assert all(words.cells(key, english))
    assert not any(words.cells(key, "Something else"))


def test_no_paper_says_hours_at_which_nobody_answers_any_more(sources: Path) -> None:
    rows = read_rows(sources / "paper_words.csv")
    hub = Contact("level4_day", "Children First Partnership Hub (demo)", "1", "on Mondays")
    kept = as_they_answer(rows, [hub])
    gone = {row["key"] for row in rows} - {row["key"] for row in kept}
    assert gone == {"council.hours.level4_day"}


def test_a_text_that_is_missing_or_of_another_version_is_named(sources: Path) -> None:
    for text in (RESOURCES / "pack").glob("*.md"):
        shutil.copy(text, sources)
    before = set(told(wordings(sources)))
    (sources / "agreement.ckb.md").unlink()
    swap(sources / "agreement.pl.md", "2026.11 demo", "2025.3")
    found = set(told(wordings(sources))) - before
    assert found == {
        ("agreement.ckb.md", None, "", "warning"),
        ("agreement.pl.md", None, "", "mistake"),
    }
