"""Help that goes on without going anywhere (domain.md 1.20, 1.26, 3.6.4 M33)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from forms.casework.contacts import Contact, last_contact
from forms.casework.episodes import Episode
from forms.casework.levels import LevelDecision
from forms.casework.meetings import Review
from forms.casework.plan import Action

A_YEAR, SAME_LEVEL, ALL_OVERDUE, NO_CONTACT = "a_year", "same_level", "all_overdue", "no_contact"
LONG_OPEN = timedelta(days=365)
REVIEWS = 3
QUIET_FOR = timedelta(weeks=6)


def drift(
    episode: Episode,
    decided: Iterable[LevelDecision],
    reviewed: Iterable[Review],
    actions: Sequence[Action],
    contacts: Iterable[Contact],
    today: date,
) -> tuple[str, ...]:
    """Why somebody should ask whether this help still helps; empty if nothing says so."""
    reasons = []
    if today - episode.start > LONG_OPEN:
        reasons.append(A_YEAR)
    if _reviewed_in_vain(episode, decided, reviewed, today):
        reasons.append(SAME_LEVEL)
    still_open = [action for action in actions if action.is_open]
    if still_open and all(a.by_when is not None and a.by_when < today for a in still_open):
        reasons.append(ALL_OVERDUE)
    if today - (last_contact(contacts, today) or episode.start) > QUIET_FOR:
        reasons.append(NO_CONTACT)
    return tuple(reasons)


def _reviewed_in_vain(
    episode: Episode, decided: Iterable[LevelDecision], reviewed: Iterable[Review], today: date
) -> bool:
    """Three reviews or more in this episode, and the level is what it was all along."""
    held = [r for r in reviewed if r.is_final and episode.start <= r.on <= today]
    levels = {d.level for d in decided if d.is_final and episode.start <= d.since <= today}
    return len(held) >= REVIEWS and len(levels) <= 1
