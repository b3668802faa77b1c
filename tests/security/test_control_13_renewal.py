"""Control 13: a renewal whose reply is lost costs nobody anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from sync.client.errors import EhmFailed, NotReachable, NotTheEhm, SyncError
from sync.client.provider import Endpoints, ProviderWire, Tokens
from sync.client.sign_in import renew
from tests.faults.cutting_proxy import CuttingProxy, cutting_proxy
from tests.sync.hostile_server import answering, http, saying
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


class Proxied(ProviderWire):
    """Asks for tokens through a proxy at ``by``."""

    by = ""

    def endpoints(self) -> Endpoints:
        found = super().endpoints()
        here = urlsplit(found.token_endpoint)._replace(netloc=urlsplit(self.by).netloc)
        return found.model_copy(update={"token_endpoint": urlunsplit(here)})


def test_control_13_what_a_proxy_says_gives_no_renewal_up(laptop: Laptop) -> None:
    kept = Kept()
    sign_in_as(laptop, Browser(laptop.replica.worker), kept)
    there, _ = provider_of(laptop)
    with closing(there):
        for status in ("400 Bad Request", "401 Unauthorized", "403 Forbidden"):
            _is_kept(there, laptop, kept, status, NotTheEhm)
        _is_kept(there, laptop, kept, "407 Proxy Authentication Required", NotTheEhm)
        for status in ("429 Too Many Requests", "502 Bad Gateway", "503 Service Unavailable"):
            _is_kept(there, laptop, kept, status, EhmFailed)
        assert renew(laptop.wire, there, kept) is not None, "it was still good"
        kept.keep("made up")
        assert renew(laptop.wire, there, kept) is None
        assert kept.kept() == "", "what the provider itself refuses is given up"


def _is_kept(
    there: ProviderWire, laptop: Laptop, kept: Kept, status: str, error: type[SyncError]
) -> None:
    page = http(status, "text/html", b"<html>Not now.</html>")
    proxied, before = Proxied(there.issuer, there.client_id), kept.kept()
    with answering(saying(page)) as proxied.by, closing(proxied), pytest.raises(error):
        renew(laptop.wire, proxied, kept)
    assert kept.kept() == before, status


def _cut_at(laptop: Laptop, proxy: CuttingProxy, by: str, places: range) -> int:
    """Cuts a renewal at each of these bytes of it; how often a person was needed after that."""
    kept, persons = Kept(), 0
    sign_in_as(laptop, Browser(laptop.replica.worker), kept)
    family = begin(laptop)
    there, _ = provider_of(laptop)
    for place in places:
        proxied = Proxied(there.issuer, there.client_id)
        proxied.by = by
        proxy.cut_after(place)
        with closing(proxied), pytest.raises(SyncError):
            renew(laptop.wire, proxied, kept)
        assert kept.kept(), "what is kept is not given up for a bad line"
        if renew(laptop.wire, there, kept) is None:
            sign_in_as(laptop, Browser(laptop.replica.worker), kept)
            persons += 1
        assert family in laptop.replica.digests()
    there.close()
    assert laptop.sync().checked
    return persons


def _cut_each(laptop: Laptop, step: int) -> None:
    kept = Kept()
    sign_in_as(laptop, Browser(laptop.replica.worker), kept)
    there, _ = provider_of(laptop)
    with cutting_proxy(laptop.wire.url) as (proxy, by):
        proxied = Proxied(there.issuer, there.client_id)
        proxied.by = by
        proxy.cut_after(None)
        with closing(proxied), closing(there):
            assert renew(laptop.wire, proxied, kept) is not None
        whole, cuts = proxy.passed, proxy.cuts
        places = range(1, whole, step)
        persons = _cut_at(laptop, proxy, by, places)
        assert proxy.cuts - cuts == len(places)
        assert 0 < persons < len(places), "before the provider heard it nobody is needed"


def test_control_13_a_renewal_cut_at_any_byte_costs_a_sign_in_at_most(laptop: Laptop) -> None:
    _cut_each(laptop, 211)


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_control_13_a_renewal_cut_at_every_byte_costs_a_sign_in_at_most(laptop: Laptop) -> None:
    _cut_each(laptop, 1)
