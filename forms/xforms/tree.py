"""The nodes that expressions walk: XPath 1.0's data model (section 5), light and fast.

Names are kept as expressions compare them: ``name`` when the element is in no namespace or in the
XForms one, ``{uri}name`` otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

XFORMS = "http://www.w3.org/2002/xforms"


class Node:
    """Any node. Nodes are equal if they are the same place of the same tree."""

    __slots__ = ("parent",)

    relevant: bool = True

    def __init__(self, parent: Node | None) -> None:
        self.parent = parent

    def string(self) -> str:
        """The string-value (XPath 1.0, 5)."""
        raise NotImplementedError

    @property
    def expanded_name(self) -> str:
        """The name that name tests compare; empty for nodes without a name."""
        return ""

    @property
    def shown_name(self) -> str:
        """The name with its prefix, as it was written."""
        return self.expanded_name


class Text(Node):
    """A text node."""

    __slots__ = ("value",)

    def __init__(self, parent: Node | None, value: str) -> None:
        self.parent = parent
        self.value = value

    def string(self) -> str:
        """Its characters."""
        return self.value


class Comment(Text):
    """A comment."""

    __slots__ = ()


class ProcessingInstruction(Text):
    """A processing instruction; ``target`` is its name."""

    __slots__ = ("target",)

    def __init__(self, parent: Node | None, target: str, value: str) -> None:
        super().__init__(parent, value)
        self.target = target

    @property
    def expanded_name(self) -> str:
        """The target (XPath 1.0, 5.5)."""
        return self.target


class Attribute(Node):
    """An attribute, made when an expression asks for it."""

    __slots__ = ("name", "value")

    parent: Element

    def __init__(self, parent: Element, name: str, value: str) -> None:
        self.parent = parent
        self.name = name
        self.value = value

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Attribute) and self.parent is other.parent and self.name == other.name
        )

    def __hash__(self) -> int:
        return hash((id(self.parent), self.name))

    def string(self) -> str:
        """Its value."""
        return self.value

    @property
    def expanded_name(self) -> str:
        """``name`` or ``{uri}name``."""
        return self.name


class Branch(Node):
    """A node with children: an element or the document."""

    __slots__ = ("_indexes", "children", "named")

    def __init__(self, parent: Node | None) -> None:
        self.parent = parent
        self.children: list[Node] = []
        self.named: dict[str, list[Element]] = {}
        self._indexes: dict[tuple[str, str], dict[str, list[Element]]] | None = None

    def append(self, child: Node) -> None:
        """Put ``child`` at the end."""
        child.parent = self
        self.children.append(child)
        if isinstance(child, Element):
            self.named.setdefault(child.name, []).append(child)

    def index(self, name: str, key: str) -> dict[str, list[Element]]:
        """Its children of that name by the values of their child ``key``.

        Made once: only for a branch that does not change any more.
        """
        if self._indexes is None:
            self._indexes = {}
        found = self._indexes.get((name, key))
        if found is None:
            found = self._indexes[name, key] = {}
            for child in self.named.get(name, ()):
                for value in dict.fromkeys(one.string() for one in child.named.get(key, ())):
                    found.setdefault(value, []).append(child)
        return found

    def elements(self) -> Iterator[Element]:
        """Its child elements, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child

    def walk(self) -> Iterator[Element]:
        """Every element below it, in document order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                if child.children:
                    yield from child.walk()


class Document(Branch):
    """The root of a tree (XPath 1.0, 5.1). Absolute paths begin here."""

    __slots__ = ("identified",)

    def __init__(self) -> None:
        super().__init__(None)
        self.identified: dict[str, Element] = {}

    def string(self) -> str:
        """The text of everything in it."""
        return "".join(child.string() for child in self.children if _has_text(child))


class Element(Branch):
    """An element. A leaf may hold its value in ``text`` and have no children."""

    __slots__ = ("attributes", "name", "prefix", "text")

    def __init__(
        self,
        name: str,
        parent: Branch | None = None,
        text: str = "",
        prefix: str = "",
        attributes: dict[str, str] | None = None,
    ) -> None:
        self.parent = parent
        self.children = []
        self.named = {}
        self._indexes = None
        self.name = name
        self.prefix = prefix
        self.text = text
        self.attributes = attributes

    def string(self) -> str:
        """The value of a leaf, else the text of everything in it; blank if it is not relevant."""
        if not self.children:
            return self.text
        return "".join(
            child.string() for child in self.children if _has_text(child) and child.relevant
        )

    @property
    def expanded_name(self) -> str:
        """``name`` or ``{uri}name``."""
        return self.name

    @property
    def shown_name(self) -> str:
        """``name`` or ``prefix:name``."""
        local = local_name(self.name)
        return f"{self.prefix}:{local}" if self.prefix else local

    def value_of(self, name: str) -> str:
        """The string-value of its first child element of that name, or an empty text."""
        found = self.named.get(name)
        return found[0].string() if found else ""


def _has_text(node: Node) -> bool:
    return not isinstance(node, (Comment, ProcessingInstruction))


@lru_cache(maxsize=4096)
def local_name(name: str) -> str:
    """``name`` of ``{uri}name``."""
    return name[name.rfind("}") + 1 :]


def namespace_of(name: str) -> str:
    """``uri`` of ``{uri}name``, or an empty text."""
    return name[1 : name.rfind("}")] if name.startswith("{") else ""


def root_of(node: Node) -> Node:
    """The topmost node of the tree."""
    while node.parent is not None:
        node = node.parent
    return node
