"""The lawful basis: one to hold by, which the notice tells, and at least one to share by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from forms.authoring.lawful_basis import HOLD, PLACE, SHARE, TABLE
from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.placeholders import PLACEHOLDER
from forms.authoring.pack_checks.rows import numbered
from forms.manifest import Wording

_COLUMNS = ("code", "used_for", "label", "retired")
_FILE, _NOTICE = f"{TABLE}.csv", "privacy_notice"


def lawful_basis(sources: Path, wordings: Iterable[Wording]) -> Iterator[Mistake]:
    """What is wrong with the table, and a notice that does not tell it."""
    in_force: set[str] = set()
    for number, row in numbered(sources / _FILE, _COLUMNS):
        if row["used_for"] not in (HOLD, SHARE):
            says = f"“{row['used_for']}” is nothing that a basis is used for."
            yield Mistake(says, f"Write {HOLD} or {SHARE}.", _FILE, number, "used_for")
        elif not row["retired"]:
            in_force.add(row["used_for"])
        if not row["label"]:
            yield Mistake("There are no words.", "Write them.", _FILE, number, "label")
        if PLACEHOLDER.search(row["label"]):
            yield Mistake(
                "The words are a placeholder.", "Write the council's own.", _FILE, number, "label",
                "placeholder",
            )  # fmt: skip
    for used_for in (HOLD, SHARE):
        if used_for not in in_force:
            yield Mistake(f"There is no basis to {used_for} by.", "Add a row for it.", _FILE)
    for wording in wordings:
        if wording.key == _NOTICE and f"{{{PLACE}}}" not in wording.words:
            says = "The notice does not tell the lawful basis."
            file = f"{wording.key}.{wording.language}.md"
            yield Mistake(says, f"Say {{{PLACE}}} where it belongs.", file)
