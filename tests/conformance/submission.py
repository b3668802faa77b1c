"""Submissions of the peers as answers of ours, and back: only the runner needs them."""

from __future__ import annotations

from uuid import uuid4

from lxml import etree

from forms.xforms import Definition, NodeKind, Session
from forms.xforms.reading import elements, parse_xml, plain_name, shown_name
from forms.xforms.schema import SchemaNode


def answers_of(xml: str, definition: Definition) -> dict[str, str]:
    """The answers in an earlier submission."""
    root = parse_xml(xml.encode())
    found: dict[str, str] = {}
    _read(root, definition.root, f"/{shown_name(root)}", found)
    return found or {definition.root.reference: ""}


def _read(element: etree._Element, schema: SchemaNode, path: str, found: dict[str, str]) -> None:
    if schema.is_leaf:
        found[path] = "".join(element.itertext())
        return
    place = 0
    for child in elements(element):
        inner = schema.named.get(plain_name(child.tag))
        if inner is None:
            continue
        here = f"{path}/{inner.reference.rpartition('/')[2]}"
        if inner.repeat is not None:
            place += 10
            here = f"{here}[{uuid4()}]"
            found[here] = f"{place:06d}"
        _read(child, inner, here, found)


def submitted(session: Session, definition: Definition) -> dict[str, str]:
    """The answers that a submission carries: those that are relevant."""
    answers = session.answers()
    hidden = {
        node.path
        for node in session.root.walk()
        if not node.relevant and node.kind is not NodeKind.REPEAT
    }
    kept = {path: value for path, value in answers.items() if path not in hidden}
    return kept or {definition.root.reference: ""}
