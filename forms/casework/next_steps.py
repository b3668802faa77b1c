"""What comes next with a family, in the order of the pack, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms.casework.entities import entities
from forms.casework.episodes import has_ended
from forms.casework.known_record import KnownRecord
from forms.casework.people import Person, household
from forms.manifest import PackForm
from forms.pack import Pack


@dataclass(frozen=True, slots=True, repr=False)
class Step:
    """One form to fill with the family. ``record`` is the one to go on with, None if not begun.

    ``person`` is the child that it is about, for forms about a child.
    """

    form: PackForm
    record: str | None = None
    person: Person | None = None


def next_steps(records: Iterable[KnownRecord], pack: Pack) -> tuple[Step, ...]:
    """The steps that are not finished, the next one first; a form about a child once a child.

    After help has ended only what was begun is gone on with, and not what is kept up to date.
    """
    known = sorted(records, key=lambda record: (record.begun, record.id))
    children = [p for p in household(known) if p.is_child and not p.is_unborn and _here(p)]
    ended = has_ended(known)
    return tuple(
        step
        for form in pack.forms
        if not form.any_time and not (form.at_first and _is_past(form, known))
        for step in _of_form(form, [r for r in known if r.form == form.id], children)
        if not ended or (step.record is not None and not form.once_per_family)
    )


def _is_past(form: PackForm, known: list[KnownRecord]) -> bool:
    """True for what is only for the beginning, once the family has begun without it."""
    return bool(known) and all(record.form != form.id for record in known)


def _here(person: Person) -> bool:
    return person.moved_out is None and person.died is None


def _of_form(form: PackForm, begun: list[KnownRecord], children: list[Person]) -> Iterator[Step]:
    if form.about_child and children:
        for child in children:
            of_child = [record for record in begun if child.id in _children_of(record)]
            yield from _unfinished(form, of_child, child)
        begun_for_nobody = [record for record in begun if not _children_of(record)]
        yield from (Step(form, record.id) for record in begun_for_nobody if not record.finalised)
    else:
        yield from _unfinished(form, begun, None)


def _unfinished(form: PackForm, begun: list[KnownRecord], person: Person | None) -> Iterator[Step]:
    if not begun:
        yield Step(form, None, person)
    yield from (Step(form, record.id, person) for record in begun if not record.finalised)


def _children_of(record: KnownRecord) -> set[str]:
    """The children that a record about a child says it is about."""
    return {voice.said("child") for voice in entities([record], "voice")} - {""}
