"""A node of a session as a page or a printer sees it: where it is, and what is around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from forms.xforms.description import NodeKind
from forms.xforms.instance import InstanceNode
from forms.xforms.schema import SchemaNode
from forms.xforms.shown import Shown, Violation


class Node(Shown):
    """A view of one node. It stays true while its session goes on: nothing is copied."""

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Node)
            and self._element is other._element
            and self._repeat is other._repeat
        )

    def __hash__(self) -> int:
        return hash((id(self._element), id(self._repeat)))

    @property
    def path(self) -> str:
        """Where it is, naming rows by UUID: ``/plan/action[0192...]/what``."""
        if self._repeat is not None:
            return f"{self._element.path}/{self.name}"
        return self._element.path

    @property
    def reference(self) -> str:
        """Where it is, numbering rows from 1: ``/plan/action[2]/what``."""
        above = self.parent
        if self._repeat is None and self._element.row:
            above = above.parent if above else None
        start = above.reference if above else ""
        return f"{start}/{self.name}" + (f"[{self.number}]" if self.number else "")

    @property
    def number(self) -> int:
        """From 1, for a row; 0 for anything else."""
        above = self._element.parent
        if not self.row or not isinstance(above, InstanceNode):
            return 0
        rows = above.rows(self._schema)
        return next((i for i, row in enumerate(rows, 1) if row is self._element), 0)

    @cached_property
    def parent(self) -> Node | None:
        """The node around it; None for the root. A row's is its repeat."""
        if self._repeat is not None:
            return self._view(self._element)
        above = self._element.parent
        if not isinstance(above, InstanceNode):
            return None
        return self._view(above, self._schema if self._element.row else None)

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes inside, in the order of the form. A repeat's are its rows."""
        return tuple(self._inside())

    def walk(self) -> Iterator[Node]:
        """The node and all inside it, in the order of the form."""
        yield self
        for child in self._inside():
            yield from child.walk()

    def _inside(self) -> Iterator[Node]:
        if self._repeat is not None:
            for row in self._element.rows(self._repeat):
                yield self._view(row)
            return
        for child in self._schema.children:
            if child.repeat is not None:
                yield self._view(self._element, child)
            else:
                for element in self._element.rows(child):
                    yield self._view(element)

    def _view(self, element: InstanceNode, repeat: SchemaNode | None = None) -> Node:
        return Node(element, self._scope, self._translations, repeat)


__all__ = ["Node", "NodeKind", "Violation"]
