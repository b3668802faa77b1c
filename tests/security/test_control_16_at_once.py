"""Control 16: what a role or a choice takes away is gone at the next exchange."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sync.ehm.__main__ import main
from tests.sync.running_ehm import Laptop, RunningEhm, running_ehm
from tests.sync.test_permissions import ask, begin


@pytest.fixture
def ehm(tmp_path: Path) -> Iterator[RunningEhm]:
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as running:
        yield running


def test_control_16_another_role_takes_what_it_may_not_carry(ehm: RunningEhm) -> None:
    with closing(Laptop(ehm, "Priya")) as priya:
        family = begin(priya)
        database = ["--database", ehm.store.url]
        assert main(["users", "change", *database, "Priya", "--role", "analyst"]) == 0
        priya.sync()
        assert priya.replica.digests() == {}
        assert priya.replica.state.changes == {}
        assert ask(priya, "GET", f"/v1/families/{family}/records").status_code == 403


def test_control_16_taken_away_with_a_token_still_good(ehm: RunningEhm) -> None:
    with closing(Laptop(ehm, "Priya")) as priya:
        family = begin(priya)
        bearer = priya.wire._access_token()
        ehm.take_away("Priya", family)
        assert priya.wire._access_token() == bearer
        assert ask(priya, "GET", f"/v1/families/{family}/records").status_code == 404
        priya.sync()
        assert priya.replica.digests() == {}
