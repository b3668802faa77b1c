"""What is missing, stale, untranslated, contradictory or a placeholder in the sources of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from forms.authoring.check import check_form
from forms.authoring.mistakes import FormMistakes, Mistake
from forms.authoring.pack_checks.areas import areas
from forms.authoring.pack_checks.audiences import audiences
from forms.authoring.pack_checks.carrying import carrying
from forms.authoring.pack_checks.codes import codes, outcomes
from forms.authoring.pack_checks.contacts import contacts
from forms.authoring.pack_checks.council_words import council_words
from forms.authoring.pack_checks.lawful_basis import lawful_basis
from forms.authoring.pack_checks.measures import measures
from forms.authoring.pack_checks.paper_words import paper_words
from forms.authoring.pack_checks.protection import (
    beside,
    blocked,
    guards,
    kept_off_paper,
    looked_at_for_access,
    marked_for_access,
    printed_only,
    reasons,
)
from forms.authoring.pack_checks.rows import numbered, read_day
from forms.authoring.pack_checks.rules import lists, policy, recipients, sharing_rules, told_before
from forms.authoring.pack_checks.services import retention, services, surveys
from forms.authoring.pack_checks.tables import tables
from forms.authoring.pack_checks.terms import terms
from forms.authoring.pack_checks.thresholds import thresholds
from forms.authoring.pack_checks.timescales import calendar, timescales
from forms.authoring.pack_checks.wordings import interpreters, spoken, translations, wordings, words
from forms.authoring.sheets import SheetForm, read_sheets
from forms.authoring.sources import FORM_COLUMNS, PackMistake, read_council
from forms.authoring.texts import read_wordings


def check_pack(folder: Path, today: date) -> tuple[Mistake, ...]:
    """Everything to put right in a folder of sources, by file and row. Never raises for bad ones.

    A *placeholder* may stand in a demo; in any other pack it is a mistake.
    """
    sources = folder / "pack"
    found: list[Mistake] = []
    try:
        is_demo = read_council(sources)["is_demo"] is True
        if unfit := tuple(tables(sources)):
            return unfit  # the other checks read them
        forms = _forms(folder / "forms", found)
        for check in (
            codes(sources),
            _order(sources, forms),
            contacts(sources, forms, today),
            guards(sources, forms),
            kept_off_paper(sources / "never_printed.csv", forms),
            blocked(sources / "readers_blocked.csv", forms),
            printed_only(sources, forms),
            beside(sources / "beside.csv", forms),
            marked_for_access(sources / "subject_access.csv", forms),
            looked_at_for_access(sources, forms),
            audiences(sources, forms),
            lists(forms),
            recipients(sources, forms),
            sharing_rules(sources, forms),
            told_before(sources, forms),
            policy(sources, forms),
            carrying(forms),
            wordings(sources),
            spoken(sources),
            words(sources / "words.csv"),
            words(sources / "terms.csv"),
            terms(sources, forms),
            measures(sources),
            lawful_basis(sources, read_wordings(sources)),
            paper_words(sources / "paper_words.csv"),
            council_words(sources, forms),
            reasons(sources, forms),
            outcomes(sources, forms),
            timescales(sources),
            calendar(sources, today),
            thresholds(sources),
            services(sources, forms, today),
            areas(sources),
            surveys(sources, forms),
            retention(sources),
            translations(sources / "translations.csv", forms),
            interpreters(sources, forms),
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


def _order(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    listed = []
    for number, row in numbered(sources / "forms.csv", FORM_COLUMNS):
        listed.append(row["form"])
        if row["form"] not in forms:
            yield Mistake(
                f"There is no {row['form']}.xlsx.", "Add it or take the row out.",
                "forms.csv", number, "form",
            )  # fmt: skip
        if row.get("from") and read_day(row["from"]) is None:
            yield Mistake(
                "This is no day.", "Write it as 2027-04-01, or nothing: it begins at once.",
                "forms.csv", number, "from",
            )  # fmt: skip
        if not row["why"].endswith("."):
            yield Mistake(
                "The reason is no sentence.", "Say in one sentence why this comes then.",
                "forms.csv", number, "why",
            )  # fmt: skip
    for form in sorted(forms.keys() - set(listed)):
        yield Mistake(f"{form}.xlsx is offered nowhere.", "Add a row for it.", "forms.csv")
