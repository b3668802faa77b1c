"""The directory of services, searched by need, age, neighbourhood and words."""

from __future__ import annotations

from datetime import date

from forms.casework.directory import Wanted, find_services, services

ROWS = [
    {"key": "a", "name": "Stay and play", "what": "Play for little ones", "needs": "SF02",
     "from_age": "0", "to_age": "5", "areas": "Hindley; Leigh", "checked": "2026-10-01"},
    {"key": "b", "name": "Quiet minds", "what": "Someone to talk to", "needs": "SF03.1",
     "from_age": "11", "to_age": "25", "checked": "2026-01-01"},
    {"key": "c", "name": "Advice on money", "what": "Debt and benefits", "needs": "SF10 SF09"},
]  # fmt: skip


def names(**wanted: object) -> list[str]:
    found = find_services(services(ROWS), Wanted(**wanted))  # type: ignore[arg-type]
    return [service.key for service in found]


def test_a_service_is_found_by_need_age_place_and_words() -> None:
    assert names() == ["a", "c", "b"]
    assert names(need="SF03_1") == ["b"]
    assert names(need="SF02") == ["a"]
    assert names(age=4) == ["a", "c"]
    assert names(age=12) == ["c", "b"]
    assert names(area="Leigh") == ["a", "c", "b"]
    assert names(area="Central Wigan") == ["c", "b"]
    assert names(words="DEBT benefits") == ["c"]
    assert names(words="debt play") == []


def test_a_service_that_nobody_has_checked_lately_says_so() -> None:
    today = date(2026, 11, 23)
    assert [service.is_stale(today) for service in services(ROWS)] == [False, True, True]
    assert services(ROWS)[0].is_stale(date(2026, 12, 31))
