"""What a paper is made of: the copy of one reader, and what stands beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop.printing.story import Strokes
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, family_name, household
from forms.casework.reader import Reader
from forms.casework.redaction import Copy
from forms.pack import Pack
from forms.records.change import Change
from forms.xforms import Definition

STROKES_END = ".strokes.json"


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """Everything that one paper may be made of. Nothing in it is kept from its reader.

    ``people`` are those whom the reader's copy names; ``definitions`` are the forms of the records
    by record id; ``attachments`` those that are on this device. Immutable, so any lane may use it.
    """

    reader: Reader
    copy: Copy
    people: Sequence[Person]
    definitions: Mapping[str, Definition]
    attachments: Mapping[str, bytes]
    pack: Pack
    now: datetime
    zone: str
    family: str

    @property
    def records(self) -> tuple[KnownRecord, ...]:
        """The records that are left for this reader."""
        return self.copy.records

    @property
    def today(self) -> date:
        """The day where the worker is."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def record(self, id: str) -> KnownRecord | None:  # noqa: A002 - the field's own word
        """One record; None if nothing of it is left for this reader."""
        return next((record for record in self.records if record.id == id), None)

    def newest(self, form: str) -> KnownRecord | None:
        """The record of a form that was begun last."""
        of_form = [record for record in self.records if record.form == form]
        return max(of_form, key=lambda record: (record.begun, record.id), default=None)

    def changes(self, record: KnownRecord) -> tuple[Change, ...]:
        """What is left of the changes of a record."""
        return self.copy.changes[record.id]

    def word(self, key: str, otherwise: str) -> str:
        """The council's own word, or ours."""
        return self.pack.words.get(key, otherwise)

    def strokes(self, value: str) -> Strokes | None:
        """A drawing or signature; None if it is not here or cannot be read."""
        content = self.attachments.get(value)
        if content is None or not value.endswith(STROKES_END):
            return None
        try:
            return read_strokes(content)
        except (ValueError, KeyError, TypeError):
            return None


def reading_name(records: Sequence[KnownRecord]) -> str:
    """What a paper calls the family."""
    return family_name(records) or "Our family"


def people_of(records: Sequence[KnownRecord]) -> list[Person]:
    """The people of a copy who are part of the work."""
    return [person for person in household(records) if person.included != "no"]


def finished_on(record: KnownRecord, changes: Sequence[Change], zone: str) -> date | None:
    """The day on which a record was finished; None while it is a draft."""
    if not record.as_finished:
        return None
    said = [change.at for change in changes if any(path.startswith("@") for path in change.answers)]
    return max(said).astimezone(ZoneInfo(zone)).date() if said else None


def read_strokes(content: bytes) -> Strokes:
    """Strokes as docs/architecture.md writes them. Raises ValueError, KeyError or TypeError."""
    whole = json.loads(content)
    lines = tuple(
        tuple((float(x), float(y)) for x, y, *_ in stroke["points"]) for stroke in whole["strokes"]
    )
    return Strokes(float(whole["width"]), float(whole["height"]), lines)
