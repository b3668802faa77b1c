"""Names: each question's own, each choice's own in its list, and lists that are there."""

from __future__ import annotations

from collections.abc import Iterator

from forms.authoring.checks.closest import did_you_mean
from forms.authoring.mistakes import Mistake
from forms.authoring.sheets import CHOICES, SURVEY, SheetForm


def names(form: SheetForm) -> Iterator[Mistake]:
    """Two questions of one name: an expression cannot say which of them it means."""
    for row in form.rows:
        first = form.by_name.get(row.name)
        if row.name and first is not None and first is not row:
            yield Mistake(
                f"“{row.name}” is already the name of row {first.line.number}.",
                "Give each question and group a name of its own.",
                SURVEY,
                row.line.number,
                "name",
            )


def choices(form: SheetForm) -> Iterator[Mistake]:
    """Lists that are not there or that nobody uses, choices that are there twice, odd defaults."""
    used = {row.list_name for row in form.rows if row.list_name}
    for name, lines in form.lists.items():
        seen: dict[str, int] = {}
        for line in lines:
            choice = line.get("name")
            if choice in seen:
                yield Mistake(
                    f"The list {name} has “{choice}” already in row {seen[choice]}.",
                    "Give each choice a name of its own.",
                    CHOICES,
                    line.number,
                    "name",
                )
            seen.setdefault(choice, line.number)
        if name not in used:
            yield Mistake(
                f"No question uses the list {name}.",
                did_you_mean(name, used - form.lists.keys()) or "Remove it, or use it.",
                CHOICES,
                lines[0].number,
                "list_name",
                "warning",
            )
    yield from _of_questions(form)


def _of_questions(form: SheetForm) -> Iterator[Mistake]:
    for row in form.rows:
        if not row.list_name or row.list_name.startswith("${"):
            continue
        lines = form.lists.get(row.list_name)
        number = row.line.number
        if lines is None:
            yield Mistake(
                f"There is no list “{row.list_name}” in the choices sheet.",
                did_you_mean(row.list_name, form.lists) or "Add the list there.",
                SURVEY,
                number,
                "type",
            )
            continue
        values = {line.get("name") for line in lines}
        default = row.line.get("default")
        for value in default.split() if "(" not in default and "${" not in default else ():
            if value not in values:
                yield Mistake(
                    f"The list {row.list_name} has no choice “{value}”.",
                    did_you_mean(value, values),
                    SURVEY,
                    number,
                    "default",
                )
