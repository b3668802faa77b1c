"""What each role at the council does with this program, so that it is offered that and no more.

The EHM's table of permissions decides what anybody gets (``docs/ehm-api.md``); this says what is
known of it without a network. A role that this program does not know is offered a worker's.
"""

from __future__ import annotations

from dataclasses import dataclass

_OVERSEERS = frozenset({"manager", "coordinator", "information governance"})
_WITH_FIGURES_OF_ALL = frozenset({"manager", "coordinator", "analyst"})
_GUEST = "contributor"
_WITHOUT_FAMILIES = frozenset({"analyst", "form owner", "information governance"})


@dataclass(frozen=True, slots=True)
class Duties:
    """What a role is offered.

    ``carries``: it has families on a laptop. ``begins``: it may begin one. ``oversees``: the team's
    pages. ``own_measures``: figures of their own families; ``all_measures``: of the council.
    """

    carries: bool = True
    begins: bool = True
    oversees: bool = False
    own_measures: bool = True
    all_measures: bool = False

    @property
    def measures(self) -> bool:
        """True if there are any figures to be looked at."""
        return self.own_measures or self.all_measures


def duties_of(role: str) -> Duties:
    """What this role is offered, by its name as the EHM says it."""
    name = role.casefold().replace("_", " ")
    carries = name not in _WITHOUT_FAMILIES
    is_caseworker = carries and name != _GUEST
    return Duties(
        carries,
        begins=is_caseworker,
        oversees=name in _OVERSEERS,
        own_measures=is_caseworker,
        all_measures=name in _WITH_FIGURES_OF_ALL,
    )
