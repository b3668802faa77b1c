"""Figures on paper: the quarterly dashboard, and the card of one service (domain.md 3.6)."""

from dataclasses import dataclass, field

from desktop.printing.paper_words import ROWS, PaperWords
from desktop.printing.story import (
    Block,
    Bullets,
    Column,
    Facts,
    Framed,
    Heading,
    Run,
    Story,
    Table,
    Text,
)


@dataclass(frozen=True)
class FigureLine:
    """One measure as it is printed, in words: now, and in the quarters before, the latest first."""

    name: str
    now: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class FigureGroup:
    """Measures that belong together; `note` says what they do not say."""

    title: str
    lines: tuple[FigureLine, ...]
    note: str = ""


@dataclass(frozen=True)
class FigureWords(PaperWords):
    """The fixed words; a council gives its own."""

    title: str = "Early help: {period}"
    small: str = (
        "Small numbers are left out and the others are to the nearest 5, so that nobody can be "
        "recognised."
    )
    measure: str = "Measure"
    now: str = "Now"
    none: str = "There are no figures for this time."
    period: str = "{first} to {last} {year}"
    until: str = "to {month} {year}"
    written: str = "The newest change in these figures is of {date}."
    own: str = "Of the families of one worker, last checked with the council on {date}."
    published: str = (
        "This quarter was published on {date}. Figures of it that have changed since: {number}. "
        "Those of now are in this paper, and what was published is named here."
    )
    revised: str = "{name}: published as {before}, now {now}."
    revised_little: str = (
        "{name}: has changed by fewer than 5 since; what was published stands here."
    )
    of: str = "{number} of {all}"
    share: str = "{number} of {all}, {percent}%"
    mean: str = "{number} (mean {mean})"
    hidden: str = "not shown"
    subjects: tuple[tuple[str, str], ...] = field(default=(), metadata=ROWS)
    measures: tuple[tuple[str, str], ...] = field(default=(), metadata=ROWS)
    card: str = "Where you can get help"
    kind: str = "What they do"
    where: str = "Where"
    everywhere: str = "Everywhere in the borough"
    ring: str = "Ring"
    ask: str = "You can ask somebody to ring with you."
    checked: str = "We last checked this on {date}. Ring before you go."


def dashboard_story(
    period: str,
    groups: tuple[FigureGroup, ...],
    earlier: tuple[str, ...] = (),
    said: tuple[str, ...] = (),
    words: FigureWords | None = None,
) -> Story:
    """The quarter's figures as tables, with those of ``earlier`` quarters beside them.

    ``said``: how fresh they are, and what has changed since they were published.
    """
    words = words or FigureWords()
    title = words.title.format(period=period)
    blocks: list[Block] = [Heading(title, 1), Text(words.small), *map(Text, said)]
    share = 52 / (1 + len(earlier))
    columns = (
        Column(words.measure, 48),
        *(Column(named, share) for named in (words.now, *earlier)),
    )
    for group in groups:
        rows = tuple(
            (line.name, line.now, *_filled(line.before, len(earlier))) for line in group.lines
        )
        blocks += [Heading(group.title), Table(columns, rows, words.measure)]
        if group.note:
            blocks.append(Text(group.note))
    if not groups:
        blocks.append(Text(words.none))
    return Story(title, tuple(blocks), words.language)


def _filled(before: tuple[str, ...], number: int) -> tuple[str, ...]:
    return (*before[:number], *("" for _ in range(number - len(before))))


@dataclass(frozen=True)
class ServiceCard:
    """One service of the directory, as somebody takes it home."""

    name: str
    what: str
    number: str
    where: str = ""
    checked: str = ""


def service_story(cards: tuple[ServiceCard, ...], words: FigureWords | None = None) -> Story:
    """Where to get help: a framed card a service."""
    words = words or FigureWords()
    blocks: list[Block] = [Heading(words.card, 1)]
    for card in cards:
        facts = ((words.kind, card.what), (words.where, card.where))
        inner: list[Block] = [Heading(card.name), Facts(tuple(f for f in facts if f[1]))]
        number = (Run(f"{words.ring}: "), Run(card.number, bold=True, together=True))
        inner.append(Bullets((number,)))
        if card.checked:
            inner.append(Text(words.checked.format(date=card.checked)))
        blocks.append(Framed(tuple(inner)))
    return Story(words.card, (*blocks, Text(words.ask)), words.language)
