"""The model of an XForm: instances, translations, binds and actions (ODK XForms, "model")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC

from lxml import etree

from forms.xforms.building import Building
from forms.xforms.casting import cast
from forms.xforms.errors import FormMistake, FormNotSupported
from forms.xforms.functions.dates import DATES_LIST
from forms.xforms.limits import FILE_BYTES
from forms.xforms.phrases import Phrase, Translations
from forms.xforms.reading import (
    elements,
    list_from_csv,
    list_from_geojson,
    list_from_xml,
    parse_xml,
    plain_name,
    shown_name,
)
from forms.xforms.schema import Blank, Repeat, SchemaNode, SetValue
from forms.xforms.tree import Document, local_name

JAVAROSA = "{http://openrosa.org/javarosa}"
EVENTS = "{http://www.w3.org/2001/xml-events}"
FIRST_LOAD = "odk-instance-first-load"
LOAD = "odk-instance-load"
NEW_REPEAT = "odk-new-repeat"
CHANGED = "xforms-value-changed"
_EVENTS = frozenset({FIRST_LOAD, LOAD, NEW_REPEAT, CHANGED, "xforms-ready"})
_TEMPLATE = f"{JAVAROSA}template"
_PREDICATE = re.compile(r"\[[^\[\]]*\]")
_TYPES = {"integer": "int", "select1": "select1", "booleanlist": "string"}
_BIND = frozenset(
    {"nodeset", "type", "relevant", "calculate", "readonly", "required", "constraint", "id"}
)


def schema_tree(primary: etree._Element) -> SchemaNode:
    """The tree of nodes that the primary instance declares; rows of one repeat are one node."""
    root = SchemaNode(plain_name(primary.tag), shown_name(primary), None, 0)
    _keep_attributes(primary, root)
    count = 1
    waiting = [(primary, root)]
    while waiting:
        element, node = waiting.pop(0)
        for child in elements(element):
            name = plain_name(child.tag)
            if name not in node.named:
                SchemaNode(name, shown_name(child), node, count)
                count += 1
            waiting.append((child, node.named[name]))
            _keep_attributes(child, node.named[name])
    return root


def _keep_attributes(element: etree._Element, node: SchemaNode) -> None:
    kept = {name: value for name, value in element.attrib.items() if name != _TEMPLATE}
    if kept and node.attributes is None:
        node.attributes = {plain_name(name): value for name, value in kept.items()}


def blanks(primary: etree._Element, root: SchemaNode) -> Blank:
    """The defaults of the form, and the templates and first rows of its repeats."""
    return _blank(primary, root)


def _blank(element: etree._Element, node: SchemaNode) -> Blank:
    made = Blank(node)
    if node.is_leaf:
        made.text = _default("".join(element.itertext()), node)
        return made
    for child in elements(element):
        inner = node.named[plain_name(child.tag)]
        blank = _blank(child, inner)
        if inner.repeat is not None and child.get(_TEMPLATE) is not None:
            if inner.repeat.template is None:
                inner.repeat.template = blank
        else:
            made.children.append(blank)
            if inner.repeat is not None and inner.repeat.first is None:
                inner.repeat.first = blank
    return made


def _default(text: str, node: SchemaNode) -> str:
    """A default as its question holds it; blank if its type cannot."""
    if node.control is not None and node.control.kind in ("select", "rank"):
        return " ".join(text.split())
    return cast(text, node.type, UTC) if node.type in ("int", "decimal") else text


def read_lists(
    model: etree._Element, building: Building, files: Mapping[str, bytes], missing_is_empty: bool
) -> None:
    """The secondary instances, written in the form or in files beside it.

    The names of months and days are there for every form, whether or not it names their list.
    """
    for instance in [one for one in elements(model) if plain_name(one.tag) == "instance"][1:]:
        name, source = instance.get("id"), instance.get("src")
        if not name:
            raise FormMistake("A list in the form has no name.")
        content = next(elements(instance), None)
        if content is not None and not source:
            building.lists[name] = list_from_xml(content)
        elif source:
            building.lists[name] = _external(source, files, missing_is_empty)
        else:
            building.lists[name] = Document()
    if dates := files.get(f"{DATES_LIST}.csv"):
        building.lists.setdefault(DATES_LIST, list_from_csv(dates))


def _external(source: str, files: Mapping[str, bytes], missing_is_empty: bool) -> Document:
    if source.startswith("jr://instance/last-saved"):
        return Document()
    content = files.get(source)
    if content is None:
        content = files.get(source.rpartition("/")[2])
    if content is None:
        if missing_is_empty:
            return Document()
        raise FormMistake(
            f"The form needs the file {source.rpartition('/')[2]}, which did not come with it."
        )
    if source.startswith("jr://file-csv/") or source.endswith(".csv"):
        return list_from_csv(content)
    if source.endswith(".geojson"):
        return list_from_geojson(content)
    return list_from_xml(parse_xml(content, FILE_BYTES))


def read_translations(model: etree._Element, building: Building) -> Translations:
    """``itext``: every text in every language and form."""
    languages: list[str] = []
    default = ""
    texts: dict[str, dict[str, dict[str, Phrase]]] = {}
    itext = next((one for one in elements(model) if plain_name(one.tag) == "itext"), None)
    for translation in elements(itext) if itext is not None else ():
        language = translation.get("lang") or ""
        if language in texts:
            raise FormMistake(f"The language {language} is in the form twice.")
        languages.append(language)
        if translation.get("default") is not None and not default:
            default = language
        texts[language] = {
            text.get("id") or "": {
                _form(value): building.phrase(value, None)
                for value in reversed(list(elements(text)))
            }
            for text in elements(translation)
        }
    return Translations(
        tuple(languages), default or next(iter(languages), ""), texts, building.compiler(None)
    )


def _form(value: etree._Element) -> str:
    form = value.get("form") or ""
    return "" if form == "long" else form


def read_binds(model: etree._Element, building: Building) -> None:
    """``bind``: types, calculations, relevance, constraints (ODK XForms, "bindings")."""
    binds = [one for one in elements(model) if plain_name(one.tag) == "bind"]
    for bind in binds:
        nodeset = bind.get("nodeset") or bind.get("ref") or ""
        if identifier := bind.get("id"):
            building.bind_ids[identifier] = nodeset
        node = building.find(nodeset)
        if node is not None:
            _read_bind(bind, node, building)
        elif not _is_kept_by_entities(nodeset, bind):
            building.left_out.append(f"bind of {nodeset.strip()}")


def _is_kept_by_entities(nodeset: str, bind: etree._Element) -> bool:
    """True for what the records of the program keep themselves: ids and versions of entities."""
    owner, _, attribute = nodeset.rpartition("/@")
    if not owner.endswith("/entity"):
        return False
    conditional = attribute in ("create", "update") and bind.get("calculate") is not None
    return not conditional


def _read_bind(bind: etree._Element, node: SchemaNode, building: Building) -> None:
    kind = (bind.get("type") or "string").rpartition(":")[2]
    node.type = _TYPES.get(kind, kind)
    for name in ("relevant", "calculate", "readonly", "required", "constraint"):
        if source := bind.get(name):
            setattr(node, name, building.formula(source, node, name))
    node.constraint_message = building.message(bind.get(f"{JAVAROSA}constraintMsg"), node)
    node.required_message = building.message(bind.get(f"{JAVAROSA}requiredMsg"), node)
    if preload := bind.get(f"{JAVAROSA}preload"):
        node.preload = (preload, bind.get(f"{JAVAROSA}preloadParams") or "")
    extra = {local_name(name): value for name, value in bind.attrib.items() if name not in _BIND}
    if extra:
        node.bind_attributes = extra


def read_actions(
    parent: etree._Element, building: Building, owner: SchemaNode | None
) -> list[SetValue]:
    """The ``setvalue`` actions directly inside an element of the model or the body."""
    found: list[SetValue] = []
    for element in elements(parent):
        name = plain_name(element.tag)
        if name in ("setgeopoint", "recordaudio") or local_name(name) in (
            "setgeopoint",
            "recordaudio",
        ):
            _events(element)
            building.left_out.append(f"{local_name(name)} on {element.get('ref')}")
        elif name == "setvalue":
            found.extend(_set_value(element, building, owner))
    return found


def _events(element: etree._Element) -> frozenset[str]:
    events = frozenset((element.get("event") or element.get(f"{EVENTS}event") or "").split())
    unknown = events - _EVENTS
    if unknown or not events:
        raise FormNotSupported(
            "The form waits for an event that this program does not know: "
            + ", ".join(sorted(unknown or {"(none)"}))
            + ". Tell the form's owner."
        )
    return events


def _set_value(
    element: etree._Element, building: Building, owner: SchemaNode | None
) -> list[SetValue]:
    events = _events(element)
    if owner is None and NEW_REPEAT in events:
        raise FormNotSupported(
            "The form sets a value in each new row from outside the repeat. Tell the form's owner."
        )
    reference = element.get("ref") or building.bind_ids.get(element.get("bind") or "", "")
    if "@" in reference:
        return []
    plain = _PREDICATE.sub("", reference)
    target = building.must_find(plain, owner, "A setvalue")
    source = element.get("value")
    made = building.formula(source, target, "setvalue") if source else None
    rows = building.formula(reference, None, "setvalue") if plain != reference else None
    return [SetValue(events, target, made, "".join(element.itertext()), rows)]


def make_repeat(node: SchemaNode) -> Repeat:
    """Mark a node as a repeat."""
    if node.repeat is None:
        node.repeat = Repeat()
    return node.repeat
