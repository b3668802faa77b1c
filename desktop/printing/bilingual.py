"""One paper in two languages: English left, the other right, what people wrote once.

Fixed words are translated and checked centrally; what a family said is not translated by a
machine (domain.md 8.5). So both stories come from the same content with different words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from desktop.printing.story import (
    Block,
    Bullets,
    Cell,
    Facts,
    Framed,
    Heading,
    Photo,
    Picture,
    Pictured,
    PictureRow,
    Run,
    SideBySide,
    Signature,
    Signatures,
    Story,
    Table,
    Text,
    TickBox,
    TickList,
    Together,
    Words,
    WritingSpace,
    plain,
    runs,
)

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"  # UAX 9: neither language turns the other round
_ONE_LINE = 70  # letters of a choice in both languages


class NotTheSame(Exception):
    """Two stories that do not say the same in two languages."""

    title = "These pages cannot be put side by side"
    message = "The two languages of this paper do not match. Print them one after the other."


def bilingual_story(first: Story, second: Story) -> Story:
    """Both stories side by side. Error: NotTheSame, if their blocks do not match one by one."""
    pairs = _Pairs(first.language, second.language)
    blocks = tuple(pairs.of(first.blocks, second.blocks))
    return Story(f"{first.title} / {second.title}", blocks, first.language)


class _Pairs:
    def __init__(self, first: str, second: str) -> None:
        self._first, self._second = first, second

    def of(self, first: Sequence[Block], second: Sequence[Block]) -> Iterator[Block]:
        if len(first) != len(second):
            raise NotTheSame
        for one, other in zip(first, second, strict=True):
            if type(one) is not type(other):
                raise NotTheSame
            yield from [one] if one == other else self._pair(one, other)

    def _pair(self, one: Block, other: Block) -> Iterator[Block]:
        match one, other:
            case Table(), Table():
                yield self._table(one, other)
            case Signatures(), Signatures():
                entries = zip(one.entries, other.entries, strict=True)
                yield Signatures(tuple(self._signature(a, b) for a, b in entries))
            case Facts(), Facts():
                rows = zip(one.rows, other.rows, strict=True)
                yield Facts(tuple((self._both(a, b), self._value(c, d)) for (a, c), (b, d) in rows))
            case Bullets(), Bullets():
                items = zip(one.items, other.items, strict=True)
                yield Bullets(tuple(self._words(a, b) for a, b in items), one.numbered)
            case Framed(), Framed():
                yield Framed(tuple(self.of(one.blocks, other.blocks)))
            case Together(), Together():
                yield Together(tuple(self.of(one.blocks, other.blocks)))
            case Pictured(), Pictured():
                yield Pictured(one.picture, tuple(self.of(one.blocks, other.blocks)))
            case TickList(), TickList():
                yield self._ticks(one, other)
            case PictureRow(), PictureRow():
                named = zip(one.entries, other.entries, strict=True)
                faces = tuple((picture, self._both(a, b)) for (picture, a), (_, b) in named)
                chosen = self._heard(one.chosen_words, other.chosen_words)
                yield PictureRow(faces, one.chosen, chosen)
            case (
                (WritingSpace() | Picture() | Photo() as drawn),
                (WritingSpace() | Picture() | Photo() as there),
            ):
                yield replace(drawn, alt=self._heard(drawn.alt, there.alt))
            case Heading(_, 1), Heading():
                yield Heading(self._both(one.words, other.words), 1)
            case Text(), Text():
                yield from self._text(one, other)
            case _:
                yield SideBySide((one,), (other,), self._first, self._second)

    def _text(self, one: Text, other: Text) -> Iterator[Block]:
        """What was asked, side by side; what somebody answered, which is in no language, once."""
        here, there = runs(one.words), runs(other.words)
        said = len(_end(here, there))
        if not said:
            parts, parts_there = _paragraphs(here), _paragraphs(there)
            if len(parts) != len(parts_there):  # translated in fewer or more: beside it as a whole
                parts, parts_there = [here], [there]
            for part, its in zip(parts, parts_there, strict=True):
                pair = (replace(one, words=part),), (replace(other, words=its),)
                yield SideBySide(*pair, self._first, self._second)
            return
        asked, asked_there = _ended(here[:-said]), _ended(there[:-said])
        question = (replace(one, words=asked),), (replace(other, words=asked_there),)
        answer = replace(one, words=_begun(here[-said:]))
        yield Together((SideBySide(*question, self._first, self._second), answer))

    def _heard(self, one: str, other: str) -> str:
        """What is only heard, where no word can have a language of its own."""
        return one if one == other else f"{one} / {_ISOLATE}{other}{_END_ISOLATE}"

    def _both(self, one: Words, other: Words) -> Words:
        """A title, the head of a column, a label: on one line where there is room for both."""
        if plain(one) == plain(other):
            return one
        there = f"{_ISOLATE}{plain(other)}{_END_ISOLATE}"
        return (*runs(one), Run(" / "), Run(there, language=self._second, apart=True))

    def _value(self, one: Words, other: Words) -> Words:
        short = len(runs(one)) == 1 and len(plain(one)) + len(plain(other)) <= _ONE_LINE
        is_line = "\n" not in plain(one) + plain(other)
        return self._both(one, other) if short and is_line else self._words(one, other)

    def _words(self, one: Words, other: Words) -> Words:
        """Line by line: what is the same is said once."""
        made: list[Run] = []
        for here, there in zip_longest(_lines(one), _lines(other), fillvalue=()):
            made += [*([Run("\n")] if made else []), *self._line(here, there)]
        return tuple(made)

    def _line(self, here: tuple[Run, ...], there: tuple[Run, ...]) -> Iterator[Run]:
        """A line, then the same in the other language; what is the same in both comes once."""
        if plain(here) == plain(there):
            yield from here
        elif len(here) == len(there) and any(a == b for a, b in zip(here, there, strict=True)):
            for a, b in zip(here, there, strict=True):
                yield from [a] if a == b else self._label(a, b)
        else:
            yield from here
            yield Run("\n")
            yield from (replace(run, language=self._second) for run in there)

    def _label(self, one: Run, other: Run) -> Iterator[Run]:
        label, colon, _ = other.text.strip().partition(":")
        yield replace(one, text=f"{one.text.strip().rstrip(':')} / {_ISOLATE}")
        yield replace(other, text=label, language=self._second, together=True)
        yield replace(one, text=f"{_END_ISOLATE}{colon} ")

    def _table(self, one: Table, other: Table) -> Table:
        columns = tuple(
            replace(a, heading=self._both(a.heading, b.heading))
            for a, b in zip(one.columns, other.columns, strict=True)
        )
        rows = tuple(
            tuple(self._cell(a, b) for a, b in zip(here, there, strict=True))
            for here, there in zip(one.rows, other.rows, strict=True)
        )
        return Table(columns, rows, self._both(one.row_name, other.row_name))

    def _cell(self, one: Cell, other: Cell) -> Cell:
        if isinstance(one, TickBox) and isinstance(other, TickBox):
            return replace(one, alt=self._heard(one.alt, other.alt))
        if isinstance(one, TickBox) or isinstance(other, TickBox):
            raise NotTheSame
        return self._words(one, other)

    def _ticks(self, one: TickList, other: TickList) -> TickList:
        """Both languages on the line of the box where all choices are short.

        On the next line, words from right to left would stand far from their box.
        """
        pairs = [
            (runs(a.words), runs(b.words)) for a, b in zip(one.items, other.items, strict=True)
        ]
        short = all(len(plain(here)) + len(plain(there)) <= _ONE_LINE for here, there in pairs)
        said = [
            self._beside(here, there) if short and here != there else self._words(here, there)
            for here, there in pairs
        ]
        items = tuple(replace(a, words=words) for a, words in zip(one.items, said, strict=True))
        return TickList(
            items, self._heard(one.empty, other.empty), self._heard(one.full, other.full)
        )

    def _beside(self, here: tuple[Run, ...], there: tuple[Run, ...]) -> tuple[Run, ...]:
        second = (replace(run, language=self._second, together=True) for run in there)
        return (*here, Run(f" / {_ISOLATE}"), *second, Run(_END_ISOLATE))

    def _signature(self, one: Signature, other: Signature) -> Signature:
        caption, alt = self._words(one.caption, other.caption), self._heard(one.alt, other.alt)
        return replace(one, caption=caption, alt=alt)


def _end(here: tuple[Run, ...], there: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs that both end with, where something else stands before them in each.

    What only leads to them (a colon, a space) is none of them.
    """
    same = 0
    while same < min(len(here), len(there)) - 1 and here[-1 - same] == there[-1 - same]:
        same += 1
    end = here[len(here) - same :]
    while end and end[0].text.strip() in {"", ":"}:
        end = end[1:]
    return end


def _ended(asked: tuple[Run, ...]) -> tuple[Run, ...]:
    """Without the space or the line that led to an answer."""
    *before, last = asked
    return (*before, replace(last, text=last.text.rstrip())) if last.text.strip() else (*before,)


def _begun(said: tuple[Run, ...]) -> tuple[Run, ...]:
    """Without the line that led to it, where it stands apart."""
    first, *rest = said
    return (replace(first, text=first.text.lstrip("\n")), *rest)


def _paragraphs(words: Words) -> list[tuple[Run, ...]]:
    return [part for part in _cut(words, "\n\n") if part]


def _lines(words: Words) -> list[tuple[Run, ...]]:
    return _cut(words, "\n")


def _cut(words: Words, at: str) -> list[tuple[Run, ...]]:
    parts: list[list[Run]] = [[]]
    for run in runs(words):
        first, *rest = run.text.split(at)
        parts[-1].append(replace(run, text=first))
        parts += [[replace(run, text=text)] for text in rest]
    return [tuple(run for run in part if run.text) for part in parts]
