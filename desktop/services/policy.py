"""The council's figures for this laptop, from the pack's ``policy.csv``; each within bounds.

A figure that is missing is the usual one; one beyond its bounds is the nearest bound: a pack can
make a laptop stricter than usual, and no pack can make it careless.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from forms.pack import Pack

_TABLE = "policy"


@dataclass(frozen=True, slots=True)
class Policy:
    """When a laptop locks, how long it may be without contact, and what may leave it."""

    idle: timedelta = timedelta(minutes=5)
    visit_idle: timedelta = timedelta(minutes=15)
    visit: timedelta = timedelta(hours=3)
    warn_after: timedelta = timedelta(days=5)
    read_only_after: timedelta = timedelta(days=7)
    covered_after: timedelta = timedelta(days=14)
    purge_after: timedelta = timedelta(days=28)
    may_export: bool = False


def policy_of(pack: Pack) -> Policy:
    """What the pack says, where it says something."""
    said = {
        row.get("rule", ""): row.get("value", "").strip() for row in pack.tables.get(_TABLE, ())
    }
    usual = Policy()
    warn = _days(said, "warn_after_days", usual.warn_after, 1, 14)
    read_only = max(warn, _days(said, "read_only_after_days", usual.read_only_after, 2, 30))
    covered = max(read_only, _days(said, "covered_after_days", usual.covered_after, 2, 60))
    return Policy(
        idle=timedelta(minutes=_number(said, "idle_minutes", 5, 2, 15)),
        visit_idle=timedelta(minutes=_number(said, "visit_idle_minutes", 15, 2, 15)),
        visit=timedelta(hours=_number(said, "visit_hours", 3, 1, 8)),
        warn_after=warn,
        read_only_after=read_only,
        covered_after=covered,
        purge_after=max(covered, _days(said, "purge_after_days", usual.purge_after, 7, 90)),
        may_export=said.get("may_export", "") == "yes",
    )


def _days(said: Mapping[str, str], rule: str, usual: timedelta, least: int, most: int) -> timedelta:
    return timedelta(days=_number(said, rule, usual.days, least, most))


def _number(said: Mapping[str, str], rule: str, usual: int, least: int, most: int) -> int:
    value = said.get(rule, "")
    return min(max(int(value), least), most) if value.isascii() and value.isdigit() else usual
