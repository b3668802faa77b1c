"""The family tree and the distance travelled, as their reader has them."""

from __future__ import annotations

from desktop.printing.family_pictures import (
    DistanceRow,
    PictureWords,
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


def family_tree(reading: Reading, words: PictureWords | None = None) -> Story | None:
    """The tree; None where this reader may have nobody of it."""
    words = words or PictureWords()
    tree = genogram(household(reading.records), relationships(reading.records), reading.today)
    if not tree.places:
        return None
    at = {place.person: number for number, place in enumerate(tree.places)}
    people = tuple(
        TreePerson(p.name or words.no_name, _about(p, words), p.column, p.row, p.shape, p.crossed)
        for p in tree.places
    )
    kinds = dict(words.kinds)
    lines = tuple(
        TreeLine(
            at[line.person],
            at[line.other],
            words.relation.format(
                one=tree.places[at[line.person]].name,
                kind=kinds.get(line.kind, line.kind.replace("_", " ")),
                other=tree.places[at[line.other]].name,
            ),
            line.ended,
        )
        for line in tree.lines
    )
    return tree_story(people, lines, words)


def distance_travelled(reading: Reading, words: PictureWords | None = None) -> Story:
    """From the first score to the last of each outcome, on the same scale of 0 to 10."""
    words = words or PictureWords()
    ours = {row["code"]: row["label"] for row in reading.pack.tables.get("outcomes", ())}
    names = {**ours, **dict(words.outcomes)}
    people = {person.id: person.name for person in reading.people}
    raters = {name: getattr(words, name) for name in ("family", "child", "practitioner")}
    return distance_story(
        tuple(
            DistanceRow(
                names.get(one.domain, one.domain.replace("_", " ").capitalize()),
                people.get(one.person, "") or raters.get(one.rater, one.rater),
                round(one.first.percent / 10, 1),
                round(one.last.percent / 10, 1),
                getattr(words, one.direction),
            )
            for one in distances(scores(reading.records))
        ),
        words,
    )


def _about(place: Place, words: PictureWords) -> str:
    parts = [str(place.age) if place.age is not None else ""]
    if place.crossed:
        parts.append(words.has_died)
    elif place.shape == "triangle":
        parts.append(words.not_born)
    else:
        parts.append(words.lives_here if place.inside else words.lives_elsewhere)
    return ", ".join(part for part in parts if part)
