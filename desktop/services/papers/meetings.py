"""Papers of a meeting, from the plan and the newest meeting's record."""

from __future__ import annotations

from desktop.printing.meeting import (
    MeetingSheet,
    agenda_story,
    apologies_story,
    invitation_story,
)
from desktop.printing.story import Story
from desktop.services.papers.reading import Reading
from forms.casework.meetings import meetings
from forms.casework.people import read_date
from forms.casework.plan import family_plan

INVITATION, AGENDA, APOLOGIES = "invitation", "agenda", "apologies"
_STORIES = {INVITATION: invitation_story, AGENDA: agenda_story, APOLOGIES: apologies_story}


def meeting_paper(reading: Reading, kind: str) -> Story:
    """The invitation, agenda or apology form of the next meeting."""
    return _STORIES[kind](meeting_sheet(reading))


def meeting_sheet(reading: Reading) -> MeetingSheet:
    """The next meeting, as far as it is known: from the newest record, else from the plan."""
    plan = family_plan(reading.records)
    held = [meeting for meeting in meetings(reading.records) if meeting.held is not None]
    newest = held[-1] if held else None
    record = reading.record(newest.record) if newest else None
    to_come = newest is not None and newest.held is not None and newest.held >= reading.today
    said = record.answer if record is not None and to_come else None
    moment = said("/team_meeting/meeting/held").value if said else ""
    if newest is not None and not to_come:
        moment = newest.next_meeting.isoformat() if newest.next_meeting else ""
    planned = plan.next_review.isoformat() if plan and plan.next_review else ""
    return MeetingSheet(
        family=reading.family,
        day=read_date(moment or planned),
        time=moment[11:16],
        place=said("/team_meeting/meeting/where").value
        if said
        else (plan.review_where if plan else ""),
        access=said("/team_meeting/meeting/access").value if said else "",
        lead=plan.lead if plan else "",
        lead_number=plan.lead_number if plan else "",
        invited=tuple(
            ", ".join(part for part in (one.name, one.role) if part)
            for one in (newest.invited if newest and to_come else ())
        ),
        to_do=tuple(
            f"{action.what} ({action.who})" if action.who else action.what
            for action in (plan.actions if plan else ())
            if action.is_open and action.what
        ),
    )
