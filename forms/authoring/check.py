"""Finds what is wrong in a form before anybody fills it, and says where and what to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from forms.authoring.checks.columns import columns, settings, types
from forms.authoring.checks.expressions import expressions
from forms.authoring.checks.names import choices, names
from forms.authoring.checks.reachable import reachable
from forms.authoring.checks.translations import translations
from forms.authoring.compile import compile_with_warnings
from forms.authoring.mistakes import FormMistakes, Mistake
from forms.authoring.pictures import picture_mistakes
from forms.authoring.sheets import SURVEY, SheetForm, read_sheets
from forms.xforms import CalculationCycle, FormError, load_definition

_CHECKS = (columns, settings, types, names, choices, expressions, reachable, translations)


def check_form(xlsx: Path) -> tuple[Mistake, ...]:
    """Everything that is wrong with the form, in the order of its sheets and rows.

    First our own checks, then what pyxform says, then what the engine says of the compiled form;
    a later one is left out where an earlier one has already named the row. Never raises for a bad
    form: a file that cannot be read at all is one mistake.
    """
    try:
        form = read_sheets(xlsx)
    except FormMistakes as unreadable:
        return unreadable.mistakes
    found = [mistake for check in _CHECKS for mistake in check(form)]
    found += picture_mistakes(form, xlsx)
    found += _unknown(found, _compiled(xlsx, form, any(m.weight == "mistake" for m in found)))
    order = list(form.sheets)
    return tuple(sorted(dict.fromkeys(found), key=lambda m: _order(m, order)))


def _compiled(xlsx: Path, form: SheetForm, is_faulty: bool) -> Iterator[Mistake]:
    try:
        xform, warnings = compile_with_warnings(xlsx)
    except FormMistakes as refused:
        yield from refused.mistakes
        return
    yield from warnings
    if is_faulty:
        return
    try:
        load_definition(xform, missing_is_empty=True)
    except CalculationCycle as cycle:
        yield _cycle(cycle, form)
    except FormError as refused:
        yield Mistake(f"{refused.title}: {refused.message}")


def _cycle(cycle: CalculationCycle, form: SheetForm) -> Mistake:
    names = dict.fromkeys(path.rpartition("/")[2] for path in cycle.paths)
    rows = [form.by_name[name] for name in names if name in form.by_name]
    listed = ", ".join(f"{row.name} (row {row.line.number})" for row in rows)
    return Mistake(
        f"These wait for each other's answers, so none of them can be worked out: {listed}.",
        "Change one of them so that it does not use the others.",
        SURVEY,
        rows[0].line.number if rows else None,
    )


def _unknown(found: Iterable[Mistake], more: Iterable[Mistake]) -> list[Mistake]:
    """What is new among more: a row already named, or no row where one is, says nothing new."""
    named: set[tuple[str, int | None]] = {(m.sheet, m.row) for m in found if m.weight == "mistake"}
    if named:
        named.add(("", None))
    return [m for m in more if (m.sheet, m.row) not in named]


def _order(mistake: Mistake, sheets: list[str]) -> tuple[int, int, str]:
    sheet = sheets.index(mistake.sheet) if mistake.sheet in sheets else len(sheets)
    return sheet, mistake.row or 0, mistake.column
