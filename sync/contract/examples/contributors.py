"""Examples of messages about contributors."""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract.examples.family import HEAD, RECORD
from sync.contract.messages import AskIn, Clear, Contributor, Contributors, Grant, Worker

_JO = Worker(id="jo.bell", name="Jo Bell", role="contributor", team="St Anne's School")
_SAYS = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"

EXAMPLES: tuple[BaseModel, ...] = (
    AskIn(what="ask_in", worker="jo.bell", reason="Sam's form tutor has an action in the plan."),
    Clear(worker="jo.bell", says=_SAYS, reason="Mum means the neighbour. I asked her today."),
    Grant(worker="jo.bell", record=RECORD, level="basic", reason="Decided with Ann on 2 March."),
    Contributors(
        head=HEAD,
        contributors=(Contributor(worker=_JO, agency="school", gets="basic", cleared=False),),
    ),
)
