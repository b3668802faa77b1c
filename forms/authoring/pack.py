"""Builds the pack from its sources: a folder with ``forms/*.xlsx`` and ``pack/`` in plain files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from forms.authoring.checked_words import PAPERS, Checked, as_checked, translated
from forms.authoring.compile import compile_form
from forms.authoring.council_words import as_they_answer
from forms.authoring.lawful_basis import with_basis
from forms.authoring.pack_changes import FormChanges
from forms.authoring.pack_languages import checked
from forms.authoring.pack_lists import next_scheme_lists, pack_lists, written
from forms.authoring.sheets import read_sheets
from forms.authoring.sources import (
    CONTACT_COLUMNS,
    FORM_COLUMNS,
    GUARD_COLUMNS,
    KEPT_COLUMNS,
    PackMistake,
    Row,
    by_language,
    read_council,
    read_rows,
)
from forms.authoring.texts import read_wordings
from forms.manifest import FORMAT, NEEDS_PROGRAM, Carry, Contact, Guard, Manifest, PackForm, Wording
from forms.pack import Pack
from forms.pack_file import form_member, packed
from forms.records.upgrading import version_order
from forms.terms import ENGLISH

_READ_BY_KIND = {
    "forms.csv",
    "contacts.csv",
    "protective.csv",
    "terms.csv",
    "words.csv",
    "translations.csv",
    "never_printed.csv",
}
_CODED = (
    "agencies", "closure_reasons", "indicators", "lawful_basis", "needs", "outcomes", "surveys",
    "thresholds", "vulnerable_groups",
)  # fmt: skip
LATER = "later:"


def build_pack(folder: Path, earlier: bytes | None = None) -> bytes:
    """The pack of the sources in ``folder``, as one zip file.

    ``earlier`` is the pack published before: its versions of forms are carried along, because
    records begun on them still use them. Raises PackMistake, FormMistakes, or PackError if
    ``earlier`` cannot be read.
    """
    sources = folder / "pack"
    council = read_council(sources)
    before = Pack.as_written(earlier) if earlier else None
    compiled = _compiled(folder / "forms", before)
    contacts = tuple(_contact(row) for row in read_rows(sources / "contacts.csv", CONTACT_COLUMNS))
    tables: dict[str, tuple[Row, ...]] = {
        file.stem: tuple(read_rows(file))
        for file in sorted(sources.glob("*.csv"))
        if file.name not in _READ_BY_KIND
    }
    if PAPERS in tables:
        tables[PAPERS] = as_they_answer(as_checked(tables[PAPERS]), contacts)
    _check_codes_kept(tables, before)
    wordings = tuple(with_basis(read_wordings(sources), tables))
    _check_words_renewed(wordings, before)
    in_languages = translated(folder / "forms", sources)
    offered = tuple(_forms(sources / "forms.csv", compiled, in_languages, before))
    changes = FormChanges(folder / "forms", offered, compiled, before)
    lists = pack_lists(tables, scheme_of(council, tables), contacts, wordings)
    lists |= next_scheme_lists(tables, next_scheme_of(council))
    lists["checked.csv"] = written(*checked(tables.get("languages", ()), offered, in_languages))
    manifest = Manifest(
        format=FORMAT,
        version=str(council["version"]),
        council=str(council["council"]),
        is_demo=council["is_demo"] is True,
        forms=(*offered, *_kept(offered, before)),
        guards=tuple(_guard(row) for row in read_rows(sources / "protective.csv", GUARD_COLUMNS)),
        contacts=contacts,
        wordings=wordings,
        words=by_language(sources / "words.csv"),
        terms=by_language(sources / "terms.csv"),
        tables=tables,
        lists=tuple(sorted(lists)),
        never_printed=_never_printed(sources / "never_printed.csv"),
        carries=tuple(_carries(folder / "forms")),
        changed=tuple(changes.in_words()),
        upgrades=tuple(changes.upgrades()),
        program=NEEDS_PROGRAM,
        called_before=tuple(dict.fromkeys(changes.called_before())),
    )
    return _zipped(manifest, compiled, lists)


def _check_codes_kept(tables: Mapping[str, Sequence[Row]], before: Pack | None) -> None:
    """A code that was published is in every later pack, retired or not: answers hold it."""
    for table in _CODED if before is not None else ():
        held = {_code(row) for row in tables.get(table, ())}
        for row in before.tables.get(table, ()) if before is not None else ():
            if _code(row) not in held:
                gone = " ".join(_code(row))
                raise PackMistake(
                    f"{table}.csv",
                    f"{gone} is gone, and answers hold it. Put it back and retire it.",
                )


def _check_words_renewed(wordings: Iterable[Wording], before: Pack | None) -> None:
    """A text that has changed has a new version: by that it is told, or asked, again.

    A translation that nobody had checked was the basis of nothing: it may be put right.
    """
    were = {
        (w.key, w.language, w.version): w.words
        for w in (before.wordings if before else ())
        if w.language == ENGLISH or w.checked_by
    }
    for now in wordings:
        if were.get((now.key, now.language, now.version), now.words) != now.words:
            raise PackMistake(
                f"{now.key}.{now.language}.md",
                f"its words have changed, or the lawful basis in them, and it is still version"
                f" {now.version}. Give it a new one, and families are told again.",
            )


def _code(row: Row) -> tuple[str, ...]:
    return tuple(row[column] for column in ("scheme", "version", "level", "code") if column in row)


def scheme_of(
    council: Mapping[str, object], tables: Mapping[str, Sequence[Row]]
) -> tuple[str, str]:
    """The threshold scheme in force and its version: ``council.json``, else the table's last."""
    named = str(council.get("thresholds", ""))
    if not named and (rows := tables.get("thresholds")):
        return rows[-1].get("scheme", ""), rows[-1].get("version", "")
    scheme, _, version = named.rpartition(" ")
    return scheme, version


def next_scheme_of(council: Mapping[str, object]) -> tuple[str, str, str]:
    """The scheme that comes next, its version, and the day on which it begins; blank for none."""
    scheme, _, version = str(council.get("thresholds_next", "")).rpartition(" ")
    return scheme, version, str(council.get("thresholds_from", ""))


def _compiled(folder: Path, earlier: Pack | None) -> dict[tuple[str, str], bytes]:
    """Form and version to XForm: every spreadsheet, and what the earlier pack held beside it."""
    found: dict[tuple[str, str], bytes] = {}
    for form in earlier.kept_forms if earlier else ():
        for version in form.versions:
            found[form.id, version] = earlier.form(form.id, version) if earlier else b""
    for xlsx in sorted(folder.glob("[!~]*.xlsx")):
        xform = compile_form(xlsx)
        form_id, version, _ = named(xform)
        if form_id != xlsx.stem:
            raise PackMistake(
                xlsx.name, f"its form_id is “{form_id}”; name the file {form_id}.xlsx."
            )
        if found.get((form_id, version), xform) != xform:
            raise PackMistake(
                xlsx.name,
                f"has changed, but is still version {version}. Give it a new version in its"
                " settings sheet: records were begun on the old one.",
            )
        published = [one for form, one in found if form == form_id]
        newest = max(published, key=version_order, default=version)
        if version_order(version) < version_order(newest):
            raise PackMistake(
                xlsx.name,
                f"is version {version}, and {newest} is published. Give it a higher version in its"
                " settings sheet.",
            )
        found[form_id, version] = xform
    return found


def named(xform: bytes) -> tuple[str, str, str]:
    """The id, version and title of a compiled form."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    head = etree.fromstring(xform, parser).find("{http://www.w3.org/1999/xhtml}head")
    xf = "{http://www.w3.org/2002/xforms}"
    root = head.find(f"{xf}model/{xf}instance")[0]
    title = head.findtext("{http://www.w3.org/1999/xhtml}title", "")
    return root.get("id", ""), root.get("version", ""), title


def _forms(
    file: Path,
    compiled: Mapping[tuple[str, str], bytes],
    in_languages: Checked,
    before: Pack | None,
) -> Iterator[PackForm]:
    for row in read_rows(file, FORM_COLUMNS):
        versions = tuple(version for form, version in compiled if form == row["form"])
        if not versions:
            raise PackMistake(file.name, f"there is no spreadsheet forms/{row['form']}.xlsx.")
        if not row["order"].isdigit():
            raise PackMistake(file.name, f"the order of {row['form']} is not a number.")
        current = versions[-1] if len(versions) == 1 else max(versions, key=version_order)
        begins = row.get("from", "")
        yield PackForm(
            id=row["form"],
            version=current,
            begins=begins,
            until_then=_until_then(row["form"], current, begins, before) if begins else "",
            title=named(compiled[row["form"], current])[2],
            order=int(row["order"]),
            why=row["why"],
            once_per_family=row["once_per_family"] == "yes",
            about_child=row["about_child"] == "yes",
            any_time=row["any_time"] == "yes",
            at_first=row["at_first"] == "yes",
            versions=versions,
            unchecked=tuple(
                language
                for language, is_checked in in_languages.get(row["form"], {}).items()
                if not is_checked
            ),
        )


def _until_then(form: str, version: str, begins: str, before: Pack | None) -> str:
    """The version that counts until a new one begins: the last that will have begun by then."""
    known = next((one for one in before.forms if one.id == form), None) if before else None
    if known is None:
        return ""
    has_begun = known.version != version and known.begins <= begins
    return known.version if has_begun else known.until_then


def _kept(offered: tuple[PackForm, ...], before: Pack | None) -> Iterator[PackForm]:
    """The forms that are offered no more: records were begun on them."""
    for form in before.kept_forms if before else ():
        if all(form.id != one.id for one in offered):
            yield replace(form, offered=False)


def _contact(row: Row) -> Contact:
    return Contact(row["key"], row["name"], row["number"], row["when"], row["urgent"] == "yes")


def _guard(row: Row) -> Guard:
    return Guard(row["guards"], row["form"], row["path"], tuple(row["safest_first"].split()))


def _never_printed(file: Path) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_rows(file, KEPT_COLUMNS):
        found[row["form"]] = (*found.get(row["form"], ()), row["path"])
    return found


def _carries(folder: Path) -> Iterator[Carry]:
    for xlsx in sorted(folder.glob("[!~]*.xlsx")):
        form = read_sheets(xlsx)
        for row in form.rows:
            for to in row.line.get("carried_to").split():
                later = to.startswith(LATER)
                yield Carry(form.root, form.path(row), to.removeprefix(LATER), later)


def _zipped(
    manifest: Manifest, compiled: Mapping[tuple[str, str], bytes], lists: Mapping[str, bytes]
) -> bytes:
    kept = {form.id for form in manifest.forms}
    members = {form_member(*key): xform for key, xform in compiled.items() if key[0] in kept}
    return packed(manifest, members | {f"lists/{name}": data for name, data in lists.items()})
