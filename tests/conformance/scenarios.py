"""Form scenarios: a form, steps, and the whole state after each (``scenarios.jsonl``)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime
from random import Random
from uuid import uuid4
from zoneinfo import ZoneInfo

from forms.xforms import Definition, FormError, Node, NodeKind, Session, load_definition
from tests.conformance.cases import Json
from tests.conformance.submission import answers_of, submitted

State = dict[str, Json]
_PART = re.compile(r"\s*;\s*|\s+")


class Clock:
    """The frozen clock of a scenario."""

    def __init__(self, now: str) -> None:
        self.now = datetime.fromisoformat(now)

    def __call__(self) -> datetime:
        """Its time."""
        return self.now


def run(case: Json, forms: Mapping[str, bytes]) -> str | None:
    """None if the state after every step is the one expected, else the first difference.

    In tier C the references on which the engines differ are not compared.
    """
    disputed = frozenset(case.get("disputed_refs") or () if case["tier"].startswith("C") else ())
    player = _Player(case, forms)
    state: State = {}
    for number, step in enumerate(case["steps"]):
        expected = step.get("expect", {})
        try:
            player.play(step)
        except FormError as error:
            if "error" in expected:
                return None
            return (
                f"step {number} {step['op']} {step.get('ref', '')}: {type(error).__name__}: {error}"
            )
        if "error" in expected:
            return f"step {number} {step['op']}: expected to be refused ({expected['error']})"
        state = _apply(state, expected)
        difference = _difference(player.session, state, set(case.get("volatile", ())), disputed)
        if difference:
            return f"step {number} {step['op']} {step.get('ref', '')}: {difference}"
    return None


class _Player:
    """Plays the steps of one scenario."""

    def __init__(self, case: Json, forms: Mapping[str, bytes]) -> None:
        self._case = case
        self._xform = forms[case["form"]]
        self._clock = Clock(case["now"])
        self._definition: Definition | None = None
        self.session: Session

    def _files(self) -> dict[str, bytes]:
        return {
            url: (file.get("body") or "").encode()
            for url, file in (self._case.get("attachments") or {}).items()
            if file.get("status", 200) == 200
        }

    def _open(self, answers: Mapping[str, str] | None) -> Session:
        assert self._definition is not None
        return Session(
            self._definition,
            answers,
            clock=self._clock,
            zone=ZoneInfo(self._case["tz"]),
            preload=self._case.get("preload") or {},
            new_id=lambda: str(uuid4()),
            random=Random(1),
        )

    def play(self, step: Json) -> None:
        """One step; a FormError is for the caller to judge."""
        if step.get("now"):
            self._clock.now = datetime.fromisoformat(step["now"])
        match step["op"]:
            case "load":
                blank = self._case.get("missing_resource") == "BLANK"
                self._definition = load_definition(
                    self._xform, self._files(), missing_is_empty=blank
                )
                edited = self._case.get("edit_instance")
                answers = answers_of(edited, self._definition) if edited else None
                self.session = self._open(answers)
            case "answer":
                value = step["stored"] if isinstance(step.get("stored"), str) else step["value"]
                self.session.set(self.session.at(step["ref"]).path, value)
            case "add":
                self.session.add(self.session.at(step["ref"]).path)
            case "remove":
                self.session.remove(self.session.at(step["ref"]).path)
            case "language":
                self.session.set_language(step["language"])
            case "save_and_reopen":
                self.session = self._open(self.session.answers())
            case "submit_and_edit":
                assert self._definition is not None
                self.session = self._open(submitted(self.session, self._definition))
            case "new_instance":
                self.session = self._open(None)
            case other:
                raise NotImplementedError(other)


def _apply(state: State, expected: Json) -> State:
    if "state" in expected:
        return dict(expected["state"])
    after = {**state, **expected.get("set", {})}
    for reference in expected.get("removed", ()):
        after.pop(reference, None)
    return after


def _difference(
    session: Session, state: State, volatile: set[str], disputed: frozenset[str]
) -> str | None:
    nodes = {_plain(node.reference): node for node in session.root.walk()}
    for reference, expected in state.items():
        if reference in disputed or "meta" in reference.split("/")[2:3] or "orx:meta" in reference:
            continue
        node = nodes.pop(_plain(reference), None)
        if node is None:
            return f"{reference} is not there"
        difference = _differs(node, expected, reference in volatile)
        if difference:
            return f"{reference}: {difference}"
    for reference, node in nodes.items():
        over = reference in disputed or "meta" in reference.replace("orx:", "").split("/")[2:3]
        if node.kind is NodeKind.ROW and not over:
            return f"{reference} should not be there"
    return None


def _plain(reference: str) -> str:
    return reference.replace("orx:", "")


def _differs(node: Node, expected: Json, volatile: bool) -> str | None:
    if node.relevant != expected["relevant"]:
        return f"relevant is {node.relevant}"
    if not expected["relevant"]:
        return None
    for name in ("required", "readonly"):
        if name in expected and getattr(node, name) != expected[name]:
            return f"{name} is {getattr(node, name)}"
    if node.kind not in (NodeKind.QUESTION, NodeKind.VALUE):
        if "count" in expected and expected["count"] != len(node.children):
            return f"{len(node.children)} rows, not {expected['count']}"
        return None
    if "value" in expected and not volatile and not same(_as_peers(node), expected["value"]):
        return f"value is {node.value!r}, not {expected['value']!r}"
    if "violation" in expected and not volatile:
        as_peers = node.kept and expected["violation"] in (None, "required")
        if node.violation != expected["violation"] and not as_peers:
            return f"violation is {node.violation}, not {expected['violation']}"
    if expected.get("choices") is not None:
        names = list(node.choice_names)
        wanted = [choice[0] for choice in expected["choices"]]
        if volatile:
            names.sort()
            wanted.sort()
        if names != wanted:
            return f"choices are {names}, not {wanted}"
    return None


def _as_peers(node: Node) -> str:
    """The value without what the filter no longer offers: we keep and flag it, peers blank it."""
    kept = node.kept
    if not kept:
        return node.value
    return " ".join(name for name in node.value.split() if name not in kept)


def same(got: str, wanted: str) -> bool:
    """True for one value, numbers by value and moments to the second."""
    if got == wanted:
        return True
    mine, theirs = _PART.split(got.strip()), _PART.split(wanted.strip())
    try:
        return len(mine) == len(theirs) and all(
            math.isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-12)
            for one, other in zip(mine, theirs, strict=True)
        )
    except ValueError:
        return _same_moment(got, wanted)


def _same_moment(got: str, wanted: str) -> bool:
    if "T" not in got or "T" not in wanted:
        return False
    try:
        first, second = datetime.fromisoformat(got), datetime.fromisoformat(wanted)
        return abs((first - second).total_seconds()) < 1
    except (ValueError, TypeError):
        return False
