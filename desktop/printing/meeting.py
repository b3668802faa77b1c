"""Papers of a Team Around the Family meeting: invitation, agenda, apologies (domain.md 1.19)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.printing.dates import long_date
from desktop.printing.paper_words import PaperWords
from desktop.printing.story import (
    Block,
    Bullets,
    Facts,
    Framed,
    Heading,
    Run,
    Signature,
    Signatures,
    Story,
    Text,
    TickItem,
    TickList,
    Together,
    WritingSpace,
)


@dataclass(frozen=True)
class MeetingSheet:
    """A meeting that is to come. What is not known yet is left to be written by hand."""

    family: str
    day: date | None = None
    time: str = ""
    place: str = ""
    access: str = ""
    lead: str = ""
    lead_number: str = ""
    invited: tuple[str, ...] = ()
    to_do: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeetingWords(PaperWords):
    """The fixed words; a council or a translation gives its own."""

    invitation: str = "You are invited to a meeting"
    what_it_is: str = (
        "We meet with {family} and the people who help them. We look at what goes well, "
        "what is hard, and who does what next."
    )
    yours: str = (
        "It is the family’s meeting. You can say what you want to talk about, who should come, "
        "and who should not. You can bring somebody."
    )
    when: str = "Day"
    time: str = "Time"
    place: str = "Place"
    access: str = "To make it easier"
    write_day: str = "Day and time:"
    write_place: str = "Place:"
    who: str = "Who is invited"
    cannot: str = "If you cannot come"
    ring: str = "Please ring {name}: {number}"
    ring_nobody: str = "Please tell the person who gave you this."
    agenda: str = "What we talk about"
    points: tuple[str, ...] = (
        "Who is here, and what we keep between us",
        "What the family wants from today",
        "What goes well",
        "What the children say",
        "What we agreed last time, and how it went",
        "What is hard now",
        "Who does what by when",
        "Does the help still fit? Is the lead practitioner still the right one?",
        "When we meet again",
    )
    agreed: str = "What we agreed last time"
    own_points: str = "What I want to talk about"
    apologies: str = "I cannot come to the meeting"
    apologies_for: str = "The meeting about {family}"
    my_name: str = "My name"
    my_part: str = "What I do with the family"
    why: str = "Why I cannot come, and who comes in my place"
    well: str = "What goes well"
    worries: str = "What I worry about"
    done: str = "What I did of what we agreed"
    next: str = "What should happen next"
    told: str = "I have shown this to the family"
    give_back: str = "Please give this back before the meeting."
    to_tick: str = "To tick:"
    lines: str = "Lines to write on: {label}"
    to_sign: str = "A line to sign on"
    sign: str = "Signed, and the day:"


def invitation_story(sheet: MeetingSheet, words: MeetingWords | None = None) -> Story:
    """The invitation; it names no worry, for it may lie on a table."""
    words = words or MeetingWords()
    blocks: list[Block] = [
        Heading(words.invitation, 1),
        Text(words.what_it_is.format(family=sheet.family)),
        Framed(tuple(_when(sheet, words))),
        Text(words.yours),
    ]
    if sheet.invited:
        blocks += [Heading(words.who), Bullets(sheet.invited)]
    return Story(words.invitation, (*blocks, *_cannot(sheet, words)), words.language)


def agenda_story(sheet: MeetingSheet, words: MeetingWords | None = None) -> Story:
    """What the meeting talks about, with room for one's own points."""
    words = words or MeetingWords()
    blocks: list[Block] = [
        Heading(words.agenda, 1),
        Framed(tuple(_when(sheet, words))),
        Bullets(words.points, numbered=True),
    ]
    if sheet.to_do:
        blocks += [Heading(words.agreed), Bullets(sheet.to_do)]
    own = WritingSpace(5, words.lines.format(label=words.own_points))
    blocks.append(Together((Heading(words.own_points), own)))
    return Story(words.agenda, tuple(blocks), words.language)


def apologies_story(sheet: MeetingSheet, words: MeetingWords | None = None) -> Story:
    """For who cannot come: what they would have said, to be filled by hand."""
    words = words or MeetingWords()
    blocks: list[Block] = [
        Heading(words.apologies, 1),
        Text(words.apologies_for.format(family=sheet.family)),
        Framed(tuple(_when(sheet, words))),
    ]
    for label, lines in (
        (words.my_name, 1),
        (words.my_part, 1),
        (words.why, 2),
        (words.well, 3),
        (words.worries, 3),
        (words.done, 3),
        (words.next, 3),
    ):
        space = WritingSpace(lines, words.lines.format(label=label))
        blocks.append(Together((Text((Run(label, bold=True),)), space)))
    told = TickList((TickItem(words.told),), words.to_tick)
    signed = Signatures((Signature(words.sign, None, words.to_sign),))
    blocks += [told, signed, Text(words.give_back), *_cannot(sheet, words)]
    return Story(words.apologies, tuple(blocks), words.language)


def _when(sheet: MeetingSheet, words: MeetingWords) -> Iterator[Block]:
    known = [
        (words.when, long_date(sheet.day, words.dates) if sheet.day else ""),
        (words.time, sheet.time),
        (words.place, sheet.place),
        (words.access, sheet.access),
    ]
    if facts := tuple((name, said) for name, said in known if said):
        yield Facts(facts)
    for said, label in ((sheet.day, words.write_day), (sheet.place, words.write_place)):
        if not said:
            yield Text((Run(label, bold=True),))
            yield WritingSpace(1, words.lines.format(label=label.rstrip(":")))


def _cannot(sheet: MeetingSheet, words: MeetingWords) -> Iterator[Block]:
    ring = words.ring_nobody
    if sheet.lead and sheet.lead_number:
        ring = words.ring.format(name=sheet.lead, number=sheet.lead_number)
    yield Together((Heading(words.cannot), Text(ring)))
