"""Figures as files: CSV with every definition, and pages with trends. Small numbers are hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.printing.scripts import ScriptSetter
from desktop.services.clock import Clock
from desktop.services.figure_views import Dashboard, FigureLine, Number
from desktop.services.figure_words import count_of, smallest
from desktop.vault import Event, Vault
from forms.casework.measures.exports import dashboard
from forms.casework.measures.measure import Measure, Result
from forms.casework.measures.period import Period, quarter_of

CSV, PDF = "csv", "pdf"


@dataclass(frozen=True, slots=True)
class FigureFiles:
    """Writes figures to files. Making them needs no vault; saving notes it in the audit."""

    vault: Vault
    clock: Clock
    make_setter: Callable[[], ScriptSetter] | None = None

    def made(self, shown: Dashboard, kind: str) -> bytes:
        """The file: ``csv`` or ``pdf``. In the paper lane."""
        if kind == CSV:
            return as_csv(shown).encode()
        from desktop.services.figure_pages import as_pdf

        return as_pdf(shown, self.clock.now(), self.make_setter() if self.make_setter else None)

    def save(self, content: bytes, kind: str, path: str) -> None:
        """Write it, once the audit has it. In the vault lane. Error: CopyNotSaved."""
        from desktop.services.pages_made import write_whole

        self.vault.note(Event("figures saved as a file", detail=kind))
        write_whole(Path(path), content)


def as_csv(shown: Dashboard) -> str:
    """Every measure with its definition; the quarters before as rows of their own."""
    results = []
    for line in shown.figures:
        results.append(_result(line, Period(shown.first, shown.last), line.now, line))
        for last, number in zip(shown.earlier, line.before, strict=False):
            if number is not None:
                results.append(_result(line, quarter_of(last), number, None))
    return dashboard(results)


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
        smallest=smallest(line.key),
    )
    by = {
        cut: {value: count_of(found) for value, found in values}
        for cut, values in (cuts.by if cuts is not None else ())
    }
    return Result(measure, period, count_of(number), by)
