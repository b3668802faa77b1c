"""Orders to a laptop that is locked: asked for without a passphrase, obeyed only when signed."""

from __future__ import annotations

import base64
import json
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from desktop.services.clock import Clock
from desktop.services.doorplate import Doorplate, read_doorplate, write_doorplate
from desktop.services.enrolling import enrol
from desktop.services.first_start import is_enrolled
from desktop.services.orders import LaptopOrders, LockedByCouncil, Standing
from desktop.services.receipt_key import read_receipt_key
from desktop.services.unlocking import Services, open_services
from desktop.vault.departure import wipe
from desktop.vault.folder import VaultFolder
from desktop.vault.passphrase_cost import FLOOR
from sync.client.errors import SyncError
from sync.client.wire import HttpWire
from sync.contract import escrow, signatures
from sync.contract.messages import AskOrder, Order, OrderKind, Orders, Receipt
from sync.ehm import attachments, council, orders, packs, schema
from tests.desktop.vault.making import Pen
from tests.resources.shipped import pack_bytes
from tests.sync.running_ehm import RunningEhm, running_ehm

PASSPHRASE = b"rivers carry quiet lanterns home"
ESCROW = X25519PrivateKey.generate()
WORDS = "They laughed at breakfast"


@pytest.fixture(scope="module")
def ehm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEhm]:
    database = f"sqlite:///{tmp_path_factory.mktemp('council')}/ehm.db"
    with running_ehm(database) as running:
        with running.store.writing() as connection:
            public = base64.b64encode(ESCROW.public_key().public_bytes_raw()).decode()
            council.set_escrow_key(connection, public)
            packs.publish(connection, council.read(connection), pack_bytes(), running.clock())
        yield running


@pytest.fixture
def folder(ehm: RunningEhm, tmp_path: Path) -> Path:
    """A laptop with words on it that have not been sent."""
    folder, clock = tmp_path / "vault", Clock(ehm.clock)
    enrol(folder, bytearray(PASSPHRASE), ehm.url, ehm.code("Priya Shah"), clock, cost=FLOOR)
    services = unlock(ehm, folder)
    write(services)
    services.vault.keep_sealed()
    services.vault.close()
    return folder


def unlock(ehm: RunningEhm, folder: Path) -> Services:
    return open_services(folder, bytearray(PASSPHRASE), Clock(ehm.clock))


def write(services: Services) -> None:
    pen = Pen(author=services.vault.worker.id).begin(services.vault)
    services.vault.write(pen.change({"/visit_note/what": WORDS}))
    services.vault.seal_all()


def give(ehm: RunningEhm, folder: Path, kind: OrderKind) -> str:
    """Ann asks; for a wipe Tom confirms. The id of what was asked for."""
    ehm.clock.pass_time(minutes=1)
    ann, tom = ehm.worker("Ann Lee", "manager"), ehm.worker("Tom Reed", "coordinator")
    device = device_of(folder)
    asked = AskOrder(id=str(uuid.uuid4()), device=device, kind=kind, reason="Lost on a bus.")
    with ehm.store.writing() as connection:
        ours = council.read(connection)
        orders.ask(connection, ours, asked, ann, ehm.clock())
        if kind is OrderKind.WIPE:
            orders.confirm(connection, ours, asked.id, tom, ehm.clock())
    return asked.id


def plate_of(folder: Path) -> Doorplate:
    doorplate = read_doorplate(folder)
    assert doorplate is not None
    return doorplate


def device_of(folder: Path) -> str:
    return plate_of(folder).device


def receipt_of(ehm: RunningEhm, device: str) -> Receipt:
    table = schema.order.c
    with ehm.store.reading() as connection:
        kept = connection.execute(
            select(table.receipt).where(table.device == device, table.kind == "wipe")
        ).scalar_one()
    assert kept is not None
    return Receipt.model_validate_json(kept)


def test_a_locked_laptop_is_wiped_and_its_unsent_words_reach_the_council(ehm, folder):
    device, laptop = device_of(folder), LaptopOrders(folder, Clock(ehm.clock))
    assert laptop.ask() == Standing()
    give(ehm, folder, OrderKind.WIPE)
    assert laptop.ask() == Standing(wiped=True)
    assert not is_enrolled(folder)
    assert {path.name for path in folder.iterdir()} <= {"lock"}
    receipt = receipt_of(ehm, device)
    assert (receipt.done, receipt.sealed, receipt.removed_changes) == (True, 1, 1)
    with ehm.store.reading() as connection:
        (name,) = connection.execute(
            select(schema.sealed_work.c.name).where(schema.sealed_work.c.device == device)
        ).scalars()
        sealed = attachments.content(connection, name)
    assert WORDS.encode() not in sealed
    (change,) = escrow.open_sealed(ESCROW.private_bytes_raw(), sealed).changes
    assert change.answers["/visit_note/what"].value == WORDS


def test_without_a_line_the_sealed_words_stay_unreadable_and_go_later(ehm, folder):
    give(ehm, folder, OrderKind.WIPE)
    laptop = LaptopOrders(folder, Clock(ehm.clock))
    (order,) = told(ehm, folder)
    wipe(VaultFolder(folder), order)
    assert laptop.known() == Standing(wiped=True, left=1)
    left = {path.name for path in folder.iterdir()}
    beside = {"device.json", "receipt-key.json"}
    assert left == {"lock", "unsent.sealed", "counts.json", "wipe.json"} | beside
    assert WORDS.encode() not in b"".join(p.read_bytes() for p in folder.iterdir())
    assert laptop.ask() == Standing(wiped=True)
    assert receipt_of(ehm, order.device).sealed == 1
    assert {path.name for path in folder.iterdir()} == {"lock"}


def test_nobody_else_can_answer_for_a_laptop_that_must_be_wiped(ehm, folder, tmp_path):
    """Whoever knows the ids of order and laptop; another laptop too, with a key of its own."""
    other = tmp_path / "other"
    enrol(other, bytearray(PASSPHRASE), ehm.url, ehm.code("Sam Bell"), Clock(ehm.clock), cost=FLOOR)
    give(ehm, folder, OrderKind.WIPE)
    (order,) = told(ehm, folder)
    said = Receipt(device=order.device, done=True, removed_changes=1)
    ours, theirs = read_receipt_key(folder), read_receipt_key(other)
    assert ours is not None
    assert theirs is not None
    signed = ours.signed(order.id, said)
    forged = [
        said,
        said.model_copy(update={"signature": signed.signature}),
        signed.model_copy(update={"removed_changes": 2}),
        signed.model_copy(update={"device": device_of(other)}),
        theirs.signed(order.id, said),
        replace(theirs, vouched=ours.vouched).signed(order.id, said),
        ours.signed(str(uuid.uuid4()), said),
    ]
    wire = HttpWire(ehm.url, ehm.clock)
    for receipt in forged:
        with pytest.raises(SyncError):
            wire.receipt(order.id, receipt)
    wire.receipt(order.id, signed)
    wire.close()
    assert receipt_of(ehm, order.device).removed_changes == 1


def lift(ehm: RunningEhm, asked: str) -> None:
    ann = ehm.worker("Ann Lee")
    with ehm.store.writing() as connection:
        orders.withdraw(connection, asked, ann, ehm.clock())


def told(ehm: RunningEhm, folder: Path) -> list[Order]:
    with ehm.store.reading() as connection:
        return list(orders.standing(connection, device_of(folder), OrderKind.WIPE))


def test_a_laptop_in_use_seals_and_wipes_at_its_next_sync(ehm, folder):
    device = device_of(folder)
    services = unlock(ehm, folder)
    write(services)
    give(ehm, folder, OrderKind.WIPE)
    outcome = services.syncing.run(lambda job: job(), lambda _: None, lambda: False)
    assert outcome.must_lock
    assert services.vault.is_gone
    assert receipt_of(ehm, device).handed_in == 2
    assert LaptopOrders(folder, Clock(ehm.clock)).ask().wiped


@pytest.mark.parametrize("change", ["signature", "words", "by", "device"])
def test_what_the_council_did_not_sign_is_passed_over(ehm, folder, change):
    give(ehm, folder, OrderKind.WIPE)
    (order,) = told(ehm, folder)
    said = json.loads(order.model_dump_json())
    said[change] = {"by": ["ann", "ann"], "device": str(uuid.uuid4())}.get(change, "AAAA")
    (folder / "wipe.json").write_text(json.dumps(said))
    laptop = LaptopOrders(folder, Clock(ehm.clock))
    assert laptop._wipe_begun(plate_of(folder)) is None
    with ehm.store.writing() as connection:
        table = schema.order
        forged = {"words": "Altered."} if change == "words" else {"signature": "AAAA"}
        connection.execute(table.update().where(table.c.id == order.id).values(**forged))
    (folder / "wipe.json").unlink()
    assert laptop.ask() == Standing()
    unlock(ehm, folder).vault.close()


def test_another_key_on_the_doorplate_does_not_make_orders_ours(ehm, folder, tmp_path):
    """Who can write the folder can also delete it; but a false EHM alone is not enough."""
    give(ehm, folder, OrderKind.LOCK)
    plate = plate_of(folder)
    other = base64.b64encode(bytes(32)).decode()
    write_doorplate(folder, Doorplate(plate.server, plate.device, other))
    with pytest.raises(SyncError):
        LaptopOrders(folder, Clock(ehm.clock)).ask()


def test_a_lock_holds_without_a_line_and_ends_when_the_council_lifts_it(ehm, folder):
    asked = give(ehm, folder, OrderKind.LOCK)
    laptop = LaptopOrders(folder, Clock(ehm.clock))
    assert isinstance(laptop.ask().lock, LockedByCouncil)
    assert isinstance(LaptopOrders(folder, Clock(ehm.clock)).known().lock, LockedByCouncil)
    ehm.clock.pass_time(minutes=1)
    lift(ehm, asked)
    assert laptop.ask() == Standing()
    assert laptop.known() == Standing()


def test_a_lock_that_came_in_a_sync_holds_after_its_file_is_deleted(ehm, folder):
    services = unlock(ehm, folder)
    asked = give(ehm, folder, OrderKind.LOCK)
    outcome = services.syncing.run(lambda job: job(), lambda _: None, lambda: False)
    assert outcome.must_lock
    services.vault.close()
    (folder / "orders.json").unlink(missing_ok=True)
    with pytest.raises(LockedByCouncil):
        unlock(ehm, folder)
    ehm.clock.pass_time(minutes=1)
    lift(ehm, asked)
    LaptopOrders(folder, Clock(ehm.clock)).ask()
    unlock(ehm, folder).vault.close()


def test_a_lock_is_not_lifted_by_an_answer_that_whoever_has_the_laptop_signed(ehm, folder):
    services = unlock(ehm, folder)
    give(ehm, folder, OrderKind.LOCK)
    assert services.syncing.run(lambda job: job(), lambda _: None, lambda: False).must_lock
    services.vault.close()
    plate, mine = plate_of(folder), bytes(range(32))
    write_doorplate(folder, Doorplate(plate.server, plate.device, signatures.public_key(mine)))
    ehm.clock.pass_time(days=1)
    nothing = Orders(device=plate.device, nonce="n" * 24, at=ehm.clock(), orders=(), signature="")
    signed = signatures.sign(mine, signatures.orders_text(nothing))
    forged = nothing.model_copy(update={"signature": signed})
    (folder / "orders.json").write_text(forged.model_dump_json())
    assert LaptopOrders(folder, Clock(ehm.clock)).known() == Standing()
    with pytest.raises(LockedByCouncil):
        unlock(ehm, folder)


def test_a_second_worker_s_vault_on_the_laptop_is_untouched(ehm, folder, tmp_path):
    other = tmp_path / "other"
    enrol(other, bytearray(PASSPHRASE), ehm.url, ehm.code("Tom Reed"), Clock(ehm.clock), cost=FLOOR)
    before = {path.name: path.read_bytes() for path in other.iterdir()}
    give(ehm, folder, OrderKind.WIPE)
    assert LaptopOrders(folder, Clock(ehm.clock)).ask().wiped
    assert {path.name: path.read_bytes() for path in other.iterdir()} == before
    assert LaptopOrders(other, Clock(ehm.clock)).ask() == Standing()
    unlock(ehm, other).vault.close()
    shutil.rmtree(other)
