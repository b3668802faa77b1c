"""What is wrong in the sources of a pack is named by file and row."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from forms.authoring.command import pack_command
from forms.authoring.mistakes import Mistake
from forms.authoring.pack_check import check_pack
from forms.authoring.pack_checks.contacts import contacts
from forms.authoring.pack_checks.rules import lists
from forms.authoring.pack_checks.wordings import interpreters
from forms.authoring.sheets import read_sheets
from tests.forms.authoring.conftest import Book
from tests.resources.shipped import RESOURCES

TODAY = date(2026, 11, 23)
FORMS = ("safety_check", "visit_note")
SEEN = "/visit_note/when/child_seen"
Edit = Callable[[Path], None]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The shipped sources with two of the forms, so that a check takes no time."""
    shutil.copytree(RESOURCES / "pack", tmp_path / "pack")
    (tmp_path / "forms").mkdir()
    for form in FORMS:
        shutil.copy(RESOURCES / "forms" / f"{form}.xlsx", tmp_path / "forms")
    keep_rows(tmp_path / "pack" / "forms.csv", 0)
    keep_rows(tmp_path / "pack" / "protective.csv", 1)
    keep_rows(tmp_path / "pack" / "never_printed.csv", 0)
    keep_rows(tmp_path / "pack" / "readers_blocked.csv", 0)
    keep_rows(tmp_path / "pack" / "beside.csv", 0)
    keep_rows(tmp_path / "pack" / "subject_access.csv", 0)
    keep_rows(tmp_path / "pack" / "recipients.csv", 1)
    keep_rows(tmp_path / "pack" / "sharing_rules.csv", 1)
    keep_rows(tmp_path / "pack" / "told_before.csv", 0)
    words = tmp_path / "pack" / "paper_words.csv"
    rows = words.read_text(encoding="utf-8").splitlines(keepends=True)
    words.write_text("".join(row for row in rows if not row.startswith("council.forms.")), "utf-8")
    return tmp_path


def keep_rows(file: Path, column: int) -> None:
    first, *rows = file.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row.split(",")[column] in FORMS]
    file.write_text("\n".join([first, *kept]) + "\n", encoding="utf-8")


def swap(file: str, old: str, new: str) -> Edit:
    def edit(pack: Path) -> None:
        text = (pack / file).read_text(encoding="utf-8")
        assert old in text
        (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def with_semicolons(pack: Path) -> None:
    """As Excel saves a CSV where a comma divides the decimals of a number."""
    file = pack / "areas.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")


def mistakes(sources: Path) -> list[Mistake]:
    return [found for found in check_pack(sources, TODAY) if found.weight == "mistake"]


def test_every_rule_that_holds_for_nothing_is_named(sources: Path) -> None:
    pack = sources / "pack"
    for edit in (
        swap("recipients.csv", "why\n", "why\nreader,safety_check,/safety_check/x,maybe,y\n"),
        swap("told_before.csv", "about\n", "about\nplans,/plans/x,lead,x,,,\n"),
        swap("sharing_rules.csv", "first\n", "first\nlevel,visit_note,/visit_note/x,\n"),
        swap("beside.csv", "why\n", f"why\nvisit_note,family,{SEEN},{SEEN} = maybe,z\n"),
        swap("policy.csv", "hours,3", "hours,99"),
        swap("policy.csv", "may_export,no", "may_exports,no"),
        swap("closure_reasons.csv", "died,Died,", "died,Died,soon"),
        swap("closure_reasons.csv", "step_up,", "stepped_up,"),
        swap("terms.csv", "lead_practitioner,pl,", "lead_practitioner,xx,"),
    ):
        edit(pack)
    shutil.copy(pack / "agreement.pl.md", pack / "agreement.xx.md")
    found = {(one.sheet, one.row, one.column): one.says for one in mistakes(sources)}
    assert {
        ("recipients.csv", 2, "reader"): "There is no “reader” here.",
        ("recipients.csv", 2, "path"): "The form safety_check has nothing at /safety_check/x.",
        ("recipients.csv", 2, "prints"): "There is no “maybe” here.",
        ("told_before.csv", 2, "form"): "There is no plans.xlsx.",
        ("sharing_rules.csv", 2, "path"): "The form visit_note has nothing at /visit_note/x.",
        ("beside.csv", 2, "when"): f"{SEEN} does not offer “maybe”.",
        ("policy.csv", 2, "value"): "“99” is not possible.",
        ("policy.csv", 5, "rule"): "There is no “may_exports” here.",
        ("closure_reasons.csv", 10, "retired"): "“soon” is no day.",
        ("closure_reasons.csv", None, ""): "There is no “step_up”, which measures count.",
        ("terms.csv", 3, "language"): "There is no language “xx”.",
        ("agreement.xx.md", None, ""): "languages.csv has no language “xx”.",
    }.items() <= found.items()
    out = io.StringIO()
    assert pack_command(["check", str(sources)], out) == 1
    weights = [line.partition(" ")[0] == "Placeholder." for line in out.getvalue().splitlines()]
    assert weights == sorted(weights, reverse=True)  # what must be put right comes last
    assert weights[0]


def test_missing_tables_and_columns_are_named_all_at_once_and_build_no_pack(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = sources / "pack"
    (pack / "recipients.csv").unlink()
    swap("outcomes.csv", "code,label,", "code,name,")(pack)
    swap("told_before.csv", "about", "whom")(pack)
    found = {(one.sheet, one.row, one.column): one.says for one in check_pack(sources, TODAY)}
    assert found == {
        ("recipients.csv", None, ""): "There is no recipients.csv.",
        ("outcomes.csv", 1, "label"): "There is no column “label”.",
        ("told_before.csv", 1, "about"): "There is no column “about”.",
    }
    assert pack_command(["build", str(sources), str(sources / "new.zip")]) == 1  # a demo, too
    assert "put these right first" in capsys.readouterr().out
    assert not (sources / "new.zip").exists()
    assert pack_command(["check", str(pack)]) == 1  # the folder inside, which people name first
    assert "holds the folders forms and pack" in capsys.readouterr().out


def test_a_list_that_no_pack_has_is_named(book: Book) -> None:
    asked = [("select_one_from_file peple.csv", "who", "Who?"), ("text", "why", "Why?")]
    (found,) = lists({"visit": read_sheets(book(asked))})
    assert (found.sheet, found.row, found.says) == ("visit.xlsx", 2, "There is no list peple.csv.")


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (swap("council.json", "2026.11.1", "next"), "its version is no number"),
        (swap("council.json", "true,", "true"), "is not JSON at line"),
        (with_semicolons, "Save it with commas"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(sources: Path, edit: Edit, says: str) -> None:
    edit(sources / "pack")
    (found,) = check_pack(sources, TODAY)
    assert says in found.says


def test_the_demo_has_placeholders_and_no_mistakes(sources: Path) -> None:
    found = check_pack(sources, TODAY)
    assert {mistake.weight for mistake in found} == {"placeholder"}


@pytest.mark.parametrize(
    ("edit", "file", "row", "says"),
    [
        (swap("contacts.csv", "level4_day,", "level4,"), "contacts.csv", None, "level4_day"),
        (swap("contacts.csv", "01632 960100", "ask at desk"), "contacts.csv", 3, "no telephone"),
        (swap("contacts.csv", "early_help,", "emergency,"), "contacts.csv", 5, "already in row 2"),
        (swap("protective.csv", "now/harm_now", "now/harm"), "protective.csv", 2, "no question"),
        (swap("protective.csv", "no unsure yes", "no yes"), "protective.csv", 4, "unsure"),
        (swap("protective.csv", "paper,", "papers,"), "protective.csv", None, "guards paper"),
        (swap("forms.csv", "visit_note,", "visits,"), "forms.csv", 3, "no visits.xlsx"),
        (swap("words.csv", "paper.no,", "paper.nope,"), "protective.csv", 4, "paper.no"),
        (swap("words.csv", ",Paper can be left in the home.,", ",,"), "words.csv", 7, "no words"),
        (swap("words.csv", "talk.yes,en", "talk.yes,pl"), "words.csv", 15, "no English"),
        (swap("terms.csv", "plan,en", "plans,en"), "terms.csv", 36, "“plan” has no English"),
        (swap("terms.csv", ",early help,", ",{help},"), "terms.csv", 26, "without brackets"),
        (swap("measures.csv", "M2,1,", "M2,7,"), "measures.csv", 5, "counted by version 1"),
        (swap("measures.csv", "M10,1,", "M99,1,"), "measures.csv", None, "M10 has no words"),
        (swap("measure_cuts.csv", "area,", "place,"), "measure_cuts.csv", None, "“area” has no"),
        (swap("lawful_basis.csv", ",hold,", ",keep,"), "lawful_basis.csv", 2, "Write hold or"),
        (swap("lawful_basis.csv", ",hold,", ",share,"), "lawful_basis.csv", None, "to hold by"),
        (
            swap("privacy_notice.en.md", "{lawful_basis}", "the law"),
            *("privacy_notice.en.md", None, "does not tell the lawful basis"),
        ),
        (swap("surveys.csv", "{lead_p", "{p"), "surveys.csv", 7, "“{practitioner}” is no term"),
        (swap("paper_words.csv", "{plan},,", "{plann},,"), "paper_words.csv", 5, "is no term"),
        (swap("timescales.csv", "working days", "moons"), "timescales.csv", 2, "no unit"),
        (swap("timescales.csv", ",weeks,", ",reviews,"), "timescales.csv", 4, "is no unit"),
        (swap("timescales.csv", "drift_open", "drift"), "timescales.csv", None, "drift_open"),
        (swap("timescales.csv", ",15,", ",soon,"), "timescales.csv", 2, "no number"),
        (swap("translations.csv", "plan,Po", "visit_note,Po"), "translations.csv", 10, "is not"),
        (swap("never_printed.csv", "after/re", "after/x"), "never_printed.csv", 3, "nothing"),
        (
            swap("beside.csv", "why\n", "why\nvisits,family,,,x\n"),
            *("beside.csv", 2, "no visits.xlsx"),
        ),
        (
            swap("subject_access.csv", "why\n", "why\nvisit_note,/visit_note/x,restricted,x\n"),
            *("subject_access.csv", 2, "nothing at /visit_note/x"),
        ),
        (
            swap("subject_access.csv", "why\n", "why\nvisit_note,/visit_note,secret,x\n"),
            *("subject_access.csv", 2, "no mark"),
        ),
        (
            swap("subject_access.csv", "visit_note,/visit_note/after/restricted", "plan,/plan"),
            *("never_printed.csv", 3, "has no mark"),
        ),
        (
            swap("readers_blocked.csv", "_by\n", "_by\nvisit_note,/visit_note/x,names,x,\n"),
            *("readers_blocked.csv", 2, "nothing at /visit_note/x"),
        ),
        (
            swap("readers_blocked.csv", "_by\n", "_by\nvisits,/visits/x,names,x,\n"),
            *("readers_blocked.csv", 2, "form visits has nothing"),
        ),
        (
            swap("readers_blocked.csv", "_by\n", "_by\nvisit_note,/visit_note,name,x,\n"),
            *("readers_blocked.csv", 2, "holds “name”"),
        ),
        (
            swap("readers_blocked.csv", "_by\n", "_by\nvisit_note,/visit_note,names,x,y\n"),
            *("readers_blocked.csv", 2, "no y.xlsx"),
        ),
        (swap("beside.csv", "why\n", "why\nvisit_note,aunt,,,x\n"), "beside.csv", 2, "aunt"),
        (
            swap("beside.csv", "why\n", "why\nvisit_note,family,/visit_note/x,,x\n"),
            *("beside.csv", 2, "nothing at /visit_note/x"),
        ),
        (swap("audiences.csv", "check,worker", "check,boss"), "audiences.csv", 3, "no role boss"),
        (swap("audiences.csv", "manager,never,Who", "manager,now,Who"), "audiences.csv", 3, "now"),
        (swap("audiences.csv", "visit_note", "safety_check"), "audiences.csv", 15, "row already"),
        (swap("audiences.csv", "visit_note", "visits"), "audiences.csv", None, "visit_note.xlsx"),
        (swap("calendar.csv", "2026-04-03", "3 April"), "calendar.csv", 3, "no date"),
        (swap("calendar.csv", "2026-04-06", "2026-04-03"), "calendar.csv", 4, "already in row 3"),
        (swap("timescales.csv", "first_review,", "review,"), "timescales.csv", 5, "that day"),
        (swap("directory.csv", "01632 960201", "ask"), "directory.csv", 2, "no telephone"),
        (swap("directory.csv", "2027-07-31", "summer"), "directory.csv", 5, "until when"),
        (swap("directory.csv", ",Hindley,", ",Hindly,"), "directory.csv", 12, "no area “Hindly”"),
        (swap("areas.csv", "WN7,", "Leigh,"), "areas.csv", 9, "no beginning of a postcode"),
        (swap("areas.csv", "WN1,", "WN5,"), "areas.csv", 4, "already in row 3"),
        (swap("areas.csv", "demo_hub_leigh", "demo_youth"), "areas.csv", 9, "no family hub"),
        (swap("printed_only.csv", ",,*,", ",,thrd,"), "printed_only.csv", 4, "does not offer"),
        (swap("printed_only.csv", "after/re", "after/x"), "printed_only.csv", 4, "nothing at"),
        (swap("retention.csv", ",25,", ",long,"), "retention.csv", 2, "how many"),
        (swap("retention.csv", "helped,", "help,"), "retention.csv", None, "nothing says how"),
        (swap("needs.csv", "SF01.1,SF01", "SF01.1,SF99"), "needs.csv", 2, "no outcome"),
        (swap("outcomes.csv", "SF02,", "SF01,"), "outcomes.csv", 3, "already in row 2"),
        (lambda pack: (pack / "agencies.csv").unlink(), "agencies.csv", None, "There is no"),
        (lambda pack: (pack / "sharing.en.md").unlink(), "sharing.en.md", None, "There is no"),
        (lambda pack: (pack / "words.csv").write_bytes(b"\xff"), "", None, "cannot be read"),
    ],
)  # fmt: skip
def test_a_spoilt_source_is_placed(
    sources: Path, edit: Edit, file: str, row: int | None, says: str
) -> None:
    edit(sources / "pack")
    found = [one for one in mistakes(sources) if (one.sheet, one.row) == (file, row)]
    assert any(says in str(one) for one in found), [str(one) for one in mistakes(sources)]


def test_a_translation_of_older_words_is_a_mistake(sources: Path) -> None:
    (sources / "pack" / "agreement.pl.md").write_text(
        "version: 2025.1\nchecked_by: A. Person\n\nZgadzam się.\n", encoding="utf-8"
    )
    assert [one.sheet for one in mistakes(sources)] == ["agreement.pl.md"]


def test_what_is_signed_in_other_languages_must_ask_who_interpreted(sources: Path) -> None:
    form = read_sheets(RESOURCES / "forms" / "safety_plan.xlsx")
    assert list(interpreters(sources / "pack", {"safety_plan": form})) == []
    (found,) = interpreters(sources / "pack", {"other_plan": form})  # asks, and of another form
    assert (found.sheet, found.column) == ("other_plan.xlsx", "relevant")


def test_a_number_checked_long_ago_is_a_warning(sources: Path) -> None:
    swap("contacts.csv", "2026-11-01", "2026-01-01")(sources / "pack")
    warned = [one for one in check_pack(sources, TODAY) if one.weight == "warning"]
    assert [(one.sheet, one.row) for one in warned] == [("contacts.csv", 2)]


@pytest.mark.parametrize(
    ("second", "is_enough"), [("", False), ("a. khan", False), ("B. Reed", True)]
)
def test_a_safety_number_needs_two_different_people(
    sources: Path, second: str, is_enough: bool
) -> None:
    swap("contacts.csv", '5pm",yes,,,', f'5pm",yes,A. Khan,{second},2026-11-01')(sources / "pack")
    found = contacts(sources / "pack", {}, TODAY)
    asked = {one.row for one in found if one.says == "A safety number needs two people."}
    assert (3 not in asked) is is_enough


def test_what_grows_old_is_a_warning(sources: Path) -> None:
    later = check_pack(sources, date(2028, 12, 1))
    warned = {one.sheet for one in later if one.weight == "warning"}
    assert warned == {"contacts.csv", "calendar.csv", "directory.csv"}


def test_a_mistake_in_a_form_is_named_with_its_file(sources: Path) -> None:
    (sources / "forms" / "visit_note.xlsx").write_bytes(b"not a spreadsheet")
    assert "visit_note.xlsx" in {one.sheet for one in mistakes(sources)}


def test_only_a_demo_may_have_placeholders(sources: Path, tmp_path: Path) -> None:
    swap("council.json", "true", "false")(sources / "pack")
    assert "The number is made up." in {one.says for one in mistakes(sources)}
    out = io.StringIO()
    assert pack_command(["build", str(sources), str(tmp_path / "pack.zip")], out) == 1
    assert "A demo may have placeholders" in out.getvalue()
    assert not (tmp_path / "pack.zip").exists()


def test_the_command_says_it_in_words_and_as_json(sources: Path) -> None:
    out = io.StringIO()
    assert pack_command(["check", str(sources)], out) == 0
    assert "Placeholder. contacts.csv, row 3, column number: The number is made up." in (
        out.getvalue()
    )
    out = io.StringIO()
    assert pack_command(["check", "--json", str(sources)], out) == 0
    assert {one["weight"] for one in json.loads(out.getvalue())["found"]} >= {"placeholder"}


def test_what_the_published_pack_held_and_is_gone_is_named_before_a_pack_is_built(
    sources: Path, tmp_path: Path
) -> None:
    published = tmp_path / "published.zip"
    assert pack_command(["build", str(sources), str(published)], io.StringIO()) == 0
    swap("council.json", "2026.11.1", "2026.12.1")(sources / "pack")
    checking = ["check", str(sources), "--earlier", str(published)]
    out = io.StringIO()
    assert pack_command(checking, out) == 0
    assert "dropped" not in out.getvalue()
    note = openpyxl.load_workbook(sources / "forms" / "visit_note.xlsx")
    choices, settings = note["choices"], note["settings"]
    rows = [row for row in choices.iter_rows(min_row=2) if row[1].value == "message"]
    choices.delete_rows(rows[0][0].row or 0)
    settings.cell(2, [c.value for c in settings[1]].index("version") + 1).value = "2099.1"
    note.save(sources / "forms" / "visit_note.xlsx")
    out = io.StringIO()
    assert pack_command(checking[:2], out) == 0
    assert "Whether a question, choice or code was dropped is not seen by this" in out.getvalue()
    out = io.StringIO()
    assert pack_command(checking, out) == 1
    assert "visit_note.xlsx" in out.getvalue()
    assert str(rows[0][1].value) in out.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Plan powstał {date}.", "Plan powstał {dzien}.", "{date}, {dzien}"),
        ("Plan powstał {date}.", "Plan powstał {date.", "not closed"),
        ("Bardzo smutno | Smutno", "Smutno", "more or fewer parts"),
    ],
)
def test_a_translation_that_would_stop_a_print_is_named(
    sources: Path, old: str, new: str, says: str
) -> None:
    swap("paper_words.csv", old, new)(sources / "pack")
    (found,) = mistakes(sources)
    assert says in found.says
    assert (found.sheet, found.column) == ("paper_words.csv", "Polski (pl)")
