"""Examples of a team's messages."""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract.examples.family import AT, FAMILY, HEAD
from sync.contract.messages import (
    Allocate,
    Cover,
    Covered,
    Holder,
    Me,
    Team,
    TeamFamily,
    Worker,
)

_PRIYA = Worker(id="priya.shah", name="Priya Shah", role="worker", team="Early Help North")
_TOM = Worker(id="tom.reid", name="Tom Reid", role="worker", team="Early Help North")
_ANN = Worker(id="ann.cole", name="Ann Cole", role="manager", team="Early Help North")

EXAMPLES: tuple[BaseModel, ...] = (
    Me(head=HEAD, worker=_ANN, may=("know", "carry", "team", "allocate")),
    Team(
        head=HEAD,
        families=(
            TeamFamily(
                id=FAMILY,
                reference="YF-7K3M-9Q4T",
                number="EH-000123",
                begun=AT,
                holders=(Holder(worker=_PRIYA),),
                last_written=AT,
            ),
        ),
        people=(_PRIYA, _TOM),
    ),
    Allocate(what="give", worker="tom.reid", reason="Tom knows the school."),
    Cover(worker="priya.shah", stand_in="tom.reid", until=AT),
    Covered(head=HEAD, families=7),
)
