"""Reads a program's tree by pyatspi, with the system's Python: a line in, a line of JSON out.

Only controls under ancestors that are showing count; each is [role, name, width, height].
"""

import json
import sys

import pyatspi  # type: ignore[import-not-found]  # the system's, not ours

CONTROLS = {
    "push button", "toggle button", "radio button", "check box", "combo box", "text", "entry",
    "password text", "slider", "spin button", "list item", "link", "canvas",
}  # fmt: skip


def walk(node, found):
    states = node.getState()
    if not states.contains(pyatspi.STATE_SHOWING):
        return
    role = node.getRoleName()
    if role in CONTROLS and states.contains(pyatspi.STATE_FOCUSABLE):
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        found.append([role, node.name, box.width, box.height])
    for child in node:
        if child is not None:
            walk(child, found)


def controls_of(name):
    found: list[list[object]] = []
    for program in pyatspi.Registry.getDesktop(0):
        if program is not None and program.name == name:
            for window in program:
                walk(window, found)
    return found


def main():
    for line in sys.stdin:
        try:
            found = controls_of(line.strip())
        except Exception:  # noqa: BLE001  a part that goes in this moment; whoever asks asks again
            found = []
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


main()
