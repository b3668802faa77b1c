"""Which papers there are for a family, and what each is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from desktop.printing.blank_form import blank_story
from desktop.printing.child_plan import child_plan_story
from desktop.printing.easy_plan import easy_plan_story
from desktop.printing.plan import plan_story
from desktop.printing.story import Story
from desktop.services.papers.child_plan import age_band, child_sheet
from desktop.services.papers.endings import CARD, CLOSURE, LETTER, ending_paper
from desktop.services.papers.family_plan import plan_sheet
from desktop.services.papers.filled_copy import filled_copy
from desktop.services.papers.meetings import (
    AGENDA,
    APOLOGIES,
    INVITATION,
    MEETING,
    meeting_paper,
    notes_paper,
)
from desktop.services.papers.pictures import distance_travelled, family_tree
from desktop.services.papers.reading import Reading
from desktop.services.papers.request_pack import REQUEST, request_pack
from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import PEOPLE_LIST, Person, household, people_csv, read_date
from forms.casework.plan import family_plan
from forms.casework.readers import HOME, HUB, MEMBER, PARTNER, Reader, Told
from forms.xforms import load_definition

PLAIN, EASY, BESIDE = "plain", "easy", "beside:"
PLAN, MY_PLAN, RECORD, REQUEST_PACK = "plan", "my_plan:", "record:", "request_pack:"
NOTES = "notes:"
_FEEDBACK = "feedback"
_WORKERS_OWN = frozenset({"paper_copies", "safety_check", "share_decision"})


@dataclass(frozen=True, slots=True, repr=False)
class Product:
    """One paper. ``story`` makes it in one manner; None where nothing is left for its reader.

    ``manners`` are key to words; ``is_for`` says to whom it may be offered at all.
    """

    key: str
    group: str
    title: str
    story: Callable[[Reading, str], Story | None]
    is_draft: bool
    about: str = ""
    manners: Mapping[str, str] = field(default_factory=lambda: {PLAIN: "Ordinary"})
    is_for: Callable[[Reader], bool] = lambda reader: reader.kind != HUB


def products(told: Told, titles: Callable[[str], str]) -> Iterator[Product]:
    """Every paper that can be made of what is known of a family."""
    plan = family_plan(told.records)
    people = household(told.records)
    if plan is not None:
        yield Product(
            PLAN,
            "keep",
            told.pack.terms_in().get("plan", "Our family plan"),
            _plan,
            not plan.finalised,
            manners={PLAIN: "Ordinary", EASY: "Easy read"},
        )
        for child in people:
            if child.is_child and not child.is_unborn and child.died is None:
                yield _my_plan(child, draft=not plan.finalised)
    names = {person.id: person.name for person in people}
    yield from _papers_of_meetings()
    yield from (_notes(record) for record in told.records if record.form == MEETING)
    yield Product("tree", "pictures", "Who is who in our family", _tree, False)
    yield Product("distance", "pictures", "How far we have come", _distance, False)
    yield from _papers_at_the_end(told, titles)
    for record in told.records:
        if record.form not in _WORKERS_OWN:
            yield _record(record, titles(record.form), names)
        if record.form == REQUEST:
            yield Product(
                f"{REQUEST_PACK}{record.id}",
                "send",
                "Request for support, with what goes with it",
                partial(_request_pack, record.id),
                not record.finalised,
                is_for=lambda reader: reader.kind in {HUB, HOME, MEMBER},
            )


def _papers_of_meetings() -> Iterator[Product]:
    for kind, title in (
        (INVITATION, "Invitation to a meeting"),
        (AGENDA, "What the meeting talks about"),
        (APOLOGIES, "For who cannot come"),
    ):
        yield Product(kind, "meeting", title, partial(_meeting, kind), False)


def _notes(record: KnownRecord) -> Product:
    held = read_date(record.answer(f"/{MEETING}/meeting/held").value)
    day = f", {held.day} {held:%B %Y}" if held is not None else ""
    return Product(
        f"{NOTES}{record.id}",
        "meeting",
        f"Notes of our meeting{day}",
        lambda reading, _manner: notes_paper(reading, record.id),
        not record.finalised,
    )


def _papers_at_the_end(told: Told, titles: Callable[[str], str]) -> Iterator[Product]:
    closing = next((record for record in told.records if record.form == CLOSURE), None)
    if closing is not None:
        draft = not closing.finalised
        for kind, title in ((LETTER, "Closing letter"), (CARD, "Keeping-in-touch card")):
            yield Product(kind, "ending", title, partial(_ending, kind), draft)
    for form in told.pack.forms:
        if form.id.startswith(_FEEDBACK):
            yield Product(
                f"empty:{form.id}", "ending", titles(form.id), partial(_empty, form.id), False
            )


def _meeting(kind: str, reading: Reading, _manner: str) -> Story:
    return meeting_paper(reading, kind)


def _ending(kind: str, reading: Reading, _manner: str) -> Story | None:
    return ending_paper(reading, kind)


def _tree(reading: Reading, _manner: str) -> Story | None:
    return family_tree(reading)


def _distance(reading: Reading, _manner: str) -> Story:
    return distance_travelled(reading)


def _empty(form: str, reading: Reading, _manner: str) -> Story:
    files = {**reading.pack.lists, PEOPLE_LIST: people_csv([])}
    return blank_story(load_definition(reading.pack.form(form), files))


def _plan(reading: Reading, manner: str) -> Story | None:
    sheet = plan_sheet(reading)
    if sheet is None:
        return None
    return easy_plan_story(sheet) if manner == EASY else plan_story(sheet)


def _my_plan(child: Person, *, draft: bool) -> Product:
    def story(reading: Reading, _manner: str) -> Story | None:
        return child_plan_story(child_sheet(reading, child), age_band(reading, child))

    def is_for(reader: Reader) -> bool:
        return reader.person == child.id or reader.kind in {MEMBER, PARTNER}

    return Product(
        f"{MY_PLAN}{child.id}", "keep", "My plan", story, draft, child.name, is_for=is_for
    )


def _record(record: KnownRecord, title: str, names: Mapping[str, str]) -> Product:
    languages = getattr(record.definition, "languages", ())
    own = getattr(record.definition, "default_language", "")
    beside = {f"{BESIDE}{one}": f"English and {one}" for one in languages if one != own}
    return Product(
        f"{RECORD}{record.id}",
        "copies",
        title,
        partial(_filled, record.id),
        not record.finalised,
        _about([record], names),
        manners={PLAIN: "Ordinary", **beside},
    )


def _about(records: Iterable[KnownRecord], names: Mapping[str, str]) -> str:
    return next((names.get(v.said("child"), "") for v in entities(records, "voice")), "")


def _filled(record: str, reading: Reading, manner: str) -> Story | None:
    known = reading.record(record)
    return (
        filled_copy(reading, known, manner.removeprefix(BESIDE) if ":" in manner else "")
        if known
        else None
    )


def _request_pack(record: str, reading: Reading, _manner: str) -> Story | None:
    return request_pack(reading, record)
