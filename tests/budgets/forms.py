"""How fast the form engine is: ``python -m tests.budgets.forms [BENCH]``.

Prints what a session costs as the form and its rows grow. BENCH (or the environment variable
``YOUR_FAMILY_FORMS_BENCH``) is a folder with ``early_help_400.xml``, its steps and the peers'
programs; with it, the engine is timed on that work, side by side with JavaRosa if a JDK is there.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from forms.xforms import Definition, Session, load_definition

_HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Growing</h:title><model>'
)
_SECTION = 20
FORM = "early_help_400"


@dataclass(slots=True)
class Times:
    """Milliseconds of each kind of act."""

    load: list[float] = field(default_factory=list)
    open: list[float] = field(default_factory=list)
    set: list[float] = field(default_factory=list)
    add: list[float] = field(default_factory=list)


def _timed(times: list[float], act: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    result = act()
    times.append((time.perf_counter() - begun) * 1000)
    return result


def percentile(times: list[float], share: float) -> float:
    """The time that so large a share of them stays within."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def questions_form(count: int) -> bytes:
    """So many questions in sections of twenty; each asks for the one before it in its section."""
    nodes: list[str] = []
    binds: list[str] = []
    body: list[str] = []
    for section in range(count // _SECTION):
        names = [f"q{number}" for number in range(_SECTION)]
        inside = "".join(f"<{name}/>" for name in names)
        nodes.append(f"<s{section}>{inside}<total/></s{section}>")
        for before, name in pairwise(names):
            condition = f"/data/s{section}/{before} != ''"
            binds.append(f'<bind nodeset="/data/s{section}/{name}" relevant="{condition}"/>')
        added = " + ".join(f"string-length(../{name})" for name in names[:5])
        binds.append(f'<bind nodeset="/data/s{section}/total" type="int" calculate="{added}"/>')
        body.extend(
            f'<input ref="/data/s{section}/{name}"><label>{name}</label></input>' for name in names
        )
    return _form("".join(nodes), binds, body)


def rows_form() -> bytes:
    """A repeat whose rows add up."""
    binds = [
        '<bind nodeset="/data/row/twice" type="int" calculate="../one * 2"/>',
        '<bind nodeset="/data/row/more" relevant="../one &gt; 5"/>',
        '<bind nodeset="/data/total" type="int" calculate="sum(/data/row/one)"/>',
    ]
    row = "<row><one/><twice/><more/></row>"
    body = [
        '<repeat nodeset="/data/row"><input ref="/data/row/one"/><input ref="/data/row/more"/>'
        "</repeat>"
    ]
    return _form(row + "<total/><aside/>", binds, body)


def _form(nodes: str, binds: list[str], body: list[str]) -> bytes:
    instance = f'<instance><data id="growing">{nodes}</data></instance>'
    return (
        f"{_HEAD}{instance}{''.join(binds)}</model></h:head>"
        f"<h:body>{''.join(body)}</h:body></h:html>"
    ).encode()


def by_questions(count: int) -> Times:
    """Answering a section in the middle of a form of so many questions."""
    times, form = Times(), questions_form(count)
    definition = _timed(times.load, lambda: load_definition(form))
    session = _timed(times.open, lambda: Session(definition))
    section = count // _SECTION // 2
    for turn in range(5):
        for number in range(_SECTION - 1):
            path = f"/data/s{section}/q{number}"
            _timed(times.set, partial(session.set, path, f"said {turn}"))
    return times


def by_rows(count: int) -> Times:
    """Adding the last rows of so many, and answering in them."""
    times = Times()
    definition = load_definition(rows_form())
    session = Session(definition)
    timed = min(20, count - 1)  # the form begins with a row
    for _ in range(count - 1 - timed):
        session.add("/data/row")
    for number in range(timed):
        _timed(times.add, partial(session.add, "/data/row"))
        path = f"{session.node('/data/row').children[-1].path}/one"
        _timed(times.set, partial(session.set, path, str(number)))
    answers = session.answers()
    _timed(times.open, lambda: Session(definition, answers))
    return times


def by_steps(form: bytes, steps: list[dict[str, str]], rounds: int = 8) -> Times:
    """The peers' work."""
    times = Times()
    for _ in range(rounds):
        begun = time.perf_counter()
        definition: Definition = load_definition(form)
        Session(definition)
        times.load.append((time.perf_counter() - begun) * 1000)
        session = _timed(times.open, partial(Session, definition))
        for step in steps:
            path = session.at(step["ref"]).path
            if step["op"] == "add":
                _timed(times.add, partial(session.add, path))
            elif step["op"] == "answer":
                _timed(times.set, partial(session.set, path, step["value"]))
    return times


def javarosa(bench: Path) -> dict[str, float] | str:
    """JavaRosa's own figures for that work, or why there are none."""
    if shutil.which("java") is None or shutil.which("javac") is None:
        return "no JDK here"
    found = importlib.util.find_spec("pyxform")
    if found is None or found.origin is None:
        return "pyxform, which carries it, is not installed"
    jar = Path(found.origin).parent / "validators/odk_validate/bin/ODK_Validate.jar"
    with tempfile.TemporaryDirectory() as folder:
        sources = [str(bench / "JrReplay.java"), str(bench / "JrBench.java")]
        compiling = ["javac", "-nowarn", "-cp", str(jar), "-d", folder, *sources]
        subprocess.run(compiling, check=True, capture_output=True)
        files = [str(bench / f"{FORM}.xml"), str(bench / f"{FORM}.steps.json")]
        running = ["java", "-cp", f"{folder}{os.pathsep}{jar}", "JrBench", *files, "8"]
        output = subprocess.run(running, check=True, capture_output=True, text=True).stdout
    figures: dict[str, float] = json.loads(output.strip().splitlines()[-1])
    return figures


def web_forms(bench: Path) -> dict[str, float] | str:
    """web-forms' own figures for that work, or why there are none. Its packages come from npm."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "no node and npm here"
    engine = Path(__file__).with_name("web_forms_engine.mjs")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("bench", "node", "tools"):
            (place / name).mkdir()
        for file in ("bench_engine.mjs", f"{FORM}.xml", f"{FORM}.steps.json"):
            shutil.copyfile(bench / file, place / "bench" / file)
        shutil.copyfile(engine, place / "node" / "engine.mjs")
        shared = "export { dumpState } from '../node/engine.mjs';\n"
        (place / "tools" / "engine_dump.mjs").write_text(shared, "utf-8")
        packages = ["@getodk/xforms-engine@0.22.0", "solid-js", "jsdom"]
        getting = ["npm", "install", "--silent", "--no-audit", "--no-fund", *packages]
        if subprocess.run(getting, cwd=place, capture_output=True, check=False).returncode:
            return "its npm packages could not be had"
        files = [f"bench/{FORM}.xml", f"bench/{FORM}.steps.json"]
        running = ["node", "bench/bench_engine.mjs", *files, "3"]
        done = subprocess.run(running, cwd=place, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return figures


def _side_by_side(bench: Path) -> bool:
    steps = json.loads((bench / f"{FORM}.steps.json").read_text("utf-8"))
    ours = by_steps((bench / f"{FORM}.xml").read_bytes(), steps)
    theirs, others = javarosa(bench), web_forms(bench)
    rows = [
        ("load, warm", percentile(ours.load[1:], 0.5), "load_warm_median_ms", 1.0),
        ("set, median", percentile(ours.set, 0.5), "set_answer_median_ms", 1.5),
        ("set, p95", percentile(ours.set, 0.95), "set_answer_p95_ms", 1.0),
        ("add a row", percentile(ours.add, 0.5), "add_repeat_median_ms", 1.0),
        ("open, compiled", percentile(ours.open, 0.5), "load_warm_median_ms", 0.2),
    ]
    print(f"{'ms':16} {'ours':>9} {'JavaRosa':>9} {'web-forms':>9}")  # noqa: T201
    kept = True
    for name, mine, key, allowed in rows:
        over = not isinstance(theirs, str) and mine > theirs[key] * allowed
        said = f"  over {allowed} times JavaRosa's" if over else ""
        print(f"{name:16} {mine:9.3f} {_figure(theirs, key)} {_figure(others, key)}{said}")  # noqa: T201
        kept = kept and not over
    for peer, figures in (("JavaRosa", theirs), ("web-forms", others)):
        if isinstance(figures, str):
            print(f"{peer} was not run: {figures}")  # noqa: T201
    return kept


def _figure(figures: dict[str, float] | str, key: str) -> str:
    return f"{'-':>9}" if isinstance(figures, str) else f"{figures[key]:9.3f}"


def main(arguments: list[str]) -> int:
    """Print the tables; 1 if the engine is slower than it may be."""
    parser = argparse.ArgumentParser(prog="python -m tests.budgets.forms", description=__doc__)
    known = os.environ.get("YOUR_FAMILY_FORMS_BENCH")
    parser.add_argument("bench", nargs="?", type=Path, default=Path(known) if known else None)
    bench = parser.parse_args(arguments).bench
    print("questions      load      open   set median   set p95   (ms)")  # noqa: T201
    for count in (400, 2_000, 10_000):
        one = by_questions(count)
        middle, high = percentile(one.set, 0.5), percentile(one.set, 0.95)
        print(f"{count:9} {one.load[0]:9.1f} {one.open[0]:9.1f} {middle:12.3f} {high:9.3f}")  # noqa: T201
    print("rows           add       set       reopen   (ms)")  # noqa: T201
    for count in (10, 100, 1_000):
        one = by_rows(count)
        added, said = percentile(one.add, 0.5), percentile(one.set, 0.5)
        print(f"{count:9} {added:9.3f} {said:9.3f} {one.open[0]:12.1f}")  # noqa: T201
    if bench is None:
        print("No bench was named, so the peers were not run.")  # noqa: T201
        return 0
    return 0 if _side_by_side(bench) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
