"""What a form is made of: the tree of its questions, as ``load_definition`` reads it.

Built once for each form and shared by every session: nothing here changes after loading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from forms.xforms.formula import Formula
from forms.xforms.phrases import Words
from forms.xforms.syntax import calls

_SPEAKING = frozenset({"jr:itext", "jr:choice-name"})
_OF_WORDS = frozenset({"pulldata", "format-date", "format-date-time"})
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A choice written out in the form."""

    name: str
    label: Words | None


@dataclass(frozen=True, slots=True, eq=False)
class Itemset:
    """Choices from a list or from the rows of a repeat (ODK XForms, secondary instances).

    ``name`` and ``label`` are worked out at each node that ``nodes`` finds.
    """

    nodes: Formula
    name: Formula
    label: Formula
    label_is_itext: bool


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """How a question is asked (ODK XForms, body elements)."""

    kind: str
    appearance: str = ""
    media_type: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    label: Words | None = None
    hint: Words | None = None
    items: tuple[Item, ...] = ()
    itemset: Itemset | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SetValue:
    """``setvalue``: put a value at ``target`` when something happens (ODK XForms, actions).

    ``rows``, if the reference chooses rows itself, finds the nodes that are meant.
    """

    events: frozenset[str]
    target: SchemaNode
    formula: Formula | None
    text: str
    rows: Formula | None = None


@dataclass(slots=True, eq=False)
class Repeat:
    """What makes a node a repeat. ``count`` fixes the number of its rows."""

    count: Formula | None = None
    fixed: bool = False
    template: Blank | None = None
    first: Blank | None = None

    @property
    def blank(self) -> Blank | None:
        """What a new row begins with: the template, or the first row of the form."""
        return self.template or (self.first.emptied() if self.first else None)


@dataclass(slots=True, eq=False)
class Blank:
    """The values that a part of the form begins with: defaults, and the first rows of repeats."""

    schema: SchemaNode
    text: str = ""
    children: list[Blank] = field(default_factory=list)

    def emptied(self) -> Blank:
        """The same without values: the defaults of a first row are not those of the next."""
        return Blank(self.schema, "", [child.emptied() for child in self.children])


class Reads(IntEnum):
    """What is worked out again when something that it reads changes."""

    RELEVANT = 0
    CALCULATE = 1
    COUNT = 2
    SHOWN = 3


@dataclass(frozen=True, slots=True, eq=False)
class Dependent:
    """Something that reads a node: ``target``, found from the node's ancestor at depth ``pivot``
    by going down through ``names``.
    """

    target: SchemaNode
    what: Reads
    pivot: int
    names: tuple[str, ...]


class SchemaNode:
    """One node of the form: a group, a repeat, a question or a value without one."""

    __slots__ = (
        "appearance",
        "attributes",
        "bind_attributes",
        "calculate",
        "calculate_rank",
        "children",
        "constraint",
        "constraint_message",
        "control",
        "default",
        "dependents",
        "depth",
        "index",
        "is_sticky",
        "label",
        "name",
        "named",
        "on_change",
        "on_new_row",
        "parent",
        "path",
        "preload",
        "readonly",
        "reference",
        "relevant",
        "relevant_rank",
        "repeat",
        "required",
        "required_message",
        "shown",
        "type",
    )

    def __init__(self, name: str, shown: str, parent: SchemaNode | None, index: int) -> None:
        self.name = name
        self.parent = parent
        self.index = index
        self.depth: int = parent.depth + 1 if parent else 1
        self.path: tuple[str, ...] = (*parent.path, name) if parent else (name,)
        self.reference: str = f"{parent.reference}/{shown}" if parent else f"/{shown}"
        self.children: list[SchemaNode] = []
        self.named: dict[str, SchemaNode] = {}
        self.shown: dict[str, SchemaNode] = {}
        self.repeat: Repeat | None = None
        self.type = "string"
        self.default = ""
        self.relevant: Formula | None = None
        self.calculate: Formula | None = None
        self.readonly: Formula | None = None
        self.required: Formula | None = None
        self.constraint: Formula | None = None
        self.constraint_message: Words | None = None
        self.required_message: Words | None = None
        self.preload: tuple[str, str] | None = None
        self.bind_attributes: Mapping[str, str] = _NOTHING
        self.control: Control | None = None
        self.label: Words | None = None
        self.appearance = ""
        self.on_change: list[SetValue] = []
        self.on_new_row: list[SetValue] = []
        self.attributes: dict[str, str] | None = None
        self.dependents: list[Dependent] = []
        self.relevant_rank = 0
        self.calculate_rank = 0
        self.is_sticky = False
        if parent is not None:
            parent.children.append(self)
            parent.named[name] = self
            parent.shown[shown] = self

    @property
    def is_leaf(self) -> bool:
        """True if it holds a value."""
        return not self.children

    @property
    def speaks(self) -> bool:
        """True if its calculation depends on the language."""
        return self._calls(_SPEAKING)

    @property
    def has_words(self) -> bool:
        """True if its calculation may have words in it that another language says otherwise."""
        return self._calls(_OF_WORDS)

    def _calls(self, functions: frozenset[str]) -> bool:
        return self.calculate is not None and any(
            call.name in functions for call in calls(self.calculate.tree)
        )

    @property
    def is_calculated(self) -> bool:
        """True if its value follows from others, and from its own never."""
        return self.calculate is not None and not self.is_sticky

    def walk(self) -> Iterator[SchemaNode]:
        """This node and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def repeat_at(self) -> SchemaNode | None:
        """The innermost repeat that holds it, itself included."""
        node: SchemaNode | None = self
        while node is not None and node.repeat is None:
            node = node.parent
        return node
