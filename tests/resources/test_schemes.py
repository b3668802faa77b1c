"""A council's threshold scheme and code lists are data: other councils' take Wigan's place."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from forms.authoring.pack import build_pack
from forms.authoring.pack_checks.thresholds import thresholds
from forms.authoring.sources import PackMistake
from forms.pack import Pack
from forms.xforms import Session, Violation, load_definition
from tests.resources.shipped import RESOURCES
from tests.resources.test_conditions import NOW

SCHEMES = Path(__file__).with_name("schemes")
LEVEL = "/assessment/level_of_need/level"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped pack with the assessment alone."""
    folder = tmp_path_factory.mktemp("sources")
    shutil.copytree(RESOURCES / "pack", folder / "pack")
    (folder / "forms").mkdir()
    shutil.copy(RESOURCES / "forms" / "assessment.xlsx", folder / "forms")
    rows = (folder / "pack" / "forms.csv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row.startswith(("form,", "assessment,"))]
    (folder / "pack" / "forms.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return folder


def of_council(sources: Path, folder: Path, scheme: str) -> Path:
    """The sources with this council's levels, and one indicator for each."""
    shutil.copytree(sources, folder)
    levels = SCHEMES / f"{scheme}.csv"
    shutil.copy(levels, folder / "pack" / "thresholds.csv")
    with levels.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = ["scheme,version,level,code,label,checked,retired"]
    lines += [f"{r['scheme']},{r['version']},{r['level']},at_{r['level']},Sign,yes," for r in rows]
    (folder / "pack" / "indicators.csv").write_text("\n".join(lines), encoding="utf-8")
    council = json.loads((folder / "pack" / "council.json").read_text(encoding="utf-8"))
    council["thresholds"] = f"{rows[0]['scheme']} {rows[0]['version']}"
    (folder / "pack" / "council.json").write_text(json.dumps(council), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("scheme", "team", "refer", "plain"),
    [("warrington", "3", ("4",), ("1", "2")), ("wiltshire", "2b", ("3", "4"), ("1", "2a"))],
)
def test_another_councils_levels_ask_what_they_ask(
    sources: Path,
    tmp_path: Path,
    scheme: str,
    team: str,
    refer: tuple[str, ...],
    plain: tuple[str, ...],
) -> None:
    folder = of_council(sources, tmp_path / "council", scheme)
    assert list(thresholds(folder / "pack")) == []
    pack = Pack.read(build_pack(folder))
    definition = load_definition(pack.form("assessment"), pack.lists)
    session = Session(definition, clock=lambda: NOW)
    offered = [choice.name for choice in session.node(LEVEL).choices]
    assert offered == [row["level"] for row in pack.tables["thresholds"]]
    within = "/assessment/level_of_need"
    for level in (team, *refer, *plain):
        session.set(LEVEL, level)
        assert session.node(f"{within}/first_taf").relevant is (level == team)
        assert session.node(f"{within}/level_4_ring").relevant is (level in refer)
        assert [c.name for c in session.node(f"{within}/indicators").choices] == [f"at_{level}"]
    row = next(p for p in session.add("/assessment/meaning/child_analysis").added if p[-1] == "]")
    session.set(f"{row}/child_level", team)
    session.set(LEVEL, plain[1])
    assert session.node(LEVEL).violation is Violation.CONSTRAINT
    session.set(LEVEL, refer[0])
    assert session.node(LEVEL).violation is None
    assert session.calculated()[f"{within}/level_scheme"].startswith(scheme)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",1,1,,", ",1,2,,", "not higher"),
        (",4,4,refer,", ",4,4,,", "No level asks for a referral"),
        (",team,", ",crowd,", "asks for nothing"),
        (",2,2,plan,", ",3,2,plan,", "already in row"),
        ("wigan,2024", "wigan,2025", "has no indicator"),
    ],
)
def test_a_scheme_that_does_not_hold_together_is_named(
    sources: Path, tmp_path: Path, old: str, new: str, says: str
) -> None:
    folder = Path(shutil.copytree(sources, tmp_path / "council")) / "pack"
    text = (folder / "thresholds.csv").read_text(encoding="utf-8")
    assert old in text
    (folder / "thresholds.csv").write_text(text.replace(old, new), encoding="utf-8")
    if says == "has no indicator":
        (folder / "council.json").write_text(
            (folder / "council.json").read_text(encoding="utf-8").replace("2024", "2025"),
            encoding="utf-8",
        )
    found = [str(one) for one in thresholds(folder) if one.weight != "placeholder"]
    assert any(says in one for one in found), found


def test_a_code_is_retired_and_never_deleted(sources: Path, tmp_path: Path) -> None:
    before = build_pack(sources)
    folder = Path(shutil.copytree(sources, tmp_path / "council"))
    groups = folder / "pack" / "vulnerable_groups.csv"
    text = groups.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("VG16"))
    groups.write_text(text.replace(line + "\n", ""), encoding="utf-8")
    with pytest.raises(PackMistake, match="VG16 is gone"):
        build_pack(folder, before)
    groups.write_text(text.replace(line, line + "2026-12-01"), encoding="utf-8")
    pack = Pack.read(build_pack(folder, before))
    definition = load_definition(pack.form("assessment"), pack.lists)
    session = Session(definition, clock=lambda: NOW)
    row = next(p for p in session.add("/assessment/groups/flag").added if p[-1] == "]")
    asked = f"{row}/flag_groups"
    assert "VG16" not in {choice.name for choice in session.node(asked).choices}
    session.set(asked, "VG16")  # as an older record says
    assert session.node(asked).kept == ("VG16",)
