"""The runner itself, on cases of our own: it passes what is right and names what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from forms.xforms import load_definition
from tests.conformance.__main__ import main
from tests.conformance.walks import Walk, differences

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Small</h:title><model><instance><data id="small"><said/><twice/></data></instance>
<bind nodeset="/data/said" type="int"/>
<bind nodeset="/data/twice" type="int" calculate="/data/said * 2"/>
</model></h:head><h:body><input ref="/data/said"/></h:body></h:html>"""
NODE = {"relevant": True, "readonly": False, "required": False, "violation": None}


def cases(folder: Path, twice: str, total: int) -> Path:
    """One scenario and one expression, with those values expected."""
    (folder / "forms").mkdir()
    (folder / "forms/small.xml").write_text(FORM, "utf-8")
    (folder / "xpath_docs.json").write_text(json.dumps({"d": "<a><b>1</b><b>2</b></a>"}), "utf-8")
    xpath = {
        "id": "x1",
        "expr": "sum(/a/b)",
        "doc": "d",
        "context": "/",
        "functions": "odk",
        "result_type": "number",
        "expect": {"type": "number", "value": total},
        "status": "agreed",
    }
    start: dict[str, Any] = {
        "/data": {key: NODE[key] for key in ("relevant", "readonly", "required")},
        "/data/said": {**NODE, "value": ""},
        "/data/twice": {**NODE, "value": ""},
    }
    after = {"/data/said": {**NODE, "value": "4"}, "/data/twice": {**NODE, "value": twice}}
    scenario = {
        "id": "s1",
        "form": "forms/small.xml",
        "now": "2026-06-15T11:00:00Z",
        "tz": "Europe/London",
        "tier": "A-two-engines-agree",
        "steps": [
            {"op": "load", "expect": {"state": start}},
            {"op": "answer", "ref": "/data/said", "value": "4", "expect": {"set": after}},
        ],
    }
    (folder / "xpath.jsonl").write_text(json.dumps(xpath), "utf-8")
    (folder / "scenarios.jsonl").write_text(json.dumps(scenario), "utf-8")
    return folder


def test_cases_that_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(cases(tmp_path, twice="8", total=3))]) == 0
    assert capsys.readouterr().out.strip().endswith("2 passed, 0 failed")


def test_cases_that_fail_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.txt"
    folder = cases(tmp_path, twice="9", total=4)
    assert main([str(folder), "--report", str(report)]) == 1
    assert capsys.readouterr().out.strip().endswith("0 passed, 2 failed")
    written = report.read_text("utf-8")
    assert "s1: step 1 answer /data/said: /data/twice: value is '8', not '9'" in written
    assert "x1: 3.0 is not 4.0" in written


def test_no_cases_are_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none")]) == 2
    assert "no cases" in capsys.readouterr().err


def test_a_folder_without_cases_is_an_error(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 2


def test_a_walk_agrees_with_itself_and_names_where_another_engine_differs() -> None:
    walk = Walk(FORM.encode(), load_definition(FORM.encode()), seed=5, steps=6)
    replayed: dict[str, Any] = {"steps": [{"state": state} for state in walk.states]}
    assert list(differences(walk, replayed)) == []
    last = dict(walk.states[-1])
    last["/data/twice"] = {**last["/data/twice"], "value": "something else"}
    replayed["steps"][-1] = {"state": last}
    (found,) = differences(walk, replayed)
    assert found.startswith(f"step {len(walk.states) - 1} ")
    assert "/data/twice" in found
