"""Controls 4, 8, 25 and 27, in short; what docs/security.md names beside them goes deeper."""

from __future__ import annotations

import json
import time
from pathlib import Path
from time import monotonic

import pytest

from desktop.vault import Event, Vault, unlock
from desktop.vault.errors import KeyFileDamaged, TooManyTries, WrongPassphrase
from desktop.vault.folder import VaultFolder
from desktop.vault.key_file import _check
from desktop.vault.throttle import FREE_TRIES, LONGEST_WAIT, Throttle
from sync.contract.messages import FamilyItem, FeedPage, Head, LeftItem
from tests.desktop.vault.making import BEGUN, CLOCK, PASSPHRASE, Pen, make_vault, open_vault

WORDS = "MarkerLeavingQuixotic"
HEAD = Head(epoch="e", seq=1, hash="h")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_vault(tmp_path / "vault")


@pytest.mark.usefixtures("real_floor")
@pytest.mark.parametrize(
    ("figure", "value"), [("kibibytes", 1024), ("passes", 1), ("kibibytes", 64 * 1024 * 1024)]
)
def test_control_04_a_weaker_or_endless_cost_is_refused_before_any_work(folder, figure, value):
    path = VaultFolder(folder).key_file
    said = json.loads(path.read_text())
    said["slots"][0][figure] = value
    del said["check"]
    said["check"] = _check(said)  # as whoever tampers would mend it
    path.write_text(json.dumps(said))
    begun = time.process_time()
    with pytest.raises(KeyFileDamaged):
        unlock(folder, bytearray(PASSPHRASE), CLOCK)
    assert time.process_time() - begun < 0.1


def test_control_08_waiting_survives_restarts_and_nothing_is_ever_wiped(folder):
    tries = VaultFolder(folder).tries
    running = [1_000.0]
    waits = []
    for _ in range(20):
        throttle = Throttle(tries, lambda: running[0])  # the program was started anew
        waits.append(throttle.seconds_to_wait())
        running[0] += waits[-1]
        throttle.count_try()
    assert waits[:FREE_TRIES] == [0.0] * FREE_TRIES
    assert waits[-1] == LONGEST_WAIT
    assert Throttle(tries, lambda: 5.0).seconds_to_wait() > 50, "a restart of the machine"
    with pytest.raises(TooManyTries):
        Throttle(tries, lambda: running[0]).count_try()
    Throttle(tries).forgive()
    open_vault(folder).close()


def test_control_08_a_right_passphrase_ends_the_waiting(folder):
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            unlock(folder, bytearray(b"not this one"), CLOCK)
    open_vault(folder).close()
    assert Throttle(VaultFolder(folder).tries)._read()[0] == 0


def noted(vault: Vault) -> list[str]:
    return [entry.event.kind for entry in vault.audit()]


@pytest.mark.parametrize(
    "injury",
    [
        "UPDATE audit SET entry = replace(entry, 'opened', 'closed') WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
        "DELETE FROM audit WHERE number = 3",
        "UPDATE audit SET number = 9 WHERE number = 1",
    ],
)
def test_control_25_the_audit_shows_every_injury(folder, injury):
    vault = open_vault(folder)
    for kind in ("unlocked", "opened", "printed"):
        vault.note(Event(kind, family="f"))
    assert vault._audit.is_whole()
    vault._store.run(injury)
    assert not vault._audit.is_whole()
    vault.close()


def test_control_25_and_27_a_family_that_leaves_is_in_no_row_and_its_audit_stays(folder):
    vault = open_vault(folder)
    pen = Pen().begin(vault)
    vault.note(Event("opened", family=pen.family))
    vault.write(pen.change({"/note/what": f"{WORDS} at breakfast"}))
    (change,) = vault.seal_all()
    family = FamilyItem(family=pen.family, reference="YF", number="1", begun=BEGUN)
    page = FeedPage(head=HEAD, cursor="1", more=False, left=0, items=(family,))
    vault.replica.stage(page)
    vault.replica.show_next_families(monotonic)
    assert WORDS in everything(vault)
    vault._store.run("UPDATE written SET standing = 'known' WHERE id = ?", (change.id,))
    leaving = page.model_copy(update={"items": (LeftItem(family=pen.family),), "cursor": "2"})
    vault.replica.stage(leaving)
    vault.replica.show_next_families(monotonic)
    assert vault.families() == []
    assert vault.search(WORDS) == []
    assert WORDS.lower() not in everything(vault).lower()
    assert noted(vault)[-1] == "opened"
    assert vault._audit.is_whole()
    vault.close()


def everything(vault: Vault) -> str:
    """Every row of every table, the search's own included; the pages are control 6's."""
    rows = vault._store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return repr([vault._store.rows(f'SELECT * FROM "{table}"') for (table,) in rows])
