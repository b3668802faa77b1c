"""All mutants, and a seed by which each is caught: the quickest of the first that were tried."""

from __future__ import annotations

from tests.faults.client_mutants import CLIENT_MUTANTS
from tests.faults.ehm_mutants import EHM_MUTANTS
from tests.faults.mutant import Mutant

MUTANTS: dict[str, Mutant] = {**CLIENT_MUTANTS, **EHM_MUTANTS}

CAUGHT_BY = {
    "last write wins": 1,
    "a conflict is settled by the clock": 1,
    "what was superseded before it came stands up": 6,
    "the last head of a protective answer governs": 0,
    "a protective answer is loosened at once": 0,
    "a new id on each retry": 0,
    "the outbox is cleared before the answer": 0,
    "the head is not sent when handing in": 1,
    "nothing is offered again after a restore": 1,
}
"""``python -m tests.faults.catching`` prints it anew."""
