"""Files: given to whoever may see a record that gives them, never to who knows their hash."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests
from sqlalchemy import select, update

from sync.contract.messages import WireChange
from sync.ehm import schema
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]
DRAWING = b"\x89PNG the house that Amara drew"


class Hand:
    """Somebody who writes on a laptop of theirs, with one family."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        self.pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)
        self.family = self.pen.family()
        laptop.replica.begin_family(self.family)

    def draw(self, content: bytes = DRAWING) -> str:
        return self.laptop.replica.keep_attachment(content, "png")

    def name(self, file: str, family: str = "", record: str = "") -> WireChange:
        """Writes the name of a file; what a change with it says."""
        record = record or self.pen.id()
        change = self.pen.change(family or self.family.id, record, {"/voice/drawing": file})
        self.laptop.replica.keep_change(change)
        return change

    def ask(self, method: str, record: str, file: str, **more: object) -> requests.Response:
        """A call past the client: what somebody with a token of theirs can do."""
        bearer = {"Authorization": f"Bearer {self.laptop.wire._new_token().access_token}"}
        path = f"{self.laptop.wire.url}/v1/records/{record}/attachments/{file}"
        headers = {**bearer, **more.pop("headers", {})}  # type: ignore[dict-item]
        return requests.request(method, path, headers=headers, timeout=20, **more)  # type: ignore[arg-type]

    def send(self, record: str, file: str, content: bytes) -> requests.Response:
        headers = {"Upload-Offset": "0", "Upload-Complete": "?1"}
        return self.ask("PATCH", record, file, data=content, headers=headers)


@pytest.fixture
def priya(enrol_laptop: Enrol) -> Hand:
    return Hand(enrol_laptop("Priya Shah"))


@pytest.fixture
def mallory(enrol_laptop: Enrol) -> Hand:
    return Hand(enrol_laptop("Mallory Dean"))


def test_who_only_knows_a_hash_is_given_nothing_and_not_told_that_it_is_here(
    priya: Hand, mallory: Hand
) -> None:
    file = priya.draw()
    drawn = priya.name(file)
    priya.laptop.sync()
    assert priya.ask("GET", drawn.record, file).content == DRAWING

    claimed = mallory.name(file)
    assert mallory.laptop.sync().files_received == 0
    assert mallory.ask("GET", claimed.record, file).status_code == 404
    told = mallory.ask("HEAD", claimed.record, file)
    assert (told.headers["Upload-Offset"], told.headers["Upload-Complete"]) == ("0", "?0")
    guessed = mallory.send(claimed.record, file, b"\x89PNG what it may be")
    assert (guessed.status_code, guessed.headers["Upload-Complete"]) == (204, "?0")
    assert mallory.ask("GET", claimed.record, file).status_code == 404
    assert mallory.ask("GET", drawn.record, file).status_code == 404
    assert priya.ask("GET", drawn.record, file).content == DRAWING

    mallory.send(claimed.record, file, DRAWING)  # whoever has it may have it
    assert mallory.ask("GET", claimed.record, file).content == DRAWING


def test_what_others_have_begun_to_send_is_not_told(priya: Hand, mallory: Hand) -> None:
    file = priya.draw()
    drawn, claimed = priya.name(file), mallory.name(file)
    for hand in (priya, mallory):
        hand.laptop.exchange.run(lambda _progress: None, lambda: False, largest_file=0)
    begun = {"Upload-Offset": "0", "Upload-Complete": "?0"}
    priya.ask("PATCH", drawn.record, file, data=DRAWING[:9], headers=begun)
    assert priya.ask("HEAD", drawn.record, file).headers["Upload-Offset"] == "9"
    assert mallory.ask("HEAD", claimed.record, file).headers["Upload-Offset"] == "0"


def test_a_file_goes_with_those_who_were_given_it_into_another_record(
    priya: Hand, enrol_laptop: Enrol, ehm: RunningEhm
) -> None:
    file = priya.draw()
    priya.name(file)
    priya.laptop.sync()
    tom = Hand(enrol_laptop("Tom Okafor"))
    ehm.give("Tom Okafor", priya.family.id)
    tom.laptop.sync()
    carried = tom.name(file, priya.family.id)
    assert tom.laptop.sync().files_sent == 0  # it came from the EHM
    priya.laptop.sync()
    assert priya.ask("GET", carried.record, file).content == DRAWING


def test_what_was_drawn_is_taken_in_of_somebody_whose_role_ended(
    priya: Hand, ehm: RunningEhm
) -> None:
    file = priya.draw()
    drawn = priya.name(file)
    priya.laptop.exchange.run(lambda _progress: None, lambda: False, largest_file=0)
    worker = schema.worker
    with ehm.store.writing() as connection:
        connection.execute(
            update(worker).where(worker.c.id == priya.pen.worker).values(role="analyst")
        )
    priya.laptop.sync()
    assert priya.ask("GET", drawn.record, file).status_code == 403
    with ehm.store.reading() as connection:
        kept = connection.execute(select(schema.attachment.c.content)).scalars().all()
    assert [bytes(content) for content in kept] == [DRAWING]
    assert priya.laptop.replica.waiting().attachments == 0


@pytest.mark.parametrize("moves", [False, True])
def test_what_was_drawn_and_then_put_right_before_it_was_sent(
    priya: Hand, ehm: RunningEhm, moves: bool
) -> None:
    """Erased: the EHM wants nothing of it, and the laptop lets it go. Moved: the copy has it."""
    file = priya.draw()
    drawn = priya.name(file)
    right = priya.pen.family()
    priya.laptop.replica.begin_family(right)
    priya.laptop.exchange.run(lambda _progress: None, lambda: False, largest_file=0)
    if moves:
        ehm.move(drawn.record, right.id)
    else:
        ehm.erase(drawn.record)
    assert priya.laptop.sync().checked
    assert priya.laptop.replica.waiting().attachments == 0
    assert priya.laptop.replica.state.attachments == ({file: DRAWING} if moves else {})
    with ehm.store.reading() as connection:
        kept = connection.execute(select(schema.attachment.c.content)).scalars().all()
    assert [bytes(content) for content in kept] == ([DRAWING] if moves else [])
