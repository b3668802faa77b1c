"""Any form blank on paper, from its definition alone: a worker with a dead laptop goes on by hand.

Everything that the form can ask is there, with its choices to tick and room to write; what it asks
only of some is marked so.
"""

from collections.abc import Iterator, Sequence

import regex

from desktop.printing.form_words import FormWords, label_runs, language_tag, plain_label
from desktop.printing.story import (
    Block,
    Cell,
    Column,
    Heading,
    PictureRow,
    Run,
    Signature,
    Signatures,
    Story,
    Table,
    Text,
    TickBox,
    TickItem,
    TickList,
    Together,
    WritingSpace,
)
from forms.xforms import Choice, Definition, Node, NodeKind, Session

_MANY_CHOICES = 14
_FEW_QUESTIONS = 7
_COPIES = 3
_DEEPEST = 5
_FACES = 5
_LONGEST_SCALE = 101
_DOTS = "." * 11
_GAP = regex.compile(r" {2,}")
_TO_FILL = "." * 24  # an underscore would be a mark of Markdown
"""In a sentence, where it quotes what nobody has answered yet."""


def blank_story(
    definition: Definition,
    language: str | None = None,
    words: FormWords | None = None,
    *,
    notes: bool = True,
) -> Story:
    """The form with nothing in it, in one of its languages; its notes only if asked."""
    words = words or FormWords()
    session = Session(definition, language=language, gap=_TO_FILL)
    _open_repeats(session)
    title = words.title(definition.id, definition.title()) or definition.id
    inside = _Blank(words, notes=notes).inside(session.root, 2, applies=True)
    return Story(
        title,
        (Heading(title, 1), Text(words.on_paper), *inside),
        language_tag(language or definition.default_language, words.language),
    )


def _open_repeats(session: Session) -> None:
    """A row in each repeat that begins with none, so that what it asks can be printed."""
    while empty := [
        node
        for node in session.root.walk()
        if node.kind is NodeKind.REPEAT and not node.children and not node.count_is_fixed
    ]:
        for repeat in empty:
            session.add(repeat.path)


class _Blank:
    def __init__(self, words: FormWords, *, notes: bool) -> None:
        self._words, self._notes = words, notes

    def inside(self, node: Node, level: int, *, applies: bool) -> Iterator[Block]:
        """The blocks of everything in a node; `applies` is false where the node itself may not."""
        for child in node.children:
            if child.name == "meta":
                continue
            match child.kind:
                case NodeKind.GROUP:
                    yield from self._group(child, level, applies)
                case NodeKind.REPEAT:
                    yield from self._repeat(child, level, applies)
                case NodeKind.QUESTION:
                    yield from self._question(child, applies)

    def _group(self, group: Node, level: int, applies: bool) -> Iterator[Block]:
        below = level + 1 if group.label else level
        if "field-list" in group.appearance and any(_is_alike(n) for n in group.children):
            inner: list[Block] = list(self._alike(group, applies))
        else:
            inner = list(self.inside(group, below, applies=group.relevant))
        if inner and group.label:
            yield Heading(self._marked(group, applies), min(level, _DEEPEST))
        yield from inner

    def _repeat(self, repeat: Node, level: int, applies: bool) -> Iterator[Block]:
        row = next(iter(repeat.children), None)
        if row is None:
            return
        questions = [node for node in row.walk() if node.kind is NodeKind.QUESTION]
        copies = _COPIES if len(questions) <= _FEW_QUESTIONS else 1
        for number in range(1, copies + 1):
            name = self._marked(repeat, applies) or repeat.name
            yield Heading(f"{name} ({number})" if copies > 1 else name, min(level, _DEEPEST))
            yield from self.inside(row, level + 1, applies=repeat.relevant and row.relevant)
        yield Text(self._words.more_rows)

    def _marked(self, node: Node, applies: bool) -> str:
        label = plain_label(node.label)
        conditional = applies and not node.relevant and label
        return f"{label} {self._words.if_it_applies}" if conditional else label

    def _alike(self, group: Node, applies: bool) -> Iterator[Block]:
        """A list of like questions as one table, with a box for each choice."""
        alike = [node for node in group.children if _is_alike(node)]
        for child in group.children:
            if child in alike or "label" in child.appearance.split():
                continue
            named = child.name.startswith("generated_table_list_label")
            if child.kind is NodeKind.QUESTION and not named:
                yield from self._question(child, applies)
        heading = next(
            (n.label for n in group.children if n.name.startswith("generated_table_list_label")), ""
        )
        choices = [plain_label(choice.label) for choice in alike[0].choices]
        columns = (
            Column(plain_label(heading) or self._words.tick_one, 46),
            *(Column(choice, 54 / len(choices)) for choice in choices),
        )
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (plain_label(node.label), *(TickBox(False, self._words.to_tick) for _ in choices))
            for node in alike
        )
        yield Table(columns, rows, plain_label(heading) or group.name)

    def _question(self, node: Node, applies: bool) -> Iterator[Block]:
        label = label_runs(node.label, bold=node.control != "note")
        if node.control == "note":
            if node.label and self._notes:
                yield Text(label)
            return
        if node.readonly:
            return
        if applies and not node.relevant:
            label = (*label, Run(f" {self._words.if_it_applies}"))
        more = [plain_label(node.hint), self._how(node)]
        label = (*label, *(Run(f"\n{words}") for words in more if words))
        yield Together((Text(label), *self._room(node)))

    def _how(self, node: Node) -> str:
        """How a question is answered by hand, where that is not plain to see."""
        choices = node.choices
        if node.control == "range":
            return self._words.circle
        if not choices or _are_faces(node, choices):
            return ""
        if _are_too_many(node, choices):
            listed = ", ".join(plain_label(choice.label) for choice in choices)
            return self._words.choose_from.format(choices=listed)
        how = {"select1": self._words.tick_one, "select": self._words.tick_any}
        return how.get(node.control, self._words.in_order)

    def _room(self, node: Node) -> Iterator[Block]:
        words, label = self._words, plain_label(node.label)
        match node.control:
            case "select1" | "select" | "rank":
                yield from self._to_choose(node, label)
            case "range":
                yield Text(_scale(node))
            case "trigger":
                yield TickList((TickItem(words.yes),), words.to_tick, words.ticked)
            case "upload" if "signature" in node.appearance:
                yield Signatures((Signature(label, None, words.to_sign.format(label=label)),))
            case "upload":
                room = words.to_draw if "draw" in node.appearance else words.to_glue
                yield WritingSpace(7, room.format(label=label), ruled=False)
            case _ if node.type in {"date", "dateTime"}:
                yield Text(_with_dots(words.day))
                if node.type == "dateTime":
                    yield Text(_with_dots(words.time))
            case _ if node.type == "time":
                yield Text(_with_dots(words.time))
            case _:
                lines = 4 if "multiline" in node.appearance else 1
                yield WritingSpace(lines, words.to_write.format(label=label))

    def _to_choose(self, node: Node, label: str) -> Iterator[Block]:
        words = self._words
        choices = node.choices
        labels = [plain_label(choice.label) for choice in choices]
        if not choices or _are_too_many(node, choices):
            yield WritingSpace(1, words.to_write.format(label=label))
        elif _are_faces(node, choices):
            faces = tuple((f"face-{number}", face) for number, face in enumerate(labels, 1))
            yield PictureRow(faces, None, words.chosen)
        else:
            items = tuple(TickItem(choice) for choice in labels)
            yield TickList(items, words.to_tick, words.ticked)


def _with_dots(words: str) -> str:
    """Dots to write on, in each gap of the words and at their end."""
    return "\u00a0".join((_GAP.sub(lambda _: f"\u00a0{_DOTS} ", words), _DOTS))


def _are_faces(node: Node, choices: Sequence[Choice]) -> bool:
    return "faces" in node.appearance and len(choices) == _FACES


def _are_too_many(node: Node, choices: Sequence[Choice]) -> bool:
    return len(choices) > _MANY_CHOICES and node.control == "select1"


def _is_alike(node: Node) -> bool:
    return "list-nolabel" in node.appearance


def _scale(node: Node) -> str:
    """The numbers of a range, with room to circle each."""
    try:
        start, end, step = (
            int(node.parameters.get(name, default))
            for name, default in (("start", "0"), ("end", "10"), ("step", "1"))
        )
        numbers = list(range(start, end + (1 if step > 0 else -1), step))
    except ValueError:
        return ""
    return "    ".join(map(str, numbers[:_LONGEST_SCALE]))
