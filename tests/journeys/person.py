"""A person at the program: looks for what the screen says, uses keys and mouse, waits and sees."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from tests.journeys.program import Program
from tests.journeys.tree import Area, Control, Look, Screen, named

Found = TypeVar("Found")
PATIENCE = 20.0  # seconds
LOOKS_EVERY = 0.03
STILL = 0.4
PIXELS_A_STEP = 60  # a wheel step is three lines of twenty pixels
MOST_TURNS, MOST_TABS, MOST_TRIES = 60, 200, 3
FIELDS = "EditableText|ComboBox|SpinBox"


class NotOnScreenError(AssertionError):
    """Something that should be on the screen is not; the message has the screen in words."""


class Person:
    """Finds by role and name, and changes things only as hands do."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.clicks_lost = 0

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

    def one(self, role: str = "", name: str = "", starts: str | tuple[str, ...] = "") -> Control:
        """Wait for a control."""
        return self.wait_for(f"{role} {name or starts!r}", named(role, name, starts))

    def wait_until_still(self) -> None:
        """Look until the screen is the same for a while."""
        before, since = "", time.monotonic()
        until = since + PATIENCE
        while time.monotonic() < min(since + STILL, until):
            now = self.program.read().outline()
            if now != before:
                before, since = now, time.monotonic()
            time.sleep(LOOKS_EVERY)

    def picture(self, path: Path) -> None:
        """Take a picture of the window in front."""
        if not self.program.picture(path):
            raise NotOnScreenError("There is no window to take a picture of.")

    # Moving ---------------------------------------------------------------------------------

    def bring_into_view(self, what: str, look: Look, *, whole: bool = False) -> Control:
        """Wait for a control that can be used and rests, turn the wheel until it is in view.

        `whole`: all of it is needed, as for drawing; otherwise enough to click on.
        """
        enough = is_whole if whole else is_in_view

        def usable(screen: Screen) -> Control | None:
            found = look(screen)
            can_be_reached = found and (enough(found) or viewport_of(found))
            return found if can_be_reached and found and found.enabled else None

        before = None
        for _ in range(MOST_TURNS):
            control = self.wait_for(what, usable)
            view = viewport_of(control)
            if enough(control) or view is None:
                if control.area == before:
                    return control
                before = control.area  # once more: the page may still be finding its shape
                continue
            x, y = view.x + 3, view.y + view.height // 2  # the margin, where no field is
            away = control.area.middle[1] - y
            steps = max(1, min(8, abs(away) // PIXELS_A_STEP))
            self.program.wheel(x, y, -steps if away > 0 else steps)
        raise NotOnScreenError(f"{what} does not scroll into view.")

    def click(self, what: str, look: Look) -> Control:
        """Click the middle of what `look` finds, scrolled into view if need be."""
        control = self.bring_into_view(what, look)
        self.program.click(*control.in_view.middle)
        return control

    def press(self, role: str, name: str = "", starts: str = "") -> Control:
        """Click the first control of this role and name."""
        return self.click(f"{role} {name or starts!r}", named(role, name, starts))

    def open(self, what: str, look: Look, opened: Look) -> Control:
        """Click until what it opens is there: a page drawn anew under the mouse swallows a click.

        `clicks_lost` counts how often that happened.
        """
        for left in reversed(range(MOST_TRIES)):
            self.wait_for(what, lambda screen: opened(screen) or look(screen))
            if there := opened(self.program.read()):  # slowly, after the click before
                return there
            self.click(what, look)
            with suppress(NotOnScreenError):
                return self.wait_for(what, opened, PATIENCE / MOST_TRIES if left else PATIENCE)
            self.clicks_lost += 1
        return self.wait_for(what, opened)

    def tab_to(self, role: str, name: str) -> Control:
        """Press Tab until the control has focus, as one without a mouse does."""
        for _ in range(MOST_TABS):
            focused = self.program.read().focused()
            if focused and (focused.role, focused.name) == (role, name):
                return focused
            self.program.key("Tab")
        raise NotOnScreenError(f"Tab never reaches {role} {name!r}.")

    # Writing --------------------------------------------------------------------------------

    def write(self, what: str, look: Look, text: str) -> None:
        """Click a field, replace what is in it, and see the text there."""
        if self.click(what, look).value:
            self.program.key("A", "Control")
        self.type(text)
        self.wait_for(
            f"the text in {what}",
            lambda screen: (found := look(screen)) is not None and found.value == text,
        )

    def write_in(self, name: str, text: str) -> None:
        """Write in the field with this name."""
        self.write(f"the field {name!r}", named(FIELDS, name), text)

    def type(self, text: str) -> None:
        """Type where focus is."""
        self.program.text(text)

    def choose(self, what: str, look: Look) -> None:
        """Click an option or tick a box unless it is chosen already, and see it chosen."""
        if "checked" not in self.bring_into_view(what, look).states:
            self.click(what, look)
        self.wait_for(
            f"{what} chosen",
            lambda screen: (found := look(screen)) is not None and "checked" in found.states,
        )


def is_in_view(control: Control) -> bool:
    """Whether enough of a control is seen to click on it."""
    seen, x, y = control.in_view, *control.area.middle
    inside = seen.x <= x < seen.x + seen.width and seen.y <= y < seen.y + seen.height
    return inside or (not seen.is_empty and seen.height >= 24 and seen.width >= 24)


def is_whole(control: Control) -> bool:
    """Whether all of a control is seen, or as much of it as the page has room for."""
    view = viewport_of(control)
    tallest = min(control.area.height, view.height if view else control.area.height)
    return control.in_view.height >= tallest - 2


def viewport_of(control: Control) -> Area | None:
    """What is in view of the page that scrolls: the outermost of what is cut off around here."""
    view = None
    for outer in control.ancestors():
        if outer.in_view.height < outer.area.height:
            view = outer.in_view
        elif view is not None:
            break
    return view if view and not view.is_empty else None
