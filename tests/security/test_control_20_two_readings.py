"""Control 20: no document is taken in that two readers could read in two ways.

That ``reading.check_json`` refuses each kind of it is in ``tests/sync/test_wire.py``; here that
nothing comes in past it, and the same of forms.
"""

from __future__ import annotations

from contextlib import closing

import pytest

from forms.xforms import FormNotReadable, load_definition
from sync.client.errors import AnswerRefused
from sync.client.patience import Patience
from sync.client.provider import ProviderWire
from sync.client.wire import HttpWire
from tests.sync.hostile_server import answering, http, saying
from tests.sync.running_ehm import Clock
from tests.sync.test_wire import HELLO

PATIENCE = Patience(connect=20, read=20, whole=60)
PLAIN = HELLO.model_dump_json().encode()
TWICE = PLAIN[:-1] + b',"council":"Another Council"}'
NO_NUMBER = PLAIN[:-1] + b',"more":NaN}'
DEEP = PLAIN[:-1] + b',"more":' + b"[" * 40 + b"]" * 40 + b"}"
DTD = [
    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    b'<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>',
    b'<!DOCTYPE a PUBLIC "a" "http://127.0.0.1:9/a.dtd"><a/>',
]


@pytest.mark.parametrize("body", [TWICE, NO_NUMBER, DEEP], ids=["twice", "NaN", "deep"])
def test_control_20_the_ehms_answers_are_checked(body: bytes) -> None:
    with (
        answering(saying(http("200 OK", "application/json", body))) as url,
        closing(HttpWire(url, Clock(), patience=PATIENCE)) as wire,
        pytest.raises(AnswerRefused),
    ):
        wire.hello()


def test_control_20_the_sign_in_providers_answers_are_checked() -> None:
    body = b'{"issuer":"https://a.example","issuer":"https://b.example"}'
    with (
        answering(saying(http("200 OK", "application/json", body))) as url,
        closing(ProviderWire(url, "x", {}, PATIENCE)) as there,
        pytest.raises(AnswerRefused),
    ):
        there.endpoints()


@pytest.mark.parametrize("form", DTD)
def test_control_20_a_form_with_a_document_type_is_refused(form: bytes) -> None:
    with pytest.raises(FormNotReadable, match="DTD"):
        load_definition(form)
