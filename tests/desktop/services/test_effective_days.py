"""A pack comes before its day: a form or a scheme of levels counts from the day that it names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from desktop.services.packs import Packs
from forms.authoring.pack import build_pack
from forms.authoring.pack_checks.thresholds import thresholds
from forms.pack import Pack
from forms.terms import Glossary
from forms.xforms import Session
from tests.resources.shipped import RESOURCES

OLD, NEW = "2026.11.1", "2026.11.9"
NOW = datetime(2027, 4, 1, 9, tzinfo=UTC)
BEFORE, DAY = date(2027, 3, 31), date(2027, 4, 1)
FORMS = ("review", "visit_note")


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Pack]:
    """The pack of before, and one with a visit note and a scheme of levels from 1 April."""
    folder = tmp_path_factory.mktemp("sources")
    sources = Path(shutil.copytree(RESOURCES / "pack", folder / "pack"))
    (folder / "forms").mkdir()
    for form in FORMS:
        shutil.copy(RESOURCES / "forms" / f"{form}.xlsx", folder / "forms")
    offer(sources, {})
    first = build_pack(folder)
    reword(folder / "forms" / "visit_note.xlsx")
    offer(sources, {"visit_note": DAY.isoformat()})
    schemes = Path(__file__).parents[2] / "resources" / "schemes"
    wiltshire = (schemes / "wiltshire.csv").read_text("utf-8").splitlines()[1:]
    with (sources / "thresholds.csv").open("a", encoding="utf-8") as file:
        file.write("\n".join(wiltshire) + "\n")
    council = json.loads((sources / "council.json").read_text("utf-8"))
    council |= {"thresholds_next": "wiltshire 2013", "thresholds_from": DAY.isoformat()}
    (sources / "council.json").write_text(json.dumps(council), "utf-8")
    missing = [one for one in thresholds(sources) if "has no indicator" not in one.says]
    assert [one for one in missing if one.weight == "mistake"] == []
    return Pack.read(first), Pack.read(build_pack(folder, first))


def offer(sources: Path, begins: dict[str, str]) -> None:
    """Only the forms of this test, each from its day."""
    header, *rows = (RESOURCES / "pack" / "forms.csv").read_text("utf-8").splitlines()
    kept = [(row.split(",")[0], row) for row in rows if row.split(",")[0] in FORMS]
    lines = [f"{header},from", *(f"{row},{begins.get(form, '')}" for form, row in kept)]
    (sources / "forms.csv").write_text("\n".join(lines) + "\n", "utf-8")


def reword(form: Path) -> None:
    """A new version with other words for who else was there."""
    book = openpyxl.load_workbook(form)
    for row in book["survey"].iter_rows():
        for cell in row:
            if cell.value == "Who else?":
                cell.value = "Who else was there?"
    header, values = book["settings"].iter_rows(max_row=2)
    next(v for h, v in zip(header, values, strict=True) if h.value == "version").value = NEW
    book.save(form)


def levels(known: Packs, begun: date | None = None) -> Sequence[str]:
    version = known.newest.about("review").version
    definition = known.definition("review", version, begun=begun)
    path = next(one.path for one in definition.questions if one.path.endswith("/level"))
    return [one.name for one in Session(definition, clock=lambda: NOW).node(path).choices]


def test_a_form_begins_on_its_day(packs: tuple[Pack, Pack]) -> None:
    first, second = packs
    today = [BEFORE]
    known = Packs(second, lambda: (first,), lambda: today[0])
    assert known.newest.about("visit_note").version == OLD
    assert known.newer("visit_note", OLD) == ""
    today[0] = DAY
    assert known.newest.about("visit_note").version == NEW
    assert known.newer("visit_note", OLD) == NEW
    assert known.changed_since("visit_note", OLD, NEW) == (
        "“Who else?” now reads “Who else was there?”.",
    )
    assert known.definition("visit_note", OLD).version == OLD  # what was begun stays on its own


def test_a_form_that_was_not_offered_before_is_not_until_its_day(
    packs: tuple[Pack, Pack],
) -> None:
    form = replace(packs[1].about("visit_note"), until_then="")
    alone = Pack(replace(packs[1]._manifest, forms=(form,)), {}, {}, Glossary())
    assert alone.on(BEFORE).forms == ()
    assert alone.on(DAY).forms == (form,)


def test_a_record_keeps_the_scheme_of_the_day_on_which_it_was_begun(
    packs: tuple[Pack, Pack],
) -> None:
    first, second = packs
    today = [BEFORE]
    known = Packs(second, lambda: (first,), lambda: today[0])
    wigan, wiltshire = ["1", "2", "3", "4"], ["1", "2a", "2b", "3", "4"]
    assert levels(known) == wigan
    today[0] = DAY
    assert levels(known) == wiltshire
    assert levels(known, begun=BEFORE) == wigan
