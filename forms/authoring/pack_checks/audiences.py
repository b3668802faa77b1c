"""Who may see what: each form says it, in roles and words that the EHM knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered
from forms.authoring.sheets import SheetForm
from forms.authoring.sources import AUDIENCE_COLUMNS
from forms.manifest import AUDIENCE_ROLES, SHARED

FILE = "audiences.csv"


def audiences(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Each form has one row; an agency's choice and circle are what the family is asked."""
    said: set[str] = set()
    for number, row in numbered(sources / FILE, AUDIENCE_COLUMNS):
        if row["form"] in said:
            says = f"{row['form']} has a row already."
            yield Mistake(says, "Keep one of them.", FILE, number, "form")
        said.add(row["form"])
        for role in row["roles"].split():
            if role not in AUDIENCE_ROLES:
                roles = f"Write some of: {', '.join(AUDIENCE_ROLES)}."
                yield Mistake(f"There is no role {role}.", roles, FILE, number, "roles")
        if row["shared"] not in SHARED:
            says = f"“{row['shared']}” does not say when it is shared."
            yield Mistake(says, f"Write one of: {', '.join(SHARED)}.", FILE, number, "shared")
    for form in sorted(forms.keys() - said):
        says = f"Nothing says who may see {form}.xlsx, so nobody may but its author."
        yield Mistake(says, "Add a row for it.", FILE)
    yield from _choices(sources, forms)


def _choices(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    if (sharing := forms.get("sharing")) is None:
        return
    voice = forms.get("child_voice")
    circles = {line.get("name") for line in voice.lists.get("share_with", ())} if voice else set()
    for number, row in numbered(sources / "agencies.csv", ("code", "choice", "circle")):
        if voice is not None and row["circle"] and row["circle"] not in circles:
            says = f"No child is asked whether “{row['circle']}” may know."
            yield Mistake(says, "Write a choice of child_voice.", "agencies.csv", number, "circle")
        if row["choice"] and row["choice"] not in sharing.by_name:
            says = f"The sharing form has no question {row['choice']}."
            yield Mistake(says, "Correct it.", "agencies.csv", number, "choice")
