"""Everything that real forms ask is asked, or the reason why not is written down."""

from __future__ import annotations

import re
from pathlib import Path

from forms.authoring.sheets import SURVEY, read_sheets
from tests.resources.shipped import RESOURCES

LEFT_OUT = Path(__file__).parents[2] / "docs" / "forms-left-out.md"
# the keys of the tables of 1.2-1.22, and one for each thing that 1.6, 1.10, 1.12, 1.14, 1.15, 1.17,
# 1.20 and 1.23-1.25 name in prose, and for what the council asked for beside them
DOMAIN = Path(__file__).with_name("domain_keys.txt").read_text(encoding="utf-8").split()
OTHER_PARTS = re.compile(r"1\.\d+")
"""Whole parts of the reference: 1.26 is tested a row at a time in test_conditions."""


def asked() -> set[str]:
    return {
        key
        for xlsx in (RESOURCES / "forms").glob("[!~]*.xlsx")
        for line in read_sheets(xlsx).sheet(SURVEY).lines
        if (key := line.get("key"))
    }


def left_out() -> set[str]:
    return set(re.findall(r"^\| ([a-z]\.\w+) \|", LEFT_OUT.read_text(encoding="utf-8"), re.M))


def test_each_key_is_asked_or_left_out_for_a_reason() -> None:
    assert len(DOMAIN) > 150
    assert set(DOMAIN) - asked() - left_out() == set()
    assert asked() & left_out() == set()


def test_no_form_uses_a_key_that_does_not_exist() -> None:
    unknown = {key for key in asked() - set(DOMAIN) if not OTHER_PARTS.fullmatch(key)}
    assert unknown == set()
