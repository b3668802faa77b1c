"""What must have been done before a record can be finished; a draft is never held up."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from forms.casework.known_record import Form, KnownRecord
from forms.casework.requests import LEVEL_4, REQUEST, hub_has_answered, requests


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


def hub_first(form: Form, records: Iterable[KnownRecord]) -> bool:
    """True while an early help plan waits for the hub: a Level 4 request has no outcome yet.

    Where a child may come to significant harm it is not settled that early help goes on, so no plan
    of it is made final before the hub has said so itself (domain.md 1.21). It is written on, and
    printed as a draft, all the while; a safety plan is never held up.
    """
    return any(declared.dataset == "plan" for declared in form.entities) and any(
        one.kind == LEVEL_4 and one.is_final and not hub_has_answered(record)
        for record in records
        for one in requests([record])
    )
