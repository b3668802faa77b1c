"""The lawful basis: on which a council keeps what it is told, and on which it shares unasked.

Councils differ (domain.md 1.7), so both are rows of the table ``lawful_basis``. Those for which
something is shared are the choices of the form about it; that on which it is kept is told by the
notice, where its words say `{lawful_basis}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from forms.manifest import Wording
from forms.terms import ENGLISH

TABLE, PLACE = "lawful_basis", "lawful_basis"
HOLD, SHARE = "hold", "share"
Row = Mapping[str, str]


def bases(rows: Sequence[Row], used_for: str, language: str = ENGLISH) -> list[Row]:
    """The rows for holding or for sharing, in this language, retired ones too."""
    return [row for row in rows if (row["used_for"], row["language"]) == (used_for, language)]


def with_basis(wordings: Sequence[Wording], rows: Sequence[Row]) -> Iterator[Wording]:
    """The texts with the basis on which the council holds what it is told, in their language."""
    for wording in wordings:
        spoken = bases(rows, HOLD, wording.language) or bases(rows, HOLD)
        told = " ".join(row["label"] for row in spoken if not row["retired"])
        yield replace(wording, words=wording.words.replace(f"{{{PLACE}}}", told))
