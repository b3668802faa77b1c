"""Values that a form asks of the program when a record is begun (ODK XForms, "preload")."""

from __future__ import annotations

from collections.abc import Mapping

from forms.xforms.context import Scope
from forms.xforms.moments import Moment

_ASKED = frozenset({"property", "context", "patient", "user"})
_NAMES = {"UserID": "username", "UserName": "username"}


def preloaded(kind: str, parameter: str, scope: Scope, known: Mapping[str, str]) -> str | None:
    """The value; None if there is none, so that the question keeps its default."""
    if kind == "uid":
        return f"uuid:{scope.new_id()}"
    if kind == "date":
        return scope.now().date().isoformat() if parameter == "today" else None
    if kind == "timestamp":
        return str(Moment(scope.now(), True)) if parameter == "start" else None
    if kind in _ASKED:
        return known.get(parameter) or known.get(_NAMES.get(parameter, ""))
    return None
