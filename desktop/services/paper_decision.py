"""The decision of a worker and their manager that somebody whom a court order names gets papers."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.services.filling import Filling
from desktop.services.records import Records
from forms.casework.blocking import IN_VIEW_OF, LIFTED_FOR
from forms.casework.known_record import KnownRecord
from forms.casework.reader import Reader
from forms.records.finalising import stays_finished


def begun_decision(
    records: Records, family: str, reader: Reader, known: Iterable[KnownRecord]
) -> str:
    """The unfinished record about this person in view of what stands now; begun if there is none.

    It says by itself whom it is about and which changes stood there; people say the rest.
    """
    view = " ".join(sorted(reader.in_view_of))
    form = reader.lifted_by
    for record in known:
        about = tuple(record.answer(f"/{form}/{name}").value for name in (LIFTED_FOR, IN_VIEW_OF))
        is_begun = record.form == form and not stays_finished(record.heads)
        if is_begun and about == (reader.key, view):
            return record.id
    begun = records.begin(family, form)
    filling = Filling(records.read(begun), records.clock)
    for name, value in ((LIFTED_FOR, reader.key), (IN_VIEW_OF, view)):
        filling.answer(f"/{form}/{name}", value)
    records.seal(filling.freeze())
    return begun
