"""The closing letter and the keeping-in-touch card, from the record of the closing."""

from __future__ import annotations

from desktop.printing.ending import EndingSheet, EndingWords, closing_letter, keeping_in_touch_card
from desktop.printing.story import Story
from desktop.services.papers.family_plan import contacts
from desktop.services.papers.reading import Reading
from forms.casework.entities import entities
from forms.casework.people import read_date
from forms.casework.plan import family_plan

LETTER, CARD = "closing_letter", "touch_card"
_STORIES = {LETTER: closing_letter, CARD: keeping_in_touch_card}
CLOSURE = "closure"


def ending_paper(reading: Reading, kind: str, words: EndingWords | None = None) -> Story | None:
    """The letter or the card; None where nothing of the closing is left for its reader."""
    record = reading.newest(CLOSURE)
    if record is None:
        return None

    def said(place: str) -> str:
        return record.answer(f"/{CLOSURE}/{place}").value

    changed = (
        one.said("evidence")
        for one in entities([record], "result")
        if one.said("achieved") in {"achieved", "partly"}
    )
    left = (
        (one.said("what"), one.said("who"), read_date(one.said("by_when")))
        for one in entities([record], "left")
        if one.said("what")
    )
    plan = family_plan(reading.records)
    sheet = EndingSheet(
        family=reading.family,
        closed_on=read_date(said("end/closed_on")),
        changed=tuple(words for words in changed if words),
        goes_on=said("later/sustain"),
        left=tuple(left),
        child_says=said("results/child_view"),
        parent_says=said("results/parent_view"),
        in_touch=said("later/keep_in_touch") == "yes",
        in_touch_how=said("later/keep_in_touch_how"),
        contacts=contacts(reading, None),
        lead=said("end/lead") or (plan.lead if plan else ""),
    )
    return _STORIES[kind](sheet, words)
