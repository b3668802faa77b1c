"""The council's figures: read from its pack, each within bounds."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.policy import Policy, policy_of
from forms.authoring.pack import build_pack
from forms.pack import Pack
from tests.desktop.services.conftest import RESOURCES

RULES = (
    "idle_minutes",
    "visit_idle_minutes",
    "visit_hours",
    "warn_after_days",
    "read_only_after_days",
    "covered_after_days",
    "purge_after_days",
    "may_export",
)


def said(**rules: str) -> Policy:
    table = tuple({"rule": rule, "value": value} for rule, value in rules.items())
    return policy_of(cast(Pack, SimpleNamespace(tables={"policy": table})))


def test_the_demo_pack_says_the_usual_figures():
    pack = Pack.read(build_pack(RESOURCES))
    assert {row["rule"] for row in pack.tables["policy"]} == set(RULES)
    assert policy_of(pack) == Policy()


def test_a_council_may_be_stricter():
    assert said(idle_minutes="2").idle == timedelta(minutes=2)
    assert said(may_export="yes").may_export


@given(st.dictionaries(st.sampled_from(RULES), st.text(max_size=6) | st.integers().map(str)))
def test_no_pack_makes_a_laptop_careless(rules):
    policy = said(**rules)
    assert timedelta(minutes=2) <= policy.idle <= timedelta(minutes=15)
    assert policy.visit_idle <= timedelta(minutes=15)
    assert policy.visit <= timedelta(hours=8)
    assert policy.warn_after <= policy.read_only_after <= policy.covered_after
    assert policy.covered_after <= policy.purge_after <= timedelta(days=90)
