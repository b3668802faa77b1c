"""The canonical JSON of a change is what docs/ehm-api.md says, whatever was typed."""

from __future__ import annotations

import json
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from sync.contract import digest
from sync.contract.messages import WireAnswer
from tests.sync.writing import Pen

TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
PATHS = TYPED.map(lambda text: "/" + "".join(c for c in text if c.isprintable()))
Absent = Literal["declined"] | None
SAID = st.tuples(TYPED, st.sampled_from([None, "declined"]), TYPED, st.integers(0, 3))


@given(answers=st.dictionaries(PATHS, SAID, min_size=1, max_size=4), half_past=st.booleans())
def test_the_canonical_json_is_sorted_bare_and_without_defaults(
    answers: dict[str, tuple[str, Absent, str, int]], half_past: bool
) -> None:
    pen = Pen()
    said = {
        path: WireAnswer(
            value=value,
            absent=absent,
            reason=reason,
            base=tuple(sorted((pen.id() for _ in range(seen)), reverse=True)),
        )
        for path, (value, absent, reason, seen) in answers.items()
    }
    change = pen.change(pen.id(), pen.id(), {"/q": "yes"})
    at = change.at.replace(microsecond=500_000 if half_past else 0)
    change = change.model_copy(update={"answers": said, "at": at})
    plain = change.model_dump(mode="json", exclude_defaults=True)
    for each in plain["answers"].values():
        if "base" in each:
            each["base"].sort()
    bare = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert digest.canonical(change).decode() == bare
    assert json.loads(bare)["at"] == f"2026-03-02T09:00:01{'.500000' if half_past else ''}Z"
