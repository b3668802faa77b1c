"""Names made on a device."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forms.records.attachment import attachment_name, is_attachment_name
from forms.records.identifiers import new_id, provisional_reference

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


@given(st.binary(min_size=10, max_size=10), st.integers(1, 10**9))
def test_ids_are_uuid7_and_sort_by_time(random, later):
    first = new_id(NOW, lambda _: random)
    second = new_id(NOW + timedelta(milliseconds=later), lambda _: bytes(10))
    assert uuid.UUID(first).version == 7
    assert uuid.UUID(first).variant == uuid.RFC_4122
    assert first[:13] < second[:13] or later < 1


@given(st.uuids())
def test_a_reference_can_be_read_out(family):
    reference = provisional_reference(str(family))
    assert reference == provisional_reference(str(family))
    assert reference.startswith("YF-")
    assert len(reference) == 12
    assert not set(reference[3:]) & set("0O1I5S2Z")


def test_references_of_many_families_differ():
    made = {
        provisional_reference(str(uuid.UUID(int=n * 7919 << 40 | n * 104729))) for n in range(5000)
    }
    assert len(made) == 5000


@given(st.binary())
def test_attachments_are_named_by_what_they_hold(content):
    name = attachment_name(content, "strokes.json")
    assert is_attachment_name(name)
    assert not is_attachment_name(name + "/..")
    assert name != attachment_name(content + b"x", "strokes.json")
