"""Functions about choices (ODK XForms, select functions)."""

from __future__ import annotations

import math

from forms.xforms.context import Context
from forms.xforms.errors import ExpressionError
from forms.xforms.functions.function import Function
from forms.xforms.values import Value, number, string


def _selected(context: Context, chosen: Value, name: Value) -> bool:
    """True if the name is among those chosen; nothing is chosen where nothing is."""
    names, sought = string(chosen).split(), string(name).strip()
    return sought in names if sought else not names


def _selected_at(context: Context, chosen: Value, place: Value) -> str:
    names = string(chosen).split()
    at = number(place, context.zone)
    return names[int(at)] if not math.isnan(at) and 0 <= at < len(names) else ""


def _itext(context: Context, identifier: Value) -> str:
    texts = context.scope.texts
    return "" if texts is None else texts.itext(string(identifier), context.current)


def _choice_name(context: Context, name: Value, question: Value) -> str:
    texts = context.scope.texts
    if texts is None:
        raise ExpressionError("jr:choice-name() has no form to look in")
    return texts.choice_label(string(question), string(name), context.current)


CORE: dict[str, Function] = {}
ODK = {
    "selected": Function(2, 2, _selected),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, lambda _, chosen: float(len(string(chosen).split()))),
    "jr:itext": Function(1, 1, _itext),
    "jr:choice-name": Function(2, 2, _choice_name),
}
