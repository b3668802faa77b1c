"""What is missing, stale, untranslated, contradictory or a placeholder in the sources of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from forms.authoring.check import check_form
from forms.authoring.checks.translations import languages_of
from forms.authoring.mistakes import FormMistakes, Mistake, Weight
from forms.authoring.pack import (
    CONTACT_COLUMNS,
    FORM_COLUMNS,
    GUARD_COLUMNS,
    KEPT_COLUMNS,
    TRANSLATION_COLUMNS,
    WORD_COLUMNS,
    PackMistake,
    read_council,
    read_rows,
    read_wordings,
)
from forms.authoring.sheets import SheetForm, read_sheets
from forms.pack import Wording

_SAFETY_NUMBERS = ("emergency", "level4_day", "level4_out_of_hours")
_WORDINGS = ("privacy_notice", "agreement", "sharing")
_REASONS = ("not_asked", "not_known", "waiting", "conflict")
_CHECKED_FOR = timedelta(days=183)
_FICTION = re.compile(r"^(01632 ?960|07700 ?900|0161 ?496 ?0|020 ?7946 ?0|08081 ?570)")
_PLACEHOLDER = re.compile(r"placeholder|demonstration|\bdemo\b|\bdraft list\b", re.IGNORECASE)
_LOOKED_UP = re.compile(r"pulldata\('contacts', *'[^']*', *'name', *'([^']*)'\)")
_UNITS = frozenset({"calendar days", "working days", "weeks", "school weeks", "hours"})
_CODED = {
    "outcomes.csv": "code",
    "needs.csv": "code",
    "vulnerable_groups.csv": "code",
    "agencies.csv": "code",
    "contacts.csv": "key",
    "forms.csv": "form",
    "timescales.csv": "step",
}


def check_pack(folder: Path, today: date) -> tuple[Mistake, ...]:
    """Everything to put right in a folder of sources, by file and row. Never raises for bad ones.

    A *placeholder* may stand in a demo; in any other pack it is a mistake.
    """
    sources = folder / "pack"
    found: list[Mistake] = []
    try:
        is_demo = read_council(sources)["is_demo"] is True
        forms = _forms(folder / "forms", found)
        for check in (
            _codes(sources),
            _order(sources, forms),
            _contacts(sources, forms, today),
            _guards(sources, forms),
            _kept_off_paper(sources / "never_printed.csv", forms),
            _wordings(read_wordings(sources)),
            _words(sources / "words.csv"),
            _words(sources / "terms.csv"),
            _reasons(sources, forms),
            _outcomes(sources, forms),
            _timescales(sources),
            _translations(sources / "translations.csv", forms),
        ):
            found += check
    except PackMistake as mistake:
        found.append(Mistake(mistake.message))
        is_demo = False
    return tuple(found if is_demo else map(_strict, found))


def _strict(mistake: Mistake) -> Mistake:
    if mistake.weight != "placeholder":
        return mistake
    return Mistake(mistake.says, mistake.instead, mistake.sheet, mistake.row, mistake.column)


def _forms(folder: Path, found: list[Mistake]) -> dict[str, SheetForm]:
    """The spreadsheets by form; what is wrong inside one is named with its file."""
    forms: dict[str, SheetForm] = {}
    for xlsx in sorted(folder.glob("[!~]*.xlsx")):
        within = check_form(xlsx)  # each says its sheet and row itself
        found.extend(Mistake(str(one), "", xlsx.name, weight=one.weight) for one in within)
        try:
            forms[xlsx.stem] = read_sheets(xlsx)
        except FormMistakes:
            continue  # check_form has said so
    return forms


def _codes(sources: Path) -> Iterator[Mistake]:
    """Codes are there and are used once."""
    for file, column in _CODED.items():
        if not (sources / file).exists():
            yield Mistake(f"There is no {file}.", "Copy it from the demo pack.", file)
            continue
        seen: dict[str, int] = {}
        for number, row in _numbered(sources / file, (column,)):
            code = row[column]
            if not code:
                yield Mistake("The code is blank.", "Write one.", file, number, column)
            elif code in seen:
                says = f"“{code}” is already in row {seen[code]}."
                yield Mistake(says, "Retire a code; never use it again.", file, number, column)
            seen.setdefault(code, number)


def _order(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    listed = []
    for number, row in _numbered(sources / "forms.csv", FORM_COLUMNS):
        listed.append(row["form"])
        if row["form"] not in forms:
            yield Mistake(
                f"There is no {row['form']}.xlsx.", "Add it or take the row out.",
                "forms.csv", number, "form",
            )  # fmt: skip
        if not row["why"].endswith("."):
            yield Mistake(
                "The reason is no sentence.", "Say in one sentence why this comes then.",
                "forms.csv", number, "why",
            )  # fmt: skip
    for form in sorted(forms.keys() - set(listed)):
        yield Mistake(f"{form}.xlsx is offered nowhere.", "Add a row for it.", "forms.csv")


def _contacts(sources: Path, forms: Mapping[str, SheetForm], today: date) -> Iterator[Mistake]:
    """Safety numbers are there, urgent, real, and checked by two people within half a year."""
    file = "contacts.csv"
    checked = (*CONTACT_COLUMNS, "checked_by", "second_checked_by", "checked_on")
    rows = {row["key"]: (number, row) for number, row in _numbered(sources / file, checked)}
    for key in _SAFETY_NUMBERS:
        if key not in rows:
            yield Mistake(f"The number {key} is missing.", "Add a row for it.", file)
        elif rows[key][1]["urgent"] != "yes":
            yield Mistake("A safety number is urgent.", "Write yes.", file, rows[key][0], "urgent")
    for number, row in rows.values():
        yield from _contact(file, number, row, today)
    for name, form in forms.items():
        for line in form.sheet("survey").lines:
            for key in _LOOKED_UP.findall(line.get("calculation")):
                if key not in rows:
                    says = f"{name}.xlsx looks up the number {key}, which is not there."
                    yield Mistake(says, "Add a row for it.", file)


def _contact(file: str, number: int, row: Mapping[str, str], today: date) -> Iterator[Mistake]:
    if not re.fullmatch(r"[0-9 +()]{3,20}", row["number"]):
        yield Mistake("This is no telephone number.", "Write its digits.", file, number, "number")
    if _FICTION.match(row["number"]) or _PLACEHOLDER.search(row["name"]):
        yield Mistake(
            "The number is made up.", "Write the real one.", file, number, "number", "placeholder"
        )
    if row["urgent"] != "yes":
        return
    people = {row["checked_by"], row["second_checked_by"]} - {""}
    if len(people) < 2 and row["key"] != "emergency":
        yield Mistake(
            "A safety number needs two people.", "Let a second person ring it and sign.",
            file, number, "second_checked_by", "placeholder",
        )  # fmt: skip
    if (day := _day(row["checked_on"])) is None:
        yield Mistake(
            "Nobody said when the number was checked.", "Write the date, as 2026-11-01.",
            file, number, "checked_on", "placeholder",
        )  # fmt: skip
    elif day < today - _CHECKED_FOR:
        yield Mistake(
            f"The number was last checked on {day.isoformat()}.", "Ring it again.",
            file, number, "checked_on", "warning",
        )  # fmt: skip


def _guards(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Protective questions are in their forms, and their answers are exactly those offered."""
    file, guarded = "protective.csv", set()
    for number, row in _numbered(sources / file, GUARD_COLUMNS):
        guarded.add(row["guards"])
        form = forms.get(row["form"])
        asked = form.by_name.get(row["path"].rpartition("/")[2]) if form else None
        if form is None or asked is None or _path(form, asked.name) != row["path"]:
            says = f"The form {row['form']} has no question {row['path']}."
            yield Mistake(says, "Correct the path.", file, number, "path")
            continue
        offered = {line.get("name") for line in form.lists.get(asked.list_name, ())}
        if set(row["safest_first"].split()) != offered:
            yield Mistake(
                f"The question offers: {', '.join(sorted(offered))}.",
                "Write each of them once, the safest first.", file, number, "safest_first",
            )  # fmt: skip
    for what in sorted({"paper", "talk"} - guarded):
        yield Mistake(f"Nothing guards {what}.", "Add the question that does.", file)


def _kept_off_paper(file: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What is never printed is there, so that a renamed question is not printed by mistake."""
    for number, row in _numbered(file, KEPT_COLUMNS):
        form, name = forms.get(row["form"]), row["path"].rpartition("/")[2]
        whole = form is not None and row["path"] == f"/{form.root}"
        there = form is not None and name in form.by_name and _path(form, name) == row["path"]
        if not (whole or there):
            says = f"The form {row['form']} has nothing at {row['path']}."
            yield Mistake(says, "Correct the path.", file.name, number, "path")


def _path(form: SheetForm, name: str) -> str:
    row = form.by_name[name]
    return "/".join(["", form.root, *(outer.name for outer in row.within), name])


def _wordings(wordings: Iterable[Wording]) -> Iterator[Mistake]:
    known = list(wordings)
    english = {wording.key: wording for wording in known if wording.language == "en"}
    for key in _WORDINGS:
        if key not in english:
            yield Mistake(f"There is no {key}.en.md.", "Write the council's words.", f"{key}.en.md")
    for wording in known:
        file = f"{wording.key}.{wording.language}.md"
        first = english.get(wording.key)
        if first is not None and wording.version != first.version:
            says = f"It translates version {wording.version}; the English is {first.version}."
            yield Mistake(says, "Translate the new words.", file)
        if not wording.checked_by:
            yield Mistake(
                "Nobody has checked these words.", "Name who did, and when.", file, None, "",
                "placeholder",
            )  # fmt: skip
        if _PLACEHOLDER.search(wording.words):
            yield Mistake(
                "The words are a placeholder.", "Write the council's own.", file, None, "",
                "placeholder",
            )  # fmt: skip


def _words(file: Path) -> Iterator[Mistake]:
    """Each key is there once a language, in English first, and in every language that is begun."""
    by_language: dict[str, dict[str, int]] = {}
    for number, row in _numbered(file, WORD_COLUMNS):
        keys = by_language.setdefault(row["language"], {})
        if row["key"] in keys:
            says = f"“{row['key']}” is already in row {keys[row['key']]}."
            yield Mistake(says, "Keep one of them.", file.name, number, "key")
        keys.setdefault(row["key"], number)
        if not row["words"]:
            yield Mistake("There are no words.", "Write them.", file.name, number, "words")
        if row["language"] != "en" and not row["checked_by"]:
            yield Mistake(
                "Drafted, not checked.", "Name who checked it.", file.name, number, "checked_by",
                "placeholder",
            )  # fmt: skip
    english = by_language.get("en", {})
    for language, keys in by_language.items():
        for key in sorted(english.keys() - keys.keys()):
            says = f"“{key}” has no words in {language}."
            yield Mistake(says, "Translate it.", file.name, english[key], "key", "warning")
        for key in sorted(keys.keys() - english.keys()):
            says = f"“{key}” has no English."
            yield Mistake(says, "Add it.", file.name, keys[key], "key")


def _reasons(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Whatever is answered about paper and talk, there are words that say what follows."""
    words = {row["key"] for row in read_rows(sources / "words.csv", WORD_COLUMNS)}
    for number, row in _numbered(sources / "protective.csv", GUARD_COLUMNS):
        if row["guards"] in ("paper", "talk") and row["form"] in forms:
            for reason in (*row["safest_first"].split(), *_REASONS):
                key = f"{row['guards']}.{reason}"
                if key not in words:
                    says = f"There are no words “{key}” in words.csv."
                    yield Mistake(says, "Add them.", "protective.csv", number, "safest_first")


def _outcomes(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Needs belong to outcomes, and the assessment offers exactly the needs of the list."""
    outcomes = {row["code"] for row in read_rows(sources / "outcomes.csv", ("code",))}
    needs: dict[str, set[str]] = {}
    unverified = 0
    for number, row in _numbered(sources / "needs.csv", ("code", "headline", "checked")):
        needs.setdefault(row["headline"], set()).add(row["code"].replace(".", "_"))
        unverified += "unverified" in row["checked"]
        if row["headline"] not in outcomes:
            says = f"There is no outcome {row['headline']}."
            yield Mistake(says, "Write one of outcomes.csv.", "needs.csv", number, "headline")
    if unverified:
        weight: Weight = "placeholder"
        says = f"{unverified} needs are not checked against the national framework."
        yield Mistake(says, "Check each, and say so in its row.", "needs.csv", None, "", weight)
    assessment = forms.get("assessment")
    for headline, codes in sorted(needs.items()) if assessment else ():
        lines = assessment.lists.get(f"need_{headline.lower()}", ()) if assessment else ()
        offered = {line.get("name") for line in lines}
        if offered != codes:
            differ = ", ".join(sorted(offered ^ codes))
            says = f"The assessment and the list differ about needs of {headline}: {differ}."
            yield Mistake(says, "Make them the same.", "needs.csv", None, "code")


def _translations(file: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Each language of each form says who checked it, or counts as drafted."""
    said: set[tuple[str, str]] = set()
    for number, row in _numbered(file, TRANSLATION_COLUMNS):
        said.add((row["form"], row["language"]))
        if row["form"] in forms and row["language"] not in languages_of(forms[row["form"]]):
            says = f"{row['form']}.xlsx is not in {row['language']}."
            yield Mistake(says, "Correct the row.", file.name, number, "language")
        elif not row["checked_by"]:
            yield Mistake(
                "Drafted, not checked.", "Name who checked it.", file.name, number, "checked_by",
                "placeholder",
            )  # fmt: skip
    for name, form in forms.items():
        default = form.settings.get("default_language")
        for language in languages_of(form):
            if language != default and (name, language) not in said:
                says = f"Nobody says who checked {name}.xlsx in {language}."
                yield Mistake(says, "Add a row for it.", file.name)


def _timescales(sources: Path) -> Iterator[Mistake]:
    file = "timescales.csv"
    columns = ("value", "unit", "valid_from", "placeholder")
    for number, row in _numbered(sources / file, columns):
        if not row["value"].isdigit():
            yield Mistake("The value is no number.", "Write digits.", file, number, "value")
        if row["unit"] not in _UNITS:
            units = f"Write one of: {', '.join(sorted(_UNITS))}."
            yield Mistake(f"“{row['unit']}” is no unit.", units, file, number, "unit")
        if _day(row["valid_from"]) is None:
            yield Mistake(
                "It does not say from when.", "Write a date, as 2026-11-01.", file, number,
                "valid_from",
            )  # fmt: skip
        if row["placeholder"] == "yes":
            yield Mistake(
                "The council has not confirmed it.", "Confirm it, and write no.", file, number,
                "placeholder", "placeholder",
            )  # fmt: skip


def _numbered(file: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    return enumerate(read_rows(file, columns), start=2)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
