"""Making, opening and refusing to open."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from desktop.vault import Vault, create_vault, errors, passphrase_cost, unlock
from desktop.vault.folder import VaultFolder
from desktop.vault.key_file import KeyFile, StoreKey, make_key_file
from desktop.vault.passphrase_cost import CEILING, PassphraseCost, calibrated
from sync.contract.messages import Order, OrderKind
from tests.conftest import REAL_FLOOR
from tests.desktop.vault.making import (
    CLOCK,
    COUNCIL_KEY,
    DEVICE,
    PASSPHRASE,
    WORKER,
    Pen,
    make_vault,
    open_vault,
    opens_slot,
)


def test_a_new_vault_says_whose_it_is_and_is_empty(vault: Vault) -> None:
    assert (vault.worker, vault.device) == (WORKER, DEVICE)
    assert vault.families() == []
    assert vault.pack_in_use == ""
    vault.check()


def test_a_vault_is_never_made_over_another(folder: Path) -> None:
    before = (folder / "vault.db").read_bytes()
    with pytest.raises(errors.VaultExists):
        make_vault(folder)
    assert (folder / "vault.db").read_bytes() == before


def test_a_making_that_was_killed_can_be_made_again(tmp_path: Path) -> None:
    (tmp_path / "vault.db").write_bytes(b"half of a store")
    (tmp_path / "vault.db.next").write_bytes(b"another half")
    make_vault(tmp_path)
    open_vault(tmp_path).close()


def test_a_wrong_passphrase_is_refused_and_changes_nothing(folder: Path) -> None:
    with pytest.raises(errors.WrongPassphrase):
        unlock(folder, bytearray(b"lantern otter maple drun"), CLOCK)
    open_vault(folder).close()


def test_wrong_and_damaged_say_the_same_on_screen() -> None:
    wrong, damaged = errors.WrongPassphrase(), errors.KeyFileDamaged()
    assert (wrong.title, wrong.message) == (damaged.title, damaged.message)


def test_a_second_program_is_told_that_the_vault_is_open(folder: Path, vault: Vault) -> None:
    with pytest.raises(errors.VaultInUse):
        open_vault(folder)
    with pytest.raises(errors.VaultInUse):
        make_vault(folder)


def test_no_vault_and_half_a_vault(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(errors.VaultMissing):
        open_vault(tmp_path / "nowhere")
    (folder / "vault.db").unlink()
    with pytest.raises(errors.VaultMissing):
        open_vault(folder)
    assert not (folder / "vault.db").exists()


@pytest.mark.parametrize("left", [0, 17, 4095, 4096, 0.5, -4096, -1])
def test_a_store_cut_short_is_refused_and_left_alone(folder: Path, left: float) -> None:
    store = folder / "vault.db"
    whole = store.read_bytes()
    keep = (
        int(len(whole) * left)
        if left == 0.5
        else int(left)
        if left >= 0
        else len(whole) + int(left)
    )
    store.write_bytes(whole[:keep])
    with pytest.raises(errors.StoreDamaged):
        open_vault(folder)
    assert store.read_bytes() == whole[:keep]


def test_the_store_of_another_vault_is_refused(folder: Path, tmp_path: Path) -> None:
    other = make_vault(tmp_path / "other")
    shutil.copy(other / "vault.db", folder / "vault.db")
    with pytest.raises(errors.StoreDamaged):
        open_vault(folder)


def test_a_store_of_a_newer_version_is_refused(folder: Path) -> None:
    vault = open_vault(folder)
    vault._store.connection.set_authorizer(None)
    vault._store.run("PRAGMA user_version = 99")
    vault.close()
    with pytest.raises(errors.StoreFromNewerVersion):
        open_vault(folder)


def _rewritten(folder: Path, **fields: object) -> None:
    path = VaultFolder(folder).key_file
    content = json.loads(path.read_text())
    content.pop("check")
    content.update(fields)
    from desktop.vault.key_file import _check

    path.write_text(json.dumps({**content, "check": _check(content)}))


def test_a_key_file_of_a_newer_version_is_refused(folder: Path) -> None:
    _rewritten(folder, format=2, something="new")
    with pytest.raises(errors.KeyFileFromNewerVersion):
        open_vault(folder)


@pytest.mark.usefixtures("real_floor")
@pytest.mark.parametrize(
    "cost",
    [
        PassphraseCost(2, REAL_FLOOR.kibibytes, 4),
        PassphraseCost(3, 8, 4),
        PassphraseCost(3, REAL_FLOOR.kibibytes, 1),
        PassphraseCost(3, 64 * 1024 * 1024, 4),
        PassphraseCost(1_000_000, REAL_FLOOR.kibibytes, 4),
        PassphraseCost(3, REAL_FLOOR.kibibytes, 1_000_000),
    ],
)
def test_costs_below_the_floor_and_above_the_ceiling_are_refused_before_any_work(
    folder: Path, cost: PassphraseCost
) -> None:
    slots = json.loads((folder / "key.json").read_text())["slots"]
    slots[0].update(cost.as_numbers())
    _rewritten(folder, slots=slots)
    with pytest.raises(errors.KeyFileDamaged):
        open_vault(folder)


def _with_a_dearer_try(content: dict[str, object]) -> None:
    content["slots"][0]["passes"] = 4  # type: ignore[index]


def _with_another_vault(content: dict[str, object]) -> None:
    content["vault"] = "another"


def _with_an_earlier_generation(content: dict[str, object]) -> None:
    content["generations"] = [0]


def _with_another_council(content: dict[str, object]) -> None:
    content["slots"][1]["council_key"] = bytes(32).hex()  # type: ignore[index]


@pytest.mark.parametrize(
    "tamper",
    [
        _with_a_dearer_try,
        _with_another_vault,
        _with_an_earlier_generation,
        _with_another_council,
    ],
)
def test_every_word_of_the_key_file_is_vouched_for(folder: Path, tamper: object) -> None:
    """Somebody who changes the file and mends its checksum is refused by the passphrase slot."""
    content = json.loads((folder / "key.json").read_text())
    tamper(content)  # type: ignore[operator]
    content.pop("check")
    _rewritten(folder, **content)
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder)


def test_each_byte_of_the_key_file_flipped_is_refused(folder: Path) -> None:
    path = VaultFolder(folder).key_file
    whole = path.read_bytes()
    refused = 0
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        path.write_bytes(damaged)
        try:
            read = KeyFile.read(path)
        except (errors.KeyFileDamaged, errors.KeyFileFromNewerVersion):
            refused += 1
        else:
            path.write_bytes(whole)
            assert read == KeyFile.read(path), "only white space may be flipped unseen"
    assert refused > 0.8 * len(whole)


def test_the_council_opens_what_its_worker_cannot(folder: Path) -> None:
    key_file = KeyFile.read(VaultFolder(folder).key_file)
    by_council = key_file.open_for_recovery(opens_slot(folder))
    by_worker = key_file.open_with_passphrase(bytearray(PASSPHRASE))
    assert [key.secret for key in by_council] == [key.secret for key in by_worker]
    with pytest.raises(errors.KeyFileDamaged):
        key_file.open_for_recovery(bytes(32))


def test_a_key_file_can_hold_two_generations(tmp_path: Path) -> None:
    keys = [StoreKey.make(4), StoreKey.make(5)]
    council = COUNCIL_KEY.public_key().public_bytes_raw()
    made = make_key_file("v", keys, bytearray(b"x"), passphrase_cost.FLOOR, council)
    made.write(tmp_path / "key.json")
    opened = KeyFile.read(tmp_path / "key.json").open_with_passphrase(bytearray(b"x"))
    assert opened == keys
    keys[0].erase()
    assert not any(keys[0].secret)


@pytest.mark.usefixtures("real_floor")
def test_the_cost_is_calibrated_upwards_only() -> None:
    ticks = iter([0.0, 0.1, 0.0, 100.0])
    assert calibrated(0.7, lambda: next(ticks)) == PassphraseCost(16, REAL_FLOOR.kibibytes, 4)
    assert calibrated(0.7, lambda: next(ticks)) == REAL_FLOOR
    assert CEILING.is_acceptable


def test_the_vault_works_on_after_opening_twice(folder: Path) -> None:
    pen = Pen()
    for _ in range(2):
        vault = open_vault(folder)
        vault.write(pen.change({"/note/what": "We met."}))
        vault.close()
    vault = open_vault(folder)
    assert len(vault.changes(pen.record)) == 2
    vault.close()


def order_to_wipe() -> Order:
    return Order(
        id=DEVICE,
        device=DEVICE,
        kind=OrderKind.WIPE,
        at=CLOCK(),
        by=("ann", "tom"),
        words="Stolen.",
        signature="",
    )


def test_an_order_to_wipe_waits_for_the_words_being_typed(folder: Path) -> None:
    vault, pen = open_vault(folder), Pen()
    vault.write(pen.change({"/note/what": "We met."}))
    assert vault.replica.carry_out(order_to_wipe()) is None
    assert len(vault.changes(pen.record)) == 1
    vault.close()


def test_an_order_to_wipe_leaves_no_key_and_no_store(folder: Path) -> None:
    vault = open_vault(folder)
    key = (folder / "key.json").read_bytes()
    assert vault.replica.carry_out(order_to_wipe()) is not None
    assert sorted(path.name for path in folder.iterdir()) == ["counts.json", "lock", "wipe.json"]
    assert all(key not in path.read_bytes() for path in folder.iterdir())
    with pytest.raises(errors.VaultMissing):
        open_vault(folder)


def test_making_says_in_words_that_the_disk_failed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    with pytest.raises(errors.DiskFailed):
        create_vault(
            tmp_path / "file" / "vault",
            bytearray(PASSPHRASE),
            WORKER,
            DEVICE,
            bytes(32),
            cost=passphrase_cost.FLOOR,
        )
