"""Control 12: PKCE, state, nonce, issuer, audience, redirect, a listener that hears one answer.

Each value of a sign-in is changed on its way, and each change is refused by name.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from sync.client.errors import Declined, NotTheEhm, SignInNeeded, SyncError
from sync.client.provider import ProviderRefused, ProviderWire
from sync.client.sign_in import Asking, Listener, NotOurAnswer, SignInNotFinished, sign_in
from sync.contract import signatures
from sync.contract.messages import ShowIdToken
from sync.ehm import demo_provider
from sync.ehm.app import create_app, open_store
from sync.ehm.demo_provider import CLIENT
from tests.sync.running_ehm import Laptop, running_ehm
from tests.sync.signing_in import Browser, Change, Kept, changed, provider_of, sign_in_as
from tests.sync.test_permissions import begin


@contextmanager
def demonstration(folder: Path) -> Iterator[Laptop]:
    """A laptop of a demonstration EHM with a provider inside it."""
    with (
        running_ehm(f"sqlite:///{folder}/ehm.db", demo_sign_in=True) as ehm,
        closing(Laptop(ehm, "Priya")) as laptop,
    ):
        yield laptop


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    with demonstration(tmp_path_factory.mktemp("demonstration")) as laptop:
        yield laptop


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Laptop]:
    """For a test that moves the clock."""
    with demonstration(tmp_path) as laptop:
        yield laptop


def test_control_12_after_a_sign_in_what_is_new_is_given(laptop: Laptop) -> None:
    signed_in = sign_in_as(laptop, Browser(laptop.replica.worker))
    assert signed_in.worker.name == "Priya"
    begin(laptop)


def test_control_12_who_is_not_signed_in_hands_in_and_is_given_nothing(another: Laptop) -> None:
    sign_in_as(another, Browser(another.replica.worker))
    family = begin(another)
    another.clock.pass_time(days=8)
    another.wire.token = None
    written = another.replica.state.changes.values()
    another.replica.keep_change(next(iter(written)).model_copy(update={"id": family}))
    outcome = another.sync()
    assert outcome.sent == 1
    assert isinstance(outcome.trouble, SignInNeeded)
    assert another.replica.waiting().changes == 0


@pytest.mark.parametrize(
    ("answered", "error"),
    [
        (lambda q: q.update(state="another"), NotOurAnswer),
        (lambda q: q.pop("state"), NotOurAnswer),
        (lambda q: q.update(iss="https://elsewhere.example"), NotOurAnswer),
        (lambda q: q.pop("iss"), NotOurAnswer),
        (lambda q: q.update(code="another"), ProviderRefused),
        (lambda q: q.pop("code"), ProviderRefused),
        (lambda q: q.update(error="access_denied"), ProviderRefused),
    ],
    ids=["state", "no state", "issuer", "no issuer", "code", "no code", "denied"],
)
def test_control_12_a_changed_answer_is_refused(
    laptop: Laptop, answered: Change, error: type[SyncError]
) -> None:
    with pytest.raises(error):
        sign_in_as(laptop, Browser(laptop.replica.worker, answered=answered))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (lambda q: q.update(nonce="another"), "id_token_nonce"),
        (lambda q: q.pop("nonce"), "id_token_nonce"),
        (lambda q: q.update(code_challenge="another"), "ProviderRefused"),
    ],
    ids=["nonce", "no nonce", "challenge"],
)
def test_control_12_a_changed_question_is_refused(laptop: Laptop, asked: Change, code: str) -> None:
    with pytest.raises(SyncError) as refused:
        sign_in_as(laptop, Browser(laptop.replica.worker, asked=asked))
    assert getattr(refused.value, "code", type(refused.value).__name__) == code


@pytest.mark.parametrize(
    "asked",
    [
        lambda q: q.update(redirect_uri="http://elsewhere.example/callback"),
        lambda q: q.update(redirect_uri="http://127.0.0.1:1/other"),
        lambda q: q.pop("code_challenge"),
        lambda q: q.update(code_challenge_method="plain"),
        lambda q: q.update(client_id="another"),
    ],
    ids=["redirect", "path", "no PKCE", "plain PKCE", "client"],
)
def test_control_12_the_demonstration_provider_is_no_laxer_than_a_real_one(
    laptop: Laptop, asked: Change
) -> None:
    provider, scope = provider_of(laptop)
    with closing(provider):
        asking = Asking.new("device")
        address = asking.address(
            provider.endpoints(), provider, scope, "http://127.0.0.1:1/callback"
        )
        assert requests.get(changed(address, asked), timeout=20).status_code == 400


@pytest.mark.parametrize("name", ["code", "verifier", "redirect"])
def test_control_12_a_code_is_good_once_with_its_verifier_and_redirect(
    laptop: Laptop, name: str
) -> None:
    provider, scope = provider_of(laptop)
    redirect = "http://127.0.0.1:1/callback"
    with closing(provider):
        endpoints, asking = provider.endpoints(), Asking.new("device")
        address = asking.address(endpoints, provider, scope, redirect)
        reply = requests.get(f"{address}&who=x", allow_redirects=False, timeout=20)
        query = reply.headers["Location"].partition("?")[2]
        code = dict(part.split("=") for part in query.split("&"))["code"]
        right = {"code": code, "verifier": asking.verifier, "redirect": redirect}
        if name == "code":
            provider.tokens(endpoints, **right)  # used now
        else:
            right[name] += "x"
        with pytest.raises(ProviderRefused):
            provider.tokens(endpoints, **right)


KEY = generate_private_key(SECP256R1())


@pytest.fixture(scope="module")
def forger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    """A laptop whose EHM trusts ``KEY``, so that the test can write ID tokens."""
    with (
        mock.patch.object(demo_provider, "generate_private_key", return_value=KEY),
        demonstration(tmp_path_factory.mktemp("forged")) as laptop,
    ):
        yield laptop


@pytest.fixture
def another_forger(tmp_path: Path) -> Iterator[Laptop]:
    """For a test that moves the clock, or must be the first to sign in."""
    with (
        mock.patch.object(demo_provider, "generate_private_key", return_value=KEY),
        demonstration(tmp_path) as laptop,
    ):
        yield laptop


def token(laptop: Laptop, **other: Any) -> str:
    """An ID token as it should be, but for what is named."""
    now = int(laptop.clock().timestamp())
    assert laptop.wire.credential is not None
    said = {
        "iss": laptop.wire.url + demo_provider.PATH,
        "aud": CLIENT,
        "sub": "priya",
        "iat": now,
        "exp": now + 300,
        "nonce": signatures.sign_in_nonce(laptop.wire.credential.device, SECRET),
    } | {k: v for k, v in other.items() if k not in ("key", "alg", "kid")}
    headers = {"kid": other.get("kid", "demonstration")}
    algorithm = other.get("alg", "ES256")
    key: Any = other.get("key", KEY) if algorithm != "none" else None
    return jwt.encode({k: v for k, v in said.items() if v is not None}, key, algorithm, headers)


SECRET = "a secret of this sign-in".replace(" ", "-")
PUBLIC = "the public key, taken for a password, as HS256 would"


def show(laptop: Laptop, id_token: str, secret: str = SECRET) -> str:
    """What the EHM says to an ID token: ``signed in``, or the code of its refusal."""
    try:
        laptop.wire.sign_in(ShowIdToken(id_token=id_token, secret=secret))
    except Declined as no:
        return no.code
    return "signed in"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({}, "signed in"),
        ({"iss": "https://elsewhere.example"}, "id_token_issuer"),
        ({"aud": "another"}, "id_token_audience"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "id_token_audience"),
        ({"exp": 1}, "id_token_expired"),
        ({"iat": 9_999_999_999}, "id_token_expired"),
        ({"nonce": "another"}, "id_token_nonce"),
        ({"nonce": None}, "id_token_nonce"),
        ({"sub": None}, "id_token_unreadable"),
        ({"exp": None}, "id_token_unreadable"),
        ({"alg": "none"}, "id_token_algorithm"),
        ({"alg": "HS256", "key": PUBLIC}, "id_token_algorithm"),
        ({"key": generate_private_key(SECP256R1())}, "id_token_signature"),
        ({"kid": "unknown"}, "id_token_signature"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value) or "good",
)
def test_control_12_each_value_of_an_id_token_is_checked(
    forger: Laptop, other: Mapping[str, Any], code: str
) -> None:
    assert show(forger, token(forger, **other)) == code


def test_control_12_a_signature_with_one_letter_changed_is_refused(forger: Laptop) -> None:
    good = token(forger)
    at = good.rindex(".") + 5
    letter = "A" if good[at] != "A" else "B"
    assert show(forger, good[:at] + letter + good[at + 1 :]) == "id_token_signature"
    assert show(forger, "no token at all".replace(" ", ".")) == "id_token_unreadable"


def test_control_12_a_token_is_good_for_its_person_and_its_device_only(
    forger: Laptop, tmp_path: Path
) -> None:
    good = token(forger)
    assert show(forger, good) == "signed in"
    assert show(forger, good) == "signed in", "a lost reply is asked for again"
    assert show(forger, token(forger, sub="tom")) == "another_person"
    assert show(forger, good, "another-secret") == "id_token_nonce"


def test_control_12_the_listener_hears_the_one_answer_that_is_ours_and_then_is_gone() -> None:
    listener = Listener("ours")
    heard: list[dict[str, str]] = []
    thread = threading.Thread(target=lambda: heard.append(listener.answer(lambda: False)))
    thread.start()
    base = listener.redirect.removesuffix("/callback")
    assert requests.get(f"{base}/favicon.ico", timeout=20).status_code == 404
    for another in ("code=theirs&state=theirs", "code=theirs"):
        reply = requests.get(f"{listener.redirect}?{another}", timeout=20)
        assert (reply.status_code, thread.is_alive()) == (404, True)
    first = requests.get(f"{listener.redirect}?code=one&state=ours", timeout=20)
    thread.join(20)
    assert "one" not in first.text
    assert heard == [{"code": "one", "state": "ours"}]
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{listener.redirect}?code=two&state=ours", timeout=20)


def test_control_12_nobody_waits_for_ever_for_a_browser() -> None:
    moments = iter([0.0, 0.0, 121.0])
    with pytest.raises(SignInNotFinished):
        Listener("ours", timer=lambda: next(moments)).answer(lambda: False)
    with pytest.raises(SignInNotFinished):
        Listener("ours").answer(lambda: True)


def test_control_12_a_provider_that_names_another_is_not_believed(laptop: Laptop) -> None:
    provider, scope = provider_of(laptop)
    with closing(provider):
        elsewhere = ProviderWire(provider.issuer.replace("127.0.0.1", "localhost"), CLIENT)
        with closing(elsewhere), pytest.raises(NotTheEhm):
            sign_in(laptop.wire, elsewhere, scope, Kept(), lambda _address: None)


def test_control_12_the_demonstration_provider_is_refused_for_a_real_council(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/real.db"
    open_store(url, council_name="Real Council", is_demo=False).close()
    with pytest.raises(ValueError, match="demonstration council only"):
        create_app(url, demo_sign_in="http://127.0.0.1:1")


def test_control_14_signed_in_without_a_person_ends_after_the_longest_time(
    another_forger: Laptop,
) -> None:
    assert show(another_forger, token(another_forger)) == "signed in"
    another_forger.clock.pass_time(days=80)
    another_forger.wire.token = None
    assert show(another_forger, token(another_forger, nonce=None), secret="") == "signed in"
    another_forger.clock.pass_time(days=11)
    another_forger.wire.token = None
    assert show(another_forger, token(another_forger, nonce=None), secret="") == "sign_in_in_person"
    assert show(another_forger, token(another_forger)) == "signed in"


def test_control_14_a_device_that_never_signed_in_cannot_renew(another_forger: Laptop) -> None:
    assert show(another_forger, token(another_forger, nonce=None), secret="") == "sign_in_in_person"
