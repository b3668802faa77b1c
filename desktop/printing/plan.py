"""Our family plan: what a family keeps on the fridge. Two sides in clear print (domain.md 8.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.printing.contacts import ContactLine, contact_list, urgent_first
from desktop.printing.dates import date_cell, long_date, short_date
from desktop.printing.document import Foot, Printed, print_story
from desktop.printing.paper_words import PaperWords
from desktop.printing.scripts import ScriptSetter
from desktop.printing.setting import PrintSize
from desktop.printing.story import (
    Block,
    Bullets,
    Column,
    Facts,
    Framed,
    Heading,
    Run,
    Signature,
    Signatures,
    Story,
    Strokes,
    Table,
    Text,
    TickBox,
    Together,
)


@dataclass(frozen=True)
class Goal:
    """What will be different, in the family's words; whose goal it is, if one person's.

    `unsettled`: two answers were given and nobody has chosen yet; the page says so.
    """

    words: str
    whose: str = ""
    how_we_know: str = ""
    unsettled: bool = False


@dataclass(frozen=True)
class PlannedAction:
    """Who does what by when. Without a date, `when` says it in words."""

    what: str
    who: str
    by_when: date | None = None
    when: str = ""
    done: bool = False
    unsettled: bool = False


@dataclass(frozen=True)
class Meeting:
    """The next review."""

    day: date
    time: str = ""
    place: str = ""


@dataclass(frozen=True)
class Signed:
    """Somebody who signs. Without strokes there is a line to sign on."""

    name: str
    role: str = ""
    day: date | None = None
    strokes: Strokes | None = None


@dataclass(frozen=True)
class PlanSheet:
    """The plan as it is printed, after redaction for its reader. Everything may be empty.

    `family` is the name or the initials that the family chose.
    """

    family: str
    made_on: date
    people: tuple[str, ...] = ()
    going_well: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    what_if: str = ""
    contacts: tuple[ContactLine, ...] = ()
    next_review: Meeting | None = None
    signed: tuple[Signed, ...] = ()


@dataclass(frozen=True)
class PlanWords(PaperWords):
    """The fixed words of the plan; a council or a translation gives its own."""

    title: str = "Our family plan"
    made: str = "{family}. We made this plan on {date}."
    people: str = "This plan is for {people}."
    joined: str = "{first} and {last}"
    going_well: str = "What is going well"
    goals: str = "What we want to be different"
    how_we_know: str = "We will know because:"
    actions: str = "Who will do what, and by when"
    action: str = "Action"
    what: str = "What"
    who: str = "Who"
    by_when: str = "By when"
    done: str = "Done"
    to_tick: str = "Not done yet: a box to tick"
    ticked: str = "Done: a ticked box"
    meeting: str = "When we meet next"
    day: str = "Day"
    time: str = "Time"
    place: str = "Place"
    what_if: str = "If we are worried, or things get harder"
    signatures: str = "We agree with this plan"
    signed: str = "Signature of {name}"
    to_sign: str = "Space for {name} to sign"
    date_to_write: str = "Date:"
    unsettled: str = "This has two answers. We still need to agree which is right."
    other_formats: str = (
        "Please say if you need this in large print, in another language, "
        "or read to you. You can ask for any changes."
    )


def plan_story(plan: PlanSheet, words: PlanWords | None = None) -> Story:
    """The plan as blocks: the same for every size, and for the text beside the preview."""
    words = words or PlanWords()
    return Story(words.title, tuple(_blocks(plan, words)), words.language)


def plan_document(
    plan: PlanSheet,
    size: PrintSize,
    foot: Foot,
    *,
    draft: bool,
    words: PlanWords | None = None,
    setter: ScriptSetter | None = None,
) -> bytes:
    """The plan as a tagged PDF, in memory."""
    return plan_pages(plan, size, foot, draft=draft, words=words, setter=setter).pdf


def plan_pages(
    plan: PlanSheet,
    size: PrintSize,
    foot: Foot,
    *,
    draft: bool,
    words: PlanWords | None = None,
    setter: ScriptSetter | None = None,
) -> Printed:
    """The plan as a tagged PDF with what a screen reader says of each page, in memory."""
    return print_story(plan_story(plan, words), size, foot, draft=draft, setter=setter)


def _blocks(plan: PlanSheet, words: PlanWords) -> Iterator[Block]:
    yield Heading(words.title, 1)
    yield Text(words.made.format(family=plan.family, date=short_date(plan.made_on, words.dates)))
    if plan.people:
        yield Text(words.people.format(people=_listed(plan.people, words)))
    if plan.going_well:
        yield Heading(words.going_well)
        yield Bullets(plan.going_well)
    if plan.goals:
        yield Heading(words.goals)
        yield Bullets(tuple(_goal(goal, words) for goal in plan.goals), numbered=True)
    if plan.actions:
        yield Heading(words.actions)
        yield _actions(plan.actions, words)
    if plan.next_review is not None:
        yield Framed(tuple(_meeting(plan.next_review, words)))
    if plan.what_if or plan.contacts:
        yield Heading(words.what_if)
        if plan.what_if:
            yield Text(plan.what_if)
        if plan.contacts:
            yield contact_list(urgent_first(plan.contacts), words)
    yield Text(words.other_formats)
    if plan.signed:
        yield Together(
            (
                Heading(words.signatures),
                Signatures(tuple(_signature(signed, words) for signed in plan.signed)),
            )
        )


def _listed(names: tuple[str, ...], words: PlanWords) -> str:
    if len(names) == 1:
        return names[0]
    return words.joined.format(first=", ".join(names[:-1]), last=names[-1])


def _goal(goal: Goal, words: PlanWords) -> tuple[Run, ...]:
    whose = [Run(f"{goal.whose}: ", bold=True)] if goal.whose else []
    made = [*whose, Run(goal.words)]
    if goal.how_we_know:
        made += [Run(f"\n{words.how_we_know} "), Run(goal.how_we_know)]
    if goal.unsettled:
        made.append(Run(f"\n{words.unsettled}", bold=True))
    return tuple(made)


def _actions(actions: tuple[PlannedAction, ...], words: PlanWords) -> Table:
    columns = (
        Column(words.what, 43),
        Column(words.who, 25),
        Column(words.by_when, 22),
        Column(words.done, 10),
    )
    rows = tuple(
        (
            _action(action, words),
            action.who,
            action.when if action.by_when is None else date_cell(action.by_when, words.dates),
            TickBox(action.done, words.ticked if action.done else words.to_tick),
        )
        for action in actions
    )
    return Table(columns, rows, words.action)


def _action(action: PlannedAction, words: PlanWords) -> tuple[Run, ...]:
    if not action.unsettled:
        return (Run(action.what),)
    return (Run(action.what), Run(f"\n{words.unsettled}", bold=True))


def _meeting(meeting: Meeting, words: PlanWords) -> Iterator[Block]:
    yield Heading(words.meeting)
    facts = [(words.day, long_date(meeting.day, words.dates))]
    if meeting.time:
        facts.append((words.time, meeting.time))
    if meeting.place:
        facts.append((words.place, meeting.place))
    yield Facts(tuple(facts))


def _signature(signed: Signed, words: PlanWords) -> Signature:
    who = f"{signed.name}, {signed.role}" if signed.role else signed.name
    when = words.date_to_write if signed.day is None else short_date(signed.day, words.dates)
    alt = words.to_sign if signed.strokes is None else words.signed
    return Signature(f"{who}\n{when}", signed.strokes, alt.format(name=signed.name))
