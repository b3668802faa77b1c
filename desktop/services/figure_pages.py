"""Figures as pages with trends. Imported when they are asked for, with all that prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from desktop.printing.document import Foot, print_story
from desktop.printing.figures_page import FigureGroup, FigureLine, dashboard_story
from desktop.printing.scripts import ScriptSetter
from desktop.services.figure_views import Dashboard
from desktop.services.figure_words import (
    MONTHS,
    SUBJECTS,
    outside_words,
    quarter_words,
    short_quarter,
    smallest,
    subject_of,
)
from desktop.services.paper_sizes import SIZES


def as_pdf(shown: Dashboard, at: datetime, setter: ScriptSetter | None) -> bytes:
    """The pages, made at ``at``."""
    story = dashboard_story(
        quarter_words(shown.first, shown.last),
        tuple(_groups(shown)),
        tuple(short_quarter(last) for last in shown.earlier),
        tuple(_said(shown)),
    )
    foot = Foot("Figures of early help", "", "", at)
    return print_story(story, SIZES["standard"][0], foot, draft=False, setter=setter).pdf


def _groups(shown: Dashboard) -> Iterator[FigureGroup]:
    for subject, title in SUBJECTS.items():
        lines = tuple(
            FigureLine(
                f"{line.title} ({line.key})",
                outside_words(line.now, smallest(line.key)),
                tuple(
                    outside_words(number, smallest(line.key)) if number is not None else ""
                    for number in line.before
                ),
            )
            for line in shown.figures
            if subject_of(line.key) == subject
        )
        if lines:
            yield FigureGroup(title, lines)


def _said(shown: Dashboard) -> Iterator[str]:
    if shown.written is not None:
        yield f"The newest change in these figures is of {_day(shown.written.date())}."
    elif shown.checked is not None:
        day = _day(shown.checked.date())
        yield f"Of the families of one worker, last checked with the council on {day}."
    if shown.published is not None:
        yield (
            f"This quarter was published on {_day(shown.published.at.date())}. "
            f"Since then {shown.published.changed} of its figures have changed; those of now are "
            "in this paper, and what was published is named here."
        )
        for line in shown.figures:
            if line.revised is not None:
                before = outside_words(line.revised, smallest(line.key))
                now = outside_words(line.now, smallest(line.key))
                yield f"{line.title} ({line.key}): published as {before}, now {now}."


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
