"""Figures as a file: CSV with every definition. No small number, the others to the nearest 5."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.services.figure_views import Dashboard, FigureLine, Number
from desktop.services.figure_words import count_of, period_of, smallest
from desktop.services.figures_leaving import leaving
from desktop.vault import Event, Vault
from forms.casework.measures.exports import dashboard
from forms.casework.measures.measure import Measure, Result
from forms.casework.measures.period import Period, quarter_of


@dataclass(frozen=True, slots=True)
class FigureFiles:
    """Writes figures to files; saving notes it in the audit."""

    vault: Vault

    def save(self, shown: Dashboard, path: str) -> None:
        """Write the table, once the audit has it. In the vault lane. Error: CopyNotSaved."""
        from desktop.services.pages_made import write_whole

        self.vault.note(Event("figures saved as a file", detail="csv"))
        write_whole(Path(path), as_csv(shown).encode())


def as_csv(shown: Dashboard) -> str:
    """Every measure with its definition; the quarters before as rows of their own."""
    results = []
    shown = leaving(shown)
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
        period_of(line.key),
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
