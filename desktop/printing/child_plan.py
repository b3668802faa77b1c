"""My plan: what a child keeps, in the child's own words first (domain.md 8.2, 8.4).

With pictures and very short sentences for four to seven, with fewer from eight, and for young
people from thirteen in plain words about what happens and what they can ask for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from desktop.printing.contacts import ContactLine, contact_list
from desktop.printing.dates import date_cell, long_date, short_date
from desktop.printing.document import Foot, Printed, print_story
from desktop.printing.paper_words import PaperWords
from desktop.printing.plan import Meeting
from desktop.printing.scripts import ScriptSetter
from desktop.printing.setting import PrintSize
from desktop.printing.story import (
    Block,
    Bullets,
    Column,
    Facts,
    Framed,
    Heading,
    Picture,
    Pictured,
    PictureRow,
    Quote,
    Run,
    Story,
    Strokes,
    Table,
    Text,
    TickBox,
    Together,
    WritingSpace,
)


class AgeBand(Enum):
    """For whom a child's plan is written."""

    YOUNG = "4-7"
    MIDDLE = "8-12"
    OLDER = "13+"

    @staticmethod
    def for_age(years: int) -> "AgeBand":
        """The band of a child of this age; the youngest have the pictures."""
        if years < 8:
            return AgeBand.YOUNG
        return AgeBand.MIDDLE if years < 13 else AgeBand.OLDER


@dataclass(frozen=True)
class Feeling:
    """How a child feels about something: 1 (very sad) to 5 (very happy)."""

    about: str
    face: int


@dataclass(frozen=True)
class ChildStep:
    """Something that will happen, who does it, and when."""

    what: str
    who: str
    by_when: date | None = None
    when: str = ""


@dataclass(frozen=True)
class Drawn:
    """A drawing, and what the child said that it is."""

    title: str
    strokes: Strokes


@dataclass(frozen=True)
class ChildPlanSheet:
    """A child's plan as it is printed: only what this child has agreed to have on paper.

    Texts are the child's own words, exactly. Everything but the name may be empty.
    """

    child: str
    made_on: date
    said: str = ""
    going_well: str = ""
    worries: str = ""
    dreams: str = ""
    wants: str = ""
    feelings: tuple[Feeling, ...] = ()
    trusted: tuple[tuple[str, str], ...] = ()
    steps: tuple[ChildStep, ...] = ()
    drawings: tuple[Drawn, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    next_meeting: Meeting | None = None


@dataclass(frozen=True)
class ChildWords(PaperWords):
    """The fixed words of a child's plan; a council or a translation gives its own."""

    title: str = "My plan"
    mine: str = "This plan belongs to {name}."
    made: str = "We made it on {date}."
    said: str = "What I said"
    going_well: str = "What is good"
    worries: str = "What worries me"
    dreams: str = "My wishes"
    wants: str = "What I want to happen"
    feelings: str = "How I feel"
    faces: tuple[str, ...] = ("Very sad", "Sad", "In the middle", "Happy", "Very happy")
    chosen: str = "I chose:"
    drawing: str = "A drawing by {name}: {title}"
    drawings: str = "What I drew"
    to_draw: str = "Room to draw"
    draw_here: str = "You can draw here."
    trusted: str = "People who help me"
    steps: str = "What will happen"
    step: str = "Step"
    what: str = "What"
    who: str = "Who"
    when: str = "When"
    done: str = "Done"
    to_tick: str = "Not done yet: a box to tick"
    contacts: str = "Who I can talk to"
    always: str = "You can talk to them at any time. It is never your fault."
    meeting: str = "When we meet again"
    rights: str = "What you can ask for"
    what_you_can_ask: tuple[str, ...] = (
        "You can say if something here is wrong, and we will change it.",
        "You can change your mind about what you want and who may see your words.",
        "You can ask to see what is written about you.",
        "You can ask for somebody who speaks up for you. They are called an advocate.",
    )
    ask: str = "You can say if something here is wrong. You can change your mind."


@dataclass(frozen=True)
class _Manner:
    """What differs between the ages."""

    pictures: bool
    table: bool
    rights: bool
    room_to_draw: bool


_MANNERS = {
    AgeBand.YOUNG: _Manner(pictures=True, table=False, rights=False, room_to_draw=True),
    AgeBand.MIDDLE: _Manner(pictures=True, table=True, rights=False, room_to_draw=False),
    AgeBand.OLDER: _Manner(pictures=False, table=True, rights=True, room_to_draw=False),
}


def child_plan_story(
    plan: ChildPlanSheet, band: AgeBand, words: ChildWords | None = None, *, easy: bool = False
) -> Story:
    """A child's plan as blocks, for a child of this age; ``easy`` has pictures and no table."""
    words = words or ChildWords()
    manner = _MANNERS[band]
    if easy:
        manner = replace(manner, pictures=True, table=False)
    blocks = _ChildPlan(plan, words, manner).blocks()
    return Story(words.title, tuple(blocks), words.language)


def child_plan_pages(
    plan: ChildPlanSheet,
    band: AgeBand,
    size: PrintSize,
    foot: Foot,
    *,
    draft: bool,
    words: ChildWords | None = None,
    setter: ScriptSetter | None = None,
) -> Printed:
    """A child's plan as a tagged PDF, in memory."""
    return print_story(child_plan_story(plan, band, words), size, foot, draft=draft, setter=setter)


class _ChildPlan:
    def __init__(self, plan: ChildPlanSheet, words: ChildWords, manner: _Manner) -> None:
        self._plan, self._words, self._manner = plan, words, manner

    def blocks(self) -> Iterator[Block]:
        plan, words = self._plan, self._words
        yield Heading(words.title, 1)
        mine = words.mine.format(name=plan.child)
        made = words.made.format(date=short_date(plan.made_on, words.dates))
        yield self._pictured("me", Text((Run(mine, bold=True), Run(f"\n{made}"))))
        yield from self._own_words("speech", words.said, plan.said)
        yield from self._feelings()
        yield from self._own_words("sun", words.going_well, plan.going_well)
        yield from self._own_words("cloud", words.worries, plan.worries)
        yield from self._own_words("star", words.dreams, plan.dreams)
        yield from self._own_words("heart", words.wants, plan.wants)
        yield from self._drawings()
        yield from self._trusted()
        yield from self._steps()
        yield from self._meeting()
        yield from self._contacts()
        yield from self._last_words()

    def _pictured(self, picture: str, *blocks: Block) -> Block:
        return Pictured(picture, blocks) if self._manner.pictures else Together(blocks)

    def _own_words(self, picture: str, heading: str, said: str) -> Iterator[Block]:
        if said:
            yield self._pictured(picture, Heading(heading), Quote(said))

    def _feelings(self) -> Iterator[Block]:
        words = self._words
        if not self._plan.feelings:
            return
        yield Heading(words.feelings)
        if not self._manner.pictures:
            yield Facts(
                tuple(
                    (feeling.about, words.faces[feeling.face - 1])
                    for feeling in self._plan.feelings
                )
            )
            return
        faces = tuple((f"face-{number}", word) for number, word in enumerate(words.faces, 1))
        for feeling in self._plan.feelings:
            about = Text((Run(feeling.about, bold=True),))
            yield Together((about, PictureRow(faces, feeling.face - 1, words.chosen)))

    def _drawings(self) -> Iterator[Block]:
        plan, words = self._plan, self._words
        if plan.drawings:
            yield Heading(words.drawings)
        for drawn in plan.drawings:
            alt = words.drawing.format(name=plan.child, title=drawn.title)
            title = (Text(drawn.title),) if drawn.title else ()
            yield Together((*title, Picture(drawn.strokes, alt)))

    def _trusted(self) -> Iterator[Block]:
        if not self._plan.trusted:
            return
        people = tuple(
            (Run(who, bold=True), Run(f": {how}" if how else "")) for who, how in self._plan.trusted
        )
        yield self._pictured("people", Heading(self._words.trusted), Bullets(people))

    def _steps(self) -> Iterator[Block]:
        steps, words = self._plan.steps, self._words
        if not steps:
            return
        if self._manner.table:
            yield Heading(words.steps)
            yield self._table()
            return
        said = tuple(
            (Run(step.who, bold=True), Run(f": {step.what}"), Run(self._when(step)))
            for step in steps
        )
        yield self._pictured("steps", Heading(words.steps), Bullets(said, numbered=True))

    def _when(self, step: ChildStep) -> str:
        when = long_date(step.by_when, self._words.dates) if step.by_when else step.when
        return f"\n{when}" if when else ""

    def _table(self) -> Table:
        words = self._words
        columns = (
            Column(words.what, 46),
            Column(words.who, 21),
            Column(words.when, 23),
            Column(words.done, 10),
        )
        rows = tuple(
            (
                step.what,
                step.who,
                date_cell(step.by_when, words.dates) if step.by_when else step.when,
                TickBox(False, words.to_tick),
            )
            for step in self._plan.steps
        )
        return Table(columns, rows, words.step)

    def _meeting(self) -> Iterator[Block]:
        meeting, words = self._plan.next_meeting, self._words
        if meeting is None:
            return
        parts = [Run(long_date(meeting.day, words.dates), bold=True)]
        parts += [Run(f"\n{more}") for more in (meeting.time, meeting.place) if more]
        inner = self._pictured("calendar", Heading(words.meeting), Text(tuple(parts)))
        yield Framed((inner,))

    def _contacts(self) -> Iterator[Block]:
        contacts, words = self._plan.contacts, self._words
        if not contacts:
            return
        people = contact_list(contacts, words)
        yield self._pictured("phone", Heading(words.contacts), people, Text(words.always))

    def _last_words(self) -> Iterator[Block]:
        words = self._words
        if self._manner.rights:
            yield Together((Heading(words.rights), Bullets(words.what_you_can_ask)))
        else:
            yield self._pictured("pencil", Text(words.ask))
        if self._manner.room_to_draw:
            space = WritingSpace(7, words.to_draw, ruled=False)
            yield Together((Text((Run(words.draw_here, bold=True),)), space))
