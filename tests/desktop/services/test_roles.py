"""What each role of the EHM is offered is what the EHM gives it."""

from __future__ import annotations

import pytest

from desktop.services.roles import Duties, duties_of
from sync.ehm.permissions import Act, Role, may


@pytest.mark.parametrize("role", Role)
def test_a_role_is_offered_what_the_centre_gives_it_and_no_more(role: Role) -> None:
    for name in (role.value, role.words, role.words.title()):
        assert duties_of(name) == Duties(
            carries=may(role, Act.CARRY),
            begins=may(role, Act.BEGIN),
            oversees=any(may(role, act) for act in (Act.TEAM, Act.AUDIT, Act.ACCESS)),
            own_measures=may(role, Act.MEASURE),
            all_measures=may(role, Act.MEASURE_ALL),
        )


def test_a_role_of_which_this_program_does_not_know_is_a_workers() -> None:
    assert duties_of("") == duties_of("Practitioner") == duties_of("worker") == Duties()
