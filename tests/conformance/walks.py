"""``python -m tests.conformance.walks BENCH FORM...``: random walks of any forms, beside JavaRosa.

Each FORM is an XLSForm or an XForm. The engine fills it at random; JavaRosa does the same again,
and the whole state after each step is compared. BENCH is the folder with ``JrReplay.java``. What
two engines differ on is for a person to judge by the specification.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from forms.authoring.compile import compile_form
from forms.xforms import Definition, Node, NodeKind, Session, load_definition
from tests.conformance.cases import Json
from tests.conformance.scenarios import same

_WORDS = ("", "Ayo", "two words", "42", "7.5", "-3", "yes", "it's & <odd>")
_PULLED = re.compile(rb"pulldata\([^()]*\)")
_A_WHILE = timedelta(minutes=10)
_SAID = {
    "int": ("", "0", "3", "17", "120"),
    "decimal": ("", "0.5", "7.25", "100"),
    "date": ("", "2014-03-09", "2026-11-20", "2019-02-28"),
    "time": ("", "09:30:00.000Z", "17:05:00.000Z"),
    "geopoint": ("", "53.5448 -2.6318 0 0", "53.5 -2.7 12.5 4"),
    "dateTime": ("", "2026-11-20T10:00:00.000Z"),
}


class Walk:
    """One random walk of one form: the steps, and what the engine made of each."""

    def __init__(self, xform: bytes, definition: Definition, seed: int, steps: int) -> None:
        self.random = Random(seed)
        self.session = Session(definition, clock=lambda: datetime.now(UTC), random=Random(seed))
        self.case: Json = {
            "id": f"{definition.id} {seed}",
            "form_xml": xform.decode(),
            "steps": [{"op": "load"}],
        }
        self.states = [state_of(self.session)]
        for _ in range(steps):
            step = self._step()
            if step is not None:
                self.case["steps"].append(step)
                self.states.append(state_of(self.session))

    def _step(self) -> Json | None:
        nodes = [node for node in self.session.root.walk() if node.relevant]
        rows = [node for node in nodes if node.kind is NodeKind.ROW]
        repeats = [
            node for node in nodes if node.kind is NodeKind.REPEAT and not node.count_is_fixed
        ]
        chance = self.random.random()
        if repeats and chance < 0.12:
            repeat = self.random.choice(repeats)
            self.session.add(repeat.path)
            return {"op": "add", "ref": repeat.reference}
        removable = [row for row in rows if row.parent is not None and row.parent in repeats]
        if removable and chance < 0.15:
            row = self.random.choice(removable)
            step = {"op": "remove", "ref": row.reference}
            self.session.remove(row.path)
            return step
        asked = [node for node in nodes if node.kind is NodeKind.QUESTION and not node.readonly]
        if not asked:
            return None
        node = self.random.choice(asked)
        value = self._value(node)
        self.session.set(node.path, value)
        return {"op": "answer", "ref": node.reference, "value": value}

    def _value(self, node: Node) -> str:
        names = list(node.choice_names)
        if node.control == "select1":
            return self.random.choice(["", *names]) if names else ""
        if node.control in ("select", "rank"):
            count = self.random.randrange(len(names) + 1) if names else 0
            return " ".join(self.random.sample(names, count))
        if node.control == "trigger":
            return self.random.choice(["", "OK"])
        if node.control == "upload":
            return ""
        return self.random.choice(_SAID.get(node.type, _WORDS))


def state_of(session: Session) -> dict[str, Json]:
    """What the engine holds, by reference."""
    return {
        node.reference: {
            "relevant": node.relevant,
            "required": node.required,
            "readonly": node.readonly,
            "value": node.value,
            "choices": list(node.choice_names),
            "leaf": node.kind in (NodeKind.QUESTION, NodeKind.VALUE),
            "asked": node.kind is NodeKind.QUESTION,
            "kept": bool(node.kept),
        }
        for node in session.root.walk()
        if node.kind is not NodeKind.REPEAT
    }


def differences(walk: Walk, replayed: Json) -> Iterator[str]:
    """Each thing in which the two differ after the first step in which they do."""
    if "fatal" in replayed:
        yield f"JavaRosa: {replayed['fatal']}"
        return
    for number, (step, mine, said) in enumerate(
        zip(walk.case["steps"], walk.states, replayed["steps"], strict=False)
    ):
        if "error" in said:
            yield f"step {number} {step}: JavaRosa: {said['error']}"
            return
        found = list(_differ(mine, said["state"]))
        if found:
            yield from (f"step {number} {step}: {one}" for one in found)
            return


def _differ(mine: Mapping[str, Json], theirs: Mapping[str, Json]) -> Iterator[str]:
    for reference in mine.keys() ^ theirs.keys():
        if "/meta" not in reference:
            yield f"{reference} is only in {'ours' if reference in mine else 'JavaRosa'}"
    for reference in mine.keys() & theirs.keys():
        one, other = mine[reference], theirs[reference]
        if one["relevant"] != other["relevant"]:
            yield f"{reference}: relevant {one['relevant']}"
            continue
        if not one["relevant"] or not one["leaf"] or "/meta" in reference:
            continue
        for name in ("required", "readonly"):
            if one[name] != other[name]:
                yield f"{reference}: {name} {one[name]}"
        said = (one["value"], other.get("value", ""))
        if not one["kept"] and not same(*said) and not all(map(_is_now, said)):
            yield f"{reference}: {one['value']!r}, JavaRosa {other.get('value')!r}"
        offered = [choice[0] for choice in other.get("choices", ())]
        if one["asked"] and "choices" in other and one["choices"] != offered:
            yield f"{reference}: offers {one['choices']}, JavaRosa {offered}"


def _is_now(value: str) -> bool:
    """True for the moment of the walk: the two engines were not asked at the same one."""
    try:
        return abs(datetime.fromisoformat(value) - datetime.now(UTC)) < _A_WHILE
    except (ValueError, TypeError):
        return False


def replay(bench: Path, walks: list[Walk]) -> list[Json]:
    """The same steps in JavaRosa."""
    found = importlib.util.find_spec("pyxform")
    if found is None or found.origin is None:
        raise SystemExit("pyxform, which carries JavaRosa, is not installed.")
    jar = Path(found.origin).parent / "validators/odk_validate/bin/ODK_Validate.jar"
    with tempfile.TemporaryDirectory() as folder:
        source = str(bench / "JrReplay.java")
        compiling = ["javac", "-nowarn", "-cp", str(jar), "-d", folder, source]
        subprocess.run(compiling, check=True, capture_output=True)
        asked, answered = Path(folder) / "walks.jsonl", Path(folder) / "replayed.jsonl"
        asked.write_text("".join(json.dumps(walk.case) + "\n" for walk in walks), "utf-8")
        running = ["java", "-cp", f"{folder}{os.pathsep}{jar}", "JrReplay", str(asked)]
        subprocess.run([*running, str(answered)], check=True, capture_output=True)
        return [json.loads(line) for line in answered.read_text("utf-8").splitlines()]


def main(arguments: list[str]) -> int:
    """Walk them all; 1 if the engines differ anywhere."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.walks", description=__doc__)
    parser.add_argument("bench", type=Path, help="the folder with JrReplay.java")
    parser.add_argument("forms", type=Path, nargs="+", help="XLSForms or XForms")
    parser.add_argument("--walks", type=int, default=3, help="of each form")
    parser.add_argument("--steps", type=int, default=40, help="of each walk")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    walks: list[Walk] = []
    for form in chosen.forms:
        xform = compile_form(form) if form.suffix == ".xlsx" else form.read_bytes()
        xform = _PULLED.sub(b"''", xform)  # JavaRosa itself has no pulldata(); Collect adds it
        definition = load_definition(xform, missing_is_empty=True)
        seeds = range(chosen.seed, chosen.seed + chosen.walks)
        walks.extend(Walk(xform, definition, seed, chosen.steps) for seed in seeds)
    different = 0
    for walk, replayed in zip(walks, replay(chosen.bench, walks), strict=True):
        found = list(differences(walk, replayed))
        different += bool(found)
        for one in found:
            print(f"{walk.case['id']}: {one}")  # noqa: T201
    print(f"{len(walks)} walks, {different} in which the engines differ")  # noqa: T201
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
