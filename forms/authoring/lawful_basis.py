"""The lawful basis: on which a council keeps what it is told, and on which it shares unasked.

Councils differ (domain.md 1.7), so both are rows of the table ``lawful_basis``. Those for which
something is shared are the choices of the form about it; that on which it is kept is told by the
notice, where its words say `{lawful_basis}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from forms.authoring.council_words import CouncilWords, council_key
from forms.manifest import Wording

TABLE, PLACE = "lawful_basis", "lawful_basis"
HOLD, SHARE = "hold", "share"
Row = Mapping[str, str]


def bases(rows: Sequence[Row], used_for: str) -> list[Row]:
    """The rows for holding or for sharing, retired ones too."""
    return [row for row in rows if row["used_for"] == used_for]


def with_basis(
    wordings: Sequence[Wording], tables: Mapping[str, Sequence[Row]]
) -> Iterator[Wording]:
    """The texts with the basis on which the council holds what it is told, in their language."""
    said = CouncilWords.of(tables)
    languages = {row["words"]: row["language"] for row in tables.get("languages", ())}
    in_force = [row for row in bases(tables.get(TABLE, ()), HOLD) if not row["retired"]]
    for wording in wordings:
        spoken = languages.get(wording.language, "")
        told = " ".join(
            said.in_words(council_key(TABLE, row), row["label"], spoken) for row in in_force
        )
        yield replace(wording, words=wording.words.replace(f"{{{PLACE}}}", told))
