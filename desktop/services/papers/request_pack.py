"""A request for support with what goes with it: the plan and the assessment (domain.md 1.21)."""

from __future__ import annotations

from desktop.printing.bundle import bundle_story
from desktop.printing.plan import plan_story
from desktop.printing.story import Story
from desktop.services.papers.family_plan import plan_sheet
from desktop.services.papers.filled_copy import filled_copy
from desktop.services.papers.reading import Reading

REQUEST, ASSESSMENT = "request", "assessment"
_PHONE_FIRST = (
    "If a child may be in danger, do not wait for this paper: telephone first. "
    "This paper tells nobody until somebody reads it."
)


def request_pack(reading: Reading, record: str) -> Story | None:
    """The request, the plan and the newest assessment in one; None if no request is left."""
    request = reading.record(record)
    if request is None:
        return None
    parts = [filled_copy(reading, request)]
    sheet = plan_sheet(reading)
    if sheet is not None:
        parts.append(plan_story(sheet))
    assessment = reading.newest(ASSESSMENT)
    if assessment is not None:
        parts.append(filled_copy(reading, assessment))
    numbers = [f"{c.name}: {c.number}" for c in reading.pack.contacts if c.urgent]
    return bundle_story(
        "Request for support", (_PHONE_FIRST, *numbers), "What is in this pack", parts
    )
