"""What a family reads or signs is there in their languages, each marked while nobody checked it."""

from __future__ import annotations

import csv

import pytest

from forms.authoring.checks.translations import languages_of, translations
from forms.authoring.sheets import SheetForm, read_sheets
from tests.resources.shipped import RESOURCES, pack

LANGUAGES = {"Polski (pl)", "کوردی (ckb)", "العربية (ar)", "Română (ro)"}
BESIDE = (RESOURCES / "pack" / "beside.csv").read_text("utf-8").splitlines()
SHOWN = {row["form"] for row in csv.DictReader(BESIDE)}


def is_for_the_family(form: SheetForm) -> bool:
    """Somebody of the family signs it, answers it themselves, is told by it, or is shown it."""
    signs = any(name in form.by_name for name in ("signature", "sharing_signature"))
    own = form.root.startswith("feedback_") or form.root in ("privacy_notice", "child_voice")
    return signs or own or form.root in SHOWN


SHEETS = {file.stem: read_sheets(file) for file in (RESOURCES / "forms").glob("[!~]*.xlsx")}
READ = sorted(name for name, form in SHEETS.items() if is_for_the_family(form))


def test_the_list_is_of_what_a_family_reads_or_signs() -> None:
    signed = {"agreement", "sharing", "plan", "first_visit", "safety_plan", "assessment"}
    assert signed | SHOWN <= set(READ)


@pytest.mark.parametrize("form", READ)
def test_every_word_is_there_in_every_language(form: str) -> None:
    assert set(languages_of(SHEETS[form])) == {"English (en)", *LANGUAGES}
    assert list(translations(SHEETS[form])) == []


@pytest.mark.parametrize("form", READ)
def test_what_nobody_checked_is_marked_as_drafted(form: str) -> None:
    assert set(pack().about(form).unchecked) == LANGUAGES


def test_no_hint_that_a_child_reads_speaks_to_the_worker() -> None:
    handed = {row["form"] for row in csv.DictReader(BESIDE) if row["beside"] == "child"}
    assert "child_voice" in handed
    for form in handed:
        kept = [one.path for one in pack().kept_from("child", form) or ()]
        for row in SHEETS[form].rows:
            path = SHEETS[form].path(row)
            if not any(path == one or path.startswith(f"{one}/") for one in kept):
                for column in ("label", "hint"):
                    said = row.line.texts(column).get("English (en)", "").lower()
                    assert not {"child", "worker"} & set(said.replace(";", " ").split()), path


@pytest.mark.parametrize("version", ["adult", "young", "child"])
def test_how_feedback_was_collected_is_for_the_worker_to_say(version: str) -> None:
    form = f"feedback_{version}"
    kept = pack().kept_from("family" if version == "adult" else "child", form)
    about = f"/{form}/about"
    assert {f"{about}/point", f"{about}/collected"} <= {one.path for one in kept or ()}
