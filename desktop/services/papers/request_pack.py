"""A request for support with what goes with it: the plan and the assessment (domain.md 1.21)."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.printing.bundle import RequestWords, bundle_story, front_story
from desktop.printing.easy_plan import EasyWords
from desktop.printing.plan import PlanWords
from desktop.printing.story import Story
from desktop.services.papers.family_plan import contacts, plan_paper
from desktop.services.papers.filled_copy import filled_copy
from desktop.services.papers.form_copies import form_manners
from desktop.services.papers.manners import PLAIN, all_manners, in_manner
from desktop.services.papers.reading import Reading
from forms.casework.known_record import KnownRecord
from forms.pack import Pack

REQUEST, ASSESSMENT = "request", "assessment"


def request_manners(pack: Pack) -> Mapping[str, str]:
    """The manners of its front and of the plan in it; a form that lacks one stays as it is."""
    return all_manners(pack, RequestWords, PlanWords, EasyWords)


def request_pack(reading: Reading, record: str, manner: str = PLAIN) -> Story | None:
    """The request, the plan and the newest assessment in one; None if no request is left."""
    request = reading.record(record)
    if request is None:
        return None
    assessment = reading.newest(ASSESSMENT)
    copies = [one for one in (request, assessment) if one is not None]
    lacking = {one.id for one in copies if manner not in _manners(reading, one)}
    plan = plan_paper(reading, manner)
    parts = [filled_copy(reading, one, PLAIN if one.id in lacking else manner) for one in copies]
    if plan is not None:
        parts.insert(1, plan)
    urgent = [one for one in contacts(reading, None) if one.urgent]
    titles = [part.title for part in parts]

    def front(words: RequestWords) -> Story:
        return front_story(urgent, titles, words, english_only=bool(lacking))

    made = in_manner(reading.pack, manner, RequestWords, front)
    return bundle_story(made, parts) if made is not None else None


def _manners(reading: Reading, record: KnownRecord) -> Mapping[str, str]:
    return form_manners(reading.definitions[record.id])
