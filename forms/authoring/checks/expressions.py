"""Expressions: brackets, functions, questions and choices that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.authoring.checks.closest import did_you_mean
from forms.authoring.mistakes import Mistake
from forms.authoring.sheets import ENTITIES, SURVEY, Line, Row, SheetForm
from forms.xforms.errors import ExpressionError
from forms.xforms.functions import FUNCTIONS
from forms.xforms.parser import parse
from forms.xforms.syntax import (
    Call,
    Expression,
    NumberLiteral,
    Operation,
    Path,
    TextLiteral,
    calls,
    parts,
)

REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
_QUESTION = "question-of-this-form"
_EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter", "repeat_count")
_YES_OR_EXPRESSION = ("required", "readonly")
_OF_ENTITIES = ("label", "entity_id", "create_if", "update_if")
_TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
_YES = frozenset({"", "yes", "no", "true", "false", "true()", "false()"})


@dataclass(frozen=True, slots=True)
class Written:
    """An expression where it stands. ``tree`` is None if it cannot be read; ``fault`` says why."""

    sheet: str
    line: Line
    column: str
    text: str
    row: Row | None
    tree: Expression | None
    fault: str = ""

    def mistake(self, says: str, instead: str = "") -> Mistake:
        """A mistake in this expression."""
        return Mistake(says, instead, self.sheet, self.line.number, self.column)


def written(form: SheetForm) -> Iterator[Written]:
    """Every expression of the form."""
    for row in form.rows:
        for column in _EXPRESSIONS:
            if text := row.line.get(column):
                yield _read(SURVEY, row.line, column, text, row)
        for column in _YES_OR_EXPRESSION:
            if (text := row.line.get(column)).lower() not in _YES:
                yield _read(SURVEY, row.line, column, text, row)
        default = row.line.get("default")
        if "${" in default or re.search(r"\w\(", default):
            yield _read(SURVEY, row.line, "default", default, row)
    for line in form.sheet(ENTITIES).lines:
        for column in _OF_ENTITIES:
            if text := line.get(column):
                yield _read(ENTITIES, line, column, text, None)


def expressions(form: SheetForm) -> Iterator[Mistake]:
    """What cannot be read or is not there, in every expression and every text."""
    for one in written(form):
        yield from _references(form, one.sheet, one.line, one.column, one.text)
        if one.tree is None:
            yield one.mistake(*_explained(one.fault, one.text))
            continue
        for call in calls(one.tree):
            if call.name not in FUNCTIONS:
                yield one.mistake(
                    f"There is no function {call.name}().",
                    did_you_mean(call.name, FUNCTIONS, after="()"),
                )
        yield from _missing_choices(form, one)
    for row in form.rows:
        for column in _TEXTS:
            for language, text in row.line.texts(column).items():
                where = f"{column}::{language}" if language else column
                yield from _references(form, SURVEY, row.line, where, text)
        if trigger := row.line.get("trigger"):
            yield from _references(form, SURVEY, row.line, "trigger", trigger)


def question_of(tree: Expression, row: Row | None) -> str:
    """The question that an operand names: ``${name}``, or ``.`` for its own; blank for others."""
    if isinstance(tree, Path) and not tree.absolute:
        tests = [step.test for step in tree.steps]
        if len(tests) == 2 and tests[0] == _QUESTION:
            return tests[1]
        if [(step.axis, step.test) for step in tree.steps] == [("self", "node()")]:
            return row.name if row else ""
    return ""


def literal(tree: Expression) -> str | None:
    """The value of a literal as an answer would hold it; None for anything else."""
    if isinstance(tree, TextLiteral):
        return tree.value
    if isinstance(tree, NumberLiteral):
        return f"{tree.value:g}"
    return None


def _read(sheet: str, line: Line, column: str, text: str, row: Row | None) -> Written:
    try:
        tree = parse(REFERENCE.sub(rf" {_QUESTION}/\1 ", text))
    except ExpressionError as error:
        return Written(sheet, line, column, text, row, None, error.reason)
    return Written(sheet, line, column, text, row, tree)


def _explained(fault: str, text: str) -> tuple[str, str]:
    """What is wrong with an expression that cannot be read, and what to write instead."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "", text)
    opened, closed = bare.count("("), bare.count(")")
    if opened != closed:
        missing = f"Add {abs(opened - closed)} “{')' if opened > closed else '('}”."
        return f"There are {opened} opening brackets and {closed} closing ones.", missing
    if bare.count("'") or bare.count('"'):
        return "A text begins with a quote and does not end with one.", "Add the second quote."
    for wrong, right in (
        (">>", ">"),
        ("<<", "<"),
        ("==", "="),
        ("&&", " and "),
        ("||", " or "),
        ("<>", "!="),
    ):
        if wrong in bare:
            return f"“{wrong}” means nothing here.", f"Write “{right.strip()}” instead."
    if "“" in text or "‘" in text or "’" in text:
        return "Quotes must be straight.", "Write ' instead of ‘ and ’."
    return f"{fault.replace(_QUESTION + '/', '')}.", ""


def _references(
    form: SheetForm, sheet: str, line: Line, column: str, text: str
) -> Iterator[Mistake]:
    for name in REFERENCE.findall(text):
        if name not in form.by_name:
            instead = did_you_mean(name, form.by_name, "${", "}")
            yield Mistake(f"There is no question “{name}”.", instead, sheet, line.number, column)
    if "${" in REFERENCE.sub("", text):
        yield Mistake("“${” is not closed.", "Add “}” after the name.", sheet, line.number, column)


def _missing_choices(form: SheetForm, one: Written) -> Iterator[Mistake]:
    """Values that a question is compared with, but that its list does not have."""
    for question, value in compared(one.tree, one.row):
        row = form.by_name.get(question)
        lines = form.lists.get(row.list_name) if row else None
        if row is None or not row.list_name or lines is None or value == "":
            continue
        values = {line.get("name") for line in lines}
        if value not in values:
            yield one.mistake(
                f"“{question}” cannot be “{value}”: its list {row.list_name} has no such choice.",
                did_you_mean(value, values, "'", "'") or f"It has: {', '.join(sorted(values))}.",
            )
    if one.column == "choice_filter":
        yield from _missing_columns(form, one)


def compared(tree: Expression | None, row: Row | None) -> Iterator[tuple[str, str]]:
    """Each question that is compared with a value, and the value."""
    waiting = [tree] if tree is not None else []
    while waiting:
        at = waiting.pop()
        pair: tuple[Expression, ...] = ()
        if isinstance(at, Operation) and at.operator in ("=", "!="):
            pair = (at.left, at.right)
        elif isinstance(at, Call) and at.name in ("selected", "is-selected"):
            pair = at.arguments
        if len(pair) == 2:
            for question, value in (pair, pair[::-1]):
                name, said = question_of(question, row), literal(value)
                if name and said is not None:
                    yield name, said
        waiting.extend(parts(at))


def _missing_columns(form: SheetForm, one: Written) -> Iterator[Mistake]:
    """Names in a filter that are no columns of the choices."""
    if one.row is None or not one.row.list_name or one.tree is None:
        return
    known: Mapping[str, object] = dict.fromkeys(form.sheet("choices").columns)
    waiting = [one.tree]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Path) and not at.absolute and len(at.steps) == 1:
            step = at.steps[0]
            if step.axis == "child" and step.test not in known:
                yield one.mistake(
                    f"The choices sheet has no column “{step.test}”.",
                    did_you_mean(step.test, known) or "Add it there.",
                )
        waiting.extend(parts(at))
