"""What protects people: guarded questions, what is kept off paper, words that say why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from forms.authoring.mistakes import Mistake
from forms.authoring.pack_checks.rows import numbered
from forms.authoring.sheets import SheetForm
from forms.authoring.sources import (
    BESIDE_COLUMNS,
    GUARD_COLUMNS,
    KEPT_COLUMNS,
    WORD_COLUMNS,
    read_rows,
)
from forms.casework.subject_access import RESTRICTED, SERIOUS_HARM
from forms.records.naming import OWN_ROW, PEOPLE

ACCESS_COLUMNS = ("form", "path", "mark", "why")
BLOCKED_COLUMNS = ("form", "path", "holds", "says", "lifted_by")
_BLOCKED_HOLD = (PEOPLE, OWN_ROW, "names")
PRINTED_ONLY = "printed_only.csv"
PRINTED_ONLY_COLUMNS = ("form", "path", "question", "only_if", "unless")
_REASONS = ("not_asked", "not_known", "waiting", "conflict")


def guards(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Protective questions are in their forms, and their answers are exactly those offered."""
    file, guarded = "protective.csv", set()
    for number, row in numbered(sources / file, GUARD_COLUMNS):
        guarded.add(row["guards"])
        form = forms.get(row["form"])
        asked = form.by_name.get(row["path"].rpartition("/")[2]) if form else None
        if form is None or asked is None or form.path(asked) != row["path"]:
            says = f"The form {row['form']} has no question {row['path']}."
            yield Mistake(says, "Correct the path.", file, number, "path")
            continue
        offered = {line.get("name") for line in form.lists.get(asked.list_name, ())}
        if set(row["safest_first"].split()) != offered:
            yield Mistake(
                f"The question offers: {', '.join(sorted(offered))}.",
                "Write each of them once, the safest first.", file, number, "safest_first",
            )  # fmt: skip
    for what in sorted({"paper", "talk"} - guarded):
        yield Mistake(f"Nothing guards {what}.", "Add the question that does.", file)


def kept_off_paper(file: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What is never printed is there, so that a renamed question is not printed by mistake."""
    for number, row in numbered(file, KEPT_COLUMNS):
        if not _is_in(row["path"], forms.get(row["form"])):
            says = f"The form {row['form']} has nothing at {row['path']}."
            yield Mistake(says, "Correct the path.", file.name, number, "path")


def marked_for_access(file: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What an officer must look at before somebody's own data is given is there, with its mark."""
    for number, row in numbered(file, ACCESS_COLUMNS):
        if not _is_in(row["path"], forms.get(row["form"])):
            says = f"The form {row['form']} has nothing at {row['path']}."
            yield Mistake(says, "Correct the path.", file.name, number, "path")
        if row["mark"] not in (RESTRICTED, SERIOUS_HARM):
            says = f"There is no mark “{row['mark']}”."
            yield Mistake(says, "Write restricted or serious_harm.", file.name, number, "mark")


def printed_only(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What is printed only after some answers: the question offers them, or it guards nothing."""
    for number, row in numbered(sources / PRINTED_ONLY, PRINTED_ONLY_COLUMNS):
        form = forms.get(row["form"])
        if form is None:
            continue  # a form that the council does not use
        for column in ("path", "question"):
            if not _is_in(row[column], form):
                says = f"The form {row['form']} has nothing at {row[column]}."
                yield Mistake(says, "Correct the path.", PRINTED_ONLY, number, column)
        offered = _offered(sources, form, row["question"])
        for column in ("only_if", "unless"):
            for answer in row[column].split():
                if answer != "*" and offered is not None and answer not in offered:
                    says = f"{row['question']} does not offer “{answer}”."
                    yield Mistake(says, "Write an answer of it.", PRINTED_ONLY, number, column)


def blocked(file: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What names somebody who gets no paper is there: a wrong path would block nobody."""
    for number, row in numbered(file, BLOCKED_COLUMNS):
        if not _is_in(row["path"], forms.get(row["form"])):
            says = f"The form {row['form']} has nothing at {row['path']}."
            yield Mistake(says, "Correct the path.", file.name, number, "path")
        if row["holds"] not in _BLOCKED_HOLD:
            says = f"Nothing holds “{row['holds']}”."
            instead = f"Write one of: {', '.join(_BLOCKED_HOLD)}."
            yield Mistake(says, instead, file.name, number, "holds")
        if row["lifted_by"] and row["lifted_by"] not in forms:
            says = f"There is no {row['lifted_by']}.xlsx."
            yield Mistake(says, "Correct the form.", file.name, number, "lifted_by")


def _offered(sources: Path, form: SheetForm, path: str) -> set[str] | None:
    """The answers that a question offers; None if it cannot be said here."""
    asked = form.by_name.get(path.rpartition("/")[2])
    words = asked.type.split() if asked else []
    if asked is None or len(words) < 2:
        return None
    if asked.list_name:
        return {line.get("name") for line in form.lists.get(asked.list_name, ())}
    table = sources / words[1]
    return {row["code"] for row in read_rows(table, ("code",))} if table.exists() else None


def beside(file: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What is kept from a family or child on the screen is there: a wrong path would show it."""
    for number, row in numbered(file, BESIDE_COLUMNS):
        form = forms.get(row["form"])
        if form is None:
            says = f"There is no {row['form']}.xlsx."
            yield Mistake(says, "Correct the form.", file.name, number, "form")
        elif row["beside"] not in ("family", "child"):
            says = f"Nobody is called “{row['beside']}” here."
            yield Mistake(says, "Write family or child.", file.name, number, "beside")
        else:
            when, _, values = (part.strip() for part in row["when"].partition("="))
            offered = _offered(file.parent, form, when) if when else None
            for value in values.split():
                if offered is not None and value not in offered:
                    says = f"{when} does not offer “{value}”."
                    yield Mistake(says, "Write an answer of it.", file.name, number, "when")
            for column, path in (("but_not", row["but_not"]), ("when", when)):
                if path and not _is_in(path, form):
                    says = f"The form {row['form']} has nothing at {path}."
                    yield Mistake(says, "Correct the path.", file.name, number, column)


def reasons(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Whatever is answered about paper and talk, there are words that say what follows."""
    words = {row["key"] for row in read_rows(sources / "words.csv", WORD_COLUMNS)}
    for number, row in numbered(sources / "protective.csv", GUARD_COLUMNS):
        if row["guards"] in ("paper", "talk") and row["form"] in forms:
            for reason in (*row["safest_first"].split(), *_REASONS):
                key = f"{row['guards']}.{reason}"
                if key not in words:
                    says = f"There are no words “{key}” in words.csv."
                    yield Mistake(says, "Add them.", "protective.csv", number, "safest_first")


def looked_at_for_access(sources: Path, forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """What goes on no paper is marked before somebody is given what is written about them."""
    marked = [(row["form"], row["path"]) for row in read_rows(sources / "subject_access.csv")]
    for number, row in numbered(sources / "never_printed.csv", KEPT_COLUMNS):
        form, path = row["form"], row["path"]
        if form in forms and not any(form == one and _covers(at, path) for one, at in marked):
            says = f"{path} is never printed, and has no mark in subject_access.csv."
            yield Mistake(says, "Add it there.", "never_printed.csv", number, "path")


def _covers(root: str, path: str) -> bool:
    return path == root or path.startswith(f"{root}/")


def _is_in(path: str, form: SheetForm | None) -> bool:
    return form is not None and form.has(path)
