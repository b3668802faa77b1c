"""Orders to a device: obeyed when the council signed them, and after the work is handed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sync.client.enrolment import enrol, new_private_key
from sync.client.errors import Declined, DeviceRevoked
from sync.client.wire import HttpWire
from sync.contract.messages import OrderKind
from sync.ehm import council, devices, schema
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]


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


def _revoke(ehm: RunningEhm, laptop: Laptop) -> str:
    with ehm.store.writing() as connection:
        ours = council.read(connection)
        device = laptop.replica.device
        return devices.revoke(
            connection, ours, device, OrderKind.WIPE, "Lost on a bus.", ehm.clock()
        ).id


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
        receipt = connection.execute(schema.order.select()).one()
    assert (held.id, held.held) == (unsent, "device_revoked")
    assert (receipt.id, receipt.handed_in, receipt.done is not None) == (order, 1, True)


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
