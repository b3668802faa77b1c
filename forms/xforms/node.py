"""A node of a session as a page or a printer sees it. Everything is worked out when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from forms.xforms.choices import Choice, choices_of, names_of
from forms.xforms.context import Context, Scope
from forms.xforms.definition import control_name
from forms.xforms.errors import FormError
from forms.xforms.formula import Formula
from forms.xforms.instance import InstanceNode, imagined_row
from forms.xforms.phrases import Translations, Words
from forms.xforms.schema import SchemaNode
from forms.xforms.values import boolean

Result = TypeVar("Result")
_OF_CHOICES = frozenset({"select", "select1", "rank"})


class NodeKind(StrEnum):
    """What a node is. A repeat holds rows; a value has no question."""

    ROOT = "root"
    GROUP = "group"
    REPEAT = "repeat"
    ROW = "row"
    QUESTION = "question"
    VALUE = "value"


class Violation(StrEnum):
    """What is wrong with an answer."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"


class Node:
    """A view of one node. It stays true while its session goes on: nothing is copied.

    ``element`` is the node of the instance; for a repeat, the node that holds its rows.
    """

    def __init__(
        self,
        element: InstanceNode,
        scope: Scope,
        translations: Translations,
        repeat: SchemaNode | None = None,
    ) -> None:
        self._element = element
        self._scope = scope
        self._translations = translations
        self._repeat = repeat
        self._schema = repeat or element.schema

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Node)
            and self._element is other._element
            and self._repeat is other._repeat
        )

    def __hash__(self) -> int:
        return hash((id(self._element), id(self._repeat)))

    # -- what it is --------------------------------------------------------------------------

    @property
    def kind(self) -> NodeKind:
        """What the node is."""
        if self._repeat is not None:
            return NodeKind.REPEAT
        if self._element.row:
            return NodeKind.ROW
        if self._schema.parent is None:
            return NodeKind.ROOT
        if not self._schema.is_leaf:
            return NodeKind.GROUP
        return NodeKind.VALUE if self._schema.control is None else NodeKind.QUESTION

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
    def name(self) -> str:
        """Its name in the form."""
        return self._schema.reference.rpartition("/")[2]

    @property
    def schema_path(self) -> str:
        """Its path in the definition, without rows."""
        return self._schema.reference

    @property
    def row(self) -> str:
        """The UUID of the row that it is; blank for anything else."""
        return "" if self._repeat is not None else self._element.row

    @property
    def place(self) -> str:
        """The place of the row that it is, as answers keep it; blank for anything else."""
        return "" if self._repeat is not None else self._element.place

    @property
    def number(self) -> int:
        """From 1, for a row; 0 for anything else."""
        above = self._element.parent
        if not self.row or not isinstance(above, InstanceNode):
            return 0
        rows = above.rows(self._schema)
        return next((i for i, row in enumerate(rows, 1) if row is self._element), 0)

    @property
    def control(self) -> str:
        """``input select1 select rank range trigger upload note``, or blank."""
        return control_name(self._schema)

    @property
    def type(self) -> str:
        """The type of its value: ``string int decimal date time dateTime boolean binary`` ..."""
        return self._schema.type

    @property
    def appearance(self) -> str:
        """How the form would like it to look."""
        return self._schema.appearance

    @property
    def media_type(self) -> str:
        """What an upload takes: ``image/*``."""
        return self._schema.control.media_type if self._schema.control else ""

    @property
    def parameters(self) -> Mapping[str, str]:
        """Other attributes of the question: ``start end step`` of a range, ``rows`` ..."""
        return self._schema.control.parameters if self._schema.control else {}

    @property
    def bind_attributes(self) -> Mapping[str, str]:
        """Attributes of the bind that the engine itself has no use for."""
        return self._schema.bind_attributes

    # -- what stands there -------------------------------------------------------------------

    @property
    def value(self) -> str:
        """The answer; blank while it is not relevant."""
        return self._element.text if self._is_leaf and self._element.relevant else ""

    @property
    def stored(self) -> str:
        """The answer, whether it is relevant or not."""
        return self._element.text if self._is_leaf else ""

    @property
    def relevant(self) -> bool:
        """True if it applies: its own condition and those of everything around it hold."""
        if self._repeat is None or not self._element.relevant:
            return self._element.relevant
        rows = self._element.rows(self._repeat)
        if rows:
            return any(row.relevant for row in rows)
        return self._repeat.relevant is None or self._holds(self._repeat.relevant)

    @property
    def readonly(self) -> bool:
        """True if it cannot be changed: its own condition, or one around it, says so."""
        if self._repeat is not None and self._holds(self._repeat.readonly):
            return True
        at: object = self._element
        while isinstance(at, InstanceNode):
            if self._holds(at.schema.readonly, at):
                return True
            at = at.parent
        return False

    @property
    def required(self) -> bool:
        """True if the form asks for an answer here now."""
        return self._holds(self._schema.required)

    @property
    def is_calculated(self) -> bool:
        """True if the value follows from others."""
        return self._schema.calculate is not None

    @property
    def violation(self) -> Violation | None:
        """What is wrong with the answer. Never anything where it is not relevant."""
        if not self._is_leaf or not self._element.relevant:
            return None
        if self._element.text == "":
            return Violation.REQUIRED if self.required else None
        constraint = self._schema.constraint
        if constraint is not None and not self._holds(constraint, otherwise=True):
            return Violation.CONSTRAINT
        return None

    @property
    def message(self) -> str:
        """What the form says about the violation; blank if it says nothing or nothing is wrong."""
        match self.violation:
            case Violation.REQUIRED:
                return self._words(self._schema.required_message)
            case Violation.CONSTRAINT:
                return self._words(self._schema.constraint_message)
            case None:
                return ""

    # -- words -------------------------------------------------------------------------------

    @property
    def label(self) -> str:
        """The question, or the name of the group, in the language of the session."""
        return self._words(self._schema.label)

    @property
    def label_image(self) -> str:
        """The name of a picture that goes with the label, or blank."""
        return self._words(self._schema.label, "image")

    @property
    def hint(self) -> str:
        """A line under the question, or blank."""
        return self._words(self._schema.control.hint) if self._schema.control else ""

    @property
    def guidance(self) -> str:
        """A longer explanation for the worker, or blank."""
        control = self._schema.control
        return self._words(control.hint, "guidance") if control else ""

    # -- choices -----------------------------------------------------------------------------

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen now, after the filter."""
        if self.kind is not NodeKind.QUESTION:
            return ()
        nothing: tuple[Choice, ...] = ()
        return self._worked_out(
            lambda here: choices_of(self._element, here, self._translations),
            f"{self._schema.reference} choices",
            nothing,
        )

    @property
    def choice_names(self) -> tuple[str, ...]:
        """The names of the choices, without the work of their labels."""
        if self.kind is not NodeKind.QUESTION:
            return ()
        nothing: tuple[str, ...] = ()
        return self._worked_out(
            lambda here: tuple(names_of(self._element, here)),
            f"{self._schema.reference} choices",
            nothing,
        )

    @property
    def kept(self) -> tuple[str, ...]:
        """Chosen values that the filter no longer offers: kept until someone changes them."""
        control = self._schema.control
        if control is None or control.kind not in _OF_CHOICES or not self.value:
            return ()
        offered = set(self.choice_names)
        chosen = [self.value] if control.kind == "select1" else self.value.split()
        return tuple(name for name in chosen if name not in offered)

    # -- around it ---------------------------------------------------------------------------

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

    @property
    def count_is_fixed(self) -> bool:
        """True for a repeat whose rows are not for the worker to add or remove."""
        repeat = self._schema.repeat
        return repeat is not None and repeat.fixed

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

    @property
    def _is_leaf(self) -> bool:
        return self._repeat is None and self._schema.is_leaf

    def _here(self) -> InstanceNode:
        return imagined_row(self._element, self._repeat) if self._repeat else self._element

    def _worked_out(
        self,
        work: Callable[[Context], Result],
        where: str,
        otherwise: Result,
        at: InstanceNode | None = None,
    ) -> Result:
        """What ``work`` gives; ``otherwise`` where the form is at fault, which is remembered."""
        here = at or self._here()
        self._scope.begin()
        try:
            return work(Context(here, here, self._scope, self._scope.zone))
        except FormError as error:
            self._scope.problems[where] = error.message
            return otherwise

    def _holds(
        self, formula: Formula | None, at: InstanceNode | None = None, otherwise: bool = False
    ) -> bool:
        if formula is None:
            return False
        evaluate = formula.evaluate
        return self._worked_out(lambda here: boolean(evaluate(here)), formula.where, otherwise, at)

    def _words(self, words: Words | None, form: str = "") -> str:
        if words is None:
            return ""
        where = f"{self._schema.reference} label"
        return self._worked_out(
            lambda here: (words.text(form, self._translations, here) or "").strip(), where, ""
        )
