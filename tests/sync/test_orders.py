"""Orders to a device: obeyed when the council signed them, and after the work is handed in."""

from __future__ import annotations

import base64
import random
import uuid
from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from sync.client import orders as client_orders
from sync.client.enrolment import enrol, new_private_key
from sync.client.errors import AnswerRefused, Declined, DeviceLocked, DeviceRevoked, SyncError
from sync.client.wire import HttpWire
from sync.contract import escrow, signatures
from sync.contract.escrow import UnsentWork
from sync.contract.messages import (
    AskOrder,
    DevicePolicy,
    NewFamily,
    Order,
    OrderKind,
    OrdersRequest,
    Receipt,
)
from sync.contract.signatures import Proof
from sync.ehm import council, families, orders, schema, sealed_work
from sync.ehm.problems import Refusal
from tests.sync.running_ehm import NOON, Laptop, RunningEhm
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]
NEXT_DAY = NOON + timedelta(days=1)


def _write(laptop: Laptop) -> str:
    """A family at the EHM, and one change that is not; the change's id."""
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device)
    family = pen.family()
    laptop.replica.begin_family(family)
    laptop.replica.keep_change(pen.change(family.id, pen.id(), {"/note/what": "We met."}))
    assert laptop.sync().checked
    unsent = pen.change(family.id, pen.id(), {"/note/what": "Written on the bus."})
    laptop.replica.keep_change(unsent)
    return unsent.id


def _ask(ehm: RunningEhm, laptop: Laptop, kind: OrderKind, by: str) -> str:
    asked = AskOrder(
        id=str(uuid.uuid4()), device=laptop.replica.device, kind=kind, reason="Lost on a bus."
    )
    with ehm.store.writing() as connection:
        return orders.ask(connection, council.read(connection), asked, by, ehm.clock()).id


def _confirm(ehm: RunningEhm, asked: str, by: str) -> str:
    with ehm.store.writing() as connection:
        given = orders.confirm(connection, council.read(connection), asked, by, ehm.clock()).order
    assert given is not None
    return given


def _revoke(ehm: RunningEhm, laptop: Laptop) -> str:
    ann, tom = ehm.worker("Ann Lee", "manager"), ehm.worker("Tom Reed", "information governance")
    return _confirm(ehm, _ask(ehm, laptop, OrderKind.WIPE, ann), tom)


def _receipt(ehm: RunningEhm, order: str) -> Receipt:
    with ehm.store.reading() as connection:
        table = schema.order.c
        kept = connection.execute(select(table.receipt).where(table.id == order)).scalar_one()
    return Receipt.model_validate_json(kept)


def test_control_18_a_revoked_laptop_hands_in_and_then_wipes(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    unsent = _write(laptop)
    order = _revoke(ehm, laptop)

    outcome = laptop.sync()

    assert isinstance(outcome.trouble, DeviceRevoked)
    assert [done.id for done in laptop.replica.state.orders] == [order]
    assert laptop.replica.state.changes == {}
    with ehm.store.reading() as connection:
        change = schema.change.c
        held = connection.execute(schema.change.select().where(change.held != "")).one()
    assert (held.id, held.held) == (unsent, "device_revoked")
    receipt = _receipt(ehm, order)
    assert (receipt.done, receipt.handed_in, receipt.removed_changes) == (True, 1, 2)


def test_control_18_one_person_alone_wipes_nothing(ehm: RunningEhm, enrol_laptop: Enrol) -> None:
    laptop = enrol_laptop("Priya Shah")
    _write(laptop)
    ann, coordinator = ehm.worker("Ann Lee", "manager"), ehm.worker("Cy Bell", "coordinator")
    asked = _ask(ehm, laptop, OrderKind.WIPE, ann)
    for by, code in ((ann, "same_person"), (laptop.replica.worker, "not_allowed")):
        with pytest.raises(Refusal) as refused:
            _confirm(ehm, asked, by)
        assert refused.value.code == code
    assert laptop.sync().checked
    assert client_orders.ask(laptop.wire, laptop.replica.device, laptop.enrolment.signing_key) == ()

    with ehm.store.writing() as connection:
        orders.withdraw(connection, asked, ann, ehm.clock())
    with pytest.raises(Refusal) as refused:
        _confirm(ehm, asked, coordinator)
    assert refused.value.code == "withdrawn"
    assert laptop.sync().checked


def test_both_who_gave_a_wipe_are_recorded(ehm: RunningEhm, enrol_laptop: Enrol) -> None:
    laptop = enrol_laptop("Priya Shah")
    order = _revoke(ehm, laptop)
    with ehm.store.reading() as connection:
        (asked,) = orders.asked_orders(connection)
        lines = connection.execute(select(schema.audit.c.act)).scalars().all()
    assert asked.confirmed_by is not None
    assert (asked.asked_by.name, asked.confirmed_by.name) == ("Ann Lee", "Tom Reed")
    assert (asked.order, lines) == (order, ["ask wipe", "confirm wipe"])


def test_control_18_an_order_that_the_council_did_not_sign_is_passed_over(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    unsent = _write(laptop)
    order = _revoke(ehm, laptop)
    with ehm.store.writing() as connection:
        connection.execute(
            schema.order.update().where(schema.order.c.id == order).values(words="Altered.")
        )

    laptop.sync()

    assert laptop.replica.state.orders == []
    assert unsent in laptop.replica.state.changes


def _signed(ehm: RunningEhm, device: str, by: tuple[str, ...], kind: OrderKind) -> Order:
    with ehm.store.reading() as connection:
        key = council.read(connection).signing_key
    unsigned = Order(
        id=device, device=device, kind=kind, at=ehm.clock(), by=by, words="", signature=""
    )
    signature = signatures.sign(key, signatures.order_text(unsigned))
    return unsigned.model_copy(update={"signature": signature})


def test_control_18_orders_for_another_device_or_by_one_person_are_not_obeyed(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop, other = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    device, key = laptop.replica.device, laptop.enrolment.signing_key
    wipe = _signed(ehm, device, ("ann", "tom"), OrderKind.WIPE)
    assert client_orders.is_for_us(wipe, device, key)
    assert not client_orders.is_for_us(wipe, other.replica.device, key)
    for by in (("ann",), ("ann", "ann"), ()):
        one = _signed(ehm, device, by, OrderKind.WIPE)
        assert not client_orders.is_for_us(one, device, key)
    assert client_orders.is_for_us(_signed(ehm, device, ("ann",), OrderKind.LOCK), device, key)
    for altered in ({"words": "x"}, {"by": ("ann", "eve")}, {"family": device}, {"at": NEXT_DAY}):
        assert not client_orders.is_for_us(wipe.model_copy(update=altered), device, key)


def test_a_lock_is_given_by_one_person_and_lifted(ehm: RunningEhm, enrol_laptop: Enrol) -> None:
    laptop = enrol_laptop("Priya Shah")
    unsent = _write(laptop)
    ann = ehm.worker("Ann Lee", "manager")
    asked = _ask(ehm, laptop, OrderKind.LOCK, ann)

    outcome = laptop.sync()

    assert isinstance(outcome.trouble, DeviceLocked)
    assert (outcome.sent, unsent in laptop.replica.state.changes) == (1, True)
    device, key = laptop.replica.device, laptop.enrolment.signing_key
    (standing,) = client_orders.ask(laptop.wire, device, key)
    assert (standing.kind, standing.by) == (OrderKind.LOCK, (ann,))
    with ehm.store.writing() as connection:
        orders.withdraw(connection, asked, ann, ehm.clock())
    assert client_orders.ask(laptop.wire, device, key) == ()
    assert laptop.sync().checked


def test_a_purge_removes_one_family_after_its_work_is_handed_in(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    _write(laptop)
    (family,) = laptop.replica.state.families
    worker, ann = laptop.replica.worker, ehm.worker("Ann Lee", "manager")
    with ehm.store.writing() as connection:
        ours = council.read(connection)
        families.take_away(connection, worker, family)
        orders.purge(connection, ours, worker, family, ann, ehm.clock())

    outcome = laptop.sync()

    assert (outcome.checked, outcome.held) == (True, 1)
    assert (laptop.replica.state.families, laptop.replica.state.changes) == ({}, {})
    (order,) = laptop.replica.state.orders
    assert (order.kind, order.family) == (OrderKind.PURGE, family)
    assert _receipt(ehm, order.id).removed_changes == 2
    assert laptop.sync().checked
    assert len(laptop.replica.state.orders) == 1


def test_the_unlock_page_is_told_nothing_of_families(ehm: RunningEhm, enrol_laptop: Enrol) -> None:
    laptop = enrol_laptop("Priya Shah")
    _write(laptop)
    (family,) = laptop.replica.state.families
    with ehm.store.writing() as connection:
        ours, worker = council.read(connection), laptop.replica.worker
        orders.purge(connection, ours, worker, family, worker, ehm.clock())
    key = laptop.enrolment.signing_key
    assert client_orders.ask(laptop.wire, laptop.replica.device, key) == ()
    assert client_orders.ask(laptop.wire, str(uuid.uuid4()), key) == ()


def test_control_18_an_old_or_altered_answer_to_the_unlock_page_is_refused(
    ehm: RunningEhm, enrol_laptop: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = enrol_laptop("Priya Shah")
    device, key = laptop.replica.device, laptop.enrolment.signing_key
    ask = laptop.wire.orders
    answers = iter([answer := ask(OrdersRequest(device=device, nonce="n" * 16)), answer])
    monkeypatch.setattr("sync.client.orders.secrets.token_urlsafe", lambda _size: "n" * 16)
    monkeypatch.setattr(laptop.wire, "orders", lambda _said: next(answers))
    assert client_orders.ask(laptop.wire, device, key) == ()
    monkeypatch.undo()
    monkeypatch.setattr(laptop.wire, "orders", lambda _said: next(answers))
    with pytest.raises(AnswerRefused):
        client_orders.ask(laptop.wire, device, key)

    lock = _signed(ehm, device, ("ann",), OrderKind.LOCK)
    monkeypatch.setattr(
        laptop.wire, "orders", lambda said: ask(said).model_copy(update={"orders": (lock,)})
    )
    with pytest.raises(AnswerRefused):
        client_orders.ask(laptop.wire, device, key)


def test_the_lease_says_the_councils_policy_and_is_never_an_older_one(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    assert laptop.sync().checked
    first = laptop.replica.lease()
    assert first is not None
    policy = first.policy
    assert (policy.warn_days, policy.read_only_days, policy.cover_days) == (5, 7, 14)
    with ehm.store.writing() as connection:
        council.set_policy(connection, DevicePolicy(warn_days=2, read_only_days=3, cover_days=4))
    ehm.clock.pass_time(hours=1)
    laptop.wire.token = None
    assert laptop.sync().checked
    second = laptop.replica.lease()
    assert second is not None
    assert (second.at, second.policy.cover_days) == (ehm.clock(), 4)

    device, key = laptop.replica.device, laptop.enrolment.signing_key
    assert client_orders.is_newer_lease(second, first, device, key)
    assert not client_orders.is_newer_lease(first, second, device, key)
    assert not client_orders.is_newer_lease(second, first, str(uuid.uuid4()), key)
    for altered in (
        {"policy": DevicePolicy(cover_days=99)},
        {"escrow_key": second.signature},
        {"at": NEXT_DAY},
        {"role": "manager"},
    ):
        forged = second.model_copy(update=altered)
        assert not client_orders.is_newer_lease(forged, first, device, key)


def _sealed(ehm: RunningEhm, laptop: Laptop, change_id: str) -> tuple[X25519PrivateKey, bytes]:
    private = X25519PrivateKey.generate()
    public = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    with ehm.store.writing() as connection:
        council.set_escrow_key(connection, public)
    change = laptop.replica.state.changes[change_id]
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device, seed=9)
    new = pen.family()
    picture = b"\x89PNG" + random.Random(9).randbytes(400_000)
    name = laptop.replica.keep_attachment(picture, "png")
    begun = pen.change(new.id, pen.id(), {"/voice/drawing": name})
    work = UnsentWork(
        device=laptop.replica.device,
        families=(NewFamily(id=new.id, reference=new.reference, begun=new.begun),),
        changes=(change, begun),
        attachments={name: base64.b64encode(picture).decode()},
    )
    return private, escrow.seal(public, work)


def test_unsent_work_is_sealed_sent_in_parts_opened_and_handed_in_as_its_authors(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    private, sealed = _sealed(ehm, laptop, _write(laptop))
    assert b"Written on the bus" not in sealed
    _revoke(ehm, laptop)
    device, key = laptop.replica.device, laptop.enrolment.signing_key
    (order,) = client_orders.ask(laptop.wire, device, key)

    for _ in range(2):
        client_orders.hand_over(laptop.wire, order, sealed, _signing(laptop))
    told = Receipt(device=device, done=True, sealed=2)
    nobody = HttpWire(ehm.url, ehm.clock)
    with pytest.raises(SyncError):  # it knows both ids
        client_orders.confirm(nobody, order, told)
    nobody.close()
    client_orders.confirm(laptop.wire, order, told)

    assert _receipt(ehm, order.id).sealed == 2
    with ehm.store.writing() as connection:
        ((name, _device, _at),) = sealed_work.waiting(connection)
        with pytest.raises(escrow.NotOpened):
            sealed_work.open_and_hand_in(connection, name, bytes(range(32)), "ann", ehm.clock())
        raw = private.private_bytes_raw()
        for expected in (["applied", "applied"], ["already", "already"]):
            results = sealed_work.open_and_hand_in(connection, name, raw, "ann", ehm.clock())
            assert [result.status for result in results] == expected
        assert sealed_work.waiting(connection) == []
        authors = connection.execute(select(schema.change.c.author).distinct()).scalars().all()
        kept = connection.execute(select(schema.attachment.c.size)).scalars().all()
    assert authors == [laptop.replica.worker]
    assert 400_004 in kept


def _signing(laptop: Laptop) -> Callable[[bytes], Proof]:
    credential = laptop.wire.credential
    assert credential is not None
    return lambda text: Proof(signatures.sign(credential.private_key, text))


def test_sealed_work_is_signed_and_bounded(ehm: RunningEhm, enrol_laptop: Enrol) -> None:
    laptop, other = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    _revoke(ehm, laptop)
    (order,) = client_orders.ask(laptop.wire, laptop.replica.device, laptop.enrolment.signing_key)
    sign = _signing(laptop)

    def begun(number: int, forged: Proof | None = None, size: int = 9) -> str:
        """What the EHM says to the first part of another sealed file."""
        name = f"sha256-{number:064x}.sealed"
        proof = forged or sign(signatures.unsent_text(order.id, order.device, name))
        try:
            laptop.wire.send_unsent(order, name, 0, b"x" * size, proof, is_last=False)
        except Declined as no:
            return no.code
        return "taken"

    # who has learnt both ids, or seen what another file was signed with, sends nothing
    of_another = sign(signatures.unsent_text(order.id, order.device, f"sha256-{9:064x}.sealed"))
    vouched = _signing(other)(b"")
    for forged in (Proof("x"), of_another, Proof(vouched.signature, "x", vouched.signature)):
        assert begun(0, forged) == "not_found"
    with mock.patch.object(sealed_work, "MAX_SEALED", 40):
        assert begun(0, size=30) == "taken"
        assert begun(1, size=30) == "too_large"
    assert [begun(number) for number in range(5)] == ["taken"] * 4 + ["too_large"]
    ehm.clock.pass_time(days=31)
    assert [begun(number) for number in range(4, 8)] == ["taken"] * 4


def test_sealed_work_is_taken_only_from_a_device_that_was_ordered_to_wipe(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop, other = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    _revoke(ehm, laptop)
    (order,) = client_orders.ask(laptop.wire, laptop.replica.device, laptop.enrolment.signing_key)
    with pytest.raises(Declined) as refused:
        client_orders.hand_over(
            other.wire,
            order.model_copy(update={"device": other.replica.device}),
            b"something",
            _signing(other),
        )
    assert refused.value.status == 404


def test_a_wipe_waits_while_the_council_could_not_open_what_is_sealed(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    with ehm.store.writing() as connection:
        council.set_escrow_key(connection, "")
    with pytest.raises(Refusal) as refused:
        _revoke(ehm, laptop)
    assert refused.value.code == "no_escrow_key"
    assert laptop.sync().checked


def test_orders_are_asked_for_and_confirmed_over_the_api(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    ehm.worker("Ann Lee", "manager")
    ehm.worker("Tom Reed", "coordinator")
    lost, ann, tom = (enrol_laptop(name) for name in ("Priya Shah", "Ann Lee", "Tom Reed"))
    body = {"id": str(uuid.uuid4()), "device": lost.replica.device, "kind": "wipe", "reason": "Bus"}
    assert lost.call("POST", "/v1/asked-orders", body).json()["code"] == "not_allowed"
    for _ in range(2):
        assert ann.call("POST", "/v1/asked-orders", body).json()["asked_by"]["name"] == "Ann Lee"
    path = f"/v1/asked-orders/{body['id']}/confirm"
    assert ann.call("POST", path).json()["code"] == "same_person"
    given = tom.call("POST", path).json()["order"]
    assert tom.call("POST", path).json()["order"] == given
    (listed,) = ann.call("GET", "/v1/asked-orders").json()["orders"]
    assert (listed["order"], listed["confirmed_by"]["name"]) == (given, "Tom Reed")
    assert isinstance(lost.sync().trouble, DeviceRevoked)


def test_control_15_one_worker_gets_nothing_of_anothers_family(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    priya, tom = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    _write(priya)
    content = b"\x89PNG a drawing"
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device, seed=5)
    (family,) = priya.replica.state.families
    record = pen.id()
    name = priya.replica.keep_attachment(content, "png")
    priya.replica.keep_change(pen.change(family, record, {"/voice/drawing": name}))
    assert priya.sync().files_sent == 1

    token = f"Bearer {tom.wire._access_token()}"
    answers = {
        path: tom.wire._session.get(ehm.url + path, headers={"Authorization": token})
        for path in (
            f"/v1/families/{family}/records",
            f"/v1/families/{pen.id()}/records",
            f"/v1/records/{record}/attachments/{name}",
            f"/v1/records/{pen.id()}/attachments/{name}",
        )
    }
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({answer.content for answer in answers.values()}) == 1


def test_control_14_a_token_lasts_a_quarter_of_an_hour_and_is_renewed_unseen(
    ehm: RunningEhm, enrol_laptop: Enrol
) -> None:
    laptop = enrol_laptop("Priya Shah")
    assert laptop.sync().checked
    first = laptop.wire._access_token()
    ehm.clock.pass_time(minutes=16)
    said = laptop.wire._session.get(
        f"{ehm.url}/v1/families", headers={"Authorization": f"Bearer {first}"}
    )
    assert said.status_code == 401
    assert laptop.sync().checked


def test_a_code_enrols_one_device_and_a_repeat_is_the_same_one(ehm: RunningEhm) -> None:
    wire, code, key = HttpWire(ehm.url, ehm.clock), ehm.code("Priya Shah"), new_private_key()
    first = enrol(wire, code, "Laptop 1", key)
    assert enrol(wire, f" {code.lower()} ", "Laptop 1", key) == first
    with pytest.raises(Declined) as caught:
        enrol(wire, code, "Laptop 2", new_private_key())
    assert caught.value.code == "code_refused"
    wire.close()
