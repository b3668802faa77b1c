"""What the words of a form quote of an answer, or of a value that the form works out."""

from __future__ import annotations

from forms.xforms.casting import cast
from forms.xforms.context import Context, Scope
from forms.xforms.instance import InstanceNode
from forms.xforms.schema import Reads, SchemaNode
from forms.xforms.syntax import calls

_OF_TODAY = frozenset({"today", "now"})


def quoted(node: InstanceNode, scope: Scope) -> str:
    """The value of a node as words in ``scope.saying`` say it.

    What a form looks up, or writes as a date, is worked out once, in the form's own language: what
    is kept of a record is the same for everybody. Words that quote it have it in theirs; a value
    that was kept, and that would be another one today, is quoted as it was kept.
    """
    value, language = node.string(), scope.saying
    if not value or not language or not node.schema.has_words:
        return value
    if _worked_out(node, scope, "") != value:
        return value
    return _worked_out(node, scope, language)


def _worked_out(node: InstanceNode, scope: Scope, language: str) -> str:
    formula = node.schema.calculate
    if formula is None:
        return ""
    with scope.words_in(language):
        value = formula.evaluate(Context(node, node, scope, scope.zone))
    return cast(value, node.schema.type, scope.zone)


def from_answers(root: SchemaNode) -> frozenset[SchemaNode]:
    """The nodes of which nobody knows the value before somebody has answered, or on another day."""
    waiting = [node for node in root.walk() if node.is_leaf and _is_answered(node)]
    found = set(waiting)
    while waiting:
        for dependent in waiting.pop().dependents:
            if dependent.what is Reads.CALCULATE and dependent.target not in found:
                found.add(dependent.target)
                waiting.append(dependent.target)
    return frozenset(found)


def _is_answered(node: SchemaNode) -> bool:
    return node.calculate is None or any(
        call.name in _OF_TODAY for call in calls(node.calculate.tree)
    )
