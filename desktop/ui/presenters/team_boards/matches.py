"""Families that may be one: merged, linked by a child, or kept apart; and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from desktop.services.team import TeamWire
from desktop.ui.moments import Moments
from desktop.ui.pages.matters import Deed, Matter, Question
from desktop.ui.questions.answer_words import date_words
from desktop.ui.words import counted, listed, tr
from sync.contract.messages import (
    Decide,
    Decision,
    JoinedFamilies,
    MatchedFamily,
    MatchedPerson,
    PossibleMatch,
    UndoBond,
)

_DECISIONS = {
    "same_family": "The same family: show them as one",
    "same_child": "The same child in two families: link them",
    "different": "Not the same: keep them apart",
}


@dataclass(frozen=True, slots=True)
class MatchesBoard:
    """Both families stay whole whatever is decided, and a decision can be taken back."""

    moments: Moments

    @property
    def name(self) -> str:
        """The page's name."""
        return tr("Families that may be one")

    @property
    def intro(self) -> str:
        """What the page is for."""
        return tr(
            "Ring both workers before you decide. Parents who live apart are two families with "
            "the same child: link those, so that neither home sees the other's papers."
        )

    def read(self, wire: TeamWire) -> tuple[Matter, ...]:
        """What waits, the likeliest first; then what was joined."""
        numbers = {line.id: line.number or line.reference for line in wire.team().families}
        waiting = [self._match(one) for one in wire.matches().matches]
        joined = [self._bond(one, numbers) for one in wire.bonds().bonds if one.undone is None]
        return (*waiting, *joined)

    def act(self, wire: TeamWire, matter: str, deed: str, said: Mapping[str, str]) -> str:
        """Decide, or take back."""
        if deed == "undo":
            undone = wire.undo(matter, UndoBond(reason=said["why"]))
            if not undone.begun_since:
                return tr("Taken back.")
            return counted(
                len(undone.begun_since),
                "Taken back. {n} record was begun since: ask its author whether it is in the "
                "right family.",
                "Taken back. {n} records were begun since: ask their authors whether they are "
                "in the right family.",
            )
        decision = cast(Decision, said["decision"])
        wire.decide_match(matter, Decide(decision=decision, reason=said["why"]))
        return tr("Decided.")

    def _match(self, one: PossibleMatch) -> Matter:
        first = [one.suggestion, *(key for key in _DECISIONS if key != one.suggestion)]
        choices = tuple((key, tr(_DECISIONS[key])) for key in first)
        deed = Deed(
            "decide",
            tr("Decide"),
            (Question("decision", tr("Are they the same?"), choices), Question("why", tr("Why"))),
            tr("Keep this decision"),
        )
        title = listed([family.number or family.reference for family in one.families])
        lines = tuple(line for family in one.families for line in _family(family))
        quiet = (
            tr("Alike: {what}", what=listed([words.replace("_", " ") for words in one.because])),
            tr("Found {when}", when=self.moments.when(one.found)),
        )
        return Matter(one.id, title, lines, quiet, (deed,), tr("To decide"))

    def _bond(self, one: JoinedFamilies, numbers: Mapping[str, str]) -> Matter:
        both = listed([numbers.get(each, tr("a family of another team")) for each in _both(one)])
        what = tr("Shown as one family") if one.kind == "merge" else tr("Linked by a child")
        by = tr("By {name}, {when}", name=one.by.name, when=self.moments.when(one.at))
        why = (Question("why", tr("Why")),)
        undo = Deed("undo", tr("Take this back"), why, tr("Take it back now"))
        return Matter(one.id, both, (what, one.reason), (by,), (undo,), tr("Decided before"))


def _both(one: JoinedFamilies) -> tuple[str, str]:
    return one.one, one.other


def _family(family: MatchedFamily) -> tuple[str, ...]:
    reference = family.number or family.reference
    people = "; ".join(_person(person) for person in family.people)
    names = listed([worker.name for worker in family.holders])
    return (
        tr("{family}: {people}", family=reference, people=people),
        tr("{family}: ring {names}", family=reference, names=names)
        if names
        else tr("{family}: nobody has it", family=reference),
    )


def _person(person: MatchedPerson) -> str:
    name = " ".join((person.given_name, *person.last_names[:1])).strip()
    born = tr("born {day}", day=date_words(person.born)) if person.born else ""
    return ", ".join(part for part in (name, born, *person.postcodes) if part)
