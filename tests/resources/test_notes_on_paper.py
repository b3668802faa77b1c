"""What a form says to the worker alone is on nobody's copy."""

from __future__ import annotations

import pytest

from forms.casework.reader import HOME, HUB, MEMBER, Reader
from forms.casework.redaction import is_silent
from tests.resources.shipped import pack

TO_THE_WORKER = {
    "request": (
        "/request/ask/ring_first",
        "/request/meanwhile/responsible",
        "/request/meanwhile/safety_plan_note",
    ),
    "quick_help": ("/quick_help/start/ten_days_text",),
    "assessment": ("/assessment/level_of_need/level_4_ring",),
}


@pytest.mark.parametrize("form", TO_THE_WORKER)
@pytest.mark.parametrize("kind", [HOME, MEMBER, HUB])
def test_what_speaks_to_the_worker_is_on_no_copy(form: str, kind: str) -> None:
    reader = Reader("r", kind, "Somebody")
    for path in TO_THE_WORKER[form]:
        assert is_silent(pack(), form, path, reader), path


def test_what_speaks_to_the_family_is_on_theirs() -> None:
    home = Reader("r", HOME, "The home")
    assert not is_silent(pack(), "safety_plan", "/safety_plan/ring/ring_text", home)
    assert not is_silent(pack(), "request", "/request/answer/responsible_text", home)
