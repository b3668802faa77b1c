"""Examples of finding, matching, merging and linking families."""

from __future__ import annotations

from pydantic import BaseModel

from sync.contract.examples.family import ASKED, AT, FAMILY, OTHER_FAMILY, RECORD
from sync.contract.messages import (
    AllJoined,
    BegunSince,
    Decide,
    FindFamilies,
    FoundFamilies,
    FoundFamily,
    JoinedFamilies,
    MatchedFamily,
    MatchedPerson,
    MatchQueue,
    PossibleMatch,
    UndoBond,
    Undone,
    Worker,
)

_PRIYA = Worker(id="priya.shah", name="Priya Shah", role="worker", team="Early Help North")
_CY = Worker(id="cy.bell", name="Cy Bell", role="coordinator")
_SAM = MatchedPerson(
    given_name="Sam", last_names=("Khan",), born="2014-03-05", is_child=True, postcodes=("PR1 2AB",)
)
_MATCH = PossibleMatch(
    id=ASKED,
    found=AT,
    score=95,
    because=("the same date of birth", "a form of the same given name", "the same family name"),
    suggestion="same_family",
    families=(
        MatchedFamily(
            id=FAMILY,
            reference="YF-7K3M-9Q4T",
            number="EH-000123",
            people=(_SAM,),
            holders=(_PRIYA,),
        ),
        MatchedFamily(
            id=OTHER_FAMILY,
            reference="YF-2H8R-6W5C",
            number="EH-000124",
            people=(_SAM.model_copy(update={"given_name": "Samuel"}),),
            holders=(),
        ),
    ),
)

EXAMPLES: tuple[BaseModel, ...] = (
    FindFamilies(given_name="Sam", last_name="Khan", born="2014-03-05"),
    FoundFamilies(families=(FoundFamily(id=FAMILY, number="EH-000123", ring=(_PRIYA,)),)),
    MatchQueue(matches=(_MATCH,)),
    _MATCH,
    Decide(decision="same_family", reason="Mum and the school both say so."),
    AllJoined(
        bonds=(
            JoinedFamilies(
                id=ASKED,
                kind="merge",
                one=FAMILY,
                other=OTHER_FAMILY,
                by=_CY,
                at=AT,
                reason="Mum and the school both say so.",
            ),
        )
    ),
    UndoBond(reason="They are cousins."),
    Undone(
        begun_since=(BegunSince(family=FAMILY, record=RECORD, form="visit_note", author=_PRIYA),)
    ),
)
