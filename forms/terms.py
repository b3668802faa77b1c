"""The council's terms: what it calls a lead practitioner, a Team Around the Family, early help.

Each is written once, in the pack's ``terms.csv``. Wherever else the pack has words, in its forms,
papers, texts and tables, `{lead_practitioner}` stands for the term. It is filled in when a pack is
read, so that a changed term needs no new version of a form, and shows in records begun before.

A language that inflects a term gives its forms after a dot (`lead_practitioner.with`); what it does
not give is the term as it stands, or the English one. A capital first letter asks for one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType

ENGLISH = "en"
KNOWN = (
    "lead_practitioner", "team_around_the_family", "team_meeting", "family_help", "plan",
    "child_plan",
)  # fmt: skip
"""Terms that the program itself says, on the screen and on paper."""
TOKEN = re.compile(
    r"(?:(?<!\w)(?P<article>[Aa]) )?(?<!\$)\{(?P<key>[A-Za-z][a-z_]*(?:\.[a-z_]+)?)\}"
)
_TRANSLATION = re.compile(
    r'<translation [^>]*?lang="(?P<language>[^"]*)".*?</translation>', re.DOTALL
)
_CODE = re.compile(r"\((\w+)\)$")
_LANGUAGE = "language"
_AS_IT_IS = "surrogateescape"  # what is no UTF-8 is for those to refuse who read the form
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a council by language, then key. Without any, words stay as they are written."""

    terms: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def term(self, key: str, language: str = ENGLISH) -> str | None:
        """The term in this language, else in English, else our own; None if there is none."""
        plain = key.partition(".")[0]
        for spoken in (language, ENGLISH):
            for form in (key, plain):
                if found := self.terms.get(spoken, {}).get(form):
                    return found
        return plain.replace("_", " ") if plain in KNOWN else None

    def said(self, words: str, language: str = ENGLISH) -> str:
        """``words`` with the council's terms. What stands in brackets and is no term stays."""
        return self._filled(words, language, str) if "{" in words else words

    def in_form(self, xform: bytes) -> bytes:
        """A compiled form with the council's terms, each translation in its language."""
        if not self.terms or b"{" not in xform:
            return xform
        text, filled, upto = xform.decode(errors=_AS_IT_IS), [], 0
        for part in _TRANSLATION.finditer(text):
            filled.append(self._in_xml(text[upto : part.start()], ENGLISH))
            filled.append(self._in_xml(part[0], language_code(part[_LANGUAGE])))
            upto = part.end()
        return "".join([*filled, self._in_xml(text[upto:], ENGLISH)]).encode(errors=_AS_IT_IS)

    def in_rows(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """The rows of a table: a column named as a language is in it, as is a row that says so."""
        return tuple(self._in_row(row) for row in rows)

    def in_list(self, listed: bytes) -> bytes:
        """A list that forms choose from, as a file of the pack."""
        if not self.terms or b"{" not in listed:
            return listed
        header, *rows = list(csv.reader(io.StringIO(listed.decode(errors=_AS_IT_IS)))) or [[]]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            named = self._in_row(dict(zip(header, row, strict=False)))
            writer.writerow([named[column] for column in header[: len(row)]])
        return text.getvalue().encode(errors=_AS_IT_IS)

    def _in_row(self, row: Row) -> Row:
        spoken = language_code(row.get(_LANGUAGE, ""))
        return {
            column: self.said(words, language_code(column) if column.endswith(")") else spoken)
            for column, words in row.items()
        }

    def _in_xml(self, text: str, language: str) -> str:
        return self._filled(text, language, escape)

    def _filled(self, words: str, language: str, quoted: Callable[[str], str]) -> str:
        def term_of(found: re.Match[str]) -> str:
            key, article = found["key"], found["article"]
            term = self.term(key[0].lower() + key[1:], language)
            if term is None:
                return found[0]
            before = "" if article is None else f"{_article(article, term, language)} "
            return before + quoted(term[0].upper() + term[1:] if key[0].isupper() else term)

        return TOKEN.sub(term_of, words)


def language_code(named: str) -> str:
    """The code of a language as forms name it: `Polski (pl)` is pl. English where none is named."""
    found = _CODE.search(named)
    return found[1] if found else named or ENGLISH


def _article(written: str, term: str, language: str) -> str:
    """English asks for “an early help worker” where the author wrote “a {lead_practitioner}”."""
    takes_an = language == ENGLISH and term[0].lower() in "aeiou"
    return f"{written}n" if takes_an else written
