"""XPath cases: one expression on one document, as ``xpath.jsonl`` has them."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

from forms.xforms.axes import document_order
from forms.xforms.compile import Compiler
from forms.xforms.context import Context, Scope
from forms.xforms.errors import FormError
from forms.xforms.functions import CORE, FUNCTIONS
from forms.xforms.parser import parse
from forms.xforms.phrases import Phrase
from forms.xforms.reading import whole_document
from forms.xforms.tree import (
    Attribute,
    Branch,
    Comment,
    Document,
    Element,
    Node,
    ProcessingInstruction,
    Text,
    local_name,
)
from forms.xforms.values import Value, boolean, number, string
from tests.conformance.cases import Json

_STEP = re.compile(r"(\*|text\(\)|comment\(\)|processing-instruction\(\))\[(\d+)\]")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.DOTALL)
_KINDS: dict[str, type[Node]] = {
    "*": Element,
    "text()": Text,
    "comment()": Comment,
    "processing-instruction()": ProcessingInstruction,
}


class FormTexts:
    """The translations of a document that holds a form."""

    def __init__(self, document: Document, language: str) -> None:
        self._texts: dict[str, dict[str, dict[str, Phrase]]] = {}
        for element in document.walk():
            if element.name == "translation" and element.attributes:
                texts = self._texts.setdefault(element.attributes.get("lang", ""), {})
                for text in element.named.get("text", []):
                    for value in text.named.get("value", []):
                        phrase = Phrase((value.string(),), "")
                        texts.setdefault((text.attributes or {}).get("id", ""), {})[""] = phrase
        self._language = language

    def itext(self, identifier: str, node: Node) -> str:
        """The words of the id."""
        forms = self._texts.get(self._language, {}).get(identifier)
        context = Context(node, node, _NO_SCOPE, None)
        return forms[""].text(Compiler(), context) if forms else identifier

    def choice_label(self, question: str, value: str, node: Node) -> str:
        """No case asks for it."""
        raise NotImplementedError(question, value, node)

    def quoted(self, node: Node) -> str:
        """What the node says."""
        return node.string()


_NO_SCOPE = Scope(Document(), lambda: datetime.now(UTC), UTC, Random(0), lambda: "")


def run(case: Json, documents: dict[str, str]) -> str | None:
    """None if the case passes, else what is wrong."""
    expected = case["expect"]
    try:
        text = _DOCTYPE.sub("", documents[case["doc"]])  # the engine refuses any
        document = whole_document(text.encode(), plain=case["functions"] == "odk")
        value = evaluate(case, document)
        return compare(case, value, document)
    except (FormError, RecursionError) as error:
        if expected.get("error"):
            return None
        return f"{type(error).__name__}: {error}"


def evaluate(case: Json, document: Document) -> Value:
    """The value of the expression of the case."""
    odk = case["functions"] == "odk"
    zone = ZoneInfo(case["tz"]) if case.get("tz") else UTC
    now = datetime.fromisoformat(case["now"]) if case.get("now") else datetime.now(UTC)
    context_node = locate(document, case["context"])
    root = locate(document, case["root"]) if case.get("root") else document
    language = case.get("language") or ""
    scope = Scope(
        root=root,
        clock=lambda: now,
        zone=zone,
        random=Random(1),
        new_id=lambda: str(uuid4()),
        instances=_instances(document),
        texts=FormTexts(document, language),
        language=language,
    )
    compiler = Compiler(FUNCTIONS if odk else CORE, case.get("ns") or {}, strict=False)
    expression = compiler.expression(parse(case["expr"]))
    return expression(Context(context_node, context_node, scope, zone if odk else None))


def _instances(document: Document) -> dict[str, Node]:
    return {
        (element.attributes or {}).get("id", ""): element
        for element in document.walk()
        if local_name(element.name) == "instance"
    }


def locate(document: Document, path: str) -> Node:
    """The node at a positional path."""
    node: Node = document
    for step in path.strip("/").split("/") if path != "/" else ():
        if step.startswith("@"):
            assert isinstance(node, Element)
            name = next(
                n for n in node.attributes or {} if local_name(n) == step[1:].rpartition(":")[2]
            )
            return Attribute(node, name, (node.attributes or {})[name])
        found = _STEP.fullmatch(step)
        assert found is not None, path
        assert isinstance(node, Branch)
        kind = _KINDS[found[1]]
        like = [
            c
            for c in node.children
            if type(c) is kind or (kind is Element and isinstance(c, Element))
        ]
        node = like[int(found[2]) - 1]
    return node


def path_of(node: Node) -> str:
    """The positional path of a node."""
    if node.parent is None:
        return "/"
    if isinstance(node, Attribute):
        return f"{path_of(node.parent)}/@{local_name(node.name)}"
    above = node.parent
    assert isinstance(above, Branch)
    like = [child for child in above.children if type(child) is type(node)]
    test = next(test for test, kind in _KINDS.items() if kind is type(node))
    place = next((i for i, one in enumerate(like, 1) if one is node), 1)
    start = path_of(above)
    return f"{start if start != '/' else ''}/{test}[{place}]"


def compare(case: Json, value: Value, document: Document) -> str | None:
    """None if the value, converted to the type asked for, is the one expected."""
    expected = case["expect"]
    if expected.get("error"):
        return f"expected an error, got {value!r}"
    if expected.get("unknown"):
        return "unknown"
    zone = ZoneInfo(case["tz"]) if case.get("tz") else UTC
    coerced = zone if case["functions"] == "odk" else None
    kind, wanted = expected["type"], expected["value"]
    if kind == "number":
        return _compare_number(number(value, coerced), wanted, case.get("tolerance"))
    if kind == "string":
        got = string(value)
        return None if got == wanted else f"{got!r} is not {wanted!r}"
    if kind == "boolean":
        truth = boolean(value)
        return None if truth == wanted else f"{truth} is not {wanted}"
    return _compare_nodes(case, value, document)


def _compare_number(got: float, wanted: object, tolerance: float | None) -> str | None:
    target = float(wanted) if isinstance(wanted, (int, float)) else float(str(wanted))
    if math.isnan(target) or math.isnan(got):
        same = math.isnan(target) and math.isnan(got)
    elif math.isinf(target) or math.isinf(got):
        same = target == got
    else:
        allowed = tolerance if tolerance is not None else 1e-9 * max(1.0, abs(target))
        same = abs(got - target) <= allowed
    return None if same else f"{got} is not {target}"


def _compare_nodes(case: Json, value: Value, document: Document) -> str | None:
    expected = case["expect"]
    if not isinstance(value, list):
        return f"{value!r} is not a node-set"
    unordered = expected.get("unordered", False)
    nodes = value if case["expr"].lstrip().startswith("randomize") else document_order(value)
    got = [_shown(path_of(node)) for node in nodes]
    wanted = expected["value"]
    if wanted is None:
        wanted = []
    elif isinstance(wanted, str):
        wanted = [wanted]
    wanted = [_shown(one) for one in wanted]
    if case["result_type"] == "node":
        got = got[: len(wanted) or 1]
    same = sorted(got) == sorted(wanted) if unordered else got == wanted
    return None if same else f"{got} is not {wanted}"


def _shown(path: str) -> str:
    head, at, name = path.rpartition("/@")
    return f"{head}/@{name.rpartition(':')[2]}" if at else path
