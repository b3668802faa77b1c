"""The exchange against a real EHM: what was written arrives, once, everywhere it should."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from sync.client.outcome import Progress, Step
from sync.contract.messages import FeedPage, FeedRequest, FollowingItem
from sync.ehm import bodies, council, packs, refused, schema
from tests.sync.memory_replica import Place
from tests.sync.running_ehm import NOON, Laptop, RunningEhm
from tests.sync.small_packs import small_pack
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]


@pytest.fixture
def priya(enrol_laptop: Enrol) -> Laptop:
    return enrol_laptop("Priya Shah")


def pen_of(laptop: Laptop) -> Pen:
    return Pen(worker=laptop.replica.worker, device=laptop.replica.device)


def begin(laptop: Laptop, pen: Pen) -> str:
    family = pen.family()
    laptop.replica.begin_family(family)
    return family.id


def test_a_family_reaches_the_second_device_whole(
    priya: Laptop, enrol_laptop: Enrol, ehm: RunningEhm
) -> None:
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    changes = [
        pen.change(family, record, {"/household/people/name": f"Sam {n}"}) for n in range(300)
    ]
    for change in changes:
        priya.replica.keep_change(change)

    outcome = priya.sync()
    assert outcome.trouble is None
    assert (outcome.sent, outcome.checked) == (300, True)
    assert priya.replica.waiting().changes == 0
    assert priya.replica.state.families[family].number == "EH-000001"

    second = enrol_laptop("Priya Shah")
    outcome = second.sync()
    assert outcome.trouble is None
    assert outcome.families[family].is_new
    assert outcome.checked
    assert second.replica.state.changes == priya.replica.state.changes
    assert second.replica.state.workers[priya.replica.worker] == "Priya Shah"


def test_what_follows_changes_that_are_here_comes_shortly_and_whole_to_whom_lost_them(
    priya: Laptop, enrol_laptop: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen, path = pen_of(priya), "/plan/worry"
    family, record = begin(priya, pen), pen.id()
    first = pen.change(family, record, {path: "Sleep."})
    priya.replica.keep_change(first)
    priya.sync()
    level, lost = enrol_laptop("Priya Shah"), enrol_laptop("Priya Shah")
    for laptop in (level, lost):
        laptop.sync()
    second = pen.change(
        family, record, {path: "School.", "/plan/hope": "Swimming."}, {path: (first.id,)}
    )
    third = pen.change(family, record, {path: "Sleep and school."}, {path: (second.id,)})
    for change in (second, third):
        priya.replica.keep_change(change)
    priya.sync()
    monkeypatch.setattr(lost.replica, "records_of_changes", lambda family: {})
    for laptop, ways in ((level, [False]), (lost, [False, True])):
        asked: list[FeedRequest] = []
        feed = laptop.wire.feed

        def ask(
            request: FeedRequest,
            feed: Callable[[FeedRequest], FeedPage] = feed,
            asked: list[FeedRequest] = asked,
        ) -> FeedPage:
            asked.append(request)
            page = feed(request)
            short = [item for item in page.items if isinstance(item, FollowingItem)]
            assert len(short) == (0 if request.whole else 2)
            return page

        monkeypatch.setattr(laptop.wire, "feed", ask)
        assert laptop.sync().checked
        assert [request.whole for request in asked] == ways
        assert laptop.replica.state.changes == priya.replica.state.changes


def test_an_idle_exchange_is_one_request(priya: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(priya, pen_of(priya))
    assert priya.sync().checked
    asked: list[str] = []
    request = priya.wire._session.request

    def count(method: str, url: str, **more: Any) -> requests.Response:
        asked.append(url)
        return request(method, url, **more)

    monkeypatch.setattr(priya.wire._session, "request", count)
    assert priya.sync().checked
    assert [url.rpartition("/")[2] for url in asked] == ["feed"]


def test_the_same_answer_by_two_people_keeps_both(
    priya: Laptop, enrol_laptop: Enrol, ehm: RunningEhm
) -> None:
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    first = pen.change(family, record, {"/plan/worry": "Sleep."})
    priya.replica.keep_change(first)
    priya.sync()
    tom = enrol_laptop("Tom Okafor")
    ehm.give("Tom Okafor", family)
    tom.sync()
    toms = pen_of(tom).change(
        family, record, {"/plan/worry": "Sleep and school."}, {"/plan/worry": (first.id,)}
    )
    tom.replica.keep_change(toms)
    priyas = pen.change(family, record, {"/plan/worry": "Bedtime."}, {"/plan/worry": (first.id,)})
    priya.replica.keep_change(priyas)

    tom.sync()
    outcome = priya.sync()

    assert outcome.families[family].conflicts == 1
    assert outcome.families[family].authors == {tom.replica.worker}
    assert tom.sync().families[family].conflicts == 1
    for laptop in (tom, priya):
        assert set(laptop.replica.heads(record).of("/plan/worry")) == {toms.id, priyas.id}


def test_a_colleague_given_the_family_gets_its_past_and_one_taken_off_loses_it(
    priya: Laptop, enrol_laptop: Enrol, ehm: RunningEhm
) -> None:
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    priya.replica.keep_change(pen.change(family, record, {"/note/what": "We met at the library."}))
    priya.sync()
    tom = enrol_laptop("Tom Okafor")
    assert tom.sync().families == {}
    ehm.give("Tom Okafor", family)
    assert tom.sync().families[family].is_new
    assert tom.replica.state.changes.keys() == priya.replica.state.changes.keys()

    ehm.take_away("Tom Okafor", family)
    unsent = pen_of(tom).change(family, record, {"/note/next": "Ring Gran."})
    tom.replica.keep_change(unsent)
    outcome = tom.sync()
    assert outcome.families[family].left
    assert outcome.held == 1
    assert outcome.checked
    assert tom.replica.state.changes == {}
    assert enrol_laptop("Tom Okafor").sync().families.keys() <= {family}
    with ehm.store.reading() as connection:
        held = connection.exec_driver_sql("select id, held from change where held <> ''").all()
    assert [tuple(row) for row in held] == [(unsent.id, "not_your_family")]


def test_what_was_held_comes_back_whole_with_the_family(
    priya: Laptop, enrol_laptop: Enrol, ehm: RunningEhm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It left the laptop with the family: its id alone, as of one's own work, would say nothing."""
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    priya.sync()
    tom = enrol_laptop("Tom Okafor")
    ehm.give("Tom Okafor", family)
    tom.sync()
    ehm.take_away("Tom Okafor", family)
    unsent = pen_of(tom).change(family, record, {"/note/next": "Ring Gran."})
    tom.replica.keep_change(unsent)
    steps: list[Step] = []
    outcome = tom.exchange.run(
        lambda progress: steps.append(progress.step), lambda: Step.FETCHING in steps
    )
    assert (outcome.cancelled, outcome.held) == (True, 1)
    ehm.give("Tom Okafor", family)
    differed: list[object] = []
    monkeypatch.setattr(tom.wire, "digest", differed.append)

    assert tom.sync().checked

    assert tom.replica.state.changes == {unsent.id: unsent}
    assert differed == []


def test_attachments_go_up_and_come_down(priya: Laptop, enrol_laptop: Enrol) -> None:
    pen = pen_of(priya)
    family = begin(priya, pen)
    content = b"\x89PNG" + bytes(range(256)) * 3_000
    name = priya.replica.keep_attachment(content, "png")
    priya.replica.keep_change(pen.change(family, pen.id(), {"/voice/drawing": name}))
    outcome = priya.sync()
    assert (outcome.trouble, outcome.files_sent) == (None, 1)
    second = enrol_laptop("Priya Shah")
    assert second.sync().files_received == 1
    assert second.replica.attachment(name) == content


def test_a_change_that_cannot_be_kept_blocks_no_other(priya: Laptop) -> None:
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    good = pen.change(family, record, {"/note/what": "We met at the library."})
    misplaced = pen.change(begin(priya, pen), record, {"/note/what": "Of another family."})
    after = pen.change(family, record, {"/note/next": "Ring Gran."})
    for change in (good, misplaced, after):
        priya.replica.keep_change(change)
    outcome = priya.sync()
    assert (outcome.sent, outcome.rejected, outcome.checked) == (2, 1, True)
    assert priya.replica.state.places[misplaced.id] is Place.REJECTED
    assert priya.replica.state.words[misplaced.id][0] == "other_family"


def test_a_change_that_is_too_large_even_alone_is_set_aside_and_the_centre_knows_of_it(
    priya: Laptop, ehm: RunningEhm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MAX_INFLATED", 20_000)
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    large = pen.change(family, record, {"/note/what": "word " * 6_000})
    others = [pen.change(family, record, {f"/note/{n}": "word " * 500}) for n in range(9)]
    for change in (*others[:5], large, *others[5:]):
        priya.replica.keep_change(change)
    outcome = priya.sync()
    assert (outcome.trouble, outcome.sent, outcome.rejected, outcome.checked) == (None, 9, 1, True)
    assert priya.replica.state.places[large.id] is Place.REJECTED
    with ehm.store.reading() as connection:
        (waits,) = refused.waiting(connection)
    assert (waits.device, waits.code, waits.changes) == (priya.replica.device, "too_large", 1)


def test_a_changed_past_is_noticed_and_given_back(
    priya: Laptop, enrol_laptop: Enrol, ehm: RunningEhm
) -> None:
    if not ehm.store.is_sqlite:
        pytest.skip("puts back a file; the simulation and the hash chain are the same on both")
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    first = pen.change(family, record, {"/note/what": "Before the backup."})
    priya.replica.keep_change(first)
    priya.sync()
    tom = enrol_laptop("Tom Okafor")
    ehm.give("Tom Okafor", family)
    tom.sync()
    backup = ehm.back_up()
    second = pen.change(family, record, {"/note/next": "After the backup."})
    priya.replica.keep_change(second)
    priya.sync()
    tom.sync()
    lost = begin(priya, pen)
    priya.sync()
    with closing(backup):
        ehm.restore(backup)

    outcome = tom.sync()

    assert outcome.rescued
    assert outcome.checked
    with ehm.store.reading() as connection:
        rows = connection.exec_driver_sql("select id, author, offered_by from change").all()
    assert {row[0] for row in rows} == {first.id, second.id}
    assert {row[0]: row[2] for row in rows}[second.id] == tom.replica.device
    assert priya.sync().rescued
    assert priya.replica.state.families[lost].number
    assert set(priya.replica.state.places.values()) == {Place.IN_EHM}


def test_differing_contents_are_found_and_mended(
    priya: Laptop, enrol_laptop: Enrol, ehm: RunningEhm
) -> None:
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    changes = [pen.change(family, record, {f"/note/q{n}": "yes"}) for n in range(5)]
    for change in changes:
        priya.replica.keep_change(change)
    priya.sync()
    second = enrol_laptop("Priya Shah")
    second.sync()
    altered = changes[2].model_copy(update={"number": 999})
    second.replica.state.changes[altered.id] = altered
    del second.replica.state.changes[changes[4].id], second.replica.state.places[changes[4].id]

    assert second.sync().checked

    assert second.replica.state.changes == {change.id: change for change in changes}


def test_progress_says_what_and_how_many(priya: Laptop) -> None:
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    for n in range(450):
        priya.replica.keep_change(pen.change(family, record, {f"/note/q{n}": "yes"}))
    said: list[Progress] = []
    priya.exchange.run(said.append, lambda: False)
    sending = [(p.done, p.total) for p in said if p.step is Step.SENDING and p.total]
    assert sending == [(0, 450), (200, 450), (400, 450)]
    showing = [(p.done, p.total) for p in said if p.step is Step.SHOWING]
    assert showing == [(0, 1), (1, 1)]


def test_a_cancelled_exchange_goes_on_next_time(priya: Laptop) -> None:
    pen = pen_of(priya)
    family, record = begin(priya, pen), pen.id()
    for n in range(450):
        priya.replica.keep_change(pen.change(family, record, {f"/note/q{n}": "yes"}))
    said: list[Progress] = []
    outcome = priya.exchange.run(
        said.append, lambda: any(p.done == 200 and p.step is Step.SENDING for p in said)
    )
    assert outcome.cancelled
    assert 0 < priya.replica.waiting().changes < 450
    outcome = priya.sync()
    assert outcome.checked
    assert outcome.sent + 400 >= 450


def test_a_pack_is_kept_only_if_the_council_signed_it(priya: Laptop, ehm: RunningEhm) -> None:
    with ehm.store.writing() as connection:
        connection.execute(
            schema.pack.insert().values(
                version="9", published=NOON, sha256="0" * 64, signature="AAAA", content=b"PK"
            )
        )
    outcome = priya.sync()
    assert type(outcome.trouble).__name__ == "AnswerRefused"
    assert priya.replica.state.packs == {}


def test_an_older_pack_shown_again_takes_nothing_back(priya: Laptop, ehm: RunningEhm) -> None:
    older, newer = (small_pack(version) for version in ("2026.9", "2026.10"))
    with ehm.store.writing() as connection:
        ours = council.read(connection)
        packs.publish(connection, ours, older, NOON)
        packs.publish(connection, ours, newer, NOON + timedelta(minutes=1))
    assert priya.sync().new_pack == "2026.10"
    with ehm.store.writing() as connection:
        replayed = schema.pack.update().where(schema.pack.c.version == "2026.9")
        connection.execute(replayed.values(published=NOON + timedelta(hours=1)))
    outcome = priya.sync()
    assert (outcome.new_pack, outcome.trouble) == ("", None)
    assert set(priya.replica.state.packs) == {"2026.10"}


def test_an_idle_check_is_one_request_under_600_bytes_besides_the_credential(
    enrol_laptop: Callable[[str], Laptop],
) -> None:
    laptop = enrol_laptop("Priya Shah")
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)
    family = pen.family()
    laptop.replica.begin_family(family)
    laptop.replica.keep_change(pen.change(family.id, pen.id(), {"/note/what": "We met."}))
    assert laptop.sync().checked
    replies: list[requests.Response] = []
    laptop.wire._session.hooks["response"].append(lambda reply, **_: replies.append(reply))
    assert laptop.sync().checked
    (reply,) = replies
    asked = reply.request
    headers = {**asked.headers, "Host": urlsplit(laptop.wire.url).netloc}
    for left_out in ("Authorization", "User-Agent"):  # urllib3 skips the second
        del headers[left_out]
    body = asked.body or b""
    lines = [f"POST {asked.path_url} HTTP/1.1", "HTTP/1.1 200 OK", "", ""]
    lines += [f"{name}: {value}" for name, value in (*headers.items(), *reply.headers.items())]
    passed = sum(len(line) + 2 for line in lines) + len(body) + int(reply.headers["Content-Length"])
    assert passed < 600, passed
