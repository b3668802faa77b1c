"""What is on the screen, as a person with a screen reader finds it: by role and name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the screen."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        """Where one clicks."""
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return self.width <= 0 or self.height <= 0


@dataclass(slots=True, eq=False)
class Control:
    """A control, or anything else that a screen reader is told of."""

    role: str
    name: str
    value: str
    description: str
    states: frozenset[str]
    area: Area
    in_view: Area
    active: bool
    inside: list[Control] = field(repr=False)
    parent: Control | None = field(default=None, repr=False)

    @classmethod
    def from_description(cls, told: dict[str, Any], parent: Control | None = None) -> Control:
        """Made from what tests.journeys.reading describes."""
        control = cls(
            role=told["role"],
            name=told["name"],
            value=told["value"],
            description=told["description"],
            states=frozenset(told["states"]),
            area=Area(*told["area"]),
            in_view=Area(*told["in_view"]),
            active=told.get("active", False),
            inside=[],
            parent=parent,
        )
        control.inside = [cls.from_description(child, control) for child in told["inside"]]
        return control

    def walk(self) -> Iterator[Control]:
        """This control and all inside it, in reading order."""
        yield self
        for child in self.inside:
            yield from child.walk()

    def ancestors(self) -> Iterator[Control]:
        """What it is in, from the nearest outwards."""
        outer = self.parent
        while outer is not None:
            yield outer
            outer = outer.parent

    @property
    def enabled(self) -> bool:
        """Whether it can be used."""
        return "disabled" not in self.states

    @property
    def words(self) -> str:
        """All that can be read in it, a line each."""
        said: list[str] = []
        for control in self.walk():
            for text in (control.name, control.value):
                if text and (not said or said[-1] != text):
                    said.append(text)
        return "\n".join(said)

    def find(
        self, role: str = "", name: str = "", starts: str | tuple[str, ...] = ""
    ) -> list[Control]:
        """The controls inside of a role, whose name is `name` or starts with `starts`."""
        return [control for control in self.walk() if matches(control, role, name, starts)]


def matches(control: Control, role: str, name: str, starts: str | tuple[str, ...]) -> bool:
    """Whether a control is what is looked for. `role` may name several, with `|` between."""
    if role and control.role not in role.split("|"):
        return False
    if name and control.name.strip() != name:
        return False
    return control.name.strip().startswith(starts)


@dataclass(slots=True)
class Screen:
    """The windows on the screen."""

    windows: list[Control]

    @property
    def front(self) -> Control | None:
        """The window that keys go to."""
        active = [window for window in self.windows if window.active]
        return active[0] if active else None

    @property
    def words(self) -> str:
        """All words in the window in front."""
        return self.front.words if self.front else ""

    def find(
        self, role: str = "", name: str = "", starts: str | tuple[str, ...] = ""
    ) -> list[Control]:
        """Controls of the window in front."""
        return self.front.find(role, name, starts) if self.front else []

    def focused(self) -> Control | None:
        """The control that has focus: the innermost that says so."""
        found = [control for control in self.find() if "focused" in control.states]
        return found[-1] if found else None

    def outline(self, keep: Callable[[Control], bool] = lambda _: True) -> str:
        """The tree in lines, for a person who looks for why a step failed."""
        lines = []
        for window in self.windows:
            for control in window.walk():
                if keep(control):
                    depth = sum(1 for _ in control.ancestors())
                    states = ",".join(sorted(control.states))
                    said = (
                        f"{control.name!r} = {control.value!r}" if control.value else control.name
                    )
                    lines.append(
                        f"{'  ' * depth}{control.role} {said} [{states}] {control.in_view}"
                    )
        return "\n".join(lines)


Look = Callable[[Screen], Control | None]


def named(
    role: str = "", name: str = "", starts: str | tuple[str, ...] = "", *, last: bool = False
) -> Look:
    """Looks for the first control of a role and name, or the last: of rows, the one just added."""

    def look(screen: Screen) -> Control | None:
        found = screen.find(role, name, starts)
        return (found[-1] if last else found[0]) if found else None

    return look
