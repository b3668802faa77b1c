"""Figures as files: CSV with every definition, and pages with trends. Small numbers are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.printing.document import Foot, print_story
from desktop.printing.figures_page import FigureGroup, dashboard_story
from desktop.printing.figures_page import FigureLine as PrintedLine
from desktop.printing.scripts import ScriptSetter
from desktop.services.clock import Clock
from desktop.services.figure_views import Dashboard, FigureLine, Number
from desktop.services.pages_made import write_whole
from desktop.services.paper_sizes import SIZES
from desktop.vault import Event, Vault
from forms.casework.measures.catalogue import BY_KEY
from forms.casework.measures.exports import dashboard
from forms.casework.measures.measure import HIDDEN, Count, Measure, Result, hidden
from forms.casework.measures.period import Period, quarter_of

CSV, PDF = "csv", "pdf"
SUBJECTS: Mapping[str, str] = {
    "open_help": "Families being helped",
    "asking": "Asking for help, and asking again",
    "timely": "On time",
    "quality": "How the help is given, and what it changes",
    "says": "What families say",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class FigureFiles:
    """Writes figures to files. Making them needs no vault; saving notes it in the audit."""

    vault: Vault
    clock: Clock
    setter: ScriptSetter | None = None

    def made(self, shown: Dashboard, kind: str) -> bytes:
        """The file: ``csv`` or ``pdf``. In the paper lane."""
        return as_csv(shown).encode() if kind == CSV else self._pdf(shown)

    def save(self, content: bytes, kind: str, path: str) -> None:
        """Write it, once the audit has it. In the vault lane. Error: CopyNotSaved."""
        self.vault.note(Event("figures saved as a file", detail=kind))
        write_whole(Path(path), content)

    def _pdf(self, shown: Dashboard) -> bytes:
        foot = Foot("Figures of early help", "", "", self.clock.now())
        story = dashboard_story(
            quarter_words(shown.first, shown.last),
            tuple(_groups(shown)),
            tuple(short_quarter(last) for last in shown.earlier),
            tuple(_said(shown)),
        )
        return print_story(story, SIZES["standard"][0], foot, draft=False, setter=self.setter).pdf


def as_csv(shown: Dashboard) -> str:
    """Every measure with its definition; the quarters before as rows of their own."""
    results = []
    for line in shown.figures:
        results.append(_result(line, Period(shown.first, shown.last), line.now, line))
        for last, number in zip(shown.earlier, line.before, strict=False):
            if number is not None:
                results.append(_result(line, quarter_of(last), number, None))
    return dashboard(results)


def quarter_words(first: date, last: date) -> str:
    """``July to September 2026``."""
    return f"{_MONTHS[first.month - 1]} to {_MONTHS[last.month - 1]} {last.year}"


def short_quarter(last: date) -> str:
    """A quarter by its last month: ``to Sep 2026``."""
    return f"to {_MONTHS[last.month - 1][:3]} {last.year}"


def outside_words(number: Number, smallest: int = 0) -> str:
    """A figure as it may leave the service."""
    count = hidden(_count(number), smallest)
    if count.hidden:
        return HIDDEN
    if count.mean is not None:
        return f"{count.counted} (mean {count.mean:g})"
    if count.of is None:
        return str(count.counted)
    percent = f", {count.percent:.0f}%" if count.percent is not None else ""
    return f"{count.counted} of {count.of}{percent}"


def _groups(shown: Dashboard) -> Iterator[FigureGroup]:
    for subject, title in SUBJECTS.items():
        lines = tuple(
            PrintedLine(
                f"{line.title} ({line.key})",
                outside_words(line.now, _smallest(line.key)),
                tuple(
                    outside_words(number, _smallest(line.key)) if number is not None else ""
                    for number in line.before
                ),
            )
            for line in shown.figures
            if subject_of(line.key) == subject
        )
        if lines:
            yield FigureGroup(title, lines)


def subject_of(key: str) -> str:
    """What a measure is about; measures that this program does not know are about quality."""
    return BY_KEY[key].subject if key in BY_KEY else "quality"


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
                before = outside_words(line.revised, _smallest(line.key))
                now = outside_words(line.now, _smallest(line.key))
                yield f"{line.title} ({line.key}): published as {before}, now {now}."


def _result(line: FigureLine, period: Period, number: Number, cuts: FigureLine | None) -> Result:
    measure = Measure(
        line.key,
        line.title,
        line.counts,
        line.of_words,
        "",
        "",
        lambda _council, _period: iter(()),
        caveats=line.caveats,
        version=line.version,
        smallest=_smallest(line.key),
    )
    by = {
        cut: {value: _count(found) for value, found in values}
        for cut, values in (cuts.by if cuts is not None else ())
    }
    return Result(measure, period, _count(number), by)


def _smallest(key: str) -> int:
    return BY_KEY[key].smallest if key in BY_KEY else 0


def _count(number: Number) -> Count:
    return Count(number.counted, number.of, number.mean, number.median, number.hidden)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
