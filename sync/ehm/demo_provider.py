"""A sign-in provider inside the EHM, for a demonstration council only: choose who you are.

A real one checks a person; this one believes whoever asks, so it is refused for a real council.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jwt.algorithms import ECAlgorithm
from sqlalchemy import Connection, select

from sync.ehm import council, provider, schema
from sync.ehm.provider import Provider
from sync.ehm.store import Store

PATH = "/demo-sign-in"
CLIENT = "your-family"
_KEY_NAME = "demonstration"
_LIFE = 300


@dataclass
class DemoProvider:
    """Codes and refresh tokens in memory: they end with the process."""

    store: Store
    clock: Callable[[], datetime]
    issuer: str = ""
    key: Any = field(default_factory=lambda: generate_private_key(SECP256R1()))
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)

    def keys(self, _issuer: str, *, again: bool) -> Sequence[Mapping[str, Any]]:
        """The one public key."""
        del again
        public: dict[str, Any] = json.loads(ECAlgorithm.to_jwk(self.key.public_key()))
        return [{**public, "kid": _KEY_NAME, "use": "sig", "alg": "ES256"}]

    def id_token(self, who: str, nonce: str | None) -> str:
        """An ID token for the worker ``who``."""
        now = int(self.clock().timestamp())
        said = {"iss": self.issuer, "sub": who, "aud": CLIENT, "iat": now, "exp": now + _LIFE}
        if nonce is not None:
            said["nonce"] = nonce
        return jwt.encode(said, self.key, algorithm="ES256", headers={"kid": _KEY_NAME})

    def new_code(self, asked: Mapping[str, str], who: str) -> str:
        """A code, good once."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = {**asked, "who": who}
        return code

    def new_refresh(self, who: str) -> str:
        """A refresh token, good once."""
        token = secrets.token_urlsafe(24)
        self.refresh[token] = who
        return token


def take_up(connection: Connection, demo: DemoProvider | None) -> None:
    """Makes it the council's provider, or no longer. ``ValueError`` for a real council."""
    if demo is not None:
        if not council.read(connection).is_demo:
            raise ValueError("the demonstration sign-in is for a demonstration council only")
        provider.configure(connection, Provider(demo.issuer, CLIENT))
        return
    known = provider.read(connection)
    if known is not None and known.issuer.endswith(PATH):
        provider.configure(connection, None)


router = APIRouter(prefix=PATH, include_in_schema=False)


def _provider(request: Request) -> DemoProvider:
    found: DemoProvider = request.app.state.demo_provider
    return found


@router.get("/.well-known/openid-configuration")
def configuration(request: Request) -> dict[str, object]:
    """Discovery."""
    issuer = _provider(request).issuer
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }


@router.get("/keys")
def keys(request: Request) -> dict[str, object]:
    """The key that ID tokens are signed with."""
    return {"keys": _provider(request).keys("", again=False)}


@router.get("/authorize")
def authorize(request: Request) -> Response:
    """A page with everybody of the demonstration council; with ``who``, back to the program."""
    provider, asked = _provider(request), dict(request.query_params)
    who = asked.pop("who", "")
    if not _is_well_asked(asked):
        return JSONResponse({"error": "invalid_request"}, status_code=400)
    if who:
        code = provider.new_code(asked, who)
        back = urlencode({"code": code, "state": asked.get("state", ""), "iss": provider.issuer})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", status_code=302)
    return HTMLResponse(_page(provider, asked))


def _is_well_asked(asked: Mapping[str, str]) -> bool:
    try:
        back = urlsplit(asked.get("redirect_uri", ""))
        is_loopback = back.scheme == "http" and back.hostname == "127.0.0.1" and bool(back.port)
    except ValueError:
        return False
    return (
        is_loopback
        and back.path == "/callback"
        and asked.get("client_id") == CLIENT
        and asked.get("response_type") == "code"
        and asked.get("code_challenge_method") == "S256"
        and bool(asked.get("code_challenge"))
    )


def _page(provider: DemoProvider, asked: Mapping[str, str]) -> str:
    with provider.store.reading() as connection:
        worker = schema.worker
        rows = connection.execute(
            select(worker).where(worker.c.is_active).order_by(worker.c.name)
        ).all()
    people = "".join(
        f'<li><a href="{PATH}/authorize?{html.escape(urlencode({**asked, "who": row.id}))}">'
        f"{html.escape(row.name)}</a>, {html.escape(row.role.replace('_', ' '))}</li>"
        for row in rows
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Who are you?</title>'
        "<h1>Who are you?</h1><p>This is the demonstration council: nobody checks. "
        f"A real council has its own sign-in here.</p><ul>{people}</ul></html>"
    )


@router.post("/token")
async def token(request: Request) -> Response:
    """A code, or a refresh token, for an ID token; each is good once."""
    provider = _provider(request)
    said = dict(parse_qsl((await request.body()).decode("ascii", "replace")))
    if said.get("grant_type") == "refresh_token":
        who, nonce = provider.refresh.pop(said.get("refresh_token", ""), ""), None
    else:
        asked = provider.codes.pop(said.get("code", ""), {})
        is_right = (
            asked.get("redirect_uri") == said.get("redirect_uri")
            and said.get("client_id") == CLIENT
            and _fits(said.get("code_verifier", ""), asked.get("code_challenge", ""))
        )
        who, nonce = (asked.get("who", ""), asked.get("nonce")) if is_right else ("", None)
    if not who:
        return JSONResponse({"error": "invalid_grant"}, status_code=400)
    return JSONResponse(
        {
            "token_type": "Bearer",
            "access_token": secrets.token_urlsafe(24),
            "expires_in": _LIFE,
            "id_token": provider.id_token(who, nonce),
            "refresh_token": provider.new_refresh(who),
        },
        headers={"Cache-Control": "no-store"},
    )


def _fits(verifier: str, challenge: str) -> bool:
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    return hmac.compare_digest(made, challenge.encode())
