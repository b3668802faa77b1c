"""Control 13: a renewal whose reply is lost costs nobody anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sync.client.errors import NotReachable
from sync.client.provider import Endpoints, ProviderWire, Tokens
from sync.client.sign_in import renew
from tests.sync.running_ehm import Laptop, running_ehm
from tests.sync.signing_in import Browser, Kept, provider_of, sign_in_as
from tests.sync.test_permissions import begin


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with (
        running_ehm(f"sqlite:///{tmp_path}/ehm.db", demo_sign_in=True) as ehm,
        closing(Laptop(ehm, "Priya")) as laptop,
    ):
        yield laptop


class LosesReplies(ProviderWire):
    """The provider answers, and the line drops the answer."""

    def renewed(self, endpoints: Endpoints, refresh_token: str) -> Tokens:
        super().renewed(endpoints, refresh_token)
        raise NotReachable


def test_control_13_a_renewal_needs_no_person(laptop: Laptop) -> None:
    kept = Kept()
    sign_in_as(laptop, Browser(laptop.replica.worker), kept)
    begin(laptop)
    laptop.clock.pass_time(days=8)
    laptop.wire.token = None
    provider, _ = provider_of(laptop)
    with closing(provider):
        assert renew(laptop.wire, provider, kept) is not None
    assert len(set(kept.tokens)) == 2, "a new one was kept"
    assert laptop.sync().checked


def test_control_13_a_lost_reply_costs_a_sign_in_and_nothing_else(laptop: Laptop) -> None:
    kept = Kept()
    sign_in_as(laptop, Browser(laptop.replica.worker), kept)
    family = begin(laptop)
    laptop.clock.pass_time(days=8)
    laptop.wire.token = None
    provider, _ = provider_of(laptop)
    bad_line = LosesReplies(provider.issuer, provider.client_id)
    with closing(bad_line), pytest.raises(NotReachable):
        renew(laptop.wire, bad_line, kept)
    with closing(provider):
        assert renew(laptop.wire, provider, kept) is None, "a person signs in when they like"
    assert family in laptop.replica.digests()
    sign_in_as(laptop, Browser(laptop.replica.worker), kept)
    assert laptop.sync().checked


def test_control_13_a_reply_of_the_ehm_that_is_lost_is_asked_for_again(laptop: Laptop) -> None:
    kept = Kept()
    sign_in_as(laptop, Browser(laptop.replica.worker), kept)
    provider, _ = provider_of(laptop)
    whole, lost = laptop.wire.sign_in, []

    def lose(message: object) -> object:
        lost.append(whole(message))  # type: ignore[arg-type]
        raise NotReachable

    with closing(provider):
        laptop.wire.sign_in = lose  # type: ignore[method-assign, assignment]
        with pytest.raises(NotReachable):
            renew(laptop.wire, provider, kept)
        laptop.wire.sign_in = whole  # type: ignore[method-assign]
        assert renew(laptop.wire, provider, kept) is not None
    assert len(lost) == 1
