"""The council's figures: from its lease and its pack, each within bounds."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.policy import Policy, policy_of
from forms.pack import Pack
from sync.contract.messages import DevicePolicy
from tests.resources.shipped import pack_bytes

RULES = ("visit_hours", "purge_after_days", "always_written", "may_export")


def said(device: DevicePolicy | None = None, **rules: str) -> Policy:
    table = tuple({"rule": rule, "value": value} for rule, value in rules.items())
    return policy_of(cast(Pack, SimpleNamespace(tables={"policy": table})), device)


def test_the_demo_pack_says_the_usual_figures():
    pack = Pack.read(pack_bytes())
    assert {row["rule"] for row in pack.tables["policy"]} == set(RULES)
    assert policy_of(pack) == Policy()


def test_each_figure_has_one_source_and_a_pack_never_speaks_for_the_lease():
    """A pack's rule that has the name of one of the lease's figures changes nothing."""
    assert not set(DevicePolicy.model_fields) & set(RULES)
    given = DevicePolicy(idle_minutes=2, visit_minutes=10, cover_days=40)
    figures = dict.fromkeys(DevicePolicy.model_fields, "1")
    assert said(given, **figures) == said(given)
    assert said(None, **figures) == Policy()
    assert said(given).idle == timedelta(minutes=2)
    assert said(given, purge_after_days="7").purge_after == timedelta(days=40)


def test_a_council_may_be_stricter_or_let_more_be_written():
    strict = said(DevicePolicy(idle_minutes=2, visit_minutes=10), visit_hours="1")
    assert strict.idle == timedelta(minutes=2)
    assert strict.visit_idle == timedelta(minutes=10)
    assert strict.visit == timedelta(hours=1)
    assert said(may_export="yes").may_export
    assert said(always_written="phone_call").always_written > Policy().always_written


@given(
    st.dictionaries(st.sampled_from(RULES), st.text(max_size=6) | st.integers().map(str)),
    st.builds(DevicePolicy, visit_minutes=st.integers(2, 60), cover_days=st.integers(0, 365)),
)
def test_no_pack_makes_a_laptop_careless(rules, device):
    policy = said(device, **rules)
    assert policy.visit_idle <= timedelta(minutes=15)
    assert policy.visit <= timedelta(hours=8)
    assert policy.purge_after >= timedelta(days=device.cover_days)
    assert {"safety_check", "visit_note"} <= policy.always_written
