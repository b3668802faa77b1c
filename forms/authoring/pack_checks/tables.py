"""The tables of a pack: each is there, with the columns that the program reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.sources import (
    AUDIENCE_COLUMNS,
    BESIDE_COLUMNS,
    CONTACT_COLUMNS,
    FORM_COLUMNS,
    GUARD_COLUMNS,
    KEPT_COLUMNS,
    SERVICE_COLUMNS,
    WORD_COLUMNS,
    PackMistake,
    columns_of,
)

_COLUMNS: dict[str, tuple[str, ...]] = {
    "agencies.csv": ("code", "label", "choice", "circle", "retired"),
    "areas.csv": ("postcode_starts", "area", "hub"),
    "audiences.csv": AUDIENCE_COLUMNS,
    "beside.csv": BESIDE_COLUMNS,
    "calendar.csv": ("day", "name"),
    "closure_reasons.csv": ("code", "label", "retired"),
    "contacts.csv": CONTACT_COLUMNS,
    "directory.csv": SERVICE_COLUMNS,
    "forms.csv": FORM_COLUMNS,
    "indicators.csv": ("scheme", "version", "level", "code", "label", "retired"),
    "languages.csv": ("code", "language", "words"),
    "lawful_basis.csv": ("code", "used_for", "label", "retired"),
    "measure_cuts.csv": ("cut", "label"),
    "measures.csv": ("measure", "version", "title", "caveats"),
    "needs.csv": ("code", "headline", "need", "outcome", "checked"),
    "never_printed.csv": KEPT_COLUMNS,
    "outcomes.csv": ("code", "label", "checked"),
    "paper_words.csv": ("key",),
    "policy.csv": ("rule", "value"),
    "printed_only.csv": ("form", "path", "question", "only_if", "unless"),
    "protective.csv": GUARD_COLUMNS,
    "readers_blocked.csv": ("form", "path", "holds", "says", "lifted_by"),
    "recipients.csv": ("reader", "form", "path", "prints"),
    "retention.csv": ("rule", "keep_for", "unit"),
    "sharing_rules.csv": ("rule", "form", "path", "safest_first"),
    "signed_off.csv": ("form", "version", "analyst", "signed_on"),
    "subject_access.csv": ("form", "path", "mark", "why"),
    "surveys.csv": ("bank", "code", "statement", "retired"),
    "terms.csv": WORD_COLUMNS,
    "thresholds.csv": ("scheme", "version", "level", "rank", "asks", "label"),
    "timescales.csv": ("step", "from_event", "value", "unit", "applies_to", "hard", "valid_from"),
    "told_before.csv": ("form", "path", "dataset", "property", "repeat", "only", "about"),
    "translations.csv": ("form", "language", "checked_by", "checked_on", "checked_words"),
    "vulnerable_groups.csv": ("code", "label", "retired"),
    "words.csv": WORD_COLUMNS,
}


def tables(sources: Path) -> Iterator[Mistake]:
    """Tables that are missing, cannot be read, or lack a column; each is named, all at once."""
    for file, columns in _COLUMNS.items():
        if not (sources / file).exists():
            says = "Copy it from the demo pack, and change what is yours."
            yield Mistake(f"There is no {file}.", says, file)
            continue
        try:
            there = columns_of(sources / file)
        except PackMistake as mistake:
            yield Mistake(mistake.message)
            continue
        for column in columns:
            if column not in there:
                says = f"There is no column “{column}”."
                yield Mistake(says, "Copy it from the demo pack.", file, 1, column)
