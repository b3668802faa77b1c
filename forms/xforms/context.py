"""What an expression sees while it is worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from random import Random
from typing import Protocol

from forms.xforms.errors import ExpressionError, FormTooLarge
from forms.xforms.limits import QUOTED_TEXTS, STEPS, STEPS_A_NODE
from forms.xforms.tree import Node
from forms.xforms.values import NodeSet, Value


class Texts(Protocol):
    """The texts of a form in the language now shown."""

    def itext(self, identifier: str, node: Node) -> str:
        """The text of that identifier; its outputs are worked out at ``node``."""

    def choice_label(self, question: str, value: str, node: Node) -> str:
        """The label of a choice of the question that the path names."""

    def quoted(self, node: Node) -> str | None:
        """The value of a node as words say it; None where a blank form leaves room for it."""


@dataclass(slots=True)
class Scope:
    """What is the same for every expression of one session."""

    root: Node
    clock: Callable[[], datetime]
    zone: tzinfo
    random: Random
    new_id: Callable[[], str]
    instances: Mapping[str, Node] = field(default_factory=dict)
    texts: Texts | None = None
    language: str = ""
    saying: str = ""
    """The language of the words that are being made; blank while values are worked out."""
    gap: str = ""
    """What words say where only an answer could; blank where answers are quoted."""
    steps: int = 0
    most_steps: int = STEPS
    pattern_seconds: float = 0.0
    seed: int = 0
    """Of the shuffles of this session."""
    quoting: int = 0
    """How many texts are being made that quote one another."""
    problems: dict[str, str] = field(default_factory=dict)
    """What could not be worked out, by the place of the form that asks for it."""

    def __post_init__(self) -> None:
        self.seed = self.random.getrandbits(31)

    def now(self) -> datetime:
        """This moment, in the zone of the session."""
        return self.clock().astimezone(self.zone)

    def begin(self, nodes: int = 0) -> None:
        """A new act of the worker, or a new look: all its limits are before it.

        Opening a record is allowed more, for each of its nodes.
        """
        self.steps = 0
        self.most_steps = STEPS + STEPS_A_NODE * nodes
        self.pattern_seconds = 0.0

    @contextmanager
    def quote(self) -> Iterator[None]:
        """While one text of the form quotes another; ExpressionError if they quote in a circle."""
        if self.quoting >= QUOTED_TEXTS:
            raise ExpressionError("A text of this form quotes itself")
        self.quoting += 1
        try:
            yield
        finally:
            self.quoting -= 1

    @contextmanager
    def words_in(self, language: str) -> Iterator[None]:
        """While words are made: what is looked up for them, or is a date, is in their language."""
        before, self.saying = self.saying, language
        try:
            yield
        finally:
            self.saying = before

    def spend(self, steps: int) -> None:
        """Count work; FormTooLarge when one answer asks for more than the limit."""
        self.steps += steps
        if self.steps > self.most_steps:
            raise FormTooLarge(
                "A calculation of this form does not come to an end. Tell the form's owner."
            )


class Context:
    """The context of XPath 1.0 (section 1), and ``current()``.

    ``zone`` is None for expressions that follow XPath 1.0 alone.
    """

    __slots__ = ("current", "node", "position", "scope", "size", "zone")

    def __init__(
        self,
        node: Node,
        current: Node,
        scope: Scope,
        zone: tzinfo | None,
        position: int = 1,
        size: int = 1,
    ) -> None:
        self.node = node
        self.current = current
        self.scope = scope
        self.zone = zone
        self.position = position
        self.size = size


Evaluate = Callable[[Context], Value]
EvaluateNodes = Callable[[Context], NodeSet]
