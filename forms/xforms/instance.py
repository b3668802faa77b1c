"""The answers of one session as a tree: the primary instance, with a UUID for every row."""

from __future__ import annotations

from collections.abc import Callable

from forms.xforms.errors import FormTooLarge
from forms.xforms.limits import RECORD_NODES, ROWS
from forms.xforms.schema import Blank, SchemaNode
from forms.xforms.tree import Branch, Document, Element

_STEP = 10


class InstanceNode(Element):
    """A node of the primary instance.

    ``text`` is the answer, kept while the node is not relevant. ``said``: somebody, or the form's
    own actions, put it there; a value that was only calculated is not said. ``parked`` holds rows
    that a repeat's count has no room for: their answers come back with the room.
    """

    __slots__ = ("_path", "own_relevant", "parked", "place", "relevant", "row", "said", "schema")

    def __init__(self, schema: SchemaNode) -> None:
        self.parent = None
        self.children = []
        self.named = {}
        self._indexes = None
        self.name = schema.name
        self.prefix = ""
        self.text = ""
        self.attributes = schema.attributes
        self.schema = schema
        self.relevant = True
        self.own_relevant = True
        self.row = ""
        self.place = ""
        self.said = False
        self.parked: dict[str, list[InstanceNode]] | None = None
        self._path = ""

    @property
    def path(self) -> str:
        """Its path, naming rows by their UUID."""
        if not self._path:
            above = self.parent.path if isinstance(self.parent, InstanceNode) else ""
            shown = self.schema.reference.rpartition("/")[2]
            self._path = f"{above}/{shown}[{self.row}]" if self.row else f"{above}/{shown}"
        return self._path

    @property
    def shown_name(self) -> str:
        """The name as the form writes it."""
        return self.schema.reference.rpartition("/")[2]

    def string(self) -> str:
        """As for any element; blank while it is not relevant."""
        if not self.relevant:
            return ""
        return super().string() if self.children else self.text

    def inner(self) -> list[InstanceNode]:
        """Its children."""
        return self.children  # type: ignore[return-value]  # only nodes of the instance are added

    def rows(self, repeat: SchemaNode) -> list[InstanceNode]:
        """The rows of one of its repeats, in order."""
        return self.named.get(repeat.name, [])  # type: ignore[return-value]

    def all_below(self) -> list[InstanceNode]:
        """The node and everything below it, in document order."""
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(reversed(node.inner()))
        return found


def place_key(node: InstanceNode) -> tuple[int, str, str]:
    """How rows are ordered: by place, and by UUID where two have one place."""
    digits = node.place[:18]
    return (int(digits) if digits.isdecimal() else 0, node.place, node.row)


def imagined_row(parent: InstanceNode, repeat: SchemaNode) -> InstanceNode:
    """A place to work out what is asked of a repeat itself, whether or not it has rows."""
    rows = parent.rows(repeat)
    if rows:
        return rows[0]
    row = InstanceNode(repeat)
    row.parent = parent
    return row


class Grower:
    """Makes new parts of an instance, counting them: a form cannot ask for more than the limit."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._nodes = 0

    def root(self, schema: SchemaNode, blank: Blank | None) -> tuple[Document, InstanceNode]:
        """A whole instance; without ``blank``, with neither defaults nor rows."""
        document = Document()
        root = self._grow(schema, blank)
        document.append(root)
        return document, root

    def row(
        self, repeat: SchemaNode, row: str | None, place: str, blank: Blank | None
    ) -> InstanceNode:
        """A new row, not yet in the tree."""
        made = self._grow(repeat, blank)
        made.row = row or self._new_id()
        made.place = place
        return made

    def _grow(self, schema: SchemaNode, blank: Blank | None) -> InstanceNode:
        self._nodes += 1
        if self._nodes > RECORD_NODES:
            raise FormTooLarge("This record has grown past what the program can hold.")
        node = InstanceNode(schema)
        if schema.is_leaf:
            node.text = blank.text if blank else ""
            return node
        begun: dict[SchemaNode, list[Blank]] = {}
        for one in blank.children if blank else ():
            begun.setdefault(one.schema, []).append(one)
        for child in schema.children:
            blanks = begun.get(child, [])
            if child.repeat is None:
                node.append(self._grow(child, blanks[0] if blanks else None))
            else:
                for number, one in enumerate(blanks, 1):
                    node.append(self.row(child, None, f"{number * _STEP:06d}", one))
        return node


def next_place(parent: InstanceNode, repeat: SchemaNode) -> str:
    """The place after the last row."""
    aside = (parent.parked or {}).get(repeat.name, [])
    last = [place_key(rows[-1])[0] for rows in (parent.rows(repeat), aside) if rows]
    return f"{max(last, default=0) + _STEP:06d}"


def insert_row(parent: InstanceNode, row: InstanceNode) -> int:
    """Put a row where its place says; its number from 0. FormTooLarge past the limit of rows."""
    siblings = parent.named.setdefault(row.name, [])
    if len(siblings) >= ROWS:
        raise FormTooLarge(f"There cannot be more than {ROWS:,} rows here.")
    rows = parent.rows(row.schema)
    key = place_key(row)
    at = len(rows)
    while at and place_key(rows[at - 1]) > key:
        at -= 1
    if at == len(rows) and rows and rows[-1] is parent.children[-1]:
        position = len(parent.children)
    elif at:
        position = parent.children.index(rows[at - 1]) + 1
    elif rows:
        position = parent.children.index(rows[0])
    else:
        position = _position_by_schema(parent, row.schema)
    parent.children.insert(position, row)
    siblings.insert(at, row)
    row.parent = parent
    return at


def _position_by_schema(parent: InstanceNode, repeat: SchemaNode) -> int:
    order = {schema: place for place, schema in enumerate(parent.schema.children)}
    mine = order[repeat]
    children = parent.inner()
    return next((i for i, one in enumerate(children) if order[one.schema] > mine), len(children))


def park(parent: InstanceNode, row: InstanceNode) -> None:
    """Keep a row aside, in its place among those aside."""
    if parent.parked is None:
        parent.parked = {}
    aside = parent.parked.setdefault(row.name, [])
    aside.append(row)
    aside.sort(key=place_key)


def unpark(parent: InstanceNode, row: InstanceNode) -> None:
    """Forget a row that is kept aside."""
    aside = (parent.parked or {}).get(row.name, [])
    aside[:] = [one for one in aside if one is not row]


def take_row(parent: Branch, row: InstanceNode) -> int:
    """Take a row out of the tree; the number it had, from 0."""
    siblings = parent.named[row.name]
    at = next(i for i, one in enumerate(siblings) if one is row)
    del siblings[at]
    parent.children.remove(row)
    return at
