"""The directory of services, the surveys and how long things are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered, read_day
from forms.authoring.sheets import SheetForm
from forms.authoring.sources import SERVICE_COLUMNS
from forms.manifest import RETENTION_RULES

DIRECTORY, SURVEYS, RETENTION = "directory.csv", "surveys.csv", "retention.csv"
_CHECKED_FOR = timedelta(days=365)


def services(sources: Path, forms: Mapping[str, SheetForm], today: date) -> Iterator[Mistake]:
    """Each service is of a kind that the referral offers, was checked, and is no placeholder."""
    referral = forms.get("referral")
    kinds = {line.get("name") for line in referral.lists.get("kind", ())} if referral else None
    for number, row in numbered(sources / DIRECTORY, (*SERVICE_COLUMNS, "placeholder")):
        if kinds is not None and row["kind"] not in kinds:
            says = f"The referral form has no kind “{row['kind']}”."
            yield Mistake(says, "Correct it.", DIRECTORY, number, "kind")
        if not re.fullmatch(r"[0-9 +()]{3,20}", row["number"]):
            says = "This is no telephone number."
            yield Mistake(says, "Write its digits.", DIRECTORY, number, "number")
        if read_day(row["from"]) is None or (row["until"] and read_day(row["until"]) is None):
            says = "It does not say from when, or until when."
            yield Mistake(says, "Write dates, as 2026-11-01.", DIRECTORY, number, "from")
        until, checked = read_day(row["until"]), read_day(row["checked_on"])
        ended = until is not None and until < today
        if not ended and (checked is None or checked < today - _CHECKED_FOR):
            yield Mistake(
                "Nobody has checked this service for a year.", "Ring it, and write when.",
                DIRECTORY, number, "checked_on", "warning",
            )  # fmt: skip
        if row["placeholder"] == "yes":
            yield Mistake(
                "The service is made up.", "Put the council's own in its place.",
                DIRECTORY, number, "name", "placeholder",
            )  # fmt: skip


def surveys(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Every version of the feedback asks each statement of the bank, the adults' word for word."""
    asked = {name: form for name, form in forms.items() if name.startswith("feedback_")}
    for number, row in numbered(sources / SURVEYS, ("bank", "code", "statement", "retired")):
        for name, form in sorted(asked.items()):
            found = form.by_name.get(row["code"])
            if found is None and not row["retired"]:
                says = f"{name}.xlsx does not ask {row['code']}."
                yield Mistake(says, "Add the question, or retire it.", SURVEYS, number, "code")
        adult = asked["feedback_adult"].by_name.get(row["code"]) if asked else None
        if adult and row["statement"] not in adult.line.texts("label").values():
            says = f"feedback_adult.xlsx words {row['code']} otherwise."
            yield Mistake(says, "Make them the same.", SURVEYS, number, "statement")


def retention(sources: Path) -> Iterator[Mistake]:
    """Each rule that the EHM obeys says for how many years, confirmed; and there is no other."""
    said: set[str] = set()
    for number, row in numbered(sources / RETENTION, ("rule", "keep_for", "unit", "placeholder")):
        if row["rule"] not in RETENTION_RULES or row["rule"] in said:
            says = f"Nothing is kept or erased by a rule “{row['rule']}” here."
            rules = f"Write each of these once: {', '.join(RETENTION_RULES)}."
            yield Mistake(says, rules, RETENTION, number, "rule")
        said.add(row["rule"])
        if not row["keep_for"].isdigit() or row["unit"] != "years":
            says = "It does not say for how many years."
            yield Mistake(says, "Write a number, and years.", RETENTION, number, "keep_for")
        if row["placeholder"] == "yes":
            yield Mistake(
                "The council has not confirmed it.", "Confirm it, and write no.",
                RETENTION, number, "placeholder", "placeholder",
            )  # fmt: skip
    for rule in sorted(set(RETENTION_RULES) - said):
        says = f"For {rule} nothing says how long it is kept: it is never erased."
        yield Mistake(says, "Add a row for it.", RETENTION)
