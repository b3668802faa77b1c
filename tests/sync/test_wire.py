"""Whatever answers, the wire says what happened in one of its own types, in plain words, in time.

Tests with ``control_N`` in their name are of that line of the table of controls in docs/security.
"""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time

import pytest

from sync.client import reading
from sync.client.errors import (
    AnswerRefused,
    Declined,
    EhmFailed,
    NotReachable,
    NotTheEhm,
    SyncError,
    TooSlow,
)
from sync.client.patience import Patience
from sync.client.wire import HttpWire
from sync.contract.messages import HandedIn, Head, Hello, Limits, Result, SignIn, Status
from tests.sync.hostile_server import Answer, answering, dripping, http, saying
from tests.sync.running_ehm import NOON, Clock

HELLO = Hello(
    service="your-family-ehm",
    api="1.0",
    oldest_client="0.1.0",
    council="Demonstration Council",
    is_demo=True,
    time=NOON,
    sign_in=SignIn(kind="device"),
    limits=Limits(),
)
QUICK = Patience(connect=0.5, read=0.5, whole=1.0)


def ask(answer: Answer, patience: Patience = QUICK) -> Hello:
    with answering(answer) as url:
        wire = HttpWire(url, Clock(), patience=patience)
        try:
            return wire.hello()
        finally:
            wire.close()


def test_the_ehm_itself_is_read() -> None:
    body = HELLO.model_dump_json().encode()
    assert ask(saying(http("200 OK", "application/json", body))) == HELLO


def test_a_zipped_answer_is_read() -> None:
    body = gzip.compress(HELLO.model_dump_json().encode())
    answer = http("200 OK", "application/json", body, "Content-Encoding: gzip")
    assert ask(saying(answer)) == HELLO


def test_nobody_there_is_not_reachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    wire = HttpWire(f"http://127.0.0.1:{port}", Clock(), patience=QUICK)
    with pytest.raises(NotReachable) as caught:
        wire.hello()
    assert "safe on this laptop" in caught.value.message
    wire.close()


PAGE = b"<html><title>Welcome to CafeNet</title>Please sign in</html>"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (http("200 OK", "text/html", PAGE), NotTheEhm),
        (http("511 Network Authentication Required", "text/html", PAGE), EhmFailed),
        (http("302 Found", "text/html", b"", "Location: http://cafe.example/login"), NotTheEhm),
        (http("407 Proxy Authentication Required", "text/html", PAGE), NotTheEhm),
        (http("404 Not Found", "text/html", PAGE), NotTheEhm),
        (http("500 Internal Server Error", "text/plain", b"oops"), EhmFailed),
        (http("502 Bad Gateway", "text/html", PAGE), EhmFailed),
        (http("503 Service Unavailable", "text/html", PAGE, "Retry-After: 30"), EhmFailed),
        (http("429 Too Many Requests", "text/html", PAGE, "Retry-After: 30"), EhmFailed),
        (http("200 OK", "application/json", PAGE), AnswerRefused),
        (http("200 OK", "application/json", b"{}"), AnswerRefused),
        (http("200 OK", "application/json", b""), AnswerRefused),
        (http("200 OK", "application/json", b"\xff\xfe\x00"), AnswerRefused),
        (http("200 OK", "application/json", b"{}", "Content-Encoding: br"), AnswerRefused),
        (http("200 OK", "application/json", b"{}", "Content-Encoding: gzip"), AnswerRefused),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{", NotTheEhm),
        (b"\x16\x03\x01 this is not HTTP", NotReachable),
        (b"", NotReachable),
    ],
)
def test_each_wrong_answer_has_one_type_and_words(answer: bytes, kind: type[SyncError]) -> None:
    with pytest.raises(kind) as caught:
        ask(saying(answer))
    assert type(caught.value) is kind
    assert caught.value.title
    assert "http" not in caught.value.message
    assert "127.0.0.1" not in str(caught.value)


def test_a_body_cut_short_is_not_taken_in() -> None:
    body = HELLO.model_dump_json().encode()
    whole = http("200 OK", "application/json", body)
    with pytest.raises(NotReachable):
        ask(saying(whole[:-40]))


def test_the_wait_that_the_ehm_asks_for_is_kept() -> None:
    with pytest.raises(EhmFailed) as caught:
        ask(saying(http("503 Unavailable", "text/plain", b"", "Retry-After: 30")))
    assert caught.value.retry_after == 30


def test_a_problem_says_the_ehms_own_words() -> None:
    said = {"title": "No", "status": 403, "code": "code_refused", "words": "Ask.", "retry": False}
    with pytest.raises(Declined) as caught:
        ask(saying(http("403 No", "application/problem+json", json.dumps(said).encode())))
    assert (caught.value.title, caught.value.message, caught.value.code) == (
        "No",
        "Ask.",
        "code_refused",
    )


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.",
    ],
    ids=["body", "header", "status line"],
)
def test_control_19_a_byte_at_a_time_ends_with_the_whole_calls_limit(start: bytes) -> None:
    stop = threading.Event()
    began = time.monotonic()
    try:
        with pytest.raises(TooSlow):
            ask(dripping(start, b" ", stop))
    finally:
        stop.set()
    assert time.monotonic() - began < 5


def test_control_19_silence_ends_with_the_reads_limit() -> None:
    def silent(connection: socket.socket) -> None:
        connection.recv(1)  # until the other side gives up

    with pytest.raises(TooSlow):
        ask(silent)


def test_control_19_a_zip_bomb_is_refused_before_it_grows() -> None:
    bomb = gzip.compress(b" " * (reading.MAX_INFLATED + 10))
    answer = http("200 OK", "application/json", bomb, "Content-Encoding: gzip")
    with pytest.raises(AnswerRefused):
        ask(saying(answer), Patience(2, 5, 20))


def test_control_19_more_bytes_than_the_cap_are_refused() -> None:
    answer = http("200 OK", "application/json", b" " * (reading.MAX_BYTES + 1))
    with pytest.raises(AnswerRefused):
        ask(saying(answer), Patience(2, 5, 20))


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a": 1',
        b"\xc3\x28",
    ],
)
def test_control_20_json_that_can_be_read_two_ways_is_refused(body: bytes) -> None:
    with pytest.raises(AnswerRefused):
        reading.check_json(body)


def test_control_20_brackets_inside_texts_are_only_text() -> None:
    reading.check_json(json.dumps({"said": "[" * 500 + "\\" + '"' + "{" * 500}).encode())


def test_control_17_the_address_must_be_https() -> None:
    with pytest.raises(ValueError, match="https"):
        HttpWire("http://ehm.example", Clock())


def test_nothing_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    body = HELLO.model_dump_json().encode()
    assert ask(saying(http("200 OK", "application/json", body))) == HELLO


@pytest.mark.parametrize(
    ("applied", "named"), [(1, []), (3, []), (1, ["c"]), (0, ["b", "b"]), (2, ["b"])]
)
def test_a_reply_that_leaves_in_doubt_what_was_taken_is_refused(
    applied: int, named: list[str]
) -> None:
    results = tuple(Result(id=each, status=Status.HELD) for each in named)
    reply = HandedIn(head=Head(epoch="e", seq=1, hash="h"), applied=applied, results=results)
    with pytest.raises(ValueError, match="not the reply"):
        reply.of_each(["a", "b"])


def test_what_is_not_named_in_a_reply_is_applied() -> None:
    held = Result(id="b", status=Status.HELD, code="form_unknown")
    reply = HandedIn.of(
        Head(epoch="e", seq=1, hash="h"), [Result(id="a", status=Status.APPLIED), held]
    )
    assert reply.results == (held,)
    assert reply.of_each(["b", "a"]) == [held, Result(id="a", status=Status.APPLIED)]
