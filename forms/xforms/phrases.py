"""Texts for people in a form: labels, hints and messages, with the values they quote.

ODK XForms, "languages" and "output".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from unicodedata import bidirectional

from forms.xforms.compile import Compiler
from forms.xforms.context import Context
from forms.xforms.formula import Formula, formula
from forms.xforms.syntax import Expression
from forms.xforms.values import string

_APART = "\u2068{}\u2069"  # first strong isolate


class Phrase:
    """A text with ``<output>``s. They are compiled for each place that uses the phrase.

    In words from right to left each value that is quoted stands apart (UAX 9, 2.7): a name or a
    telephone number in other letters would else change places with what is next to it.
    """

    __slots__ = ("_compiled", "_has_words", "_pieces", "_quotation", "_where")

    def __init__(self, pieces: tuple[str | Quoted, ...], where: str) -> None:
        self._pieces = pieces
        self._where = where
        self._has_words = any(isinstance(piece, str) and piece.strip() for piece in pieces)
        self._quotation = _APART if _is_right_to_left(pieces) else "{}"
        self._compiled: dict[tuple[str, ...], tuple[str | Formula, ...]] = {}

    @property
    def is_plain(self) -> bool:
        """True if it quotes nothing."""
        return all(isinstance(piece, str) for piece in self._pieces)

    def compiled(self, compiler: Compiler) -> tuple[str | Formula, ...]:
        """Its pieces for that place; ExpressionError if one cannot be read."""
        found = self._compiled.get(compiler.home)
        if found is None:
            found = tuple(
                piece
                if isinstance(piece, str)
                else formula(piece.expression, compiler, self._where)
                for piece in self._pieces
            )
            self._compiled[compiler.home] = found
        return found

    def text(self, compiler: Compiler, context: Context, language: str = "") -> str:
        """The text as it reads at that place, which is in ``language``."""
        pieces = self.compiled(compiler)
        if self.is_plain:
            return "".join(map(str, pieces))
        with context.scope.words_in(language):
            return "".join(
                piece if isinstance(piece, str) else self._quoted(piece, context)
                for piece in pieces
            )

    def _quoted(self, piece: Formula, context: Context) -> str:
        value, texts = piece.evaluate(context), context.scope.texts
        if not isinstance(value, list) or not value or texts is None:
            said: str | None = string(value)
        else:
            said = texts.quoted(value[0])
        if said is None:  # a line to write on, in a sentence that says what it is for
            said = context.scope.gap if self._has_words else ""
        return self._quotation.format(said) if said else ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """``<output value="...">``."""

    expression: str


Forms = Mapping[str, Phrase]
"""A text in its forms: ``""`` (the words), ``image``, ``audio``, ``video``, ``guidance``..."""


@dataclass(frozen=True, slots=True, eq=False)
class Translations:
    """``itext``: language to text id to forms."""

    languages: tuple[str, ...] = ()
    default: str = ""
    texts: Mapping[str, Mapping[str, Forms]] = field(default_factory=dict)
    compiler: Compiler = field(default_factory=Compiler)

    def text(
        self, identifier: str, form: str, home: tuple[str, ...], context: Context
    ) -> str | None:
        """A text in one of its forms, its outputs worked out where the context is."""
        language = self._spoken(context.scope.language, identifier)
        forms = self.texts.get(language, {}).get(identifier)
        if forms is None:
            return None if form else identifier
        phrase = forms.get(form)
        return None if phrase is None else phrase.text(self.compiler.at(home), context, language)

    def _spoken(self, language: str, identifier: str) -> str:
        """The language in which a text is said: the default one where this one lacks it."""
        return language if identifier in self.texts.get(language, {}) else self.default


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A label, hint or message: written out, or a reference to translations.

    ``identifier`` is the id of the text, ``worked_out`` works it out; ``expression`` is a text that
    is not translated.
    """

    phrase: Phrase | None = None
    identifier: str | None = None
    worked_out: Formula | None = None
    expression: Formula | None = None
    compiler: Compiler = field(default_factory=Compiler)

    def text(self, form: str, translations: Translations, context: Context) -> str | None:
        """The words in that form and the language of the session; None if there are none."""
        if self.phrase is not None:
            return self.phrase.text(self.compiler, context) if not form else None
        if self.expression is not None:
            return string(self.expression.evaluate(context)) if not form else None
        identifier = self.identifier
        if identifier is None:
            if self.worked_out is None:
                return None
            identifier = string(self.worked_out.evaluate(context))
        return translations.text(identifier, form, self.compiler.home, context)

    def trees(self, translations: Translations) -> Iterator[Expression]:
        """Every expression that may change what the words say."""
        if self.expression is not None:
            yield self.expression.tree
        if self.worked_out is not None:
            yield self.worked_out.tree
        if self.identifier is not None:
            yield from self._translated(translations, self.identifier)
        if self.phrase is not None:
            yield from _trees(self.phrase.compiled(self.compiler))

    def _translated(self, translations: Translations, identifier: str) -> Iterator[Expression]:
        for texts in translations.texts.values():
            for phrase in texts.get(identifier, {}).values():
                if not phrase.is_plain:
                    yield from _trees(phrase.compiled(self.compiler))


def _is_right_to_left(pieces: Iterable[str | Quoted]) -> bool:
    """Whether the phrase itself has a letter that is written from right to left."""
    words = "".join(piece for piece in pieces if isinstance(piece, str))
    return any(bidirectional(letter) in {"R", "AL"} for letter in words)


def _trees(pieces: tuple[str | Formula, ...]) -> Iterator[Expression]:
    for piece in pieces:
        if isinstance(piece, Formula):
            yield piece.tree
