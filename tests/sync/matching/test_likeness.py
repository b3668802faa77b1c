"""When two people, and two families, may be the same (domain.md 3.6.5)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.ehm.matching import keys, names
from sync.ehm.matching.likeness import POSSIBLE, STRONG, Identity, of_families, of_people

HOME = (("PR1 2AB", "12 Mill Lane"),)
SAM = Identity("f1", "sam", "Sam", ("Khan",), "2014-03-05", is_child=True, places=HOME)
MUM = Identity("f1", "mum", "Aisha", ("Khan",), "1988-11-02", places=HOME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Elizabeth", "Liz"),
        ("Mohammed", "Muhammad"),
        ("Łukasz", "Lukasz"),
        ("Zoë", "Zoe"),
        ("Catherine", "Kathryn"),
        ("O'Brien", "OBrien"),
        ("Smith-Jones", "Jones"),
        ("Shaun", "Sean Shaun"),
        ("Philip", "Filip"),
        ("Niamh", "Niamh"),
        ("Stephen", "Steven"),
        ("Rahman", "Rehman"),
        ("MacDonald", "McDonald"),
    ],
)
def test_names_that_may_be_one(one: str, other: str) -> None:
    assert names.likeness(one, other) >= names.SPELT_ALIKE
    assert names.likeness(one, other) == names.likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Sam", "Maya"), ("Khan", "Kowalska"), ("", "Sam"), ("Ali", "Amy")]
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert names.likeness(one, other) == names.DIFFERENT


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_names_can_be_compared_either_way_round(one: str, other: str) -> None:
    assert 0 <= names.likeness(one, other) <= 1
    assert names.likeness(one, other) == names.likeness(other, one)
    assert names.likeness(one, one) in (0, 1)


def test_two_workers_who_began_the_same_family_offline_are_noticed() -> None:
    there = [
        replace(SAM, family="f2", person="s", given_name="Samuel", born="2014-05-03"),
        replace(MUM, family="f2", person="m", given_name="Aysha"),
    ]
    found = of_families([SAM, MUM], there)
    assert found.score >= STRONG
    assert found.is_one_household
    assert set(found.pairs) == {("sam", "s"), ("mum", "m")}


def test_the_same_child_with_separated_parents_is_no_merge() -> None:
    dads = (("LA9 4QQ", "3 Fell View"),)
    there = [
        replace(SAM, family="f2", person="s", last_names=("Okafor", "Khan"), places=dads),
        Identity("f2", "dad", "Chidi", ("Okafor",), "1985-01-20", places=dads),
    ]
    found = of_families([SAM, MUM], there)
    assert found.score >= STRONG
    assert not found.is_one_household


def test_an_identity_before_and_after_adoption_never_matches() -> None:
    assert of_people(SAM, replace(SAM, family="f2", is_sealed=True)).score == 0
    assert of_families([replace(SAM, is_sealed=True)], [SAM]).score == 0


def test_a_secret_address_neither_helps_nor_is_said() -> None:
    in_refuge = replace(SAM, family="f2", places=())
    found = of_people(SAM, in_refuge)
    assert found.score >= STRONG
    assert not any("address" in words or "postcode" in words for words in found.because)


def test_twins_are_two_people() -> None:
    maya = replace(SAM, person="maya", given_name="Maya")
    assert of_people(SAM, maya).score < POSSIBLE
    found = of_families([SAM, maya], [replace(SAM, person="s2"), replace(maya, person="m2")])
    assert set(found.pairs) == {("sam", "s2"), ("maya", "m2")}


def test_a_namesake_born_on_another_day_is_somebody_else() -> None:
    assert of_people(SAM, replace(SAM, places=(), born="2009-11-30")).score < POSSIBLE


def test_a_guessed_birthday_does_not_speak_against() -> None:
    guessed = replace(SAM, born="2013-01-01", is_guess=True)
    assert of_people(SAM, guessed).score >= POSSIBLE
    assert of_people(SAM, replace(guessed, is_guess=False)).score < POSSIBLE


def test_a_part_of_a_date_fits_the_whole() -> None:
    assert of_people(SAM, replace(SAM, born="2014-03", places=())).score >= POSSIBLE


def test_an_unborn_baby_matches_nobody_by_its_mothers_name() -> None:
    unborn = Identity("f2", "baby", "", ("Khan",), is_child=True, places=HOME)
    assert of_people(unborn, replace(unborn, family="f1")).score == 0


def test_a_child_and_an_adult_of_one_name_are_not_one() -> None:
    grandad = replace(SAM, family="f2", is_child=False, born="")
    assert of_families([SAM], [grandad]).score == 0


_identity = st.builds(
    Identity,
    family=st.just("f"),
    person=st.uuids().map(str),
    given_name=st.sampled_from(["Sam", "Samuel", "Maya", "", "Élodie"]),
    last_names=st.lists(st.sampled_from(["Khan", "Okafor", "Smith-Jones"]), max_size=2).map(tuple),
    born=st.sampled_from(["2014-03-05", "2014-05-03", "2014-03", "2014", ""]),
    is_guess=st.booleans(),
    is_child=st.booleans(),
    places=st.sampled_from([(), HOME, (("PR1 2AB", ""),)]),
    is_sealed=st.booleans(),
)


@given(_identity, _identity)
def test_likeness_is_the_same_either_way_round(one: Identity, other: Identity) -> None:
    assert of_people(one, other) == of_people(other, one)


@given(_identity, _identity)
def test_whoever_may_be_one_is_found_by_an_index(one: Identity, other: Identity) -> None:
    found = bool(keys.asked(one) & keys.kept(other))
    assert found == bool(keys.asked(other) & keys.kept(one))
    assert found or of_people(one, other).score < POSSIBLE


@pytest.mark.parametrize("born", ["2014-03-06", "2014-05-03", "2014-03", "2014", "2914-03-05"])
def test_a_birthday_that_nearly_fits_is_found_by_it_and_the_name(born: str) -> None:
    namesake = replace(SAM, born=born, places=())
    assert keys.asked(SAM) & keys.kept(namesake)
    assert not keys.asked(SAM) & keys.kept(replace(namesake, last_names=("Okafor",)))


@given(st.lists(_identity, max_size=4), st.lists(_identity, max_size=4))
def test_nobody_is_paired_twice(one: list[Identity], other: list[Identity]) -> None:
    found = of_families(one, other)
    assert (
        len({a for a, _b in found.pairs}) == len({b for _a, b in found.pairs}) == len(found.pairs)
    )
    assert 0 <= found.score <= 100
