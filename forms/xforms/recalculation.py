"""What follows from a change: relevance, calculations and counts, in the order of the definition.

Cost grows with what depends on the change. Each cell is worked out after all that it reads.
"""

from __future__ import annotations

from heapq import heappop, heappush
from math import isinf, isnan, nan

from forms.xforms.casting import cast
from forms.xforms.context import Context, Scope
from forms.xforms.delta import Delta
from forms.xforms.errors import ExpressionError, FormTooLarge
from forms.xforms.formula import Formula
from forms.xforms.instance import (
    Grower,
    InstanceNode,
    imagined_row,
    insert_row,
    next_place,
    park,
    take_row,
    unpark,
)
from forms.xforms.limits import NODE_STEPS, ROWS
from forms.xforms.schema import Dependent, Reads, SchemaNode, SetValue
from forms.xforms.tree import Branch, Node
from forms.xforms.undo import AnswerEdit, CountedRowEdit, Standing, Step
from forms.xforms.values import Value, boolean, number

_LAST = 1 << 60


class Recalculation:
    """One step of a session, from the change itself to everything that follows.

    What cannot be worked out (a pattern that does not end, a place that is none) is left blank and
    named in the problems of the scope: a fault of the form never costs an answer. When ``strict``
    it is raised instead.
    """

    def __init__(
        self, scope: Scope, grower: Grower, step: Step | None, *, strict: bool = False
    ) -> None:
        self._scope = scope
        self._grower = grower
        self._step = step
        self._strict = strict
        self._heap: list[tuple[int, int, Reads, InstanceNode, SchemaNode]] = []
        self._waiting: set[tuple[int, Reads, int]] = set()
        self._count = 0
        self._changed: set[InstanceNode] = set()
        self._repeats: set[tuple[InstanceNode, SchemaNode]] = set()
        self._added: list[InstanceNode] = []
        self._removed: set[str] = set()
        self._fresh: set[InstanceNode] = set()
        scope.begin()

    # -- changes ---------------------------------------------------------------------------

    def answer(self, node: InstanceNode, text: str, said: bool = True) -> None:
        """Put an answer in; what the form does when it changes follows."""
        if node.text == text and node.said == said:
            return
        if self._step is not None:
            self._step.edits.append(AnswerEdit(node, node.text, text, node.said, said))
        differs = node.text != text
        node.text = text
        node.said = said
        if differs:
            self.value_changed(node)
            for action in node.schema.on_change:
                self.act(action, node)

    def restore(self, node: InstanceNode, text: str, said: bool) -> None:
        """Put an answer back as it was, without what the form does when it changes."""
        node.said = said
        if node.text != text:
            node.text = text
            self.value_changed(node)

    def act(self, action: SetValue, near: InstanceNode | None) -> None:
        """Do a ``setvalue`` at each of its targets that is near the node."""
        for target in self._targets(action, near):
            if action.formula is None:
                self.answer(target, action.text)
            else:
                value = self._evaluate(action.formula, target, otherwise=target.text)
                self.answer(target, cast(value, target.schema.type, self._scope.zone))

    def _targets(self, action: SetValue, near: InstanceNode | None) -> list[InstanceNode]:
        if action.rows is None:
            return self._near(action.target, near)
        root = self._scope.root
        found = self._evaluate(action.rows, root, otherwise=[])
        nodes = found if isinstance(found, list) else []
        return [node for node in nodes if isinstance(node, InstanceNode)]

    def _near(self, schema: SchemaNode, near: InstanceNode | None) -> list[InstanceNode]:
        """The nodes of ``schema`` in the same rows as ``near``."""
        at: Branch = self._scope.root  # type: ignore[assignment]
        depth = 0
        if near is not None:
            shared = 0
            for mine, its in zip(near.schema.path, schema.path, strict=False):
                if mine != its:
                    break
                shared += 1
            node = near
            while node.schema.depth > shared:
                node = node.parent  # type: ignore[assignment]
            at, depth = node, shared
        return _descend(at, schema.path[depth:])

    def add_row(self, parent: InstanceNode, row: InstanceNode, fresh: bool = True) -> None:
        """Put a row in. A ``fresh`` one has never been in the form: its actions are done."""
        at = insert_row(parent, row)
        self._added.append(row)
        if not parent.relevant:
            for node in row.all_below():
                node.relevant = False
        elif not row.relevant:
            for node in row.all_below():
                node.relevant = node.own_relevant and node.parent.relevant  # type: ignore[union-attr]
        if fresh:
            for action in row.schema.on_new_row:
                self.act(action, row)
        for node in row.all_below():
            self.evaluate_all(node, fresh)
            self.value_changed(node)
        self._rows_moved(parent, row.schema, at + 1)

    def remove_row(self, row: InstanceNode) -> None:
        """Take a row out."""
        parent = row.parent
        if not isinstance(parent, InstanceNode):
            return
        self._removed.add(row.path)
        at = take_row(parent, row)
        for schema in row.schema.walk():
            for dependent in schema.dependents:
                if dependent.pivot <= parent.schema.depth:
                    self._wake_from(dependent, parent)
        self._rows_moved(parent, row.schema, at)

    def stand(self, row: InstanceNode, parent: InstanceNode, standing: Standing) -> None:
        """Have a counted row stand in the form, aside, or nowhere."""
        present = any(one is row for one in parent.rows(row.schema))
        unpark(parent, row)
        if present and standing is not Standing.PRESENT:
            self.remove_row(row)
        elif standing is Standing.PRESENT and not present:
            self.add_row(parent, row, fresh=False)
        if standing is Standing.ASIDE:
            park(parent, row)

    def _counted(
        self, parent: InstanceNode, row: InstanceNode, before: Standing, after: Standing
    ) -> None:
        """A count moves a row; the step remembers. A count that reads what it makes has an end."""
        self._scope.spend(NODE_STEPS * len(row.all_below()))
        if self._step is not None:
            self._step.edits.append(CountedRowEdit(parent, row, before, after))
        if before is Standing.NOWHERE:
            self.add_row(parent, row)
        else:
            self.stand(row, parent, after)

    def _rows_moved(self, parent: InstanceNode, repeat: SchemaNode, first: int) -> None:
        """Rows from ``first`` on have another number now."""
        following = parent.rows(repeat)[first:]
        self._changed.update(following)
        self._repeats.add((parent, repeat))
        if any(one.pivot == repeat.depth for one in repeat.dependents):
            for row in following:
                self.value_changed(row)

    # -- what follows ----------------------------------------------------------------------

    def value_changed(self, node: InstanceNode) -> None:
        """Wake everything that reads this node."""
        self._changed.add(node)
        self._scope.spend(1)
        for dependent in node.schema.dependents:
            at: Branch = node
            for _ in range(node.schema.depth - dependent.pivot):
                at = at.parent  # type: ignore[assignment]
            self._wake(dependent, at)

    def _wake_from(self, dependent: Dependent, node: InstanceNode) -> None:
        at: Branch = node
        for _ in range(node.schema.depth - dependent.pivot):
            at = at.parent  # type: ignore[assignment]
        self._wake(dependent, at)

    def _wake(self, dependent: Dependent, at: Branch) -> None:
        names, target = dependent.names, dependent.target
        if target.repeat is not None and names:
            for parent in _descend(at, names[:-1]):
                self._repeats.add((parent, target))
        if dependent.what is Reads.COUNT:
            for parent in _descend(at, names[:-1]):
                self._push(_LAST, Reads.COUNT, parent, target)
            return
        nodes = _descend(at, names)
        if dependent.what is Reads.SHOWN:
            self._changed.update(nodes)
            if target.readonly is not None and not target.is_leaf:
                for node in nodes:
                    self._changed.update(node.all_below())
            return
        self._scope.spend(len(nodes))
        relevant = dependent.what is Reads.RELEVANT
        rank = target.relevant_rank if relevant else target.calculate_rank
        for node in nodes:
            self._push(rank, dependent.what, node, target)

    def evaluate_all(self, node: InstanceNode, fresh: bool = False) -> None:
        """Work out everything of this node anew; ``fresh``: it has only just been made."""
        schema = node.schema
        if fresh:
            self._fresh.add(node)
        if schema.relevant is not None:
            self._push(schema.relevant_rank, Reads.RELEVANT, node, schema)
        if schema.calculate is not None and not node.said:
            self._push(schema.calculate_rank, Reads.CALCULATE, node, schema)
        for child in schema.children:
            if child.repeat is not None and child.repeat.count is not None:
                self._push(_LAST, Reads.COUNT, node, child)

    def _push(self, rank: int, what: Reads, node: InstanceNode, schema: SchemaNode) -> None:
        key = (id(node), what, schema.index)
        if key not in self._waiting:
            self._waiting.add(key)
            self._count += 1
            heappush(self._heap, (rank, self._count, what, node, schema))

    def run(self) -> Delta:
        """Work out everything that was woken, and all that follows from it."""
        try:
            while self._heap:
                self._next()
        except FormTooLarge as error:
            if self._strict:
                raise
            self._scope.problems[""] = error.message
        return self._delta()

    def _next(self) -> None:
        _, _, what, node, schema = heappop(self._heap)
        self._waiting.discard((id(node), what, schema.index))
        self._scope.spend(1)
        if what is Reads.RELEVANT:
            self._relevance(node)
        elif what is Reads.CALCULATE:
            self._calculate(node)
        else:
            self._rows(node, schema)

    def _delta(self) -> Delta:
        added = frozenset(row.path for row in self._added)
        changed = {node.path for node in self._changed} | added
        rows = added | self._removed | {node.path for node in self._changed if node.row}
        changed.update(path[: path.rfind("[")] for path in rows)
        changed.update(
            f"{parent.path}/{repeat.reference.rpartition('/')[2]}"
            for parent, repeat in self._repeats
        )
        return Delta(frozenset(changed), added - self._removed, frozenset(self._removed) - added)

    def _evaluate(self, formula: Formula, node: Node, otherwise: Value) -> Value:
        try:
            return formula.evaluate(Context(node, node, self._scope, self._scope.zone))
        except ExpressionError as error:
            if self._strict:
                raise ExpressionError(error.reason, formula.source, formula.where) from None
            self._scope.problems[formula.where] = error.reason
            return otherwise

    def _relevance(self, node: InstanceNode) -> None:
        formula = node.schema.relevant
        if formula is None:
            return
        own = boolean(self._evaluate(formula, node, otherwise=True))
        if own != node.own_relevant:
            node.own_relevant = own
            self._spread(node)

    def _spread(self, node: InstanceNode) -> None:
        """Give a node, and all inside it, the relevance that follows from its own and above."""
        above = node.parent
        relevant = node.own_relevant and (above is None or above.relevant)
        if relevant == node.relevant:
            return
        node.relevant = relevant
        self.value_changed(node)
        if relevant and node.schema.calculate is not None and not node.said:
            self._push(node.schema.calculate_rank, Reads.CALCULATE, node, node.schema)
        for child in node.schema.children:
            if child.repeat is not None:
                self._repeats.add((node, child))
                if child.repeat.count is not None:
                    self._push(_LAST, Reads.COUNT, node, child)
        for inner in node.inner():
            self._spread(inner)

    def _calculate(self, node: InstanceNode) -> None:
        formula = node.schema.calculate
        if formula is None or not node.relevant:
            return
        text = cast(self._evaluate(formula, node, otherwise=""), node.schema.type, self._scope.zone)
        if node.said:
            self.answer(node, text, said=False)
        elif node.text != text:
            if node.schema.is_sticky and self._step is not None:
                self._step.edits.append(AnswerEdit(node, node.text, text, False, False))
            node.text = text
            self.value_changed(node)

    def _rows(self, parent: InstanceNode, repeat: SchemaNode) -> None:
        """Make as many rows as the count says; rows past it are kept aside, not forgotten.

        A count that is blank leaves the rows as they are; in a part of the form that is new it
        means none.
        """
        if repeat.repeat is None or repeat.repeat.count is None:
            return
        if not _is_in_form(parent):
            return
        here = imagined_row(parent, repeat)
        amount = number(self._evaluate(repeat.repeat.count, here, otherwise=nan), self._scope.zone)
        if isnan(amount) and parent not in self._fresh:
            return
        wanted = 0 if isnan(amount) else _within(amount)
        aside = Standing.NOWHERE if parent in self._fresh else Standing.ASIDE
        while len(parent.rows(repeat)) > wanted:
            self._counted(parent, parent.rows(repeat)[-1], Standing.PRESENT, aside)
        while len(parent.rows(repeat)) < wanted:
            waiting = (parent.parked or {}).get(repeat.name)
            if waiting:
                self._counted(parent, waiting[0], Standing.ASIDE, Standing.PRESENT)
            else:
                place = next_place(parent, repeat)
                made = self._grower.row(repeat, None, place, repeat.repeat.blank)
                self._counted(parent, made, Standing.NOWHERE, Standing.PRESENT)


def _within(amount: float) -> int:
    """A number of rows that there may be."""
    if isinf(amount):
        return ROWS if amount > 0 else 0
    return max(0, min(int(amount), ROWS))


def _is_in_form(node: InstanceNode) -> bool:
    """False once a row around it has been taken out."""
    while isinstance(node.parent, InstanceNode):
        if node.row and not any(row is node for row in node.parent.named.get(node.name, ())):
            return False
        node = node.parent
    return True


def _descend(at: Branch, names: tuple[str, ...]) -> list[InstanceNode]:
    if len(names) == 1:
        return at.named.get(names[0], [])  # type: ignore[return-value]  # as below
    nodes: list[Branch] = [at]
    for name in names:
        nodes = [child for node in nodes for child in node.named.get(name, ())]
    return nodes  # type: ignore[return-value]  # below the document there are only these
