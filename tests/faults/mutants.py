"""All mutants, and a seed by which each is caught: the quickest of the first that were tried."""

from __future__ import annotations

from tests.faults.client_mutants import CLIENT_MUTANTS
from tests.faults.ehm_mutants import EHM_MUTANTS
from tests.faults.mutant import Mutant

MUTANTS: dict[str, Mutant] = {**CLIENT_MUTANTS, **EHM_MUTANTS}

CAUGHT_BY = {
    "last write wins": 2,
    "a conflict is settled by the clock": 2,
    "the last head of a protective answer governs": 0,
    "a protective answer is loosened at once": 0,
    "a new id on each retry": 1,
    "the outbox is cleared before the answer": 4,
    "the head is not sent when handing in": 0,
    "nothing is offered again after a restore": 0,
    "pages are shown as they arrive": 0,
    "the EHM does not check the head": 0,
    "superseded heads stay": 0,
    "idempotency is forgotten": 1,
    "a newcomer gets no past": 1,
    "everybody gets everything": 1,
    "what is held is dropped": 2,
    "one that is held holds the others": 6,
    "an id used again replaces": 1,
    "a file is given by its hash alone": 24,
    "a merge that is undone leaves everybody both": 15,
    "access that ended goes on": 1,
    "a family is given to whoever names it": 7,
}
"""``python -m tests.faults.catching`` prints it anew."""
