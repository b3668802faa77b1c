"""Papers of a meeting, from the plan and the newest meeting's record."""

from __future__ import annotations

from desktop.printing.meeting import (
    MeetingSheet,
    MeetingWords,
    agenda_story,
    apologies_story,
    invitation_story,
)
from desktop.printing.meeting_notes import NotedAction, NotesSheet, NotesWords, notes_story
from desktop.printing.story import Story
from desktop.services.papers.reading import Reading
from forms.casework.known_record import KnownRecord
from forms.casework.meetings import Attendance, meetings
from forms.casework.people import read_date
from forms.casework.plan import family_plan
from forms.records.answer_path import is_row

INVITATION, AGENDA, APOLOGIES = "invitation", "agenda", "apologies"
MEETING = "team_meeting"
_SAYS = "/team_meeting/updates/professional_update"
_STORIES = {INVITATION: invitation_story, AGENDA: agenda_story, APOLOGIES: apologies_story}


def meeting_paper(reading: Reading, kind: str, words: MeetingWords | None = None) -> Story:
    """The invitation, agenda or apology form of the next meeting."""
    return _STORIES[kind](meeting_sheet(reading), words)


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


def notes_paper(reading: Reading, record: str, words: NotesWords | None = None) -> Story | None:
    """The notes of one meeting; None where nothing of it is left for its reader."""
    words, known = words or NotesWords(), reading.record(record)
    return notes_story(notes_sheet(reading, known, words), words) if known is not None else None


def notes_sheet(reading: Reading, record: KnownRecord, words: NotesWords) -> NotesSheet:
    """A meeting as it was written down, with the actions of the plan as they stand now."""
    plan = family_plan(reading.records)
    meeting = next(iter(meetings([record])), None)
    invited = meeting.invited if meeting else ()

    def said(place: str) -> str:
        return record.answer(f"/{MEETING}/{place}").value.strip()

    progress = dict(words.progress)
    held, after = said("meeting/held"), said("decide/next")
    return NotesSheet(
        family=reading.family,
        day=read_date(held),
        time=held[11:16],
        place=said("meeting/where"),
        came=tuple(_named(one) for one in invited if one.was_there and one.name),
        not_there=tuple(
            _named(one) for one in invited if one.came in {"apologies", "absent"} and one.name
        ),
        family_said=said("updates/family_update"),
        children_said=said("updates/child_update"),
        said=tuple(_others(record)),
        how_it_goes=said("talk/plan_review"),
        talked=said("talk/discussion"),
        new=said("talk/new_actions"),
        actions=tuple(
            NotedAction(one.what, one.who, one.by_when, progress.get(one.progress, ""))
            for one in (plan.actions if plan else ())
            if one.what
        ),
        needs=said("decide/needs_change"),
        decision=said("decide/decision"),
        next_day=read_date(after),
        next_time=after[11:16],
        amended=said("decide/rights"),
        lead=plan.lead if plan else "",
        lead_number=plan.lead_number if plan else "",
    )


def _named(one: Attendance) -> str:
    return ", ".join(part for part in (one.name, one.role) if part)


def _others(record: KnownRecord) -> list[tuple[str, str]]:
    """Who else said what, in the order of the rows."""
    answers = record.heads.answers()
    rows = [
        (a.value, p) for p, a in answers.items() if is_row(p) and p.startswith(_SAYS) and a.value
    ]
    return [
        (record.answer(f"{row}/update_who").value, record.answer(f"{row}/update_says").value)
        for _, row in sorted(rows)
    ]
