"""Which papers there are for a family, and what each is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from desktop.printing.child_plan import ChildWords, child_plan_story
from desktop.printing.dates import short_date
from desktop.printing.ending import EndingWords
from desktop.printing.family_pictures import PictureWords
from desktop.printing.meeting import MeetingWords
from desktop.printing.meeting_notes import NotesWords
from desktop.printing.plan import PlanWords
from desktop.printing.story import Story
from desktop.services.papers.child_plan import age_band, child_sheet
from desktop.services.papers.endings import CARD, CLOSURE, LETTER, ending_paper
from desktop.services.papers.family_plan import plan_paper
from desktop.services.papers.filled_copy import filled_copy
from desktop.services.papers.form_copies import FEEDBACK, blank_copy, form_manners
from desktop.services.papers.kinds import NOTES
from desktop.services.papers.manners import EASY, ORDINARY, PLAIN, all_manners, in_manner
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
from desktop.services.papers.request_pack import REQUEST, request_manners, request_pack
from forms.casework.entities import entities
from forms.casework.known_record import KnownRecord
from forms.casework.people import PEOPLE_LIST, Person, household, people_csv, read_date
from forms.casework.plan import family_plan
from forms.casework.reader import HOME, HUB, MEMBER, PARTNER, Reader, Told
from forms.pack import Pack
from forms.xforms import Definition, load_definition

PLAN, MY_PLAN, RECORD, REQUEST_PACK = "plan", "my_plan:", "record:", "request_pack:"
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
    manners: Mapping[str, str] = field(default_factory=lambda: ORDINARY)
    is_for: Callable[[Reader], bool] = lambda reader: reader.kind != HUB

    @property
    def full_title(self) -> str:
        """With whom it is about, where it is about one person."""
        return f"{self.title}: {self.about}" if self.about else self.title


def products(told: Told, titles: Callable[[str], str]) -> Iterator[Product]:
    """Every paper that can be made of what is known of a family."""
    plan = family_plan(told.records)
    people = household(told.records)
    if plan is not None:
        yield Product(
            PLAN,
            "keep",
            told.pack.said("{plan}"),
            plan_paper,
            not plan.as_finished,
            manners=all_manners(told.pack, PlanWords),
        )
        for child in people:
            if child.is_child and not child.is_unborn and child.died is None:
                yield _my_plan(child, told.pack, draft=not plan.as_finished)
    names = {person.id: person.name for person in people}
    yield from _papers_of_meetings(told.pack)
    yield from (_notes(record, told.pack) for record in told.records if record.form == MEETING)
    drawn = all_manners(told.pack, PictureWords)
    for key, title, story in (
        ("tree", "Who is who in our family", family_tree),
        ("distance", "How far we have come", distance_travelled),
    ):
        yield Product(key, "pictures", title, partial(_picture, story), False, manners=drawn)
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
                not record.as_finished,
                manners=request_manners(told.pack),
                is_for=lambda reader: reader.kind in {HUB, HOME, MEMBER},
            )


def _papers_of_meetings(pack: Pack) -> Iterator[Product]:
    manners = all_manners(pack, MeetingWords)
    for kind, title in (
        (INVITATION, "Invitation to a meeting"),
        (AGENDA, "What the meeting talks about"),
        (APOLOGIES, "For who cannot come"),
    ):
        yield Product(kind, "meeting", title, partial(_meeting, kind), False, manners=manners)


def _notes(record: KnownRecord, pack: Pack) -> Product:
    held = read_date(record.answer(f"/{MEETING}/meeting/held").value)
    day = f", {short_date(held)}" if held is not None else ""

    def story(reading: Reading, manner: str) -> Story | None:
        return in_manner(reading.pack, manner, NotesWords, partial(notes_paper, reading, record.id))

    return Product(
        f"{NOTES}{record.id}",
        "meeting",
        f"Notes of our meeting{day}",
        story,
        not record.as_finished,
        manners=all_manners(pack, NotesWords),
    )


def _papers_at_the_end(told: Told, titles: Callable[[str], str]) -> Iterator[Product]:
    closing = next((record for record in told.records if record.form == CLOSURE), None)
    if closing is not None:
        draft = not closing.as_finished
        manners = all_manners(told.pack, EndingWords)
        for kind, title in ((LETTER, "Closing letter"), (CARD, "Keeping-in-touch card")):
            story = partial(_ending, kind)
            yield Product(kind, "ending", title, story, draft, manners=manners)
    for form in told.pack.forms:
        if form.id.startswith(FEEDBACK):
            blank = partial(_empty, form.id)
            manners = form_manners(_empty_form(told.pack, form.id))
            key, title = f"empty:{form.id}", titles(form.id)
            yield Product(key, "ending", title, blank, False, manners=manners)


def _meeting(kind: str, reading: Reading, manner: str) -> Story | None:
    return in_manner(reading.pack, manner, MeetingWords, partial(meeting_paper, reading, kind))


def _ending(kind: str, reading: Reading, manner: str) -> Story | None:
    return in_manner(reading.pack, manner, EndingWords, partial(ending_paper, reading, kind))


def _picture(
    story: Callable[[Reading, PictureWords], Story | None], reading: Reading, manner: str
) -> Story | None:
    return in_manner(reading.pack, manner, PictureWords, partial(story, reading))


def _empty(form: str, reading: Reading, manner: str) -> Story:
    return blank_copy(reading.pack, form, _empty_form(reading.pack, form), manner)


def _empty_form(pack: Pack, form: str) -> Definition:
    return load_definition(pack.form(form), {**pack.lists, PEOPLE_LIST: people_csv([])})


def _my_plan(child: Person, pack: Pack, *, draft: bool) -> Product:
    def story(reading: Reading, manner: str) -> Story | None:
        band, easy = age_band(reading, child), manner == EASY

        def make(words: ChildWords) -> Story:
            sheet = child_sheet(reading, child, words.language)
            return child_plan_story(sheet, band, words, easy=easy)

        return in_manner(reading.pack, PLAIN if easy else manner, ChildWords, make)

    def is_for(reader: Reader) -> bool:
        return reader.person == child.id or reader.kind in {MEMBER, PARTNER}

    key, manners = f"{MY_PLAN}{child.id}", all_manners(pack, ChildWords)
    return Product(
        key,
        "keep",
        pack.said("{child_plan}"),
        story,
        draft,
        child.name,
        manners=manners,
        is_for=is_for,
    )


def _record(record: KnownRecord, title: str, names: Mapping[str, str]) -> Product:
    definition = record.definition if isinstance(record.definition, Definition) else None
    return Product(
        f"{RECORD}{record.id}",
        "copies",
        title,
        partial(_filled, record.id),
        not record.as_finished,
        _about([record], names),
        manners=form_manners(definition),
    )


def _about(records: Iterable[KnownRecord], names: Mapping[str, str]) -> str:
    return next((names.get(v.said("child"), "") for v in entities(records, "voice")), "")


def _filled(record: str, reading: Reading, manner: str) -> Story | None:
    known = reading.record(record)
    return filled_copy(reading, known, manner) if known else None


def _request_pack(record: str, reading: Reading, manner: str) -> Story | None:
    return request_pack(reading, record, manner)
