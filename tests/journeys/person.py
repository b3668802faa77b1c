"""A person at the program: looks for what the screen says, uses keys and mouse, waits and sees."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.journeys.program import Program
from tests.journeys.tree import Area, Control, Screen

Found = TypeVar("Found")
PATIENCE = 15.0  # seconds
LOOKS_EVERY = 0.03
PIXELS_A_STEP = 60  # a wheel step is three lines of twenty pixels
FIELDS = "EditableText|ComboBox|SpinBox"
BUTTONS = "Button|PushButton|ButtonMenu|Link"


class NotOnScreenError(AssertionError):
    """Something that should be on the screen is not; the message has the screen in words."""


class Person:
    """Finds by role and name, and changes things only as hands do."""

    def __init__(self, program: Program) -> None:
        self.program = program

    # Looking --------------------------------------------------------------------------------

    def wait_for(
        self, what: str, look: Callable[[Screen], Found | None], patience: float = PATIENCE
    ) -> Found:
        """Look at the screen until `look` finds something; `what` is said when it never does."""
        until = time.monotonic() + patience
        while True:
            screen = self.program.read()
            found = look(screen)
            if found:
                return found
            if time.monotonic() > until:
                raise NotOnScreenError(f"Not seen: {what}. On the screen:\n{screen.outline()}")
            time.sleep(LOOKS_EVERY)

    def see(self, words: str, patience: float = PATIENCE) -> str:
        """Wait until these words are somewhere in the window; all its words."""
        return self.wait_for(
            f"the words {words!r}",
            lambda screen: screen.words if words in screen.words else None,
            patience,
        )

    def one(self, role: str = "", name: str = "", starts: str = "", within: str = "") -> Control:
        """Wait for a control. `within`: the name of a group or pane that it is in."""

        def look(screen: Screen) -> Control | None:
            found = screen.find(role, name, starts)
            if within:
                found = [one for one in found if any(matches(a, within) for a in one.ancestors())]
            return found[0] if found else None

        where = f" in {within!r}" if within else ""
        return self.wait_for(f"{role or 'control'} {name or starts + '…'!r}{where}", look)

    def picture(self, path: Path) -> None:
        """Take a picture of the window in front."""
        if not self.program.picture(path):
            raise NotOnScreenError("There is no window to take a picture of.")

    # Moving ---------------------------------------------------------------------------------

    def bring_into_view(self, seek: Callable[[], Control]) -> Control:
        """Turn the wheel until the middle of a control is in view."""
        for _ in range(60):
            control = seek()
            if is_in_view(control):
                return control
            view = viewport_of(control)
            x, y = view.x + 3, view.y + view.height // 2  # the margin, where no field is
            away = control.area.middle[1] - y
            steps = max(1, min(8, abs(away) // PIXELS_A_STEP))
            self.program.wheel(x, y, -steps if away > 0 else steps)
        raise NotOnScreenError(f"{control.role} {control.name!r} does not scroll into view.")

    def press(self, role: str, name: str = "", starts: str = "", within: str = "") -> Control:
        """Click the middle of a control, scrolled into view if need be."""
        control = self.bring_into_view(lambda: self.one(role, name, starts, within))
        self.program.click(*control.in_view.middle)
        return control

    def tab_to(self, role: str, name: str = "", starts: str = "", within: str = "") -> Control:
        """Press Tab until the control has focus, as one without a mouse does."""
        sought = self.one(role, name, starts, within)
        for _ in range(200):
            focused = self.program.read().focused()
            if focused and (focused.role, focused.name) == (sought.role, sought.name):
                return focused
            self.program.key("Tab")
        raise NotOnScreenError(f"Tab never reaches {sought.role} {sought.name!r}.")

    # Writing --------------------------------------------------------------------------------

    def write(self, text: str, name: str = "", starts: str = "", within: str = "") -> None:
        """Click a field, replace what is in it, and see the text there."""
        self.press(FIELDS, name, starts, within)
        self.program.key("A", "Control")
        self.type(text)
        self.wait_for(
            f"{text!r} in {name or starts!r}",
            lambda screen: any(text in found.value for found in screen.find(FIELDS)),
        )

    def type(self, text: str) -> None:
        """Type where focus is."""
        self.program.text(text)

    def choose(self, name: str, within: str = "") -> None:
        """Click an option or tick a box, and see it chosen."""
        self.press("RadioButton|CheckBox", name, within=within)
        self.wait_for(
            f"{name!r} chosen in {within!r}",
            lambda screen: any(
                "checked" in found.states
                for found in screen.find("RadioButton|CheckBox", name)
                if not within or any(matches(outer, within) for outer in found.ancestors())
            ),
        )


def matches(control: Control, name: str) -> bool:
    """Whether a group or pane has the name, with or without what follows it."""
    return control.name.strip() == name or control.name.strip().startswith(name)


def is_in_view(control: Control) -> bool:
    """Whether enough of a control is seen to click on it."""
    seen, x, y = control.in_view, *control.area.middle
    inside = seen.x <= x < seen.x + seen.width and seen.y <= y < seen.y + seen.height
    return inside or (not seen.is_empty and seen.height >= 24 and seen.width >= 24)


def viewport_of(control: Control) -> Area:
    """What is in view of the nearest surrounding that is cut off: the page that scrolls."""
    for outer in control.ancestors():
        if not outer.in_view.is_empty and outer.in_view.height < outer.area.height:
            return outer.in_view
    raise NotOnScreenError(f"{control.role} {control.name!r} is hidden and nothing scrolls.")
