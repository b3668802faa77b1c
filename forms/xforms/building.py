"""The parts of a form while it is being read, and how a reference finds its node."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from forms.xforms.compile import Compiler
from forms.xforms.errors import ExpressionError, FormMistake
from forms.xforms.formula import Formula, Formulas
from forms.xforms.paths import qualified
from forms.xforms.phrases import Phrase, Quoted, Translations, Words
from forms.xforms.reading import elements, plain_name
from forms.xforms.schema import SchemaNode
from forms.xforms.syntax import Call
from forms.xforms.tree import Document, local_name

_LITERAL = re.compile(r"""\s*jr:itext\(\s*(?:'([^']*)'|"([^"]*)")\s*\)\s*""")


@dataclass(slots=True)
class Building:
    """What has been read so far."""

    root: SchemaNode
    namespaces: Mapping[str, str]
    formulas: Formulas
    translations: Translations = field(default_factory=Translations)
    lists: dict[str, Document] = field(default_factory=dict)
    primary_id: str = ""
    bind_ids: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    _found: dict[str, SchemaNode] = field(default_factory=dict)
    _compilers: dict[SchemaNode | None, Compiler] = field(default_factory=dict)

    def compiler(self, node: SchemaNode | None) -> Compiler:
        """The compiler for expressions of that node."""
        found = self._compilers.get(node)
        if found is None:
            found = Compiler(namespaces=self.namespaces, home=node.path if node else ())
            self._compilers[node] = found
        return found

    def formula(self, source: str, node: SchemaNode | None, what: str) -> Formula:
        """An expression of that node; ``what`` says which, for people."""
        where = f"{node.reference} {what}" if node else what
        return self.formulas.make(source, node.path if node else (), where)

    def find(self, reference: str, base: SchemaNode | None = None) -> SchemaNode | None:
        """The node that a path of names leads to; None if there is none, or for an attribute."""
        text = reference.strip()
        if text in self._found:
            return self._found[text]
        found = self._find(text, base)
        if found is not None and text.startswith("/"):
            self._found[text] = found
        return found

    def _find(self, text: str, base: SchemaNode | None) -> SchemaNode | None:
        at: SchemaNode | None = None if text.startswith("/") else base
        for step in text.strip("/").split("/"):
            name = step.strip()
            if name in ("", "."):
                continue
            if name == "..":
                at = at.parent if at else None
                continue
            at = self._child(at, name)
            if at is None:
                return None
        return at

    def _child(self, parent: SchemaNode | None, name: str) -> SchemaNode | None:
        try:
            wanted = qualified(name, self.namespaces)
        except ExpressionError:
            wanted = name
        if parent is not None and wanted in parent.named:
            return parent.named[wanted]
        children = [self.root] if parent is None else parent.children
        local = local_name(wanted)
        return next((child for child in children if local_name(child.name) == local), None)

    def must_find(self, reference: str, base: SchemaNode | None, who: str) -> SchemaNode:
        """As ``find``; FormMistake if the node is not there."""
        found = self.find(reference, base)
        if found is None:
            raise FormMistake(f"{who} is about {reference.strip()}, which is not in the form.")
        return found

    def words(self, element: etree._Element | None, node: SchemaNode | None) -> Words | None:
        """The words of a label or hint element; None if there is none."""
        if element is None:
            return None
        if reference := element.get("ref"):
            return self.referred_words(reference, node)
        return Words(phrase=self.phrase(element, node), compiler=self.compiler(node))

    def referred_words(self, reference: str, node: SchemaNode | None) -> Words:
        """The words that ``jr:itext('...')`` or another expression gives."""
        compiler = self.compiler(node)
        if literal := _LITERAL.fullmatch(reference):
            return Words(identifier=literal[1] or literal[2] or "", compiler=compiler)
        found = self.formula(reference, node, "label")
        if isinstance(found.tree, Call) and found.tree.name == "jr:itext":
            return Words(worked_out=self.formulas.argument(found), compiler=compiler)
        return Words(expression=found, compiler=compiler)

    def message(self, text: str | None, node: SchemaNode) -> Words | None:
        """A constraint or required message: an itext reference, or the words themselves."""
        if not text:
            return None
        if text.strip().startswith("jr:itext("):
            return self.referred_words(text, node)
        return Words(phrase=Phrase((text,), node.reference), compiler=self.compiler(node))

    def phrase(self, element: etree._Element, node: SchemaNode | None) -> Phrase:
        """The text of an element, with its outputs."""
        pieces: list[str | Quoted] = [element.text or ""]
        for child in element:
            if isinstance(child.tag, str):
                source = child.get("value") or child.get("ref")
                if plain_name(child.tag) == "output" and source:
                    pieces.append(Quoted(source))
                else:
                    pieces.append("".join(child.itertext()))
            pieces.append(child.tail or "")
        where = f"{node.reference} label" if node else "translations"
        return Phrase(tuple(piece for piece in pieces if piece != ""), where)


def child_named(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child element of that name, whatever its namespace."""
    return next((c for c in elements(parent) if local_name(c.tag) == name), None)
