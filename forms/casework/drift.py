"""Help that goes on without going anywhere (domain.md 1.20, 1.26, 3.6.4 M33).

The council says in its timescales (steps ``drift_...``) how long is too long, dated as every other:
a changed rule holds for help that began from its day on. Without a row the usual holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from forms.casework.contacts import Contact, last_contact
from forms.casework.episodes import Episode
from forms.casework.levels import LevelDecision
from forms.casework.meetings import Review
from forms.casework.plan import Action
from forms.casework.timescales import CALENDAR_DAYS, REVIEWS, WEEKS, Timescale, Timescales

A_YEAR, SAME_LEVEL, ALL_OVERDUE, NO_CONTACT = "a_year", "same_level", "all_overdue", "no_contact"
LONG_OPEN, SAME_REVIEWS, QUIET = "drift_open", "drift_reviews", "drift_no_contact"
_USUAL = Timescales(
    Timescale(step, "", value, unit, 0, 0, "all", hard=False, valid_from=date.min)
    for step, value, unit in (
        (LONG_OPEN, 365, CALENDAR_DAYS),
        (SAME_REVIEWS, 3, REVIEWS),
        (QUIET, 6, WEEKS),
    )
)


def drift(
    episode: Episode,
    decided: Iterable[LevelDecision],
    reviewed: Iterable[Review],
    actions: Sequence[Action],
    contacts: Iterable[Contact],
    today: date,
    timescales: Timescales,
) -> tuple[str, ...]:
    """Why somebody should ask whether this help still helps; empty if nothing says so."""
    reasons = []
    if _is_past(LONG_OPEN, episode.start, today, timescales):
        reasons.append(A_YEAR)
    too_many = _rules(SAME_REVIEWS, timescales).value(SAME_REVIEWS, episode.start)
    if _reviewed_in_vain(episode, decided, reviewed, today, too_many):
        reasons.append(SAME_LEVEL)
    still_open = [action for action in actions if action.is_open]
    if still_open and all(a.by_when is not None and a.by_when < today for a in still_open):
        reasons.append(ALL_OVERDUE)
    if _is_past(QUIET, last_contact(contacts, today) or episode.start, today, timescales):
        reasons.append(NO_CONTACT)
    return tuple(reasons)


def _rules(step: str, timescales: Timescales) -> Timescales:
    return timescales if timescales.has(step) else _USUAL


def _is_past(step: str, begun: date, today: date, timescales: Timescales) -> bool:
    due = _rules(step, timescales).due(step, begun)
    return due is not None and today >= due.red_from


def _reviewed_in_vain(
    episode: Episode,
    decided: Iterable[LevelDecision],
    reviewed: Iterable[Review],
    today: date,
    too_many: int,
) -> bool:
    """So many reviews or more in this episode, and the level is what it was all along."""
    held = [r for r in reviewed if r.is_final and episode.start <= r.on <= today]
    levels = {d.level for d in decided if d.is_final and episode.start <= d.since <= today}
    return len(held) >= too_many and len(levels) <= 1
