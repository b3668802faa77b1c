"""A closing ends the help once a second person has agreed to it at the centre (domain.md 1.22).

The lead fills it in with the family, and a manager agrees. Until then the help goes on: the family
is counted as open, somebody is responsible for it, and its worker is told that the closing waits.
Then it ended on the day that the closing says. Help that nobody agrees to any more ends by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from forms.casework.entities import Entity, entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import read_date
from forms.records.finalising import FINALISED


def closures(records: Iterable[KnownRecord]) -> Iterator[tuple[KnownRecord, Entity]]:
    """The closings that are finished and agreed to, with the record of each."""
    return ((record, one) for record, one in _finished(records) if is_agreed(one, record))


def waiting(records: Iterable[KnownRecord]) -> Iterator[KnownRecord]:
    """The closings that stand as they were finished, and that no second person has agreed to.

    Not one that help did not wait for: a closing of that day or a later one was agreed to.
    """
    finished = list(_finished(records))
    ended = [closed_on(one, record) for record, one in finished if is_agreed(one, record)]
    last = max(ended, default=date.min)
    return (
        record
        for record, one in finished
        if record.as_finished and not is_agreed(one, record) and closed_on(one, record) > last
    )


def closed_on(closure: Entity, record: KnownRecord) -> date:
    """The day that a closing says, or else that on which it was finished or begun."""
    return read_date(closure.said("on")) or record.finalised_on or record.begun_on


def is_agreed(closure: Entity, record: KnownRecord) -> bool:
    """True if a second person agreed to the closing, at the centre, as it was finished.

    Whatever the form asks: where it has no question for a manager, as an older one may not, their
    word is that they finished the record anew.
    """
    agrees = closure.paths.get("manager_agrees")
    says_so = agrees is None or (
        closure.said("manager_agrees") == "yes" and record.is_second_word(agrees)
    )
    return says_so and record.is_second_word(FINALISED)


def _finished(records: Iterable[KnownRecord]) -> Iterator[tuple[KnownRecord, Entity]]:
    for record in records:
        if record.finalised:
            for closure in entities([record], "closure"):
                yield record, closure
