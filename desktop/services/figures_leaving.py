"""Figures on their way out: what hardly differs from what was published leaves as it was published.

What was published is known outside. A figure that differs from it by fewer than 5 would tell,
beside it, what a family or a few have changed; so it says only that it has changed, as does what
would tell it by a sum. On the page, inside the service, both are told.
"""

from __future__ import annotations

from dataclasses import replace

from desktop.services.figure_views import Dashboard, FigureLine, Number
from desktop.services.figure_words import count_of
from forms.casework.measures.frozen import CHANGED_A_LITTLE, TOTAL, kept_as_published


def leaving(shown: Dashboard) -> Dashboard:
    """These figures as they may go into a file or onto paper; small numbers are hidden there."""
    return replace(shown, figures=tuple(_line(line) for line in shown.figures))


def _line(line: FigureLine) -> FigureLine:
    if line.redefined:
        return line
    now = {TOTAL: count_of(line.now)} | {
        f"{cut}={value}": count_of(number) for cut, values in line.by for value, number in values
    }
    revised = dict(line.revised_by) | ({} if line.revised is None else {TOTAL: line.revised})
    published = {named: count_of(number) for named, number in revised.items()}
    kept = kept_as_published(now | published, now)
    if not kept:
        return line

    def shown(named: str, number: Number) -> Number:
        return revised.get(named, number) if named in kept else number

    by = tuple(
        (cut, tuple((value, shown(f"{cut}={value}", number)) for value, number in values))
        for cut, values in line.by
    )
    total = shown(TOTAL, line.now)
    caveats = (*line.caveats, CHANGED_A_LITTLE)
    return replace(line, now=total, by=by, caveats=caveats, is_as_published=total != line.now)
