"""The drill: back up, go on, put back. What was lost comes back; what was erased does not."""

from __future__ import annotations

import base64
import gzip
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from sync.client.errors import DeviceRevoked
from sync.ehm import (
    audit,
    backup,
    device_ledger,
    erasure,
    recovery,
    schema,
    sealed_backup,
)
from sync.ehm.backup import NotABackup
from sync.ehm.ledger import Ledger
from sync.ehm.store import Store
from tests.sync.databases import ON_SQLITE, POSTGRESQL, database
from tests.sync.running_ehm import Laptop, RunningEhm
from tests.sync.writing import Pen

Enrol = Callable[[str], Laptop]


def _begin(laptop: Laptop, seed: int = 1) -> tuple[Pen, str, str]:
    pen = Pen(worker=laptop.replica.worker, device=laptop.replica.device, seed=seed)
    family = pen.family()
    laptop.replica.begin_family(family)
    name = laptop.replica.keep_attachment(b"\x89PNG a drawing " + str(seed).encode(), "png")
    record = pen.id()
    laptop.replica.keep_change(
        pen.change(family.id, record, {"/note/what": f"Before. {seed}", "/note/drawing": name})
    )
    assert laptop.sync().checked
    return pen, family.id, record


def _restore(ehm: RunningEhm, file: Path) -> int:
    return backup.restore(ehm.store, file, ehm.ledger, "ann", ehm.clock())


def _everything(store: Store) -> str:
    with store.reading() as connection:
        return "".join(connection.execute(select(schema.change.c.body)).scalars())


def test_the_drill(ehm: RunningEhm, enrol_laptop: Enrol, tmp_path: Path) -> None:
    priya, tom = enrol_laptop("Priya Shah"), enrol_laptop("Tom Okafor")
    pen, family, record = _begin(priya)
    _tom_pen, right, _record = _begin(tom, seed=2)
    wrong_note = pen.change(family, pen.id(), {"/note/what": "Larch Way."})
    gone = pen.change(family, pen.id(), {"/note/what": "Elm Row."})
    for change in (wrong_note, gone):
        priya.replica.keep_change(change)
    assert priya.sync().checked

    backup.write(ehm.store, tmp_path / "backup", ehm.clock())
    after = pen.change(family, record, {"/note/after": "Written after the backup."})
    priya.replica.keep_change(after)
    assert priya.sync().checked
    _begin(tom, seed=3)
    with ehm.store.writing() as connection:
        now = ehm.clock()
        erasure.erase(connection, ehm.ledger, gone.record, (), "ann", "Asked.", now)
        erasure.move(
            connection, ehm.ledger, wrong_note.record, (), right, "ann", "Wrong family.", now
        )
    digests = [laptop.replica.digests() for laptop in (priya, tom)]

    _restore(ehm, tmp_path / "backup")

    assert "Written after the backup." not in _everything(ehm.store)
    for laptop in (priya, tom, priya, tom):
        outcome = laptop.sync()
        assert outcome.checked
    everything = _everything(ehm.store)
    assert "Written after the backup." in everything
    assert "Before. 3" in everything
    assert "Elm Row" not in everything
    held = [laptop.replica.state.changes.values() for laptop in (priya, tom)]
    priyas, toms = ("".join(each.model_dump_json() for each in changes) for changes in held)
    assert "Larch" not in priyas
    assert "Larch" in toms
    assert digests[0].keys() == priya.replica.digests().keys()
    assert digests[1].keys() == tom.replica.digests().keys()
    with ehm.store.reading() as connection:
        seqs = connection.execute(select(schema.entry.c.seq).order_by(schema.entry.c.seq))
        numbers = list(seqs.scalars())
        files = connection.execute(select(func.count()).select_from(schema.attachment))
        assert files.scalar_one() == 3
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_restore_that_announces_itself_is_noticed_on_the_first_answer(
    ehm: RunningEhm, enrol_laptop: Enrol, tmp_path: Path
) -> None:
    priya = enrol_laptop("Priya Shah")
    _begin(priya)
    backup.write(ehm.store, tmp_path / "backup", ehm.clock())
    _restore(ehm, tmp_path / "backup")
    outcome = priya.sync()
    assert (outcome.rescued, outcome.checked) == (True, True)


def test_a_backup_moves_from_one_kind_of_database_to_the_other(
    ehm: RunningEhm, enrol_laptop: Enrol, tmp_path: Path
) -> None:
    other = "postgresql" if ehm.store.is_sqlite else "sqlite"
    if other == "postgresql" and not POSTGRESQL:
        pytest.skip("no PostgreSQL")
    _begin(enrol_laptop("Priya Shah"))
    backup.write(ehm.store, tmp_path / "backup", ehm.clock())
    (tmp_path / "other").mkdir()
    with database(other, tmp_path / "other") as url, closing(Store(url)) as store:
        backup.restore(store, tmp_path / "backup", Ledger(None), "ann", ehm.clock())
        assert _everything(store) == _everything(ehm.store)
        for table in (schema.entry, schema.delivery, schema.attachment, schema.device):
            query = select(table).order_by(*table.primary_key.columns)
            with store.reading() as here, ehm.store.reading() as there:
                ours, theirs = here.execute(query).all(), there.execute(query).all()
            assert [row[0] for row in ours] == [row[0] for row in theirs]


@ON_SQLITE
@pytest.mark.parametrize(
    "injury",
    ["cut", "a byte", "a row less", "not one", "a newer program"],
)
def test_a_damaged_backup_is_refused_and_nothing_is_changed(
    ehm: RunningEhm, enrol_laptop: Enrol, tmp_path: Path, injury: str
) -> None:
    _begin(enrol_laptop("Priya Shah"))
    file = tmp_path / "backup"
    backup.write(ehm.store, file, ehm.clock())
    whole = file.read_bytes()
    lines = gzip.decompress(whole).splitlines(keepends=True)
    damaged = {
        "cut": whole[: len(whole) // 2],
        "a byte": whole[:200] + bytes([whole[200] ^ 1]) + whole[201:],
        "a row less": gzip.compress(b"".join([*lines[:3], *lines[4:]])),
        "not one": b"a shopping list",
        "a newer program": gzip.compress(lines[0].replace(b'"revision":"', b'"revision":"x')),
    }
    file.write_bytes(damaged[injury])
    before = _everything(ehm.store)
    with pytest.raises(NotABackup):
        _restore(ehm, file)
    assert before == _everything(ehm.store) != ""


def test_a_laptop_enrolled_since_the_backup_can_still_hand_in(
    ehm: RunningEhm, enrol_laptop: Enrol, tmp_path: Path
) -> None:
    tom = enrol_laptop("Tom Okafor")
    backup.write(ehm.store, tmp_path / "backup", ehm.clock())
    again, priya = enrol_laptop("Tom Okafor"), enrol_laptop("Priya Shah")
    _begin(again, seed=4)
    pen = Pen(worker=priya.replica.worker, device=priya.replica.device)
    _restore(ehm, tmp_path / "backup")
    assert again.sync().checked
    assert tom.sync().checked
    assert "Before. 4" in _everything(ehm.store)
    priya.replica.keep_change(pen.change(pen.id(), pen.id(), {"/note/what": "Not lost."}))
    assert priya.sync().trouble is not None
    with ehm.store.reading() as connection:
        change = schema.change.c
        held = connection.execute(select(change.held).where(change.author == priya.replica.worker))
        assert held.scalars().all() == ["device_revoked"]


def test_a_laptop_wiped_since_the_backup_is_not_trusted_again(
    ehm: RunningEhm, enrol_laptop: Enrol, tmp_path: Path
) -> None:
    priya = enrol_laptop("Priya Shah")
    _begin(priya)
    backup.write(ehm.store, tmp_path / "backup", ehm.clock())
    with ehm.store.writing() as connection:
        device_ledger.note_revoked(connection, ehm.ledger, priya.replica.device, ehm.clock())
    _restore(ehm, tmp_path / "backup")
    with ehm.store.reading() as connection:
        device = schema.device.c
        revoked = select(device.revoked).where(device.id == priya.replica.device)
        assert connection.execute(revoked).scalar_one() is not None
    assert isinstance(priya.sync().trouble, DeviceRevoked)


def test_a_laptop_opened_by_custodians_since_the_backup_is_still_told_of(
    ehm: RunningEhm, enrol_laptop: Enrol, tmp_path: Path
) -> None:
    priya, asked = enrol_laptop("Priya Shah"), "0192f3c0-0000-7000-8000-000000000001"
    _begin(priya)
    backup.write(ehm.store, tmp_path / "backup", ehm.clock())
    with ehm.store.writing() as connection:
        connection.execute(
            insert(schema.recovery).values(
                id=asked,
                device=priya.replica.device,
                at=ehm.clock(),
                by='["Ann Lee", "Tom Reed"]',
                reason="Forgot the words.",
            )
        )
        device_ledger.note_opened(connection, ehm.ledger, asked)
    _restore(ehm, tmp_path / "backup")
    assert priya.sync().checked
    with ehm.store.reading() as connection:
        (told,) = recovery.of_device(connection, priya.replica.device)
        acts = connection.execute(select(schema.audit.c.act)).scalars().all()
        assert audit.is_whole(connection)
    assert (told.request, told.by) == (asked, ("Ann Lee", "Tom Reed"))
    assert acts.count("recovery") == 1


def test_a_backup_is_for_its_owner_alone(ehm: RunningEhm, tmp_path: Path) -> None:
    backup.write(ehm.store, tmp_path / "backup", ehm.clock())
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.glob("backup*")] == ["backup"]


def test_a_sealed_backup_is_read_by_nobody_without_its_key(
    ehm: RunningEhm, enrol_laptop: Enrol, tmp_path: Path
) -> None:
    _begin(enrol_laptop("Priya Shah"))
    clear, file, key = tmp_path / "clear", tmp_path / "backup", tmp_path / "key"
    public = sealed_backup.make_key(key)
    assert key.stat().st_mode & 0o077 == 0
    other = sealed_backup.read_key(_other_key(tmp_path))
    backup.write(ehm.store, clear, ehm.clock())
    rows = backup.write(ehm.store, file, ehm.clock(), public)
    with ehm.store.reading() as connection:
        signing_key = connection.execute(select(schema.council.c.signing_key)).scalar_one()
    assert base64.b64encode(signing_key) in gzip.decompress(clear.read_bytes())
    before = _everything(ehm.store)
    for wrong in (None, other):
        with pytest.raises(NotABackup):
            backup.restore(ehm.store, file, ehm.ledger, "ann", ehm.clock(), wrong)
    right = sealed_backup.read_key(key)
    restored = backup.restore(ehm.store, file, ehm.ledger, "ann", ehm.clock(), right)
    assert (restored, _everything(ehm.store)) == (rows, before)
    assert "Before. 1" in before


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_sealed_stream_is_whole_and_in_order_or_nothing(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Cut, with parts left out, doubled or in another order, with a byte changed: not opened."""
    part = sealed_backup._PART
    folder = tmp_path_factory.mktemp("sealed")
    public = sealed_backup.make_key(folder / "key")
    key = sealed_backup.read_key(folder / "key")
    plain = os.urandom(data.draw(st.sampled_from([0, 1, part - 1, part, part + 1, 3 * part])))
    with (folder / "file").open("wb") as raw, sealed_backup.Sealing(raw, public) as sealing:
        for start in range(0, len(plain), 50_000):
            sealing.write(plain[start : start + 50_000])
    assert _opened(folder / "file", key) == plain
    sealed = (folder / "file").read_bytes()
    head, body = sealed[:64], sealed[64:]
    parts = [body[at : at + part + 16] for at in range(0, len(body), part + 16)]
    at = data.draw(st.integers(32, len(sealed) - 1))
    for altered in (
        sealed[: data.draw(st.integers(0, len(sealed) - 1))],
        sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :],
        head + b"".join([*parts, parts[-1]]),
        head + b"".join(parts[:-1]),
        *([head + b"".join([parts[1], parts[0], *parts[2:]])] if len(parts) > 1 else []),
    ):
        (folder / "file").write_bytes(altered)
        with pytest.raises(sealed_backup.NotOpened):
            _opened(folder / "file", key)


def _opened(file: Path, key: bytes) -> bytes:
    with sealed_backup.read(file, key) as plain:
        return plain.read()


def _other_key(folder: Path) -> Path:
    sealed_backup.make_key(folder / "other-key")
    return folder / "other-key"
