"""All mutants; and of those that the suite hunts, a seed by which each is caught in a second."""

from __future__ import annotations

from tests.faults.client_mutants import CLIENT_MUTANTS
from tests.faults.ehm_mutants import EHM_MUTANTS
from tests.faults.mutant import Mutant

MUTANTS: dict[str, Mutant] = {**CLIENT_MUTANTS, **EHM_MUTANTS}

CAUGHT_BY = {
    "last write wins": 4,
    "a conflict is settled by the clock": 4,
    "the last head of a protective answer governs": 3,
    "a protective answer is loosened at once": 0,
    "the outbox is cleared before the answer": 5,
    "the head is not sent when handing in": 2,
    "nothing is offered again after a restore": 2,
    "pages are shown as they arrive": 7,
    "the EHM does not check the head": 2,
    "the EHM answers before it commits": 200,
    "superseded heads stay": 4,
    "idempotency is forgotten": 1,
    "a newcomer gets no past": 8,
    "everybody gets everything": 2,
    "what is held is dropped": 8,
    "one that is held holds the others": 3,
    "access that ended goes on": 1,
    "a family is given to whoever names it": 7,
}
"""``python -m tests.faults.catching`` prints it anew."""
