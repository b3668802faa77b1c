"""The directory of services, searched by need, age, neighbourhood and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from forms.casework.directory import Wanted, find_services, services

ROWS = [
    {"key": "a", "name": "Stay and play", "kind": "family_hub", "what": "Play for little ones",
     "tags": "under 5", "area": "Leigh", "checked_on": "2026-10-01"},
    {"key": "b", "name": "Quiet minds", "kind": "mental_health", "what": "Someone to talk to",
     "tags": "worry 11-25", "area": "whole borough", "checked_on": "2026-01-01"},
    {"key": "c", "name": "Advice on money", "kind": "money", "what": "Debt and benefits"},
    {"key": "d", "name": "Old toddlers", "kind": "family_hub", "until": "2025-07-31"},
]  # fmt: skip


TODAY = date(2026, 11, 23)


def names(**wanted: object) -> list[str]:
    found = find_services(services(ROWS), Wanted(**wanted), TODAY)  # type: ignore[arg-type]
    return [service.key for service in found]


def test_a_service_is_found_by_need_age_place_and_words() -> None:
    assert names() == ["a", "c", "b"]
    assert names(need="SF03_1") == ["b"]
    assert names(need="SF02") == ["a"]
    assert names(age=4) == ["a", "c"]
    assert names(age=12) == ["c", "b"]
    assert names(area="Leigh") == ["a", "c", "b"]
    assert names(area="Hindley") == ["c", "b"]
    assert names(words="DEBT benefits") == ["c"]
    assert names(words="debt play") == []


def test_the_hub_of_a_neighbourhood_comes_first_for_a_child_of_any_age() -> None:
    wanted = Wanted(area="Hindley", age=12)
    found = find_services(services(ROWS), wanted, TODAY, {"Hindley": "a"})
    assert [service.key for service in found] == ["a", "c", "b"]
    narrow = find_services(services(ROWS), replace(wanted, words="debt"), TODAY, {"Hindley": "a"})
    assert [service.key for service in narrow] == ["c"]


def test_a_service_that_nobody_has_checked_lately_says_so() -> None:
    assert [service.is_stale(TODAY) for service in services(ROWS)] == [False, True, True, True]
    assert services(ROWS)[0].is_stale(date(2026, 12, 31))


def test_a_service_that_has_ended_is_offered_no_more() -> None:
    assert [service.key for service in services(ROWS) if service.is_offered(TODAY)] == list("abc")
    assert services(ROWS)[3].is_offered(date(2025, 7, 31))
