"""The notes of a meeting of the Team Around the Family, as everybody takes them home (1.19)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.printing.dates import date_cell, long_date
from desktop.printing.paper_words import PaperWords
from desktop.printing.story import (
    Block,
    Bullets,
    Column,
    Facts,
    Framed,
    Heading,
    Quote,
    Run,
    Story,
    Table,
    Text,
    Together,
)


@dataclass(frozen=True)
class NotedAction:
    """Who does what by when, and how it goes, in words."""

    what: str
    who: str = ""
    by_when: date | None = None
    goes: str = ""


@dataclass(frozen=True)
class NotesSheet:
    """A meeting as it was written down, after redaction for its reader. Everything may be empty.

    ``said``: who said what, the family first. ``decision`` is the form's own code.
    """

    family: str
    day: date | None = None
    time: str = ""
    place: str = ""
    came: tuple[str, ...] = ()
    not_there: tuple[str, ...] = ()
    family_said: str = ""
    children_said: str = ""
    said: tuple[tuple[str, str], ...] = ()
    how_it_goes: str = ""
    talked: str = ""
    new: str = ""
    actions: tuple[NotedAction, ...] = ()
    needs: str = ""
    decision: str = ""
    next_day: date | None = None
    next_time: str = ""
    amended: str = ""
    lead: str = ""
    lead_number: str = ""


@dataclass(frozen=True)
class NotesWords(PaperWords):
    """The fixed words; a council or a translation gives its own."""

    title: str = "Notes of our meeting"
    about: str = "The meeting about {family}"
    day: str = "Day"
    time: str = "Time"
    place: str = "Place"
    came: str = "Who was there"
    not_there: str = "Who could not be there"
    children: str = "What the children say"
    family: str = "What the family says"
    others: str = "What others say"
    who_says: str = "{name}:"
    goes: str = "How the plan goes"
    talked: str = "What we talked about"
    new: str = "What is new"
    actions: str = "Who does what by when"
    what: str = "What"
    who: str = "Who"
    by_when: str = "By when"
    how: str = "How it goes"
    decided: str = "What we decided"
    decisions: tuple[tuple[str, str], ...] = (
        ("continue", "The help goes on."),
        ("lead", "Somebody else leads from now on."),
        ("up", "We ask for more help."),
        ("down", "Less help is needed now."),
        ("close", "The help ends."),
    )
    progress: tuple[tuple[str, str], ...] = (
        ("not_started", "Not started yet"),
        ("started", "Started"),
        ("done", "Done"),
        ("done_late", "Done, later than we said"),
        ("not_done", "Not done"),
        ("not_needed", "No longer needed"),
        ("blocked", "Something is in the way"),
    )
    next: str = "When we meet again"
    next_at: str = "{day} at {time}"
    amended: str = "What the family wants changed in these notes"
    wrong: str = "Is something wrong here? Tell us, and we write it down."
    ring: str = "Questions? Ring {name}: {number}"


def notes_story(sheet: NotesSheet, words: NotesWords | None = None) -> Story:
    """The notes, in the order in which people look for things: what we do comes before the talk."""
    words = words or NotesWords()
    blocks: list[Block] = [
        Heading(words.title, 1),
        Text(words.about.format(family=sheet.family)),
        *_where(sheet, words),
        *_decided(sheet, words),
        *_actions(sheet, words),
        *_said(sheet, words),
    ]
    for heading, told in (
        (words.goes, sheet.how_it_goes),
        (words.talked, sheet.talked),
        (words.new, sheet.new),
        (words.amended, sheet.amended),
    ):
        blocks += _part(heading, told)
    blocks.append(Text(words.wrong))
    if sheet.lead and sheet.lead_number:
        ring = words.ring.format(name=sheet.lead, number=sheet.lead_number)
        blocks.append(Text((Run(ring, bold=True),)))
    return Story(words.title, tuple(blocks), words.language)


def _where(sheet: NotesSheet, words: NotesWords) -> Iterator[Block]:
    known = (
        (words.day, long_date(sheet.day, words.dates) if sheet.day else ""),
        (words.time, sheet.time),
        (words.place, sheet.place),
    )
    if facts := tuple((name, said) for name, said in known if said):
        yield Facts(facts)
    for heading, names in ((words.came, sheet.came), (words.not_there, sheet.not_there)):
        if names:
            yield Together((Heading(heading), Bullets(names)))


def _decided(sheet: NotesSheet, words: NotesWords) -> Iterator[Block]:
    """What was decided and when the next meeting is, framed: it is what people come back for."""
    inner: list[Block] = []
    decision = dict(words.decisions).get(sheet.decision, "")
    if decision or sheet.needs:
        inner.append(Heading(words.decided))
        inner += [Text(said) for said in (decision, *_lines(sheet.needs)) if said]
    if sheet.next_day is not None:
        day = long_date(sheet.next_day, words.dates)
        at = words.next_at.format(day=day, time=sheet.next_time) if sheet.next_time else day
        inner += [Heading(words.next), Text((Run(at, bold=True),))]
    if inner:
        yield Framed(tuple(inner))


def _actions(sheet: NotesSheet, words: NotesWords) -> Iterator[Block]:
    if not sheet.actions:
        return
    columns = (
        Column(words.what, 40),
        Column(words.who, 20),
        Column(words.by_when, 18),
        Column(words.how, 22),
    )
    rows = tuple(
        (
            action.what,
            action.who,
            date_cell(action.by_when, words.dates) if action.by_when else "",
            action.goes,
        )
        for action in sheet.actions
    )
    yield Heading(words.actions)
    yield Table(columns, rows, words.what)


def _said(sheet: NotesSheet, words: NotesWords) -> Iterator[Block]:
    for heading, told in (
        (words.children, sheet.children_said),
        (words.family, sheet.family_said),
    ):
        if told.strip():
            yield Together((Heading(heading), *(Quote(line) for line in _lines(told))))
    others = [(name, line) for name, told in sheet.said for line in _lines(told)]
    if others:
        yield Heading(words.others)
    for name, line in others:
        who = (Run(f"{words.who_says.format(name=name)} ", bold=True),) if name else ()
        yield Text((*who, Run(line)))


def _part(heading: str, told: str) -> Iterator[Block]:
    if lines := _lines(told):
        yield Together((Heading(heading), Text(lines[0])))
        yield from (Text(line) for line in lines[1:])


def _lines(told: str) -> list[str]:
    return [line.strip() for line in told.splitlines() if line.strip()]
