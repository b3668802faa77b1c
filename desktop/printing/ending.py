"""When the help ends: the closing letter and the keeping-in-touch card (domain.md 1.22, 1.24)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.printing.contacts import ContactLine, contact_list, urgent_first
from desktop.printing.dates import long_date, short_date
from desktop.printing.paper_words import PaperWords
from desktop.printing.story import (
    Block,
    Bullets,
    Framed,
    Heading,
    Quote,
    Run,
    Signature,
    Signatures,
    Story,
    Text,
    Together,
    WritingSpace,
)


@dataclass(frozen=True)
class EndingSheet:
    """How the help ended. `left` is what is still to do: what, who, by when."""

    family: str
    closed_on: date | None = None
    changed: tuple[str, ...] = ()
    goes_on: str = ""
    left: tuple[tuple[str, str, date | None], ...] = ()
    child_says: str = ""
    parent_says: str = ""
    in_touch: bool = False
    in_touch_how: str = ""
    contacts: tuple[ContactLine, ...] = ()
    lead: str = ""


@dataclass(frozen=True)
class EndingWords(PaperWords):
    """The fixed words; a council or a translation gives its own."""

    title: str = "How far you have come"
    dear: str = "Dear {family},"
    ended: str = "We worked together until {date}. Thank you for letting us."
    ended_now: str = "Our work together has come to its end. Thank you for letting us."
    changed: str = "What has changed"
    said: str = "What you said"
    child_said: str = "What the children said"
    goes_on: str = "How you keep it going"
    left: str = "What is still to be done"
    who_by: str = "{who}, by {date}"
    back: str = "If things get hard again"
    come_back: str = (
        "You can ask for help again at any time. You need not tell your story twice. Ring us:"
    )
    greeting: str = "With best wishes,"
    card: str = "Keeping in touch"
    card_says: str = "You said that we may ask how you are."
    how: str = "How: {how}"
    stop: str = "You can say stop at any time, and need not say why."
    next_time: str = "When we get in touch next:"
    lines: str = "A line to write on"


def closing_letter(sheet: EndingSheet, words: EndingWords | None = None) -> Story:
    """The letter that a family gets when the help ends."""
    words = words or EndingWords()
    return Story(words.title, tuple(_letter(sheet, words)), words.language)


def keeping_in_touch_card(sheet: EndingSheet, words: EndingWords | None = None) -> Story:
    """A card for the fridge: how we stay in touch, and whom to ring. It says nothing of why."""
    words = words or EndingWords()
    blocks: list[Block] = [Heading(words.card, 1)]
    if sheet.in_touch:
        blocks.append(Text(words.card_says))
    if sheet.in_touch_how:
        blocks.append(Text(words.how.format(how=sheet.in_touch_how)))
    blocks += [
        Together((Text((Run(words.next_time, bold=True),)), WritingSpace(1, words.lines))),
        Text(words.stop),
        *_back(sheet, words),
    ]
    return Story(words.card, tuple(blocks), words.language)


def _letter(sheet: EndingSheet, words: EndingWords) -> Iterator[Block]:
    yield Heading(words.title, 1)
    yield Text(words.dear.format(family=sheet.family))
    ended = words.ended_now
    if sheet.closed_on is not None:
        ended = words.ended.format(date=long_date(sheet.closed_on, words.dates))
    yield Text(ended)
    if sheet.changed:
        yield Heading(words.changed)
        yield Bullets(sheet.changed)
    for heading, said in ((words.said, sheet.parent_says), (words.child_said, sheet.child_says)):
        if said:
            yield Together((Heading(heading), Quote(said)))
    if sheet.goes_on:
        yield Heading(words.goes_on)
        yield Text(sheet.goes_on)
    if sheet.left:
        yield Heading(words.left)
        yield Bullets(tuple(_still(what, who, by, words) for what, who, by in sheet.left))
    yield Together((Text(words.greeting), Signatures((Signature(sheet.lead, None, words.lines),))))
    yield from _back(sheet, words)


def _still(what: str, who: str, by: date | None, words: EndingWords) -> tuple[Run, ...]:
    whose = who
    if by is not None:
        whose = words.who_by.format(who=who, date=short_date(by, words.dates))
    return (Run(what), Run(f"\n{whose}" if whose else "", bold=True))


def _back(sheet: EndingSheet, words: EndingWords) -> Iterator[Block]:
    inner: list[Block] = [Heading(words.back), Text(words.come_back)]
    if sheet.contacts:
        inner.append(contact_list(urgent_first(sheet.contacts), words))
    yield Framed(tuple(inner))
