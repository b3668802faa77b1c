"""A record is read on one version of its form, whichever version its changes were written on."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from forms.records.answer import Answer
from forms.records.change import Change, Written
from forms.records.heads import Heads
from forms.records.upgrading import (
    VERSION,
    Upgrade,
    Upgrades,
    standing_version,
    version_before,
    version_order,
)
from tests.forms.records.test_heads import change

ROW, INNER = "[0192f3c0-0000-7000-8000-00000000000a]", "[0192f3c0-0000-7000-8000-00000000000b]"
UPGRADE = Upgrade(
    "plan",
    "1",
    "2",
    {
        "/plan/hope": "/plan/start/wish",
        "/plan/goal": "/plan/goals/goal",
        "/plan/goal/step": "/plan/goals/goal/action",
        "/plan/goal/step/who": "/plan/goals/goal/action/by",
    },
    {"/plan/home": {"rent": "renting", "let": "renting", "own": "owner"}},
)
MAPS = Upgrades.of([UPGRADE])
OLD = ("/plan/hope", f"/plan/goal{ROW}", f"/plan/goal{ROW}/step{INNER}/who", "/plan/kept")
paths = st.sampled_from(OLD)


def written(name: str, version: str, **answers: Written) -> Change:
    return replace(change(name, **answers), version=version)


@given(paths)
def test_a_path_leads_to_the_new_form_and_back_in_the_same_rows(path: str) -> None:
    there = UPGRADE.path(path)
    assert UPGRADE.reversed().path(there) == path
    assert there.count("[") == path.count("[")
    assert UPGRADE.path("@finalised") == "@finalised"


def test_rows_within_rows_keep_their_ids() -> None:
    assert UPGRADE.path(OLD[2]) == f"/plan/goals/goal{ROW}/action{INNER}/by"
    assert UPGRADE.path(OLD[1]) == f"/plan/goals/goal{ROW}"


def test_choices_are_read_and_what_became_one_is_not_guessed_back() -> None:
    assert UPGRADE.value("/plan/home", "rent own other") == "renting owner other"
    back = UPGRADE.reversed()
    assert back.value("/plan/home", "renting owner other") == "renting own other"


@given(st.lists(st.tuples(paths, st.sampled_from("12"), st.text("ab", max_size=2)), max_size=8))
def test_nothing_is_dropped_and_each_save_supersedes_what_its_author_saw(
    saves: list[tuple[str, str, str]],
) -> None:
    """Two people take turns on two versions of the form; both read the same last words."""
    changes: list[Change] = []
    for number, (path, version, said) in enumerate(saves):
        read = Heads(MAPS.read(changes, version))
        at = path if version == "1" else UPGRADE.path(path)
        save = {at: Written(Answer(said), read.base(at))}
        changes.append(replace(change(f"c{number:03}"), version=version, answers=save))
    told = {path: said for path, _, said in saves}
    for version in "12":
        as_read = MAPS.read(changes, version)
        assert [one.id for one in as_read] == [one.id for one in changes]
        assert sum(len(one.answers) for one in as_read) == len(saves)
        heads = Heads(as_read)
        assert heads.conflicts() == ()
        for path, said in told.items():
            at = path if version == "1" else UPGRADE.path(path)
            assert heads.current(at).value == said


def test_the_newest_version_that_stands_counts_and_going_on_can_be_taken_back() -> None:
    begun = written("a", "2026.9", hope=Written(Answer("calm")))
    on = replace(change("b"), version="2026.10", answers={VERSION: Written(Answer("2026.10"))})
    theirs = replace(change("c"), version="2026.11", answers={VERSION: Written(Answer("2026.11"))})
    assert (standing_version([begun], "2026.9"), version_before([begun], "2026.9")) == (
        "2026.9",
        "",
    )
    both = [begun, on, theirs]
    assert standing_version(both, "2026.9") == "2026.11"
    assert version_before(both, "2026.9") == "2026.9"
    assert Heads(MAPS.read(both, "2026.11")).conflicts() == ()  # nothing for people to settle
    back = Written(Answer("2026.9"), ("b", "c"))
    taken_back = [*both, replace(change("d"), version="2026.9", answers={VERSION: back})]
    assert standing_version(taken_back, "2026.9") == "2026.9"
    assert version_before(taken_back, "2026.9") == ""


def test_a_map_that_leads_out_of_a_row_is_not_followed() -> None:
    hostile = Upgrade("plan", "1", "2", {"/plan/goal/what": "/plan/what"})
    assert hostile.path(f"/plan/goal{ROW}/what") == f"/plan/goal{ROW}/what"


def test_versions_are_ordered_as_people_count() -> None:
    versions = ["2026.11.10", "2026.11.9", "2026.11.9-demo", "2027.1"]
    assert sorted(versions, key=version_order) == [
        "2026.11.9",
        "2026.11.9-demo",
        "2026.11.10",
        "2027.1",
    ]
