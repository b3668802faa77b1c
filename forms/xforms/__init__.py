"""The XForms engine: a form read once (``Definition``), filled many times (``Session``)."""

from forms.xforms.choices import Choice
from forms.xforms.definition import Definition, Question, load_definition
from forms.xforms.delta import Delta
from forms.xforms.entities import EntityDeclaration
from forms.xforms.errors import (
    CalculationCycle,
    ExpressionError,
    FormError,
    FormMistake,
    FormNotReadable,
    FormNotSupported,
    FormTooLarge,
    NoSuchPath,
    RowsAreCounted,
)
from forms.xforms.node import Node, NodeKind, Violation
from forms.xforms.session import Session

__all__ = [
    "CalculationCycle",
    "Choice",
    "Definition",
    "Delta",
    "EntityDeclaration",
    "ExpressionError",
    "FormError",
    "FormMistake",
    "FormNotReadable",
    "FormNotSupported",
    "FormTooLarge",
    "NoSuchPath",
    "Node",
    "NodeKind",
    "Question",
    "RowsAreCounted",
    "Session",
    "Violation",
    "load_definition",
]
