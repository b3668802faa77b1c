"""Any filled form on paper, from its definition alone: a copy for one reader.

What a reader may not have is left out before anything is counted or headed, so that the page is
the same as if it had never been written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.printing.dates import long_date
from desktop.printing.form_words import FormWords, label_runs, plain_label, said_value
from desktop.printing.story import (
    Block,
    Bullets,
    Column,
    Heading,
    Photo,
    Picture,
    Run,
    Signature,
    Signatures,
    Story,
    Strokes,
    Table,
    Text,
    Together,
    plain,
)
from forms.xforms import Node, NodeKind

_SHORT = 70  # characters: an answer that goes on the line of its question
_DEEPEST = 5
_ASKS = "?.!:؟۔"
"""After one of these at the end of a question no colon follows; two are Arabic."""


def _nothing_left_out(_path: str) -> bool:
    return False


@dataclass(frozen=True)
class EarlierText:
    """What the council's texts were when the form was finished on `day`, if they changed since.

    `signed`: the paths of the signatures that were put under them.
    """

    day: date
    words: Sequence[str]
    signed: frozenset[str]


@dataclass(frozen=True)
class FilledForm:
    """A filled form and what is known about its answers, by path.

    `root` is the session's. `absent` are answers that were not given, in words ("Not known. Mum
    will ask."). `unsettled` have two answers. `drawings` and `photos` are attachments by value.
    `left_out(path)` is true for what this reader may not have. `earlier`: texts that it was
    finished with before, the oldest first.
    """

    title: str
    root: Node
    reader: str = ""
    absent: Mapping[str, str] = field(default_factory=dict)
    unsettled: frozenset[str] = frozenset()
    drawings: Mapping[str, Strokes] = field(default_factory=dict)
    photos: Mapping[str, bytes] = field(default_factory=dict)
    left_out: Callable[[str], bool] = _nothing_left_out
    earlier: Sequence[EarlierText] = ()


def filled_story(form: FilledForm, words: FormWords | None = None) -> Story:
    """The form as it was filled: what was asked and answered, nothing that was not."""
    words = words or FormWords()
    blocks: list[Block] = [Heading(form.title, 1)]
    if form.reader:
        blocks.append(Text(words.for_whom.format(name=form.reader)))
    if form.earlier:
        day = long_date(form.earlier[-1].day, words.dates)
        blocks.append(Text((Run(words.words_changed.format(day=day), bold=True),)))
    answers = list(_Copy(form, words).inside(form.root, 2))
    blocks += answers or [Text(words.nothing)]
    for text in form.earlier:
        day = long_date(text.day, words.dates)
        blocks.append(Heading(words.earlier_words.format(day=day), 2))
        blocks += [Text(label_runs(said)) for said in text.words]
    return Story(form.title, tuple(blocks), words.language)


class _Copy:
    def __init__(self, form: FilledForm, words: FormWords) -> None:
        self._form, self._words = form, words

    def inside(self, node: Node, level: int) -> Iterator[Block]:
        """The blocks of everything in a node, under headings of this level."""
        for child in node.children:
            if not child.relevant or self._form.left_out(child.path) or child.name == "meta":
                continue
            match child.kind:
                case NodeKind.GROUP if "field-list" in child.appearance:
                    yield from self._headed(child.label, self._choices(child, level), level)
                case NodeKind.GROUP:
                    below = level + 1 if child.label else level
                    yield from self._headed(child.label, list(self.inside(child, below)), level)
                case NodeKind.REPEAT:
                    yield from self._rows(child, level)
                case NodeKind.QUESTION:
                    yield from self._question(child)
                    yield from self._signed_earlier(child)

    def _headed(self, label: str, blocks: Sequence[Block], level: int) -> Iterator[Block]:
        if not blocks:
            return
        if label:
            yield Heading(plain_label(label), min(level, _DEEPEST))
        yield from blocks

    def _rows(self, repeat: Node, level: int) -> Iterator[Block]:
        filled = [
            inner
            for row in repeat.children
            if row.relevant and not self._form.left_out(row.path)
            if (inner := list(self.inside(row, level + 1)))
        ]
        for number, inner in enumerate(filled, 1):
            name = plain_label(repeat.label)
            heading = f"{name} ({number})" if name and len(filled) > 1 else name or str(number)
            yield from self._headed(heading, inner, level)

    def _choices(self, group: Node, level: int) -> list[Block]:
        """A list of like questions as one table: what was asked, what was chosen."""
        alike = [n for n in group.children if "list-nolabel" in n.appearance]
        others = [
            block
            for child in group.children
            if child not in alike and "label" not in child.appearance.split()
            if child.relevant and not child.name.startswith("generated_table_list_label")
            if not self._form.left_out(child.path)
            for block in (
                self._question(child)
                if child.kind is NodeKind.QUESTION
                else self.inside(child, level + 1)
            )
        ]
        rows = tuple(
            (plain_label(node.label), plain(self._answer_words(node)))
            for node in alike
            if node.relevant and not self._form.left_out(node.path)
            if plain(self._answer_words(node))
        )
        if not rows:
            return others
        named = next(
            (n.label for n in group.children if n.name.startswith("generated_table_list_label")), ""
        )
        columns = (Column(plain_label(named) or group.name, 60), Column(self._words.answer, 40))
        return [Table(columns, rows, plain_label(named) or group.name), *others]

    def _question(self, node: Node) -> Iterator[Block]:
        if node.control == "note":
            if node.label:
                yield Text(label_runs(node.label))
            return
        label = plain_label(node.label)
        if node.value.startswith("sha256-"):
            yield from self._attached(node, label)
            return
        answer = self._answer_words(node)
        if not plain(answer):
            return
        chosen = self._chosen(node)
        if len(chosen) > 1:
            head = Text((*label_runs(node.label, bold=True), *self._mark(node)))
            yield Together((head, Bullets(tuple(chosen))))
            return
        long = len(plain(answer)) > _SHORT or "\n" in plain(answer)
        end = "\n" if long else " " if label[-1:] in _ASKS else ": "
        yield Text((*label_runs(node.label, bold=True), Run(end, bold=True), *answer))

    def _signed(self, value: str) -> str:
        """A signature without strokes, as docs/architecture.md writes it (forms.records)."""
        kind, _, name = value.partition(": ")
        words = {"typed": self._words.typed, "witnessed": self._words.witnessed}.get(kind)
        return words.format(name=name) if words and name else value

    def _signed_earlier(self, node: Node) -> Iterator[Block]:
        for text in self._form.earlier:
            if node.path in text.signed:
                day = long_date(text.day, self._words.dates)
                yield Text(self._words.signed_earlier.format(day=day))

    def _answer_words(self, node: Node) -> tuple[Run, ...]:
        chosen = self._chosen(node)
        if node.control == "trigger":
            said = self._words.yes if node.value else ""
        elif chosen:
            said = ", ".join(chosen)
        elif "signature" in node.appearance:
            said = self._signed(node.value)
        else:
            said = said_value(node.type, node.value, self._words.dates)
        said = said or self._form.absent.get(node.path, "")
        return (Run(said), *self._mark(node)) if said else ()

    def _mark(self, node: Node) -> tuple[Run, ...]:
        if node.path not in self._form.unsettled:
            return ()
        return (Run(f"\n{self._words.unsettled}", bold=True),)

    def _chosen(self, node: Node) -> list[str]:
        if node.control not in {"select1", "select", "rank"} or not node.value:
            return []
        labels = {choice.name: plain_label(choice.label) for choice in node.choices}
        names = [node.value] if node.control == "select1" else node.value.split()
        return [labels.get(name) or name for name in names]

    def _attached(self, node: Node, label: str) -> Iterator[Block]:
        strokes = self._form.drawings.get(node.value)
        photo = self._form.photos.get(node.value)
        if strokes is not None and "signature" in node.appearance:
            alt = self._words.signature.format(label=label)
            yield Signatures((Signature(label, strokes, alt),))
        elif strokes is not None:
            alt = self._words.drawing.format(label=label)
            yield Together((Text(label_runs(node.label, bold=True)), Picture(strokes, alt)))
        elif photo is not None:
            alt = self._words.photo.format(label=label)
            head = Text(label_runs(node.label, bold=True))
            yield Together((head, Photo(photo, alt, self._words.broken)))
        else:
            yield Text((*label_runs(node.label, bold=True), Run(f"\n{self._words.not_here}")))
