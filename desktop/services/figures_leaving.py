"""Figures on their way out: what hardly differs from what was published leaves as it was published.

What was published is known outside. A figure that differs from it by fewer than 5 would tell,
beside it, what a family or a few have changed; so it says only that it has changed. On the page,
inside the service, both are told.
"""

from __future__ import annotations

from dataclasses import replace

from desktop.services.figure_views import Dashboard, FigureLine, Number
from desktop.services.figure_words import count_of
from forms.casework.measures.frozen import CHANGED_A_LITTLE, is_little


def leaving(shown: Dashboard) -> Dashboard:
    """These figures as they may go into a file or onto paper; small numbers are hidden there."""
    return replace(shown, figures=tuple(_line(line) for line in shown.figures))


def _line(line: FigureLine) -> FigureLine:
    if line.redefined:
        return line
    now = _nearly(line.revised, line.now)
    by = tuple(
        (
            cut,
            tuple(
                (value, _nearly(line.revised_by.get(f"{cut}={value}"), number))
                for value, number in values
            ),
        )
        for cut, values in line.by
    )
    if (now, by) == (line.now, line.by):
        return line
    caveats = (*line.caveats, CHANGED_A_LITTLE)
    return replace(line, now=now, by=by, caveats=caveats, is_as_published=now != line.now)


def _nearly(published: Number | None, now: Number) -> Number:
    if published is None or not is_little(count_of(published), count_of(now)):
        return now
    return published
