"""The commands: words for people, JSON for programs, exit codes for both."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from forms.authoring.__main__ import main
from forms.authoring.command import forms_command
from forms.xforms import load_definition
from tests.forms.authoring.conftest import YES_NO, Book

GOOD = [("select_one yes_no", "well", "Is all well?")]
BAD = [*GOOD, ("text", "why", "Why?", "${wel} = 'no'")]


def test_check_says_all_is_well(book: Book) -> None:
    out = io.StringIO()
    assert forms_command(["check", str(book(GOOD, YES_NO))], out) == 0
    assert out.getvalue() == "visit.xlsx: nothing found that is wrong.\n"


def test_check_names_the_place_and_fails(book: Book) -> None:
    out = io.StringIO()
    assert forms_command(["check", str(book(BAD, YES_NO))], out) == 1
    assert out.getvalue() == (
        "visit.xlsx: sheet survey, row 3, column relevant: There is no question “wel”. "
        "Write ${well} instead.\n"
    )


def test_check_as_json(book: Book) -> None:
    out = io.StringIO()
    file = str(book(BAD, YES_NO))
    assert forms_command(["check", "--json", file], out) == 1
    (found,) = json.loads(out.getvalue())[file]
    assert (found["sheet"], found["row"], found["column"]) == ("survey", 3, "relevant")
    assert found["weight"] == "mistake"


def test_diff_fails_on_a_loss(book: Book) -> None:
    old = book([*GOOD, ("text", "why", "Why?")], YES_NO, file="old.xlsx")
    new = book(GOOD, YES_NO, version="2", file="new.xlsx")
    out = io.StringIO()
    assert forms_command(["diff", str(old), str(new)], out) == 1
    assert out.getvalue().startswith("LOSS: ")
    assert forms_command(["diff", str(old), str(old)], io.StringIO()) == 0


def test_compile_writes_a_form_that_the_engine_loads(book: Book) -> None:
    file = book(GOOD, YES_NO)
    assert forms_command(["compile", str(file)], io.StringIO()) == 0
    assert load_definition(file.with_suffix(".xml").read_bytes()).id == "visit"


def test_a_form_that_does_not_compile_says_why(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    assert forms_command(["compile", str(book([("txt", "why", "Why?")]))]) == 1
    assert "visit.xlsx cannot be used until this is put right" in capsys.readouterr().err


def test_misuse_is_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main(["forms", "paint"]) == 2
    assert main(["pack", "build", str(tmp_path), str(tmp_path / "none" / "pack.zip")]) in (1, 2)
    assert capsys.readouterr().err
