"""The shipped neighbourhoods: Wigan's seven, found by postcode."""

from __future__ import annotations

import pytest

from forms.casework.measures.case import UNMAPPED, areas_of
from tests.resources.shipped import pack


@pytest.mark.parametrize(
    ("postcode", "area"),
    [
        ("WN7 1XX", "Leigh"),
        ("wn2 3xx", "Hindley"),
        ("M29 8XX", "Tyldesley, Atherton, Boothstown and Astley (TABA+)"),
        ("WN7", "Leigh"),
        ("M2 9XX", UNMAPPED),
    ],
)
def test_an_address_is_in_the_area_of_its_postcode(postcode: str, area: str) -> None:
    assert areas_of(pack().tables["areas"])(postcode) == area


def test_the_seven_are_named() -> None:
    assert len({row["area"] for row in pack().tables["areas"]}) == 7
