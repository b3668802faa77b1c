"""Dates of which parts are not known, as XML Schema writes them: ``2014-03``, ``2014``, ``--03``.

A rule of a form is about days. Of a part-known date nobody can say more than that some day of it
keeps to the rule; one without a year can be any.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from itertools import product

from forms.xforms.instance import InstanceNode

_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?")
_NO_YEAR = re.compile(r"--\d{2}(-\d{2})?|---\d{2}")
_MOST = 3
"""So many part-known dates are tried with each other; where there are more, nothing is judged."""


def keeps_to(rule: Callable[[], bool], node: InstanceNode) -> bool:
    """Whether the answer at ``node`` keeps to a rule: some day of it, if it is part-known.

    So are the dates beside it taken, with which rules compare it.
    """
    unsure = [one for one in _beside(node) if _is_part_known(one)]
    if not unsure:
        return rule()
    if len(unsure) > _MOST or any(_NO_YEAR.fullmatch(one.text) for one in unsure):
        return True
    known = [one.text for one in unsure]
    try:
        return any(_holds_with(rule, unsure, days) for days in product(*map(_ends, known)))
    finally:
        _put(unsure, known)


def _beside(node: InstanceNode) -> list[InstanceNode]:
    if node.schema.type != "date" or not isinstance(node.parent, InstanceNode):
        return []
    return node.parent.inner()


def _is_part_known(node: InstanceNode) -> bool:
    if node.schema.type != "date" or not node.relevant:
        return False
    return bool(_NO_YEAR.fullmatch(node.text) or _ends(node.text))


def _ends(text: str) -> tuple[str, ...]:
    """The first and the last day that it can be; none if it is no year, or a year and a month."""
    found = _YEAR.fullmatch(text)
    if found is None or int(found[1]) < 1:
        return ()
    year, first, last = int(found[1]), int(found[2] or 1), int(found[2] or 12)
    if not 1 <= first <= last <= 12:
        return ()
    days = calendar.monthrange(year, last)[1]
    return f"{year:04}-{first:02}-01", f"{year:04}-{last:02}-{days:02}"


def _holds_with(
    rule: Callable[[], bool], nodes: Iterable[InstanceNode], days: Iterable[str]
) -> bool:
    _put(nodes, days)
    return rule()


def _put(nodes: Iterable[InstanceNode], texts: Iterable[str]) -> None:
    for node, text in zip(nodes, texts, strict=True):
        node.text = text
