"""What every question on a page is given: its surroundings, whom it tells, what stands where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.services.open_change import Said, Standing
from desktop.ui.questions.field import Surroundings
from desktop.ui.questions.wishes import Wishes


def everything(_: str) -> bool:
    """What the worker alone sees."""
    return True


@dataclass(frozen=True, slots=True)
class Telling:
    """``standing`` says what stands at a path, ``history`` every answer ever given to it, oldest
    first; ``when`` puts a moment into words.

    ``locked``: everything is only to be read, because the record is finished. ``sees``: whether a
    path may be on the screen. ``beside``: a family or a child looks on, so nothing is shown but
    questions and answers: no menu, no history, no reason, no clash. ``at_the_table``: the team
    looks on too, and what two people said differently is settled here and by nobody unawares, but
    nobody is named for it.
    ``noted``: the paths that have a private note; None where there are no private notes.
    ``picks``: the paths of the form at which people of the household are chosen, and somebody new
    may be added.
    ``needs_reason_to_remove``: whether a row names somebody who must not see or know.
    """

    around: Surroundings
    wishes: Wishes
    standing: Callable[[str], Standing]
    history: Callable[[str], list[Said]]
    when: Callable[[datetime], str]
    locked: bool = False
    sees: Callable[[str], bool] = everything
    beside: bool = False
    at_the_table: bool = False
    noted: Collection[str] | None = None
    picks: Collection[str] = ()
    needs_reason_to_remove: Callable[[str], bool] = lambda _: False

    def clash(self, path: str) -> Standing | None:
        """What stands at a path, if two people said two things and this page says so."""
        if self.beside and not self.at_the_table:
            return None
        standing = self.standing(path)
        return standing if standing.in_conflict else None

    def moments(self, said: Sequence[Said]) -> list[str] | None:
        """When each of these was said; None where nobody is named, and so no moment either."""
        return None if self.beside else [self.when(one.at) for one in said]
