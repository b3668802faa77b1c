"""Signing in with a real OpenID Connect provider: npm's ``oidc-provider``, run by node."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests

from sync.client.errors import Declined, SyncError
from sync.client.provider import ProviderRefused, ProviderWire, Tokens
from sync.client.sign_in import NotOurAnswer, renew
from sync.ehm import provider
from sync.ehm.provider import Provider
from tests.sync.running_ehm import Clock, Laptop, running_ehm
from tests.sync.signing_in import Browser, Kept, changed, provider_of, sign_in_as
from tests.sync.test_permissions import begin

FOLDER = os.environ.get("YOUR_FAMILY_TEST_OIDC_PROVIDER", "")
SCRIPT = Path(__file__).with_name("openid_provider.mjs")

pytestmark = pytest.mark.skipif(
    not FOLDER or shutil.which("node") is None,
    reason="no provider: YOUR_FAMILY_TEST_OIDC_PROVIDER does not name a folder with npm's "
    "oidc-provider, or there is no node",
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with subprocess.Popen(
        ["node", str(SCRIPT)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as node:
        assert node.stdout is not None
        yield next(line.strip() for line in node.stdout if line.startswith("http"))
        node.terminate()


@pytest.fixture
def laptop(issuer: str, tmp_path: Path) -> Iterator[Laptop]:
    clock = Clock(datetime.now(UTC))
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db", clock) as ehm:
        with ehm.store.writing() as connection:
            provider.configure(connection, Provider(issuer, "your-family"))
        with closing(Laptop(ehm, "Priya")) as laptop:
            yield laptop


class Person(Browser):
    """Goes through the provider's own pages: a name, a yes, and back to the program."""

    def go(self, address: str) -> None:
        with requests.Session() as session:
            reply = session.get(changed(address, self.asked), timeout=20, allow_redirects=False)
            while True:
                here = reply.headers.get("Location")
                if here is not None:
                    there = urljoin(reply.url, here)
                    if "/callback?" in there:
                        requests.get(changed(there, self.answered), timeout=20)
                        return
                    reply = session.get(there, timeout=20, allow_redirects=False)
                    continue
                action = re.search(r'action="([^"]+)"', reply.text)
                prompt = re.search(r'name="prompt" value="([^"]+)"', reply.text)
                if action is None or prompt is None:
                    return
                form = {"prompt": prompt[1], "login": self.who, "password": "x"}
                there = urljoin(reply.url, action[1])
                reply = session.post(there, data=form, timeout=20, allow_redirects=False)


def test_control_12_a_person_signs_in_and_the_sign_in_is_renewed(laptop: Laptop) -> None:
    kept = Kept()
    assert sign_in_as(laptop, Person("priya"), kept).worker.name == "Priya"
    begin(laptop)
    there, _ = provider_of(laptop)
    with closing(there):
        first = kept.kept()
        assert renew(laptop.wire, there, kept) is not None
        assert kept.kept() != first
        kept.keep(first)
        assert renew(laptop.wire, there, kept) is None, "used twice: a person signs in again"
    assert laptop.sync().checked


@pytest.mark.parametrize(
    ("name", "error"),
    [("state", NotOurAnswer), ("iss", NotOurAnswer), ("code", ProviderRefused)],
)
def test_control_12_a_changed_answer_is_refused(
    laptop: Laptop, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        sign_in_as(laptop, Person("priya", answered=lambda query: query.update({name: "x"})))


ANOTHER_CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"nonce": "x"}, "id_token_nonce"),
        ({"state": "x"}, "NotOurAnswer"),
        ({"code_challenge": ANOTHER_CHALLENGE}, "ProviderRefused"),
        ({"code_challenge_method": "plain"}, "ProviderRefused"),
        ({"client_id": "another"}, "SignInNotFinished"),
        ({"redirect_uri": "http://elsewhere.example/callback"}, "SignInNotFinished"),
        ({"redirect_uri": "http://127.0.0.1:1/another"}, "SignInNotFinished"),
        ({"response_type": "token"}, "NotOurAnswer"),
        ({"scope": "profile"}, "ProviderRefused"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else value,
)
def test_control_12_a_changed_question_is_refused(
    laptop: Laptop, asked: dict[str, str], refused: str
) -> None:
    with pytest.raises(SyncError) as error:
        sign_in_as(laptop, Person("priya", asked=lambda query: query.update(asked)))
    assert (getattr(error.value, "code", "") or type(error.value).__name__) == refused


CLAIMS = ("iss", "aud", "sub", "exp", "iat", "nonce")


@pytest.mark.parametrize("claim", CLAIMS)
def test_control_12_a_changed_id_token_is_refused(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, claim: str
) -> None:
    """Each claim of a token that the provider truly signed, under its own signature."""
    honest = ProviderWire.tokens

    def changed_on_its_way(*given: Any) -> Tokens:
        tokens = honest(*given)
        header, said, signature = tokens.id_token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(said + "=="))
        claims[claim] = claims[claim] + 1 if isinstance(claims[claim], int) else "another"
        again = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        return tokens.model_copy(update={"id_token": f"{header}.{again}.{signature}"})

    monkeypatch.setattr(ProviderWire, "tokens", changed_on_its_way)
    with pytest.raises(Declined) as refused:
        sign_in_as(laptop, Person("priya"))
    assert refused.value.code == "id_token_signature"


def test_control_12_another_person_is_refused(laptop: Laptop) -> None:
    sign_in_as(laptop, Person("priya"))
    with pytest.raises(Declined) as refused:
        sign_in_as(laptop, Person("tom"))
    assert refused.value.code == "another_person"
