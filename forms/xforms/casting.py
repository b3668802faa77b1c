"""What a calculation leaves in a question of a given type (ODK XForms, data types)."""

from __future__ import annotations

import math
from datetime import tzinfo

from forms.xforms.limits import TEXT_CHARACTERS, at_most
from forms.xforms.moments import Moment, moment, moment_of_days
from forms.xforms.values import Value, number, number_text, string


def cast(value: Value, kind: str, zone: tzinfo) -> str:
    """The text that a question of that type holds for the value; blank if it can hold none."""
    if kind in ("int", "decimal"):
        return _number(value, kind, zone)
    if kind in ("date", "dateTime"):
        return _date(value, kind, zone)
    if isinstance(value, float) and math.isnan(value):
        return ""
    text = str(string(value))
    at_most(len(text), TEXT_CHARACTERS, "characters in a text")
    return text


def _number(value: Value, kind: str, zone: tzinfo) -> str:
    if isinstance(value, str) and not isinstance(value, Moment) and not value.strip():
        return ""
    amount = number(value, zone)
    if math.isnan(amount) or math.isinf(amount):
        return ""
    return number_text(float(math.trunc(amount)) if kind == "int" else amount)


def _date(value: Value, kind: str, zone: tzinfo) -> str:
    found: Moment | None
    if isinstance(value, bool):
        return string(value)
    if isinstance(value, float):
        found = moment_of_days(value, zone)
        if found is None:
            return ""
    else:
        text = string(value)
        found = moment(text, zone)
        if found is None:
            return str(text)
    if kind == "date":
        return found.when.date().isoformat()
    return str(found)
