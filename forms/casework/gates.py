"""What must have been done before a record can be finished; a draft is never held up."""

from __future__ import annotations

from collections.abc import Callable

from forms.casework.known_record import Form
from forms.casework.requests import LEVEL_4, REQUEST


def telephone_first(form: Form, said: Callable[[str], str]) -> str:
    """The question *when did you ring*, while a Level 4 request says nothing there; else blank.

    A request that waits in a queue has told nobody, so it is not finished before somebody was
    rung (domain.md 1.21, channel rule). ``said`` gives the answer at a path.
    """
    for declared in form.entities:
        kind, rung = declared.properties.get("kind"), declared.properties.get("rung_at")
        if declared.dataset == REQUEST and kind is not None and rung is not None:
            return rung if said(kind) == LEVEL_4 and not said(rung) else ""
    return ""
