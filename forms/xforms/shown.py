"""What a node of a session shows now. Everything is worked out when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from forms.xforms.choices import Choice, choices_of, names_of
from forms.xforms.context import Context
from forms.xforms.description import Description, NodeKind
from forms.xforms.errors import FormError
from forms.xforms.formula import Formula
from forms.xforms.instance import InstanceNode, imagined_row
from forms.xforms.part_known import keeps_to
from forms.xforms.phrases import Words
from forms.xforms.values import boolean

Result = TypeVar("Result")
_OF_CHOICES = frozenset({"select", "select1", "rank"})


class Violation(StrEnum):
    """What is wrong with an answer."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"


class Shown(Description):
    """What a node shows: its answer, whether it applies, its words and its choices.

    A fault of the form is never raised here: it is remembered among the problems of the session.
    """

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
    def violation(self) -> Violation | None:
        """What is wrong with the answer. Never anything where it is not relevant."""
        if not self._is_leaf or not self._element.relevant:
            return None
        if self._element.text == "":
            return Violation.REQUIRED if self.required else None
        constraint = self._schema.constraint
        if constraint is None:
            return None
        fits = keeps_to(lambda: self._holds(constraint, otherwise=True), self._element)
        return None if fits else Violation.CONSTRAINT

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
