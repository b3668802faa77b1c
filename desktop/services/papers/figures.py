"""The quarterly figures as a paper: with trends, to the nearest 5 (domain.md 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from desktop.printing.dates import short_date
from desktop.printing.figures_page import (
    FigureGroup,
    FigureLine,
    FigureWords,
    dashboard_story,
)
from desktop.printing.story import Story
from desktop.services import figure_views as views
from desktop.services.figure_words import SUBJECTS, outside, quarter_words, subject_of
from desktop.services.figures_leaving import leaving
from desktop.services.packs import Packs
from desktop.services.papers.manners import PLAIN, all_manners, foot_words, in_manner
from desktop.services.papers.spares import Spare


def dashboard_paper(packs: Packs, shown: views.Dashboard) -> Spare:
    """A quarter's figures: no family is in them."""
    pack = packs.newest

    def make(words: FigureWords) -> Story:
        return _Figures(shown, words).story()

    def story(manner: str) -> Story:
        return in_manner(pack, manner or PLAIN, FigureWords, make) or make(FigureWords())

    return Spare(
        "figures",
        pack.said(f"{{Family_help}}: {quarter_words(shown.first, shown.last)}"),
        False,
        "",
        "Who looks at the figures",
        "no family is in them",
        "Small numbers are left out, the others are to the nearest 5.",
        f"figures-{shown.last.isoformat()}.pdf",
        all_manners(pack, FigureWords),
        story,
        partial(foot_words, pack),
    )


class _Figures:
    """The figures in the words of one language."""

    def __init__(self, shown: views.Dashboard, words: FigureWords) -> None:
        self._shown, self._words = leaving(shown), words
        self._names = dict(words.measures)
        self._subjects = {**SUBJECTS, **dict(words.subjects)}

    def story(self) -> Story:
        shown, words = self._shown, self._words
        period = words.period.format(
            first=self._month(shown.first), last=self._month(shown.last), year=shown.last.year
        )
        earlier = tuple(
            words.until.format(month=self._month(last), year=last.year) for last in shown.earlier
        )
        return dashboard_story(period, tuple(self._groups()), earlier, tuple(self._said()), words)

    def _month(self, day: date) -> str:
        return self._words.dates.months[day.month - 1]

    def _groups(self) -> Iterator[FigureGroup]:
        for subject in SUBJECTS:
            lines = tuple(
                self._line(line) for line in self._shown.figures if subject_of(line.key) == subject
            )
            if lines:
                yield FigureGroup(self._subjects[subject], lines)

    def _line(self, line: views.FigureLine) -> FigureLine:
        before = (self._number(n, line.key) if n is not None else "" for n in line.before)
        return FigureLine(self._name(line), self._number(line.now, line.key), tuple(before))

    def _name(self, line: views.FigureLine) -> str:
        return f"{self._names.get(line.key, line.title)} ({line.key})"

    def _number(self, number: views.Number, key: str) -> str:
        """A figure as it may leave the service."""
        words, count = self._words, outside(key, number)
        if count.hidden:
            return words.hidden
        if count.mean is not None:
            return words.mean.format(number=count.counted, mean=f"{count.mean:g}")
        if count.of is None:
            return str(count.counted)
        if count.percent is None:
            return words.of.format(number=count.counted, all=count.of)
        return words.share.format(
            number=count.counted, all=count.of, percent=f"{count.percent:.0f}"
        )

    def _said(self) -> Iterator[str]:
        """How fresh they are, and what has changed since they were published."""
        shown, words = self._shown, self._words
        if shown.written is not None:
            yield words.written.format(date=self._day(shown.written.date()))
        elif shown.checked is not None:
            yield words.own.format(date=self._day(shown.checked.date()))
        if shown.published is None:
            return
        day = self._day(shown.published.at.date())
        yield words.published.format(date=day, number=shown.published.changed)
        for line in shown.figures:
            if line.is_as_published:
                yield words.revised_little.format(name=self._name(line))
            elif line.revised is not None:
                yield words.revised.format(
                    name=self._name(line),
                    before=self._number(line.revised, line.key),
                    now=self._number(line.now, line.key),
                )

    def _day(self, day: date) -> str:
        return short_date(day, self._words.dates)
