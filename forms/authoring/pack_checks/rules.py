"""Tables that say who gets what, what is carried, and how laptops behave: each row means something.

A rule with a wrong path or a wrong word holds for nothing, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered
from forms.authoring.pack_lists import pack_lists
from forms.authoring.sheets import SheetForm
from forms.casework import reader
from forms.policy import ALWAYS_WRITTEN, BOUNDS, MAY_EXPORT

_EVERYBODY = "*"
_READERS = (
    *(reader.HOME, reader.MEMBER, reader.PARTNER, reader.EX_PARTNER, reader.OTHER_PARENT),
    *(reader.ELSEWHERE, reader.CHILD, reader.YOUNG_PERSON),
    *(reader.PROFESSIONAL, reader.PROFESSIONAL_MORE, reader.HUB, _EVERYBODY),
)
_PRINTS = ("yes", "no", "own", "agreed", "shared")


def recipients(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Each row of ``recipients.csv`` is about a reader, and a part of a form that is there."""
    file = "recipients.csv"
    for number, row in numbered(sources / file):
        if row["form"] != _EVERYBODY:
            yield from _at(row, forms, file, number)
        yield from _one_of(row, "reader", _READERS, file, number)
        yield from _one_of(row, "prints", _PRINTS, file, number)


def lists(forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Each list that a form offers, or looks up in, is one that the program makes of the pack."""
    known = (*pack_lists({}, ("", ""), (), ()), "checked.csv")
    for name, form in forms.items():
        for row in form.rows:
            kind, _, file = row.type.partition(" ")
            if kind.endswith("_from_file") and file.split()[0] not in known:
                instead = f"Write one of: {', '.join(sorted(known))}."
                where = (f"{name}.xlsx", row.line.number, "type")
                yield Mistake(f"There is no list {file}.", instead, *where)


def sharing_rules(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Each question that decides what is shared is there."""
    file = "sharing_rules.csv"
    for number, row in numbered(sources / file):
        yield from _at(row, forms, file, number)


def told_before(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Each question that what is known already is carried into is there."""
    file = "told_before.csv"
    for number, row in numbered(sources / file):
        yield from _at(row, forms, file, number)


def policy(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Each figure is one that laptops ask for, within its bounds."""
    file = "policy.csv"
    for number, row in numbered(sources / file):
        rule, value = row["rule"], row["value"]
        yield from _one_of(row, "rule", (*BOUNDS, ALWAYS_WRITTEN, MAY_EXPORT), file, number)
        if rule in BOUNDS:
            least, most = BOUNDS[rule]
            if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
                instead = f"Write a number from {least} to {most}."
                yield Mistake(f"“{value}” is not possible.", instead, file, number, "value")
        elif rule == MAY_EXPORT:
            yield from _one_of(row, "value", ("yes", "no"), file, number)
        elif rule == ALWAYS_WRITTEN:
            for form in value.split():
                if form not in forms:
                    yield Mistake(
                        f"There is no {form}.xlsx.", "Correct the form.", file, number, "value"
                    )


def _at(
    row: Mapping[str, str], forms: Mapping[str, SheetForm], file: str, number: int
) -> Iterator[Mistake]:
    form, path = forms.get(row["form"]), row["path"]
    if form is None:
        yield Mistake(f"There is no {row['form']}.xlsx.", "Correct the form.", file, number, "form")
    elif path and not form.has(path):
        says = f"The form {row['form']} has nothing at {path}."
        yield Mistake(says, "Correct the path.", file, number, "path")


def _one_of(
    row: Mapping[str, str], column: str, known: tuple[str, ...], file: str, number: int
) -> Iterator[Mistake]:
    if row[column] not in known:
        instead = f"Write one of: {', '.join(known)}."
        yield Mistake(f"There is no “{row[column]}” here.", instead, file, number, column)
