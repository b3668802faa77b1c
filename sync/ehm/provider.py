"""The council's sign-in provider: where it is, its keys, and the checking of its ID tokens.

Any OpenID Connect provider with discovery. Nothing of what a token says is believed before its
signature, by a key that the provider publishes and an algorithm of our list, was checked.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

import jwt
import urllib3
from sqlalchemy import Connection, delete, insert, select

from sync.ehm import schema
from sync.ehm.problems import Refusal

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
_LEEWAY = timedelta(minutes=2)
_LARGEST = 500_000
_KEYS_LAST = 3_600.0
_NOT_SOONER = 30.0


@dataclass(frozen=True, slots=True)
class Provider:
    """How workers sign in. ``days``: how long one sign-in is good for without another; after
    ``longest_days`` a person must sign in again, whatever was renewed in between."""

    issuer: str
    client_id: str
    scope: str = "openid offline_access"
    days: int = 7
    longest_days: int = 90


class Documents(Protocol):
    """What a provider publishes."""

    def keys(self, issuer: str, *, again: bool) -> Sequence[Mapping[str, Any]]:
        """Its public keys (JWK); ``again``: not from memory. Raises ``provider_unreachable``."""


def configure(connection: Connection, provider: Provider | None) -> None:
    """Sets the provider, or that a device's key is enough. ``ValueError``: not a safe address."""
    connection.execute(delete(schema.provider))
    if provider is not None:
        check_address(provider.issuer)
        connection.execute(
            insert(schema.provider).values(
                id=1,
                issuer=provider.issuer.rstrip("/"),
                client_id=provider.client_id,
                scope=provider.scope,
                days=provider.days,
                longest_days=provider.longest_days,
            )
        )


def read(connection: Connection) -> Provider | None:
    """How workers sign in; None: the device's key is enough."""
    row = connection.execute(select(schema.provider)).one_or_none()
    if row is None:
        return None
    return Provider(row.issuer, row.client_id, row.scope, row.days, row.longest_days)


def check_address(url: str) -> None:
    """``ValueError`` unless it begins with https, or is on this machine."""
    here = urlsplit(url)
    is_here = here.hostname in ("127.0.0.1", "localhost", "::1")
    if here.scheme != "https" and not (here.scheme == "http" and is_here):
        raise ValueError("the provider's address must begin with https://")


def claims(
    provider: Provider, documents: Documents, id_token: str, nonce: str | None, now: datetime
) -> Mapping[str, Any]:
    """What an ID token says of its holder; raises a ``Refusal`` that names what is wrong with it.

    ``nonce``: what it must carry; None for a renewed token (OpenID Connect Core 12.2).
    """
    key = _key(provider, documents, id_token)
    try:
        said: Mapping[str, Any] = jwt.decode(
            id_token,
            key,
            algorithms=list(ALGORITHMS),
            audience=provider.client_id,
            issuer=provider.issuer,
            options={
                "require": ["iss", "sub", "aud", "exp", "iat"],
                "verify_exp": False,  # against our clock, below
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except jwt.InvalidAudienceError:
        raise _refused("audience") from None
    except jwt.InvalidIssuerError:
        raise _refused("issuer") from None
    except jwt.InvalidSignatureError:
        raise _refused("signature") from None
    except jwt.PyJWTError:
        raise _refused("unreadable") from None
    if said.get("azp", provider.client_id) != provider.client_id:
        raise _refused("audience")
    _check_times(said, now)
    if nonce is not None and not _same(str(said.get("nonce", "")), nonce):
        raise _refused("nonce")
    return said


def _check_times(said: Mapping[str, Any], now: datetime) -> None:
    leeway, at = _LEEWAY.total_seconds(), now.timestamp()
    times = {name: said.get(name, at) for name in ("exp", "iat", "nbf")}
    if not all(isinstance(each, (int, float)) for each in times.values()):
        raise _refused("unreadable")
    if times["exp"] <= at - leeway:
        raise _refused("expired")
    if times["iat"] > at + leeway or times["nbf"] > at + leeway:
        raise _refused("expired")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _key(provider: Provider, documents: Documents, id_token: str) -> jwt.PyJWK:
    try:
        header = jwt.get_unverified_header(id_token)
    except jwt.PyJWTError:
        raise _refused("unreadable") from None
    algorithm, name = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS:
        raise _refused("algorithm")
    for again in (False, True):
        for each in documents.keys(provider.issuer, again=again):
            is_it = each.get("kid") == name if name is not None else True
            if is_it and each.get("use", "sig") == "sig":
                try:
                    return jwt.PyJWK(dict(each), algorithm=algorithm)
                except jwt.PyJWTError:
                    continue
    raise _refused("signature")


def _refused(what: str) -> Refusal:
    return Refusal(
        403,
        f"id_token_{what}",
        "The sign-in was not accepted",
        "The sign-in could not be checked. What you wrote is safe on this laptop. Sign in again; "
        "if that does not help, tell the helpdesk.",
    )


def unreachable() -> Refusal:
    """The provider does not answer."""
    return Refusal(
        503,
        "provider_unreachable",
        "The sign-in service does not answer",
        "The council's sign-in service does not answer just now. It is tried again later.",
        retry=True,
    )


@dataclass
class Published:
    """What a provider publishes over HTTP, remembered for an hour."""

    _kept: dict[str, tuple[float, Sequence[Mapping[str, Any]]]] = field(default_factory=dict)

    def keys(self, issuer: str, *, again: bool) -> Sequence[Mapping[str, Any]]:
        """Its public keys; asked for again at most twice a minute."""
        now = time.monotonic()
        at, known = self._kept.get(issuer, (-_KEYS_LAST, ()))
        if now - at < (_NOT_SOONER if again else _KEYS_LAST):
            return known
        about = _fetch(f"{issuer}/.well-known/openid-configuration")
        if about.get("issuer") != issuer:
            raise _refused("issuer")
        keys = _fetch(str(about.get("jwks_uri", ""))).get("keys")
        if not isinstance(keys, list) or not all(isinstance(each, dict) for each in keys):
            raise unreachable()
        self._kept[issuer] = (now, keys)
        return keys


def _fetch(url: str) -> Mapping[str, Any]:
    try:
        check_address(url)
        reply = urllib3.request(
            "GET", url, timeout=10, redirect=False, retries=False, preload_content=False
        )
        body = reply.read(_LARGEST + 1)
        found = json.loads(body) if reply.status == 200 and len(body) <= _LARGEST else None
    except (urllib3.exceptions.HTTPError, ValueError):
        raise unreachable() from None
    if not isinstance(found, dict):
        raise unreachable()
    return found
