"""The council's figures for this laptop: from the signed lease, and from the pack's ``policy.csv``.

Each figure has one source. What the signed lease carries (``DevicePolicy``) is the EHM's, set with
``your-family-ehm policy``, and a row of its name in a pack says nothing; the pack has only what the
lease does not. A figure that is missing is the usual one; one beyond its bounds is the nearest
bound: a pack can make a laptop stricter than usual, and no pack can make it careless.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from forms.pack import Pack
from forms.policy import ALWAYS_WRITTEN, BOUNDS, MAY_EXPORT, PURGE_AFTER_DAYS, VISIT_HOURS
from sync.contract.messages import DevicePolicy

_TABLE = "policy"
_LONGEST_VISIT_IDLE = 15


@dataclass(frozen=True, slots=True)
class Policy:
    """When a laptop locks, and what may leave it. The days without contact are in the lease.

    ``always_written``: forms that are written however long ago the last contact was.
    """

    idle: timedelta = timedelta(minutes=5)
    visit_idle: timedelta = timedelta(minutes=15)
    visit: timedelta = timedelta(hours=3)
    purge_after: timedelta = timedelta(days=28)
    always_written: frozenset[str] = frozenset({"safety_check", "visit_note"})
    may_export: bool = False


@dataclass(slots=True)
class PolicyInForce:
    """The policy that counts now: the one holder of it, asked each time by all who obey it.

    What a sync brings counts at once, also while an open record keeps the forms of before in use.
    """

    now: Policy = field(default_factory=Policy)

    def longest_visit(self) -> timedelta:
        """How long a visit may last."""
        return self.now.visit


def policy_of(pack: Pack, device: DevicePolicy | None = None) -> Policy:
    """What lease and pack say, where they say something."""
    told, usual = device or DevicePolicy(), Policy()
    said = {
        row.get("rule", ""): row.get("value", "").strip() for row in pack.tables.get(_TABLE, ())
    }
    return Policy(
        idle=timedelta(minutes=told.idle_minutes),
        visit_idle=timedelta(minutes=min(told.visit_minutes, _LONGEST_VISIT_IDLE)),
        visit=timedelta(hours=_number(said, VISIT_HOURS, 3)),
        purge_after=timedelta(days=max(told.cover_days, _number(said, PURGE_AFTER_DAYS, 28))),
        always_written=usual.always_written | frozenset(said.get(ALWAYS_WRITTEN, "").split()),
        may_export=said.get(MAY_EXPORT, "") == "yes",
    )


def _number(said: Mapping[str, str], rule: str, usual: int) -> int:
    value = said.get(rule, "")
    least, most = BOUNDS[rule]
    return min(max(int(value), least), most) if value.isascii() and value.isdigit() else usual
