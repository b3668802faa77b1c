"""Pictures of a family with their words beside: who belongs to whom, and how far it has come.

What a picture shows is said in full below it, so that nobody needs the picture (PDF/UA-1, 7.3).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import cos, pi, sin

from desktop.printing.paper_words import ROWS
from desktop.printing.story import (
    Block,
    Bullets,
    Column,
    Heading,
    Label,
    Picture,
    Story,
    Stroke,
    Strokes,
    Table,
    Text,
)

_STEP, _HALF = 100.0, 30.0
_ROUND = 24  # corners of a circle


@dataclass(frozen=True)
class TreePerson:
    """Somebody in the tree, at a column and a row; `about` says the rest in words."""

    name: str
    about: str
    column: float
    row: float
    shape: str = "diamond"
    crossed: bool = False


@dataclass(frozen=True)
class TreeLine:
    """What joins two people, by their numbers from 0; `words` says it in a sentence."""

    one: int
    other: int
    words: str
    ended: bool = False


@dataclass(frozen=True)
class DistanceRow:
    """From the first score to the last of one outcome by one person, on 0 to 10."""

    outcome: str
    rater: str
    first: float
    last: float
    said: str


@dataclass(frozen=True)
class PictureWords:
    """The fixed words; a council or a translation gives its own."""

    language: str = "en-GB"
    tree: str = "Who is who in our family"
    tree_alt: str = "A picture of the family tree. Everybody in it is in the list below."
    who: str = "Who is in the picture"
    joined: str = "Who is what to whom"
    nobody: str = "Nobody is written down yet."
    distance: str = "How far we have come"
    distance_alt: str = (
        "A picture of lines from the first score to the last. The numbers are in the table below."
    )
    how_to_read: str = "0 is as hard as can be. 10 is as good as can be."
    outcome: str = "What it is about"
    outcomes: tuple[tuple[str, str], ...] = field(default=(), metadata=ROWS)
    rater: str = "Who says so"
    first: str = "First"
    last: str = "Now"
    change: str = "What changed"
    row: str = "Number"
    no_scores: str = "There are not two scores of anything yet."
    no_name: str = "No name yet"
    lives_here: str = "lives here"
    lives_elsewhere: str = "lives somewhere else"
    has_died: str = "has died"
    not_born: str = "not born yet"
    relation: str = "{one}: {kind} of {other}"
    kinds: tuple[tuple[str, str], ...] = (
        ("mother", "mother"),
        ("father", "father"),
        ("step", "step-parent"),
        ("partner", "partner of a parent"),
        ("sibling", "brother or sister"),
        ("half", "half-brother or half-sister"),
        ("grandparent", "grandparent"),
        ("kinship", "family or friend who looks after the child"),
        ("foster", "foster carer"),
        ("private_foster", "private foster carer"),
        ("sgo", "special guardian"),
        ("other", "someone else"),
    )
    better: str = "Better"
    same: str = "The same"
    worse: str = "Harder now"
    family: str = "The family"
    child: str = "The child"
    practitioner: str = "The worker"


def tree_story(
    people: tuple[TreePerson, ...], lines: tuple[TreeLine, ...], words: PictureWords | None = None
) -> Story:
    """The family tree: numbers in the picture, names and words in the lists below it."""
    words = words or PictureWords()
    blocks: list[Block] = [Heading(words.tree, 1)]
    if not people:
        return Story(words.tree, (*blocks, Text(words.nobody)), words.language)
    width = max(person.column for person in people) + 1
    height = max(person.row for person in people) + 1
    drawn = Strokes(width * _STEP, height * _STEP, tuple(_tree(people, lines)))
    labels = tuple(_number(one, n) for n, one in enumerate(people, 1))
    blocks.append(Picture(drawn, words.tree_alt, height=90 * height, labels=labels))
    said = tuple(f"{one.name}, {one.about}" if one.about else one.name for one in people)
    blocks += [Heading(words.who), Bullets(said, numbered=True)]
    if lines:
        blocks += [Heading(words.joined), Bullets(tuple(line.words for line in lines))]
    return Story(words.tree, tuple(blocks), words.language)


def distance_story(rows: tuple[DistanceRow, ...], words: PictureWords | None = None) -> Story:
    """Distance travelled: a line a score in the picture, the same numbers in the table."""
    words = words or PictureWords()
    blocks: list[Block] = [Heading(words.distance, 1)]
    if not rows:
        return Story(words.distance, (*blocks, Text(words.no_scores)), words.language)
    bottom = len(rows) * _STEP
    drawn = Strokes(1100.0, bottom + 80, tuple(_distances(rows)))
    labels = (
        *(Label(20.0, number * _STEP + _STEP / 2, f"{number + 1}.") for number in range(len(rows))),
        *(Label(_at(end), bottom + 46, str(end)) for end in (0, 10)),
    )
    height = min(44.0 * len(rows) + 36, 520.0)
    table = Table(
        (
            Column(words.outcome, 30),
            Column(words.rater, 22),
            Column(words.first, 12),
            Column(words.last, 12),
            Column(words.change, 24),
        ),
        tuple(
            (f"{number}. {row.outcome}", row.rater, f"{row.first:g}", f"{row.last:g}", row.said)
            for number, row in enumerate(rows, 1)
        ),
        words.row,
    )
    blocks += [
        Text(words.how_to_read),
        Picture(drawn, words.distance_alt, height=height, labels=labels),
        table,
    ]
    return Story(words.distance, tuple(blocks), words.language)


def _middle(person: TreePerson) -> tuple[float, float]:
    return (person.column + 0.5) * _STEP, (person.row + 0.5) * _STEP


def _number(person: TreePerson, number: int) -> Label:
    """In the middle of a shape; beside one that is crossed out."""
    x, y = _middle(person)
    return Label(x + (_HALF + 12 if person.crossed else 0), y, str(number))


def _tree(people: tuple[TreePerson, ...], lines: tuple[TreeLine, ...]) -> Iterator[Stroke]:
    for person in people:
        yield from _shape(person)
    for line in lines:
        (x, y), (to_x, to_y) = _middle(people[line.one]), _middle(people[line.other])
        length = max(((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5, 1.0)
        across, down = (to_x - x) / length, (to_y - y) / length
        room = _HALF * 1.15
        start = (x + across * room, y + down * room)
        end = (to_x - across * room, to_y - down * room)
        yield from _broken(start, end) if line.ended else [(start, end)]


def _broken(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Stroke]:
    for part in range(0, 10, 2):
        yield tuple(
            (
                start[0] + (end[0] - start[0]) * step / 10,
                start[1] + (end[1] - start[1]) * step / 10,
            )
            for step in (part, part + 1)
        )


def _shape(person: TreePerson) -> Iterator[Stroke]:
    x, y = _middle(person)
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)),
        "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0), (0, -1.2)),
        "triangle": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9), (0, -1.2)),
    }.get(person.shape)
    if corners is None:
        turns = (2 * pi * step / _ROUND for step in range(_ROUND + 1))
        corners = tuple((sin(turn), cos(turn)) for turn in turns)
    yield tuple((x + across * _HALF, y + down * _HALF) for across, down in corners)
    if person.crossed:
        for slope in (1, -1):
            yield ((x - _HALF, y - slope * _HALF), (x + _HALF, y + slope * _HALF))


def _distances(rows: tuple[DistanceRow, ...]) -> Iterator[Stroke]:
    bottom = len(rows) * _STEP
    for mark in range(11):
        x = _at(mark)
        yield ((x, bottom), (x, bottom + 12))
    yield ((_at(0), bottom + 6), (_at(10), bottom + 6))
    for number, row in enumerate(rows):
        y = number * _STEP + _STEP / 2
        start, end = _at(row.first), _at(row.last)
        yield ((start, y - 14), (start, y + 14))
        yield ((start, y), (end, y))
        back = 18 if end >= start else -18
        if start != end:
            yield ((end - back, y - 14), (end, y), (end - back, y + 14))


def _at(score: float) -> float:
    return 60.0 + 100.0 * score
