"""XML and CSV files as trees. No DTD, no entity, nothing fetched; bounded in size and depth."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from forms.xforms.errors import FormMistake, FormNotReadable
from forms.xforms.limits import DEPTH, FILE_BYTES, FORM_BYTES, NODES, at_most
from forms.xforms.tree import (
    XFORMS,
    Branch,
    Comment,
    Document,
    Element,
    ProcessingInstruction,
    Text,
)

_NOT_IN_A_NAME = re.compile(r"[^\w.\-]")


def parse_xml(content: bytes, limit: int = FORM_BYTES) -> etree._Element:
    """The root element; FormNotReadable for what is not plain, well-formed XML, FormTooLarge."""
    at_most(len(content), limit, "bytes")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise FormNotReadable(
            "The file is damaged or is not a form. Fetch the forms again, or tell their owner."
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormNotReadable("The form has a DTD, which is not allowed. Tell the form's owner.")
    _check_size(root)
    return root


def _check_size(root: etree._Element) -> None:
    nodes, level, waiting = 0, 0, [root]
    while waiting:
        level += 1
        nodes += len(waiting)
        at_most(nodes, NODES, "elements")
        at_most(level, DEPTH, "elements inside elements")
        waiting = [child for element in waiting for child in element]


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The child elements, without comments and processing instructions."""
    return parent.iterchildren(etree.Element)  # type: ignore[no-any-return]


@lru_cache(maxsize=4096)
def plain_name(tag: str) -> str:
    """A tag as expressions name it: the XForms namespace is the same as none."""
    return tag[len(XFORMS) + 2 :] if tag.startswith(f"{{{XFORMS}}}") else tag


def shown_name(element: etree._Element) -> str:
    """The name with its prefix, as references to nodes show it."""
    name = plain_name(element.tag)
    if not name.startswith("{"):
        return name
    local = etree.QName(element).localname
    return f"{element.prefix}:{local}" if element.prefix else str(local)


def list_from_xml(element: etree._Element) -> Document:
    """An element and all in it as a tree of its own; leaves hold their text."""
    document = Document()
    document.append(_element(element))
    return document


def _element(source: etree._Element) -> Element:
    made = Element(
        plain_name(source.tag),
        prefix=source.prefix or "",
        attributes=dict(source.attrib) if source.attrib else None,
    )
    for child in elements(source):
        made.append(_element(child))
    if not made.children:
        made.text = "".join(source.itertext())
    return made


def list_from_csv(content: bytes) -> Document:
    """A table as ``root/item/column`` (ODK XForms, CSV secondary instances)."""
    at_most(len(content), FILE_BYTES, "bytes in a list")
    document, root = Document(), Element("root")
    document.append(root)
    text = _text(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        names = [column_name(name.strip()) for name in next(reader, [])]
        cells = 0
        for row in reader:
            if not any(row):
                continue
            cells += len(names) + 1
            at_most(cells, NODES, "cells in a list")
            item = Element("item")
            for place, name in enumerate(names):
                item.append(Element(name, text=row[place] if place < len(row) else ""))
            root.append(item)
    except csv.Error:
        raise FormMistake("A list of the form is not a table that can be read.") from None
    return document


def column_name(written: str) -> str:
    """The name under which an expression finds a column."""
    return _NOT_IN_A_NAME.sub("_", written)


def _delimiter(text: str) -> str:
    """A comma, unless the first line has none and has semicolons or tabs (Excel writes both)."""
    header = text.partition("\n")[0]
    if "," not in header:
        for other in (";", "\t"):
            if other in header:
                return other
    return ","


def list_from_geojson(content: bytes) -> Document:
    """The features of a GeoJSON file as ``root/item`` (ODK XForms, geojson secondary instances)."""
    at_most(len(content), FILE_BYTES, "bytes in a list")
    document, root = Document(), Element("root")
    document.append(root)
    try:
        features = json.loads(_text(content))["features"]
        for feature in features:
            item = Element("item")
            geometry = feature.get("geometry") or {}
            item.append(Element("geometry", text=_places(geometry)))
            values = dict(feature.get("properties") or {})
            if "id" in feature:
                values["id"] = feature["id"]
            for name, value in values.items():
                shown = value if isinstance(value, str) else json.dumps(value)
                item.append(Element(column_name(name), text=shown))
            root.append(item)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise FormMistake("A list of places of the form cannot be read.") from None
    return document


def _places(geometry: dict[str, object]) -> str:
    found = geometry.get("coordinates")
    points: list[list[float]]
    match geometry.get("type"), found:
        case "Point", list():
            points = [found]
        case "LineString", list():
            points = found
        case "Polygon", list():
            points = found[0]
        case _:
            return ""
    return "; ".join(f"{point[1]} {point[0]} 0 0" for point in points)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def whole_document(content: bytes, plain: bool) -> Document:
    """All of a document, with texts, comments and instructions, for XPath on any XML.

    ``plain``: the XForms namespace counts as none.
    """
    root = parse_xml(content)
    document = Document()
    before: list[etree._Element] = []
    after: list[etree._Element] = []
    sibling = root.getprevious()
    while sibling is not None:
        before.insert(0, sibling)
        sibling = sibling.getprevious()
    sibling = root.getnext()
    while sibling is not None:
        after.append(sibling)
        sibling = sibling.getnext()
    for node in [*before, root, *after]:
        _copy(node, document, document, plain)
    return document


def _copy(source: etree._Element, into: Branch, document: Document, plain: bool) -> None:
    if isinstance(source, etree._Comment):
        into.append(Comment(into, source.text or ""))
        return
    if isinstance(source, etree._ProcessingInstruction):
        into.append(ProcessingInstruction(into, source.target, source.text or ""))
        return
    name = plain_name(source.tag) if plain else source.tag
    made = Element(name, prefix=source.prefix or "", attributes=dict(source.attrib) or None)
    into.append(made)
    identifier = source.get("id") or source.get("{http://www.w3.org/XML/1998/namespace}id")
    if identifier:
        document.identified.setdefault(identifier, made)
    if source.text:
        made.append(Text(made, source.text))
    for child in source:
        _copy(child, made, document, plain)
        if child.tail:
            made.append(Text(made, child.tail))
