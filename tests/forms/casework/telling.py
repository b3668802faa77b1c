"""Answers that make entities: what a test tells, put where the form's own declarations say."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from forms.xforms import Definition

Row = Mapping[str, object]
Told = Row | Sequence[Row]
ID, WITHIN = "id", "within"


def answers(definition: Definition, **told: Told) -> dict[str, str]:
    """The answers that make these entities: a mapping for one of the record, a list for rows.

    A row's ``id`` is its UUID (else it is made from its place); ``within`` the id of the outer row.
    """
    by_dataset = {declared.dataset: declared for declared in definition.entities}
    found: dict[str, str] = {}
    rows: dict[str, str] = {}
    for dataset, said in told.items():
        declared = by_dataset[dataset]
        many = [said] if isinstance(said, Mapping) else said
        for number, one in enumerate(many, start=1):
            container = declared.path
            if not isinstance(said, Mapping):
                row = str(one.get(ID) or row_id(definition.id, dataset, number, one.get(WITHIN)))
                outer = rows.get(str(one.get(WITHIN, "")), "")
                inner = container[len(_plain(outer)) :] if outer else container
                container = f"{outer}{inner}[{row}]"
                rows[row] = container
                found[container] = f"{number * 10:06d}"
            for name, value in one.items():
                if name not in (ID, WITHIN):
                    path = declared.properties[name]
                    found[container + path[len(declared.path) :]] = str(value)
    return found


def row_id(*parts: object) -> str:
    """The same UUID for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, " ".join(map(str, parts))))


def _plain(path: str) -> str:
    return path.partition("[")[0]
