"""The lists of a pack that forms choose from and look things up in: CSV, value in ``name``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from forms.authoring.lawful_basis import SHARE, TABLE, bases
from forms.authoring.pack_languages import ENGLISH, in_their_language
from forms.casework.people import PEOPLE_LIST, people_csv
from forms.manifest import Contact, Wording

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
    lists = {
        "contacts.csv": written(
            ("name", "label", "number", "when"),
            ((c.key, c.name, c.number, c.when) for c in contacts),
        ),
        "wording.csv": written(
            ("name", "label", "version", "language"),
            (
                (name, " ".join(words.split()), version, language)  # as shown, kept when signed
                for name, words, version, language in (
                    *(
                        (w.key, w.words, w.version, w.language)
                        for w in wordings
                        if w.language == ENGLISH
                    ),
                    *in_their_language(tables.get("languages", ()), wordings),
                )
            ),
        ),
        "services.csv": _chosen(
            tables.get("directory", ()), "key", "name", ("kind", "number", "area", "from", "until")
        ),
        **_scheme_lists(tables, scheme, ".csv"),
        PEOPLE_LIST: people_csv(()),  # the family's own takes its place when a record is opened
    }  # fmt: skip
    reasons = bases(tables.get(TABLE, ()), SHARE)
    lists[f"{TABLE}.csv"] = _chosen(reasons, "code", "label", ("retired",))
    for table in CODE_LISTS:
        lists[f"{table}.csv"] = _chosen(tables.get(table, ()), "code", "label", ("retired",))
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
    levels = _of_scheme(tables.get("thresholds", ()), scheme)
    indicators = _of_scheme(tables.get("indicators", ()), scheme)
    return {
        f"levels{ending}": _chosen(levels, "level", "label", ("rank", "asks", "scheme")),
        f"indicators{ending}": _chosen(indicators, "code", "label", ("level",)),
    }


def _of_scheme(rows: Table, scheme: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {**row, "scheme": " ".join(scheme)}
        for row in rows
        if (row.get("scheme"), row.get("version")) == scheme
    ]


def _chosen(rows: Iterable[Row], value: str, label: str, beside: tuple[str, ...]) -> bytes:
    """A list of these rows: value, label, and what choice filters and look-ups ask for."""
    columns = (value, label, *beside)
    return written(
        ("name", "label", *beside), (tuple(row.get(c, "") for c in columns) for row in rows)
    )


def written(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """A list as a file of the pack."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
