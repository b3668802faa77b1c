"""A pack is built from plain files and read back whole; a bad one is refused in words."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import pack_file
from forms.authoring.mistakes import FormMistakes
from forms.authoring.pack import build_pack
from forms.authoring.sources import PackMistake
from forms.pack import Pack
from forms.pack_file import PackError, ProgramTooOld
from forms.records.upgrading import Upgrades
from forms.xforms import Session, load_definition
from tests.resources import shipped
from tests.resources.shipped import RESOURCES

NOW = datetime(2026, 12, 1, 14, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def built() -> bytes:
    """The pack of the shipped sources."""
    return shipped.pack_bytes()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the sources to spoil: one form, for speed."""
    shutil.copytree(RESOURCES / "pack", tmp_path / "pack")
    (tmp_path / "forms").mkdir()
    shutil.copy(RESOURCES / "forms" / "visit_note.xlsx", tmp_path / "forms")
    rows = (tmp_path / "pack" / "forms.csv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row.startswith(("form,", "visit_note,"))]
    (tmp_path / "pack" / "forms.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return tmp_path


def remade(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The zip with its members changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def manifest_with(data: bytes, **said: object) -> bytes:
    def change(members: dict[str, bytes]) -> None:
        members["pack.json"] = json.dumps({**json.loads(members["pack.json"]), **said}).encode()

    return remade(data, change)


def test_what_is_built_can_be_read(built: bytes) -> None:
    pack = Pack.read(built)
    assert (pack.council, pack.is_demo) == ("Demo Council", True)
    assert [form.id for form in pack.forms][:2] == ["first_visit", "safety_check"]
    assert pack.form("plan") == pack.form("plan", pack.about("plan").version)
    assert pack.privacy_notice.words.startswith("Demo Council writes down")
    assert pack.words["talk.yes"] == pack.words_in("cy")["talk.yes"] == "It is safe to talk here."
    assert pack.said("{plan}") == pack.about("plan").title == "Our family plan"
    assert [g.path for g in pack.guarding("paper")] == [
        "/safety_check/talking/safe_paper",
        "/first_visit/safety/safe_paper",
    ]
    assert pack.about("plan").unchecked == (
        "Polski (pl)",
        "العربية (ar)",
        "Română (ro)",
        "کوردی (ckb)",
    )
    assert pack.about("safety_check").unchecked == ()
    assert "999" in {contact.number for contact in pack.contacts if contact.urgent}


@pytest.mark.parametrize(
    ("form", "path", "kept"),
    [
        ("safety_check", "/safety_check/contact/safe_contact", True),
        ("sharing", "/sharing/not/not_on_form", True),
        ("sharing", "/sharing/notes", False),
        ("household", f"/household/people/person[{'a' * 36}]/health/nhs_number", True),
        ("household", f"/household/people/person[{'a' * 36}]/given_name", False),
        ("plan", "/plan/start/lead", False),
    ],
)
def test_what_is_never_printed(built: bytes, form: str, path: str, kept: bool) -> None:
    assert Pack.read(built).is_never_printed(form, path) is kept


def test_an_analyst_is_named_where_what_feeds_a_measure_offers_something_else(
    sources: Path,
) -> None:
    first = build_pack(sources)
    form = sources / "forms" / "visit_note.xlsx"
    change_version(form, "2026.11.10")
    book = openpyxl.load_workbook(form)
    lists = {row[0].value: row for row in book["choices"].iter_rows(min_row=2)}
    assert {"kind", "restricted"} <= lists.keys()
    book["choices"].append(["restricted", "somebody_else", "Somebody else"])
    book.save(form)
    build_pack(sources, first)  # no measure counts who must not see it
    book["choices"].append(["kind", "by_letter", "By letter"])
    book.save(form)
    with pytest.raises(FormMistakes, match=r"“What was it\?” feeds a measure") as refused:
        build_pack(sources, first)
    book["choices"].delete_rows(book["choices"].max_row)
    lists["kind"][2].value = "Something like this"  # the same choices, in other words
    book.save(form)
    with pytest.raises(FormMistakes, match=r"“What was it\?” feeds a measure") as refused:
        build_pack(sources, first)
    assert "signed_off.csv: visit_note,2026.11.10" in refused.value.message
    with (sources / "pack" / "signed_off.csv").open("a", encoding="utf-8") as file:
        file.write("visit_note,2026.11.10,Dev Rao,2026-11-20\n")
    assert Pack.read(build_pack(sources, first)).about("visit_note").version == "2026.11.10"


def test_the_lawful_basis_is_told_by_the_notice_and_offered_where_it_is_decided(
    sources: Path,
) -> None:
    shutil.copy(RESOURCES / "forms" / "share_decision.xlsx", sources / "forms")
    forms, basis = (sources / "pack" / name for name in ("forms.csv", "lawful_basis.csv"))
    with forms.open("a", encoding="utf-8") as file:
        file.write("share_decision,205,no,no,yes,no,It says why.\n")
    first = build_pack(sources)
    text = basis.read_text(encoding="utf-8")
    own = text.replace("Placeholder: it is our public task.", "Article 6(1)(e).")
    own = own.replace("share,To prevent or detect a crime,", "share,Crime,2026-12-01")
    basis.write_text(own + "court,share,A court asks for it,\n", encoding="utf-8")
    with pytest.raises(PackMistake, match="Give it a new one, and families"):
        build_pack(sources, first)  # families are told again of another basis
    notice = sources / "pack" / "privacy_notice.en.md"
    notice.write_text(notice.read_text(encoding="utf-8").replace("2026.11 ", "2026.12 "), "utf-8")
    pack = Pack.read(build_pack(sources, first))
    assert "lets us keep it: Article 6(1)(e). The law asks" in pack.privacy_notice.words
    definition = load_definition(pack.form("share_decision"), pack.lists)
    session = Session(definition, clock=lambda: NOW)
    asked = "/share_decision/decision/reason"
    session.set("/share_decision/decision/decided", "share")
    offered = {one.name: one.label for one in session.node(asked).choices}
    assert offered["court"] == "A court asks for it"
    assert "crime" not in offered
    session.set(asked, "crime")  # as an older record says
    assert session.node(asked).kept == ("crime",)


def test_the_same_sources_make_the_same_bytes(sources: Path) -> None:
    assert build_pack(sources) == build_pack(sources)


def test_what_is_not_there_is_said_in_words(built: bytes) -> None:
    pack = Pack.read(built)
    for missing in (
        lambda: pack.form("plan", "1999.1"),
        lambda: pack.form("nothing"),
        lambda: pack.about("nothing"),
        lambda: pack.wording("nothing"),
    ):
        with pytest.raises(PackError) as refused:
            missing()
        assert refused.value.message


def test_earlier_versions_are_carried_along(sources: Path) -> None:
    first = build_pack(sources)
    form = sources / "forms" / "visit_note.xlsx"
    change_version(form, "2026.11.10")
    second = Pack.read(build_pack(sources, first))
    about = second.about("visit_note")
    assert about.version == "2026.11.10"
    assert set(about.versions) == {"2026.11.1", "2026.11.10"}
    assert second.form("visit_note", "2026.11.1") == Pack.read(first).form("visit_note")


def test_a_form_changed_under_its_old_version_is_refused(sources: Path) -> None:
    first = build_pack(sources)
    form = sources / "forms" / "visit_note.xlsx"
    change_cell(form, "survey", "C3", "What sort of contact was it?")
    with pytest.raises(PackMistake, match="Give it a new version"):
        build_pack(sources, first)
    change_version(form, "2026.9.30")  # lower: it would never be offered
    with pytest.raises(PackMistake, match=r"is version 2026\.9\.30, and .* is published"):
        build_pack(sources, first)


OTHERS, WHO_ELSE = "/visit_note/when/others", "/visit_note/when/who_else"


def changed_sources(sources: Path) -> Path:
    """The visit note as its author changed it: one question renamed, one reworded."""
    form = sources / "forms" / "visit_note.xlsx"
    change_version(form, "2026.11.10")
    change_cell(form, "survey", "C3", "What sort of contact was it?")
    change_cell(form, "survey", "B7", "who_else")
    return form


def test_a_change_that_would_lose_answers_builds_no_pack(sources: Path) -> None:
    first = build_pack(sources)
    changed_sources(sources)
    with pytest.raises(FormMistakes, match="would be lost from view"):
        build_pack(sources, first)


def test_a_pack_says_in_words_what_changed_since_each_earlier_version(sources: Path) -> None:
    first = build_pack(sources)
    form = changed_sources(sources)
    map_question(form, OTHERS, WHO_ELSE)
    second = build_pack(sources, first)
    reworded = "“What was it?” now reads “What sort of contact was it?”."
    assert Pack.read(second).changed_since("visit_note", "2026.11.1") == (reworded,)
    change_version(form, "2026.11.11")
    change_cell(form, "survey", "C3", "What kind of contact was it?")
    change_cell(form, "survey", "B7", "present")
    map_question(form, WHO_ELSE, "/visit_note/when/present")
    third = Pack.read(build_pack(sources, second))
    again = "“What sort of contact was it?” now reads “What kind of contact was it?”."
    assert third.changed_since("visit_note", "2026.11.1") == (reworded, again)
    assert third.changed_since("visit_note", "2026.11.10") == (again,)
    assert third.changed_since("visit_note", "2026.11.11") == ()
    assert third.called_before("visit_note") == {
        "/visit_note/when/kind": "What was it? What sort of contact was it?"
    }
    maps = Upgrades.of(third.upgrades)
    for was, path in (("2026.11.1", OTHERS), ("2026.11.10", WHO_ELSE)):
        there = maps.between("visit_note", was, "2026.11.11")
        assert there.path(path) == "/visit_note/when/present"
        assert there.reversed().path("/visit_note/when/present") == path


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("never_printed.csv", f"visit_note,{OTHERS},It may hurt."),
        ("printed_only.csv", f"visit_note,/visit_note/what,{OTHERS},yes,,It may hurt."),
        ("beside.csv", f"visit_note,family,/visit_note/after,{OTHERS} = none,It may hurt."),
        ("recipients.csv", f"partner,visit_note,{OTHERS},no,It may hurt."),
        ("told_before.csv", f"visit_note,{OTHERS},visit,others,,,"),
    ],
)
def test_a_question_that_the_pack_names_keeps_its_name(sources: Path, file: str, row: str) -> None:
    with (sources / "pack" / file).open("a", encoding="utf-8") as opened:
        opened.write(row + "\n")
    first = build_pack(sources)
    map_question(changed_sources(sources), OTHERS, WHO_ELSE)
    with pytest.raises(FormMistakes, match=f"{OTHERS} is named in the pack"):
        build_pack(sources, first)


def test_a_question_that_is_carried_on_keeps_its_name(sources: Path) -> None:
    form = sources / "forms" / "visit_note.xlsx"
    change_cell(form, "survey", "Z1", "carried_to")
    change_cell(form, "survey", "Z7", "later:/plan/start/aim")
    first = build_pack(sources)
    map_question(changed_sources(sources), OTHERS, WHO_ELSE)
    with pytest.raises(FormMistakes, match=f"{OTHERS} is named in the pack"):
        build_pack(sources, first)


def test_the_choice_that_something_follows_from_keeps_its_name(sources: Path) -> None:
    first = build_pack(sources)
    form = sources / "forms" / "visit_note.xlsx"
    change_version(form, "2026.11.10")
    book = openpyxl.load_workbook(form)
    renamed = next(row for row in book["choices"].iter_rows() if row[1].value == "legal")
    renamed[1].value = "lawyers"
    book.save(form)
    at = "/visit_note/after/restricted"
    map_question(form, f"{at} = legal", f"{at} = lawyers")
    with pytest.raises(FormMistakes, match="what follows from this choice"):
        build_pack(sources, first)


def map_question(form: Path, was: str, now: str) -> None:
    book = openpyxl.load_workbook(form)
    if "upgrade" not in book.sheetnames:
        book.create_sheet("upgrade").append(("was", "is", "why"))
    book["upgrade"].append((was, now, "The author's word"))
    book.save(form)


def change_version(form: Path, version: str) -> None:
    change_cell(form, "settings", "C2", version)


def change_cell(form: Path, sheet: str, cell: str, value: str) -> None:
    book = openpyxl.load_workbook(form)
    book[sheet][cell] = value
    book.save(form)


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("council.json", "{}", "does not say"),
        ("council.json", "not json", "is not JSON"),
        ("contacts.csv", "key,name,number,when,urgent\na,b,c\n", "row 2 has more or fewer columns"),
        (
            "forms.csv",
            "form,order,once_per_family,about_child,any_time,at_first,why\nx,1,no,no,no,no,w\n",
            "x",
        ),
        ("forms.csv", "form,order\nvisit_note,1\n", "has no column"),
        ("privacy_notice.en.md", "We write things down.\n", "must say its version"),
    ],
)
def test_a_bad_source_names_the_file(sources: Path, file: str, content: str, says: str) -> None:
    (sources / "pack" / file).write_text(content, encoding="utf-8")
    with pytest.raises(PackMistake) as refused:
        build_pack(sources)
    assert refused.value.message.startswith(file)
    assert says in refused.value.message


@pytest.mark.parametrize(
    "said",
    [
        {"format": 99},
        {"forms": "none"},
        {"lists": ["../../etc/passwd"]},
        {"lists": ["not-there.csv"]},
        {"forms": [{"id": "../x", "version": "1", "title": "", "order": 1, "why": "",
                    "versions": ["1"]}]},
        {"forms": [{"id": "x", "version": "2", "title": "", "order": 1, "why": "",
                    "versions": ["1"]}]},
    ],
)  # fmt: skip
def test_a_manifest_that_lies_is_refused(built: bytes, said: dict[str, object]) -> None:
    with pytest.raises(PackError):
        Pack.read(manifest_with(built, **said))


def test_what_a_later_builder_says_besides_is_passed_over(built: bytes) -> None:
    forms = json.loads(zipfile.ZipFile(io.BytesIO(built)).read("pack.json"))["forms"]
    later = manifest_with(built, surprise=1, forms=[{**form, "colour": "green"} for form in forms])
    assert Pack.read(later).forms == Pack.read(built).forms


def test_a_pack_for_a_later_program_says_which_whatever_its_shape(built: bytes) -> None:
    with pytest.raises(ProgramTooOld, match=r"need version 99\.1 of Your Family"):
        Pack.read(manifest_with(built, program="99.1", forms="of another shape"))


def test_a_pack_without_a_manifest_or_a_form_is_refused(built: bytes) -> None:
    with pytest.raises(PackError, match="not whole"):
        Pack.read(remade(built, lambda members: members.__delitem__("pack.json")))
    with pytest.raises(PackError, match="not whole"):
        Pack.read(remade(built, lambda m: m.__delitem__("forms/plan/2026.11.1.xml")))


def test_a_bomb_is_refused_without_being_unpacked(
    built: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inflate(members: dict[str, bytes]) -> None:
        members["forms/plan/2026.11.1.xml"] = bytes(pack_file.MAX_MEMBER + 1)

    with pytest.raises(PackError, match="larger"):
        Pack.read(remade(built, inflate))
    monkeypatch.setattr(pack_file, "MAX_UNPACKED", 1_000)
    with pytest.raises(PackError, match="larger"):
        Pack.read(built)
    monkeypatch.setattr(pack_file, "MAX_PACK", 1_000)
    with pytest.raises(PackError, match="larger"):
        Pack.read(built)


def test_two_members_of_one_name_are_refused(built: bytes) -> None:
    made = io.BytesIO(built)
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("pack.json", b"{}")
    with pytest.raises(PackError):
        Pack.read(made.getvalue())


@settings(max_examples=60, deadline=None)
@given(at=st.floats(0, 0.999999), length=st.integers(0, 40), noise=st.binary(max_size=40))
def test_damage_is_a_pack_error_or_harmless(
    built: bytes, at: float, length: int, noise: bytes
) -> None:
    start = int(at * len(built))
    damaged = built[:start] + noise + built[start + length :]
    with contextlib.suppress(PackError):
        assert Pack.read(damaged).form("plan").startswith(b"<?xml")


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(PackError) as refused:
        Pack.read(data)
    assert refused.value.message
