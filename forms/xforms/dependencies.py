"""What reads what: from syntax trees to the order of recalculation. Lives in the definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from forms.xforms.errors import CalculationCycle, FormTooLarge
from forms.xforms.formula import Formula
from forms.xforms.limits import DEPENDENCIES
from forms.xforms.phrases import Translations, Words
from forms.xforms.schema import Dependent, Reads, SchemaNode
from forms.xforms.syntax import Call, Expression, Filter, Path, Step, Union, calls, parts

Place = tuple[SchemaNode | None, int]
"""A node that an expression may be at (None: above the root), and the least depth on its way."""


_OF_NODES = frozenset({"position", "count", "name", "local-name"})
"""Functions that look at nodes and not at what is in them."""


class Work:
    """Counts the places that are looked at; a form cannot ask for more than the limit."""

    def __init__(self) -> None:
        self._done = 0

    def add(self) -> None:
        """One more; FormTooLarge past the limit."""
        self._done += 1
        if self._done > DEPENDENCIES:
            raise FormTooLarge("The expressions of this form read too much of it.")


@dataclass(frozen=True, slots=True)
class Reader:
    """Finds the nodes of the form that an expression of ``home`` reads."""

    root: SchemaNode
    primary_id: str
    home: SchemaNode
    work: Work
    everywhere: bool = False

    def reads(self, tree: Expression) -> Iterator[tuple[SchemaNode, int]]:
        """Each node read, with the depth of the ancestor that reader and read share."""
        yield from self._visit(tree, [(self.home, self.home.depth)])

    def _visit(self, tree: Expression, base: list[Place]) -> Iterator[tuple[SchemaNode, int]]:
        if isinstance(tree, (Path, Filter, Union)):
            found: list[tuple[SchemaNode, int]] = []
            ends = self._places(tree, base, found)
            yield from found
            for node, pivot in ends:
                if node is not None:
                    yield from _read_whole(node, pivot)
        elif isinstance(tree, Call) and tree.name in _OF_NODES:
            for argument in tree.arguments:
                found = []
                ends = self._places(argument, base, found)
                yield from found
                yield from ((node, pivot) for node, pivot in ends if node is not None)
        elif isinstance(tree, Call) and tree.name == "indexed-repeat":
            far = replace(self, everywhere=True)
            for at, argument in enumerate(tree.arguments):
                reader = self if at and at % 2 == 0 else far
                yield from reader._visit(argument, base)
        else:
            for part in parts(tree):
                yield from self._visit(part, base)

    def _places(
        self, tree: Expression, base: list[Place], found: list[tuple[SchemaNode, int]]
    ) -> list[Place]:
        """Where a path ends; what its predicates read goes to ``found``."""
        match tree:
            case Path(True, steps):
                shared = 0 if self.everywhere else self._shared(steps)
                start: SchemaNode | None = self.home
                while start is not None and start.depth > shared:
                    start = start.parent
                return self._steps(steps[shared:], [(start, shared)], found)
            case Path(False, steps):
                return self._steps(steps, base, found)
            case Union(left, right):
                return [*self._places(left, base, found), *self._places(right, base, found)]
            case Filter(primary, predicates, steps):
                places = self._primary(primary, base, found)
                for predicate in predicates:
                    found.extend(self._visit(predicate, places))
                return self._steps(steps, places, found)
            case _:
                return self._primary(tree, base, found)

    def _primary(
        self, primary: Expression, base: list[Place], found: list[tuple[SchemaNode, int]]
    ) -> list[Place]:
        if primary == Call("current", ()):
            return [(self.home, self.home.depth)]
        if isinstance(primary, Call) and primary.name == "instance":
            named = getattr(primary.arguments[0], "value", None)
            return [(None, 0)] if named == self.primary_id and named else []
        if isinstance(primary, Call) and primary.name == "randomize":
            for seed in primary.arguments[1:]:
                found.extend(self._visit(seed, base))
            return self._places(primary.arguments[0], base, found)
        if isinstance(primary, (Path, Filter, Union)):
            return self._places(primary, base, found)
        found.extend(self._visit(primary, base))
        return []

    def _shared(self, steps: tuple[Step, ...]) -> int:
        count = 0
        for step, name in zip(steps, self.home.path, strict=False):
            if step.axis != "child" or step.predicates or step.test != name:
                break
            count += 1
        return count

    def _steps(
        self, steps: tuple[Step, ...], places: list[Place], found: list[tuple[SchemaNode, int]]
    ) -> list[Place]:
        for step in steps:
            found_places: dict[Place, None] = {}
            for place in places:
                for reached in self._step(step, place):
                    found_places[reached] = None
                    self.work.add()
            places = list(found_places)
            for predicate in step.predicates:
                found.extend(self._visit(predicate, places))
        return places

    def _step(self, step: Step, place: Place) -> Iterable[Place]:
        node, pivot = place
        if step.axis == "child" and node is not None and step.test in node.named:
            return [(node.named[step.test], pivot)]
        local = step.test.rpartition(":")[2]
        match step.axis:
            case "self":
                return [place]
            case "parent":
                return [] if node is None else [(node.parent, min(pivot, node.depth - 1))]
            case "child":
                children = [self.root] if node is None else node.children
                return [(child, pivot) for child in children if _named(child, local)]
            case "descendant" | "descendant-or-self":
                below = self.root.walk() if node is None else node.walk()
                places: list[Place] = [(one, pivot) for one in below if _named(one, local)]
                if step.axis == "descendant-or-self" and node is None and local == "node()":
                    places.append((None, 0))
                return places
            case "ancestor" | "ancestor-or-self":
                return self._above(place, local, step.axis == "ancestor-or-self")
            case "attribute":
                return []
            case _:
                if node is None or node.parent is None:
                    return []
                level = node.depth - 1
                return [
                    (one, min(pivot, level))
                    for sibling in node.parent.children
                    for one in (sibling.walk() if "sibling" not in step.axis else [sibling])
                    if _named(one, local)
                ]

    @staticmethod
    def _above(place: Place, local: str, with_self: bool) -> Iterator[Place]:
        node, pivot = place
        if node is not None and not with_self:
            node = node.parent
        while node is not None:
            pivot = min(pivot, node.depth)
            if _named(node, local):
                yield node, pivot
            node = node.parent


def _named(node: SchemaNode, local: str) -> bool:
    if local in ("*", "node()"):
        return True
    return node.name == local or node.name.endswith("}" + local)


def _read_whole(node: SchemaNode, pivot: int) -> Iterator[tuple[SchemaNode, int]]:
    """A group is read with all that is in it; a repeat only for its rows."""
    yield node, pivot
    if not node.is_leaf and node.repeat is None:
        for inner in node.walk():
            if inner.is_leaf:
                yield inner, pivot


Cell = tuple[SchemaNode, Reads]


def connect(root: SchemaNode, primary_id: str, translations: Translations) -> None:
    """Fill in ``dependents`` and the ranks of every node; CalculationCycle if there is no order."""
    graph: dict[Cell, set[Cell]] = {}
    work = Work()
    for node in root.walk():
        reader = Reader(root, primary_id, node, work)
        for what, tree in _trees(node, translations):
            for source, pivot in set(reader.reads(tree)):
                _depend(node, what, source, pivot)
                if what in (Reads.RELEVANT, Reads.CALCULATE):
                    _order(graph, node, what, source, pivot)
        if node.calculate is not None:
            node.is_sticky = any(call.name == "once" for call in calls(node.calculate.tree))
            above: SchemaNode | None = node
            while above is not None:
                if above.relevant is not None:
                    graph.setdefault((node, Reads.CALCULATE), set()).add((above, Reads.RELEVANT))
                above = above.parent
        if node.repeat is not None and node.repeat.count is not None and node.parent is not None:
            for source, pivot in set(reader.reads(node.repeat.count.tree)):
                _depend(node, Reads.COUNT, source, min(pivot, node.depth - 1))
    _rank(graph)


def _trees(node: SchemaNode, translations: Translations) -> Iterator[tuple[Reads, Expression]]:
    if node.relevant is not None:
        yield Reads.RELEVANT, node.relevant.tree
    if node.calculate is not None:
        yield Reads.CALCULATE, node.calculate.tree
    shown: list[Formula | None] = [node.readonly, node.required, node.constraint]
    words: list[Words | None] = [node.constraint_message, node.required_message, node.label]
    if node.control is not None:
        words.append(node.control.hint)
        words.extend(item.label for item in node.control.items)
        if node.control.itemset is not None:
            shown.append(node.control.itemset.nodes)
    for formula in shown:
        if formula is not None:
            yield Reads.SHOWN, formula.tree
    for one in words:
        if one is not None:
            for tree in one.trees(translations):
                yield Reads.SHOWN, tree


def _depend(node: SchemaNode, what: Reads, source: SchemaNode, pivot: int) -> None:
    if what is Reads.CALCULATE and source is node and pivot == node.depth:
        return
    source.dependents.append(Dependent(node, what, pivot, node.path[pivot:]))


def _order(
    graph: dict[Cell, set[Cell]], node: SchemaNode, what: Reads, source: SchemaNode, pivot: int
) -> None:
    """The cell waits for the value and for the relevance of what it reads."""
    before = graph.setdefault((node, what), set())
    repeat = node.repeat_at()
    other_row = repeat is not None and pivot < repeat.depth
    if source.calculate is not None and not (other_row and source is node):
        before.add((source, Reads.CALCULATE))
    at: SchemaNode | None = source
    while at is not None:
        if at.relevant is not None and not (what is Reads.RELEVANT and at is node and other_row):
            before.add((at, Reads.RELEVANT))
        at = at.parent


def _rank(graph: dict[Cell, set[Cell]]) -> None:
    try:
        for rank, (node, what) in enumerate(TopologicalSorter(graph).static_order()):
            if what is Reads.RELEVANT:
                node.relevant_rank = rank
            else:
                node.calculate_rank = rank
    except CycleError as cycle:
        nodes = {node.reference for node, _ in cycle.args[1]}
        raise CalculationCycle(tuple(sorted(nodes))) from None
