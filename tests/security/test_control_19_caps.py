"""Control 19: whatever answers, no more than the caps is taken in, of any kind of answer.

The EHM's messages are in ``tests/sync/test_wire.py``; here what is not a message: files, packs,
refusals and the sign-in provider's answers.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing

import pytest

from sync.client import provider, reading
from sync.client.errors import AnswerRefused, NotTheEhm, SyncError
from sync.client.patience import Patience
from sync.client.provider import Endpoints, ProviderWire
from sync.client.replica import AttachmentReference
from sync.client.wire import HttpWire
from sync.contract.messages import PackNotice, Token
from tests.sync.hostile_server import answering, http, saying
from tests.sync.running_ehm import NOON, Clock

PATIENCE = Patience(connect=20, read=20, whole=60)
FILE = AttachmentReference("sha256-" + "0" * 64 + ".png", "0192f3c0-0000-7000-8000-0000000000d1")
Ask = Callable[[HttpWire], object]


def _ask(answer: bytes, ask: Ask) -> object:
    with answering(saying(answer)) as url:
        wire = HttpWire(url, Clock(), patience=PATIENCE)
        wire.token = Token.model_construct(access_token="a token", expires_in=900, time=NOON)
        wire._token_until = float("inf")
        with closing(wire):
            return ask(wire)


def _file(wire: HttpWire) -> bytes:
    return b"".join(part for part, _ in wire.read_attachment(FILE, 0))


def _pack(wire: HttpWire) -> bytes:
    return wire.pack(PackNotice(version="1", sha256="0" * 64, size=1_000, signature=""))


@pytest.mark.parametrize(
    "length", [str(reading.MAX_ATTACHMENT + 1), "9" * 40, "-1", "1e3", ""], ids=lambda said: said
)
def test_control_19_a_file_longer_than_the_cap_is_not_begun(length: str) -> None:
    start = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    with pytest.raises(SyncError):
        _ask(start.encode() + b"x" * 1_000, _file)


def test_control_19_a_file_that_is_zipped_is_refused() -> None:
    answer = http("200 OK", "application/octet-stream", b"x", "Content-Encoding: gzip")
    with pytest.raises(AnswerRefused):
        _ask(answer, _file)


def test_control_19_a_file_within_the_cap_is_read() -> None:
    assert _ask(http("200 OK", "application/octet-stream", b"x" * 1_000), _file) == b"x" * 1_000


def test_control_19_a_pack_longer_than_its_notice_says_is_refused() -> None:
    with pytest.raises(AnswerRefused):
        _ask(http("200 OK", "application/octet-stream", b"x" * 1_001), _pack)
    assert _ask(http("200 OK", "application/octet-stream", b"x" * 1_000), _pack) == b"x" * 1_000


def test_control_19_a_refusal_longer_than_its_cap_is_refused() -> None:
    answer = http("403 No", "application/problem+json", b" " * 100_001)
    with pytest.raises(AnswerRefused):
        _ask(answer, lambda wire: wire.hello())


@pytest.mark.parametrize("asks", ["discovery", "tokens"])
def test_control_19_the_sign_in_providers_answers_are_capped_too(asks: str) -> None:
    answer = http("200 OK", "application/json", b" " * (provider._LARGEST + 1))

    def hear_and_say(connection: socket.socket) -> None:
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):  # closed with something unread, TCP would take it back
            pass

    with answering(hear_and_say) as url, closing(ProviderWire(url, "x", {}, PATIENCE)) as there:
        doors = Endpoints(issuer=url, authorization_endpoint=url, token_endpoint=url)
        with pytest.raises(NotTheEhm):
            there.endpoints() if asks == "discovery" else there.renewed(doors, "a token")
