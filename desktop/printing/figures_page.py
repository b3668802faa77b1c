"""Figures on paper: the quarterly dashboard, and the card of one service (domain.md 3.6)."""

from dataclasses import dataclass

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
    """One measure as it is printed: its value and the one before in words, and of how many."""

    name: str
    now: str
    before: str = ""
    of: str = ""


@dataclass(frozen=True)
class FigureGroup:
    """Measures that belong together; `note` says what they do not say."""

    title: str
    lines: tuple[FigureLine, ...]
    note: str = ""


@dataclass(frozen=True)
class FigureWords:
    """The fixed words; a council gives its own."""

    language: str = "en-GB"
    title: str = "Early help: {period}"
    small: str = "Small numbers are left out, so that nobody can be recognised."
    measure: str = "Measure"
    now: str = "Now"
    before: str = "Before"
    of: str = "Of"
    none: str = "There are no figures for this time."
    card: str = "Where you can get help"
    kind: str = "What they do"
    where: str = "Where"
    ring: str = "Ring"
    ask: str = "You can ask somebody to ring with you."
    checked: str = "We last checked this on {date}. Ring before you go."


def dashboard_story(
    period: str, groups: tuple[FigureGroup, ...], words: FigureWords | None = None
) -> Story:
    """The quarter's figures as tables; each says of how many it is."""
    words = words or FigureWords()
    title = words.title.format(period=period)
    blocks: list[Block] = [Heading(title, 1), Text(words.small)]
    columns = (
        Column(words.measure, 52),
        Column(words.now, 16),
        Column(words.before, 16),
        Column(words.of, 16),
    )
    for group in groups:
        rows = tuple((line.name, line.now, line.before, line.of) for line in group.lines)
        blocks += [Heading(group.title), Table(columns, rows, words.measure)]
        if group.note:
            blocks.append(Text(group.note))
    if not groups:
        blocks.append(Text(words.none))
    return Story(title, tuple(blocks), words.language)


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
