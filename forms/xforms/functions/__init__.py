"""The functions that expressions may call: XPath 1.0's own, and those with ODK XForms' added."""

from __future__ import annotations

from forms.xforms.functions import booleans, dates, geography, nodes, numbers, selects, texts
from forms.xforms.functions.function import Function

_FAMILIES = (booleans, numbers, texts, nodes, selects, dates, geography)

CORE: dict[str, Function] = {
    name: function for family in _FAMILIES for name, function in family.CORE.items()
}
"""XPath 1.0, section 4."""
FUNCTIONS: dict[str, Function] = CORE | {
    name: function for family in _FAMILIES for name, function in family.ODK.items()
}
"""XPath 1.0 and ODK XForms."""

__all__ = ["CORE", "FUNCTIONS", "Function"]
