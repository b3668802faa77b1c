"""The family tree and the distance travelled, as their reader has them."""

from __future__ import annotations

from desktop.printing.family_pictures import (
    DistanceRow,
    TreeLine,
    TreePerson,
    distance_story,
    tree_story,
)
from desktop.printing.story import Story
from desktop.services.papers.reading import Reading
from forms.casework.genogram import Place, genogram
from forms.casework.people import household
from forms.casework.relationships import relationships
from forms.casework.scores import distances, scores

_SAID = {"better": "Better", "same": "The same", "worse": "Harder now"}
_RATERS = {"family": "The family", "child": "The child", "practitioner": "The worker"}


def family_tree(reading: Reading) -> Story | None:
    """The tree; None where this reader may have nobody of it."""
    tree = genogram(household(reading.records), relationships(reading.records), reading.today)
    if not tree.places:
        return None
    at = {place.person: number for number, place in enumerate(tree.places)}
    people = tuple(
        TreePerson(p.name or "No name yet", _about(p), p.column, p.row, p.shape, p.crossed)
        for p in tree.places
    )
    lines = tuple(
        TreeLine(
            at[line.person],
            at[line.other],
            _joined(reading, tree.places[at[line.person]], line.kind, tree.places[at[line.other]]),
            line.ended,
        )
        for line in tree.lines
    )
    return tree_story(people, lines)


def distance_travelled(reading: Reading) -> Story:
    """From the first score to the last of each outcome, on the same scale of 0 to 10."""
    names = {row["code"]: row["label"] for row in reading.pack.tables.get("outcomes", ())}
    people = {person.id: person.name for person in reading.people}
    return distance_story(
        tuple(
            DistanceRow(
                names.get(one.domain, one.domain.replace("_", " ").capitalize()),
                people.get(one.person, "") or _RATERS.get(one.rater, one.rater),
                round(one.first.percent / 10, 1),
                round(one.last.percent / 10, 1),
                _SAID[one.direction],
            )
            for one in distances(scores(reading.records))
        )
    )


def _about(place: Place) -> str:
    parts = [str(place.age) if place.age is not None else ""]
    if place.crossed:
        parts.append("has died")
    elif place.shape == "triangle":
        parts.append("not born yet")
    else:
        parts.append("lives here" if place.inside else "lives somewhere else")
    return ", ".join(part for part in parts if part)


def _joined(reading: Reading, one: Place, kind: str, other: Place) -> str:
    kind = reading.word(f"relation.{kind}", kind.replace("_", " "))
    return f"{one.name}: {kind} of {other.name}"
