"""Our family plan in easy read: one idea a sentence, a picture at each, hard words explained.

After the GOV.UK and Mencap rules in domain.md 8.3. What people wrote stays as they wrote it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.printing.dates import long_date
from desktop.printing.document import Foot, Printed, print_story
from desktop.printing.paper_words import PaperWords
from desktop.printing.plan import PlannedAction, PlanSheet
from desktop.printing.scripts import ScriptSetter
from desktop.printing.setting import PrintSize
from desktop.printing.story import (
    Block,
    Bullets,
    Framed,
    Heading,
    Pictured,
    Run,
    Signature,
    Signatures,
    Story,
    Text,
    Together,
)


@dataclass(frozen=True)
class EasyWords(PaperWords):
    """The fixed words of the easy-read plan; a council or a translation gives its own."""

    title: str = "Our plan"
    about: str = "This plan is for {family}."
    made: str = "We made this plan on {date}."
    what_it_is: str = "A plan says who will do what to help."
    going_well: str = "What is going well"
    goals: str = "What we want"
    actions: str = "What will happen"
    does: str = "{who} will do this:"
    by: str = "This will be done by {date}."
    is_done: str = "This is done."
    unsettled: str = "We still need to agree about this."
    meeting: str = "When we meet next"
    meet_on: str = "We will meet on {date}."
    meet_at: str = "We will meet at {time}."
    meet_place: str = "The place is: {place}."
    worried: str = "If you are worried"
    call: str = "You can ring these people."
    danger: str = "If someone is in danger, ring this number now:"
    agree: str = "Do you agree with this plan?"
    sign: str = "If you agree, you can sign here."
    signed: str = "Signature of {name}"
    to_sign: str = "Space for {name} to sign"
    change: str = "You can change your mind at any time."
    hard_words: str = "What some words mean"
    meanings: tuple[tuple[str, str], ...] = (
        ("Early help", "Help for a family before a problem gets bigger."),
        ("Family worker", "A person whose job is to help your family."),
        ("To sign", "To write your name to say that you agree."),
    )


def easy_plan_story(plan: PlanSheet, words: EasyWords | None = None) -> Story:
    """The plan in easy read, as blocks."""
    words = words or EasyWords()
    return Story(words.title, tuple(_blocks(plan, words)), words.language)


def easy_plan_pages(
    plan: PlanSheet,
    size: PrintSize,
    foot: Foot,
    *,
    draft: bool,
    words: EasyWords | None = None,
    setter: ScriptSetter | None = None,
) -> Printed:
    """The plan in easy read as a tagged PDF, in memory. Best from 16 points."""
    return print_story(easy_plan_story(plan, words), size, foot, draft=draft, setter=setter)


def _blocks(plan: PlanSheet, words: EasyWords) -> Iterator[Block]:
    yield Heading(words.title, 1)
    about = words.about.format(family=plan.family)
    made = words.made.format(date=long_date(plan.made_on, words.dates))
    yield Pictured("people", (Text(about), Text(made), Text(words.what_it_is)))
    if plan.going_well:
        yield Pictured("sun", (Heading(words.going_well), Bullets(plan.going_well)))
    if plan.goals:
        goals = tuple(
            (
                Run(f"{goal.whose}: " if goal.whose else "", bold=True),
                Run(goal.words),
                Run(f"\n{words.unsettled}" if goal.unsettled else "", bold=True),
            )
            for goal in plan.goals
        )
        yield Pictured("star", (Heading(words.goals), Bullets(goals)))
    if plan.actions:
        yield Heading(words.actions)
        yield from (_action(action, words) for action in plan.actions)
    yield from _meeting(plan, words)
    yield from _worried(plan, words)
    yield from _agree(plan, words)
    meanings = tuple((Run(word, bold=True), Run(f": {what}")) for word, what in words.meanings)
    yield Pictured("speech", (Heading(words.hard_words), Bullets(meanings)))


def _action(action: PlannedAction, words: EasyWords) -> Block:
    said: list[Block] = []
    if action.who:
        said.append(Text((Run(words.does.format(who=action.who), bold=True),)))
    said.append(Text(action.what))
    if action.done:
        said.append(Text(words.is_done))
    elif action.by_when or action.when:
        said.append(Text(_by(action.by_when, action.when, words)))
    if action.unsettled:
        said.append(Text((Run(words.unsettled, bold=True),)))
    return Pictured("face-5" if action.done else "steps", tuple(said))


def _by(day: date | None, when: str, words: EasyWords) -> str:
    return words.by.format(date=long_date(day, words.dates)) if day else when


def _meeting(plan: PlanSheet, words: EasyWords) -> Iterator[Block]:
    meeting = plan.next_review
    if meeting is None:
        return
    said = [words.meet_on.format(date=long_date(meeting.day, words.dates))]
    if meeting.time:
        said.append(words.meet_at.format(time=meeting.time))
    if meeting.place:
        said.append(words.meet_place.format(place=meeting.place))
    sentences = tuple(Text(sentence) for sentence in said)
    yield Framed((Pictured("calendar", (Heading(words.meeting), *sentences)),))


def _worried(plan: PlanSheet, words: EasyWords) -> Iterator[Block]:
    if not plan.what_if and not plan.contacts:
        return
    said: list[Block] = [Heading(words.worried)]
    if plan.what_if:
        said.append(Text(plan.what_if))
    for contact in plan.contacts:
        if contact.urgent:
            number = Run(f" {contact.number}", bold=True, together=True)
            said.append(Text((Run(words.danger), number)))
    others = tuple(
        (Run(f"{c.named(words)}: "), Run(c.number, bold=True, together=True))
        for c in plan.contacts
        if not c.urgent
    )
    if others:
        said += [Text(words.call), Bullets(others)]
    yield Pictured("phone", tuple(said))


def _agree(plan: PlanSheet, words: EasyWords) -> Iterator[Block]:
    if not plan.signed:
        return
    entries = tuple(
        Signature(
            signed.name,
            signed.strokes,
            (words.to_sign if signed.strokes is None else words.signed).format(name=signed.name),
        )
        for signed in plan.signed
    )
    said = (Heading(words.agree), Text(words.sign), Text(words.change))
    yield Together((Pictured("pencil", said), Signatures(entries)))
