"""The lists of a pack that forms choose from and look things up in: CSV, value in ``name``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from forms.authoring.council_words import OF_THE_COUNCIL, CouncilWords, council_key
from forms.authoring.lawful_basis import SHARE, TABLE, bases
from forms.authoring.texts import text_list
from forms.casework.people import PEOPLE_LIST, people_csv
from forms.manifest import Contact, Wording
from forms.xforms.functions.dates import DATES_LIST

Row = Mapping[str, str]
Table = Sequence[Row]
CODE_LISTS = ("agencies", "vulnerable_groups", "closure_reasons")
"""Tables of ``code``, ``label`` and ``retired`` that forms offer as they stand."""


def pack_lists(
    tables: Mapping[str, Table],
    scheme: tuple[str, str],
    contacts: Iterable[Contact],
    wordings: Sequence[Wording],
) -> dict[str, bytes]:
    """Every list by its file's name. ``scheme``: the threshold scheme in force, and its version."""
    said = CouncilWords.of(tables)
    services = tables.get("directory", ())
    beside = ("kind", "number", "area", "from", "until")
    lists = {
        "contacts.csv": written(
            ("name", "label", "number", "when", *said.columns("label"), *said.columns("when")),
            (
                (
                    *(c.key, c.name, c.number, c.when),
                    *said.cells(f"{OF_THE_COUNCIL}names.{c.key}", c.name),
                    *said.cells(f"{OF_THE_COUNCIL}hours.{c.key}", c.when),
                )
                for c in contacts
            ),
        ),
        "wording.csv": written(*text_list(tables.get("languages", ()), wordings)),
        "services.csv": written(
            ("name", "label", *beside),
            (tuple(row.get(column, "") for column in ("key", "name", *beside)) for row in services),
        ),
        f"{DATES_LIST}.csv": written(("name", "label", *said.columns("label")), said.dates()),
        f"{TABLE}.csv": _chosen(
            TABLE, bases(tables.get(TABLE, ()), SHARE), "code", ("retired",), said
        ),
        **_scheme_lists(tables, scheme, ".csv"),
        PEOPLE_LIST: people_csv(()),  # the family's own takes its place when a record is opened
    }
    for table in CODE_LISTS:
        lists[f"{table}.csv"] = _chosen(table, tables.get(table, ()), "code", ("retired",), said)
    return lists


def next_scheme_lists(
    tables: Mapping[str, Table], coming: tuple[str, str, str]
) -> dict[str, bytes]:
    """The lists of the threshold scheme that comes next, under the day on which it begins."""
    scheme, version, begins = coming
    return _scheme_lists(tables, (scheme, version), f".from-{begins}.csv") if begins else {}


def _scheme_lists(
    tables: Mapping[str, Table], scheme: tuple[str, str], ending: str
) -> dict[str, bytes]:
    said = CouncilWords.of(tables)
    levels = _of_scheme(tables, "thresholds", scheme)
    indicators = _of_scheme(tables, "indicators", scheme)
    return {
        f"levels{ending}": _chosen("thresholds", levels, "level", ("rank", "asks", "scheme"), said),
        f"indicators{ending}": _chosen("indicators", indicators, "code", ("level",), said),
    }


def _of_scheme(tables: Mapping[str, Table], table: str, scheme: tuple[str, str]) -> list[Row]:
    return [
        row for row in tables.get(table, ()) if (row.get("scheme"), row.get("version")) == scheme
    ]


def _chosen(
    table: str, rows: Iterable[Row], value: str, beside: tuple[str, ...], said: CouncilWords
) -> bytes:
    """A list of these rows: value, label, what choice filters and look-ups ask for, languages.

    The scheme of a level is named with its version.
    """
    return written(
        ("name", "label", *beside, *said.columns("label")),
        (
            (
                *(row.get(column, "") for column in (value, "label")),
                *(_beside(row, column) for column in beside),
                *said.cells(council_key(table, row), row.get("label", "")),
            )
            for row in rows
        ),
    )


def _beside(row: Row, column: str) -> str:
    named = f"{row.get('scheme', '')} {row.get('version', '')}"
    return named if column == "scheme" else row.get(column, "")


def written(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """A list as a file of the pack."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
