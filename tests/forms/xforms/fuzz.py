"""Hostile forms and expressions: ``python -m tests.forms.xforms.fuzz --forms N --expressions N``.

Each mutant must load and be filled, or be refused with a FormError, within two seconds.
"""

from __future__ import annotations

import argparse
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from random import Random

from forms.xforms import FormError, NodeKind, Session, load_definition
from forms.xforms.compile import Compiler
from forms.xforms.context import Context, Scope
from forms.xforms.parser import parse
from forms.xforms.tree import Document, Element
from tests.forms.xforms.compiled import NOON, xform
from tests.forms.xforms.property_forms import TABLES

SECONDS = 2.0
MEGABYTES = 300
_PIECE = re.compile(r"'[^']*'|\"[^\"]*\"|[\w.:-]+|[^\w\s]")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
HOSTILE = (
    "//*//*//*//*",
    "count(//*[count(//*) > count(.//*)])",
    "concat(., ., ., .)",
    "regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a+)+$')",
    "((((((((((1))))))))))",
    "--1",
    "1 div 0",
    "0 div 0 * pow(10, 400)",
    "substring('x', -1e9)",
    "/data/none/../../../../..",
    ".[.[.[.]]]",
    "randomize(//*, 0 div 0)",
    "selected-at('', 1 div 0)",
    "format-date(9999999999, '%Y%%%Q')",
    "date(-9999999999)",
    "uuid(100000)",
    "jr:itext(.)",
    "jr:choice-name(., '////')",
    "instance('none')/root",
    "indexed-repeat(., .., 99999999999999999999)",
    "pulldata('', '', '', '')",
    "current()/current()",
    "digest(., 'MD5', 'rot13')",
    "translate(., ., .)",
    "round(1.5, 99999)",
    "ancestor::*/descendant::*/ancestor::*",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A mutant that did what none may do."""

    what: str
    mutant: str


def corpus() -> list[bytes]:
    """The forms that mutants are made from."""
    return [xform(table) for table in TABLES]


def expressions(forms: list[bytes]) -> list[str]:
    """The expressions of those forms, and some that were meant badly."""
    found = {
        value.decode()
        for form in forms
        for name, value in _ATTRIBUTE.findall(form)
        if name in (b"calculate", b"relevant", b"constraint", b"nodeset", b"required", b"value")
    }
    return [*sorted(found), *HOSTILE]


def mutated_expression(random: Random, known: list[str]) -> str:
    """One expression made of pieces of others."""
    pieces = _PIECE.findall(random.choice(known))
    for _ in range(random.randint(1, 4)):
        other = _PIECE.findall(random.choice(known)) or ["."]
        at = random.randint(0, len(pieces))
        match random.randint(0, 4):
            case 0:
                pieces[at : at + 1] = []
            case 1:
                pieces.insert(at, random.choice(other))
            case 2:
                pieces[at:at] = other
            case 3:
                pieces[at:] = pieces[at:] * random.randint(1, 30)
            case 4:
                pieces = ["(", *pieces, ")", random.choice(("+", "=", "and", "|", "/")), *other]
    return " ".join(pieces[:2000])


def mutated_form(random: Random, forms: list[bytes], known: list[str]) -> bytes:
    """One form with some of its bytes, elements or expressions changed."""
    form = random.choice(forms)
    for _ in range(random.randint(1, 4)):
        match random.choice((0, 1, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 5)):
            case 0:
                at = random.randrange(len(form))
                form = form[:at] + bytes([random.randrange(256)]) + form[at + 1 :]
            case 1:
                start, end = sorted(random.randrange(len(form)) for _ in range(2))
                form = form[:start] + form[min(end, start + 200) :]
            case 2:
                form = _with_expression(random, form, mutated_expression(random, known))
            case 4:
                form = _with_expression(random, form, random.choice(known))
            case 5:
                lines = form.split(b"\n")
                lines.insert(random.randrange(len(lines)), random.choice(lines))
                form = b"\n".join(lines)
    return form


def _with_expression(random: Random, form: bytes, expression: str) -> bytes:
    attributes = list(_ATTRIBUTE.finditer(form))
    if not attributes:
        return form
    chosen = random.choice(attributes)
    text = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "'").encode()
    return form[: chosen.start(2)] + text + form[chosen.end(2) :]


def try_form(form: bytes, random: Random) -> None:
    """Load it and answer some of it."""
    try:
        filling = Session(load_definition(form), clock=lambda: NOON, random=Random(1))
    except FormError:
        return
    for _ in range(4):
        nodes = list(filling.root.walk())
        asked = [node for node in nodes if node.kind is NodeKind.QUESTION]
        repeats = [n for n in nodes if n.kind is NodeKind.REPEAT and not n.count_is_fixed]
        if asked:
            filling.set(random.choice(asked).path, random.choice(("", "1", "yes", "north", "x y")))
        if repeats:
            filling.add(random.choice(repeats).path)
    for node in filling.root.walk():
        if node.relevant:
            _ = (node.label, node.violation, node.choices, node.readonly, node.hint)
    Session(filling.definition, filling.answers(), clock=lambda: NOON)


def document() -> Document:
    """A small instance for expressions."""
    made, data = Document(), Element("data")
    made.append(data)
    for number in range(20):
        row = Element("person")
        data.append(row)
        row.append(Element("age", text=str(number)))
        row.append(Element("name", text="Ann"))
    return made


def try_expression(expression: str, on: Document) -> None:
    """Compile it and work it out."""
    node = on.named["data"][0].named["person"][3]
    scope = Scope(on, lambda: NOON, UTC, Random(1), lambda: "id", {"list": on})
    try:
        Compiler().expression(parse(expression))(Context(node, node, scope, UTC))
    except FormError:
        return


def judged(what: str, mutant: str, act: Callable[[], None]) -> Iterator[Found]:
    """Do it; what it did that none may do."""
    begun = time.process_time()
    try:
        act()
    except Exception as crash:  # noqa: BLE001  # any exception but FormError is what we look for
        yield Found(f"{what}: {type(crash).__name__}: {crash}", mutant)
    seconds = time.process_time() - begun
    if seconds > SECONDS:
        yield Found(f"{what}: {seconds:.1f} s", mutant)


def run(forms: int, count: int, seed: int) -> list[Found]:
    """That many mutated forms and expressions; what went wrong."""
    random = Random(seed)
    sources = corpus()
    known = expressions(sources)
    found: list[Found] = []
    for _ in range(forms):
        form = mutated_form(random, sources, known)
        shown = form.decode("utf-8", "replace")
        found.extend(judged("form", shown, lambda form=form: try_form(form, random)))  # type: ignore[misc]
    on = document()
    for _ in range(count):
        text = mutated_expression(random, known)
        found.extend(judged("expression", text, lambda text=text: try_expression(text, on)))  # type: ignore[misc]
    return found


def main(arguments: list[str]) -> int:
    """Print what went wrong; 1 if anything did."""
    parser = argparse.ArgumentParser(prog="python -m tests.forms.xforms.fuzz", description=__doc__)
    parser.add_argument("--forms", type=int, default=20_000)
    parser.add_argument("--expressions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    found = run(chosen.forms, chosen.expressions, chosen.seed)
    for one in found[:20]:
        print(f"{one.what}\n    {one.mutant[:3000]!r}")  # noqa: T201
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{chosen.forms} forms, {chosen.expressions} expressions, {used} MB: {len(found)} found")  # noqa: T201
    return 1 if found or used > MEGABYTES else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
