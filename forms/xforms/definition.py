"""A form, read once and compiled: what every session of it shares."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from lxml import etree

from forms.collecting import nothing_collected
from forms.xforms.body_reader import BodyReader
from forms.xforms.building import Building
from forms.xforms.context import Context, Scope
from forms.xforms.dependencies import connect
from forms.xforms.entities import EntityDeclaration, declarations
from forms.xforms.errors import FormNotReadable
from forms.xforms.following import following
from forms.xforms.formula import Formulas
from forms.xforms.limits import FORM_BYTES
from forms.xforms.model_reader import (
    blanks,
    read_actions,
    read_binds,
    read_lists,
    read_translations,
    schema_tree,
)
from forms.xforms.phrases import Translations, Words
from forms.xforms.reading import elements, parse_xml, plain_name
from forms.xforms.schema import Blank, Itemset, SchemaNode, SetValue
from forms.xforms.syntax import Call, TextLiteral, calls
from forms.xforms.tree import Document, Element, local_name
from forms.xforms.values import string

TEXTS_LIST = "wording"
"""The list that says what families are told and agree to."""
_ODK = "{http://www.opendatakit.org/xforms}"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the form, whatever was answered. Labels are without quoted answers."""

    path: str
    type: str
    control: str
    appearance: str
    required: bool
    choices: tuple[str, ...]
    list_name: str
    save_to: str
    _node: SchemaNode
    _definition: Definition

    def label(self, language: str | None = None) -> str:
        """The words of the question in that language, or in the form's own."""
        return self._definition.words(self._node.label, language)

    @property
    def scale(self) -> tuple[str, ...]:
        """A range's first and last value and its step, and the words that anchor it; else blank."""
        control = self._node.control
        if control is None or not control.parameters:
            return ()
        said = sorted(f"{name}={value}" for name, value in control.parameters.items())
        return *said, self._definition.words(control.hint, None)

    @property
    def choice_words(self) -> tuple[tuple[str, str], ...]:
        """Each choice with its words in the form's own language: the anchors of a scale."""
        return tuple(self._definition.choice_words(self._node))


class Definition:
    """A compiled form. Made by ``load_definition``; nothing in it changes afterwards."""

    def __init__(
        self,
        building: Building,
        primary: etree._Element,
        head: tuple[str, str],
        on_load: Sequence[SetValue],
    ) -> None:
        self._title, self.content_hash = head
        self.root = building.root
        self.id: str = primary.get("id") or ""
        self.version: str = primary.get("version") or ""
        self.translations: Translations = building.translations
        self.lists: Mapping[str, Document] = building.lists
        self.compiler = building.compiler(None)
        self.find = building.find
        self.left_out: tuple[str, ...] = tuple(building.left_out)
        self.blank: Blank = blanks(primary, building.root)
        self.on_load: tuple[SetValue, ...] = tuple(on_load)
        self.entities: tuple[EntityDeclaration, ...] = declarations(primary, building.root)
        connect(self.root, self.id, self.translations)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the form is written in, as it names them; empty if it does not."""
        return self.translations.languages

    @property
    def default_language(self) -> str:
        """The language that a session begins in."""
        return self.translations.default

    def title(self, _language: str | None = None) -> str:
        """The title of the form. XForms has one title, in the form's own language."""
        return self._title

    @property
    def questions(self) -> Iterator[Question]:
        """The questions, and the values without a question, in the order of the form."""
        for node in self.root.walk():
            if node.is_leaf:
                yield self._question(node)

    @property
    def texts(self) -> frozenset[str]:
        """The values that are texts of the council, told or agreed to, and their versions."""
        return frozenset(self._looked_up(TEXTS_LIST))

    @property
    def text_words(self) -> frozenset[str]:
        """Those of ``texts`` that are words, and no version."""
        return frozenset(self._looked_up(TEXTS_LIST, "label"))

    def _looked_up(self, *where: str) -> Iterator[str]:
        """The values that are looked up there: in which list, and which column of it."""
        wanted = tuple(map(TextLiteral, where))
        for node in self.root.walk():
            tree = node.calculate.tree if node.calculate is not None else None
            if not isinstance(tree, Call) or tree.name != "pulldata":
                continue
            if tree.arguments[: len(wanted)] == wanted:
                yield node.reference

    def following(self, paths: Collection[str]) -> frozenset[str]:
        """The other parts of the form that could tell what is answered at these paths, or below.

        Their relevance, value, rows, words or choices are worked out from it, or from such a part.
        """
        return following(self.root, self.on_load, paths)

    def _question(self, node: SchemaNode) -> Question:
        control = node.control
        names: tuple[str, ...] = ()
        listed = ""
        if control is not None:
            names = tuple(item.name for item in control.items)
            if control.itemset is not None:
                listed = _list_name(control.itemset.nodes.tree)
                names = tuple(item.value_of("name") for item in self._items(listed))
        return Question(
            path=node.reference,
            type=node.type,
            control=control_name(node),
            appearance=node.appearance,
            required=node.required is not None,
            choices=names,
            list_name=listed,
            save_to=node.bind_attributes.get("saveto", ""),
            _node=node,
            _definition=self,
        )

    def _items(self, name: str) -> Iterator[Element]:
        document = self.lists.get(name)
        for root in document.elements() if document is not None else ():
            yield from root.elements()

    def words(self, words: Words | None, language: str | None = None) -> str:
        """Words of the form as they read before anything is answered."""
        if words is None:
            return ""
        context = self._unanswered(language)
        return words.text("", self.translations, context) or ""

    def choice_words(self, node: SchemaNode) -> Iterator[tuple[str, str]]:
        """The choices of a question, and their words, whatever its filter would offer."""
        if node.control is None:
            return
        for written in node.control.items:
            yield written.name, self.words(written.label)
        if node.control.itemset is not None:
            yield from self._listed_words(node.control.itemset, node)

    def _listed_words(self, itemset: Itemset, node: SchemaNode) -> Iterator[tuple[str, str]]:
        scope = self._unanswered().scope
        for item in self._items(_list_name(itemset.nodes.tree)):
            at = Context(item, item, scope, UTC)
            words = string(itemset.label.evaluate(at))
            if itemset.label_is_itext:
                words = self.translations.text(words, "", node.path, at) or ""
            yield item.value_of("name"), words

    def _unanswered(self, language: str | None = None) -> Context:
        """Where words are made before anything is answered."""
        document = Document()
        scope = Scope(
            root=document,
            clock=lambda: datetime(1970, 1, 1, tzinfo=UTC),
            zone=UTC,
            random=Random(0),  # noqa: S311  # no secret: nothing is answered here
            new_id=lambda: "",
            instances=self.lists,
            language=language or self.default_language,
        )
        return Context(document, document, scope, UTC)


def control_name(node: SchemaNode) -> str:
    """``input``, ``select1`` ...; ``note`` for one that only shows; blank without a question."""
    if node.control is None:
        return ""
    readonly = node.readonly is not None and node.readonly.tree == Call("true", ())
    return "note" if node.control.kind == "input" and readonly else node.control.kind


def _list_name(tree: object) -> str:
    for call in calls(tree):  # type: ignore[arg-type]
        if call.name == "instance":
            return str(getattr(call.arguments[0], "value", ""))
    return ""


@nothing_collected()
def load_definition(
    xform: bytes, files: Mapping[str, bytes] | None = None, *, missing_is_empty: bool = False
) -> Definition:
    """Read and compile a form.

    ``files`` holds the lists beside it, by ``jr://`` address or by name. A file that is missing is
    a FormMistake, unless ``missing_is_empty``. Every other fault of the form is a FormError too.
    """
    tree = parse_xml(xform, FORM_BYTES)
    model, body, title = _parts(tree)
    instance = next((one for one in elements(model) if plain_name(one.tag) == "instance"), None)
    primary = next(elements(instance), None) if instance is not None else None
    if primary is None:
        raise FormNotReadable("The form has no questions. Tell the form's owner.")
    namespaces = {prefix: uri for prefix, uri in model.nsmap.items() if prefix}
    building = Building(
        schema_tree(primary), namespaces, Formulas(namespaces), primary_id=primary.get("id") or ""
    )
    read_lists(model, building, files or {}, missing_is_empty)
    building.translations = read_translations(model, building)
    reader = BodyReader(building)
    reader.find_repeats(body)
    read_binds(model, building)
    on_load = read_actions(model, building, None)
    reader.read(body)
    head = (title, hashlib.sha256(xform).hexdigest())
    return Definition(building, primary, head, [*on_load, *reader.on_load])


def _parts(tree: etree._Element) -> tuple[etree._Element, etree._Element, str]:
    """The model, the body and the title."""
    head = next((one for one in elements(tree) if local_name(one.tag) == "head"), None)
    body = next((one for one in elements(tree) if local_name(one.tag) == "body"), None)
    inside = list(elements(head)) if head is not None else []
    model = next((one for one in inside if local_name(one.tag) == "model"), None)
    title = next((one for one in inside if local_name(one.tag) == "title"), None)
    if model is None or body is None:
        raise FormNotReadable("This is not a form: it has no model or no body.")
    return model, body, "".join(title.itertext()) if title is not None else ""
