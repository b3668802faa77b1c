"""What can be wrong with a form, or with what is asked of it: each in words that say what to do."""

from __future__ import annotations


class FormError(Exception):
    """A form cannot be used, or cannot do what was asked of it.

    ``title`` is a short line for people, ``message`` says what to do. Neither ever holds an answer.
    """

    title = "This form cannot be opened"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FormNotReadable(FormError):
    """The bytes are not an XForm: not XML, cut short, or without a model."""

    title = "This form cannot be read"


class FormTooLarge(FormError):
    """The form, or what it asks the program to do, is past a limit (``limits``)."""

    title = "This form is too large"


class FormNotSupported(FormError):
    """The form uses a part of the standard that this program leaves out; the message names it."""

    title = "This form uses something this program does not have"


class FormMistake(FormError):
    """The form contradicts itself: a question that is not there, a list that is missing."""

    title = "This form has a mistake in it"


class CalculationCycle(FormMistake):
    """Questions whose calculations or relevance wait for each other; ``paths`` names them."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(
            "These questions wait for each other's answers, so none of them can be worked out: "
            + ", ".join(paths)
            + ". Change one of them so that it does not use the others."
        )
        self.paths = paths


class ExpressionError(FormMistake):
    """An expression cannot be read or worked out; ``where`` names the question and the column."""

    def __init__(self, message: str, expression: str = "", where: str = "") -> None:
        place = f" (in {where})" if where else ""
        shown = f": {expression[:200]}" if expression else ""
        super().__init__(f"{message}{place}{shown}")
        self.reason = message
        self.expression = expression
        self.where = where


class RowsAreCounted(FormError):
    """The form itself says how many rows there are: nobody adds, removes or moves them."""

    title = "The form decides how many there are here"


class NoSuchPath(FormError):
    """Nothing in this record has that path (a question of another version, a row removed)."""

    title = "That question is not in this form"
