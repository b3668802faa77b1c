"""The recovery of one laptop, from the council's key to the worker's next unlock."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import combine_mnemonics
from sqlalchemy import select

from desktop.services.clock import Clock
from desktop.services.enrolling import NoRecoveryKey, enrol
from desktop.services.recovering import Recovering, WasRecovered
from desktop.services.unlocking import Services, open_services
from desktop.services.views import SyncOutcome
from desktop.vault.errors import WrongPassphrase
from desktop.vault.passphrase_cost import FLOOR
from desktop.vault_command import main as vault_command
from sync.client.orders import is_newer_lease
from sync.contract.messages import DevicePolicy, Lease, Recovered
from sync.contract.recovery import DEMO_PUBLIC_KEY, NotOurAnswer
from sync.contract.signatures import lease_text, sign
from sync.ehm import council, packs, people, recovery, schema
from sync.ehm.__main__ import main as ehm_command
from sync.ehm.app import open_store
from tests.desktop.vault.making import DEVICE
from tests.resources.shipped import pack_bytes
from tests.sync.running_ehm import RunningEhm, running_ehm

OLD, NEW = b"rivers carry quiet lanterns home", "maple drums answer seven otters"
WHO = ("--custodian", "Ann Lee", "--custodian", "Bo Ray", "--custodian", "Cy Fox")


@pytest.fixture(scope="module")
def ehm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEhm]:
    """A council that is no demonstration, its key in the hands of three custodians."""
    folder = tmp_path_factory.mktemp("council")
    database = f"sqlite:///{folder}/ehm.db"
    open_store(database, council_name="Wexcombe", is_demo=False, is_brief=True).close()
    made = ("recovery-key", "--database", database, "--council", "Wexcombe", "--not-a-demo")
    assert ehm_command([*made, *WHO, "--out", str(folder / "shares")]) == 0
    with running_ehm(database) as running:
        with running.store.writing() as connection:
            ours = council.read(connection)
            assert not ours.is_demo
            packs.publish(connection, ours, pack_bytes(), running.clock())
        yield running


@pytest.fixture(scope="module")
def shares(ehm: RunningEhm) -> list[str]:
    folder = Path(ehm.store.url.removeprefix("sqlite:///")).parent / "shares"
    files = sorted(folder.iterdir())
    assert [file.stat().st_mode & 0o077 for file in files] == [0, 0, 0]
    return [file.read_text().strip().splitlines()[-1] for file in files]


@pytest.fixture(scope="module")
def enrolled(ehm: RunningEhm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laptop") / "vault"
    clock = Clock(ehm.clock)
    enrol(folder, bytearray(OLD), ehm.url, ehm.code("Priya Shah"), clock, cost=FLOOR)
    return folder


@pytest.fixture
def folder(enrolled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(enrolled, tmp_path / "vault"))


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    return lambda *lines: monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*lines, ""])))


def answer(ehm: RunningEhm, request: Path, out: Path, reason: str = "Forgotten on leave") -> int:
    whose = ("--database", ehm.store.url, "--custodian", "Ann Lee", "--custodian", "Cy Fox")
    return ehm_command(["recover", str(request), *whose, "--reason", reason, "--out", str(out)])


def test_a_forgotten_passphrase_is_recovered_and_the_worker_is_told(
    ehm, folder, shares, typing, tmp_path, capsys
):
    asked, answered = tmp_path / "asked.json", tmp_path / "answered.json"
    assert vault_command(["recover", "--folder", str(folder), "--request", str(asked)]) == 0
    request = Recovering(folder, Clock(ehm.clock)).asked()
    assert request is not None
    check = request.check_words
    assert check in capsys.readouterr().out
    typing(shares[0], shares[2])
    assert answer(ehm, asked, answered) == 0
    assert check in capsys.readouterr().out
    typing(NEW, NEW)
    recovered = ["recover", "--folder", str(folder), "--answer", str(answered)]
    assert vault_command(recovered) == 0
    with pytest.raises(WrongPassphrase):
        open_services(folder, bytearray(OLD), Clock(ehm.clock))
    services = open_services(folder, bytearray(NEW.encode()), Clock(ehm.clock))
    (warning,) = services.warnings
    told = warning.message
    assert all(words in told for words in ("Ann Lee and Cy Fox", "Forgotten on leave", "2026"))
    assert "recovered by the council" in [e.event.kind for e in services.vault.audit()]
    services.vault.close()
    services = open_services(folder, bytearray(NEW.encode()), Clock(ehm.clock))
    assert services.warnings == ()
    services.vault.close()
    typing(NEW, NEW)
    assert vault_command(recovered) == 2, "an answer is good once"
    typing(shares[0], shares[2])
    assert answer(ehm, asked, tmp_path / "again.json") == 2, "a request is answered once"
    with ehm.store.reading() as connection:
        entries = connection.execute(
            select(schema.audit).where(schema.audit.c.act == "recovery")
        ).all()
    (entry,) = [e for e in entries if "Forgotten on leave" in e.detail]
    assert json.loads(entry.detail)["by"] == ["Ann Lee", "Cy Fox"]


def recovered(ehm, folder, shares, typing, out: Path, reason: str) -> None:
    asked, answered = out / "asked.json", out / "answered.json"
    vault_command(["recover", "--folder", str(folder), "--request", str(asked)])
    typing(shares[0], shares[2])
    assert answer(ehm, asked, answered, reason=reason) == 0
    typing(NEW, NEW)
    assert vault_command(["recover", "--folder", str(folder), "--answer", str(answered)]) == 0
    ehm.clock.pass_time(minutes=20)


def synced(services: Services) -> SyncOutcome:
    return services.syncing.run(lambda job: job(), lambda _: None, lambda: False)


def test_who_takes_the_answer_away_and_puts_the_old_key_file_back_is_told_of(
    ehm, folder, shares, typing, tmp_path
):
    key_file = folder / "key.json"
    before = key_file.read_bytes()
    recovered(ehm, folder, shares, typing, tmp_path, "Lent to\nsomebody")
    (folder / "recovery-answered.json").unlink()
    key_file.write_bytes(before)
    services = open_services(folder, bytearray(OLD), Clock(ehm.clock))
    assert not [w for w in services.warnings if isinstance(w, WasRecovered)]
    told = next(t for t in synced(services).recovered if "Lent to somebody" in t.message)
    assert "Ann Lee and Cy Fox" in told.message
    services.vault.close()
    services = open_services(folder, bytearray(OLD), Clock(ehm.clock))
    assert told.message in [w.message for w in services.warnings if isinstance(w, WasRecovered)]
    assert "recovered by the council" in [e.event.kind for e in services.vault.audit()]
    services.vault.close()
    services = open_services(folder, bytearray(OLD), Clock(ehm.clock))
    assert services.warnings == ()
    assert synced(services).recovered == ()
    services.vault.close()


def test_a_recovery_told_from_the_answer_is_not_told_again_by_the_lease(
    ehm, folder, shares, typing, tmp_path
):
    recovered(ehm, folder, shares, typing, tmp_path, "Left at home")
    new = NEW.encode()
    services = open_services(folder, bytearray(new), Clock(ehm.clock))
    assert [type(warning) for warning in services.warnings].count(WasRecovered) == 1
    assert not [t for t in synced(services).recovered if "Left at home" in t.message]
    services.vault.close()


def test_a_proxy_cannot_take_a_recovery_out_of_the_lease(ehm, folder):
    said = Recovered(request=DEVICE, at=ehm.clock(), by=("Ann Lee",), reason="Forgotten")
    with ehm.store.reading() as connection:
        ours = council.read(connection)
    lease = Lease(
        device=DEVICE,
        worker="w",
        role="worker",
        at=ehm.clock(),
        policy=DevicePolicy(),
        escrow_key="",
        recovered=(said,),
        signature="",
    )
    signed = lease.model_copy(update={"signature": sign(ours.signing_key, lease_text(lease))})
    assert is_newer_lease(signed, None, DEVICE, ours.public_key)
    for changed in ((), (said, said), (said.model_copy(update={"reason": "None"}),)):
        cut = signed.model_copy(update={"recovered": changed})
        assert not is_newer_lease(cut, None, DEVICE, ours.public_key)


def test_one_custodian_or_wrong_words_recover_nothing(ehm, folder, shares, typing, tmp_path):
    asked = tmp_path / "asked.json"
    vault_command(["recover", "--folder", str(folder), "--request", str(asked)])
    swapped = shares[1].split()
    swapped[5], swapped[6] = swapped[6], swapped[5]
    for words in ((shares[0], shares[0]), (shares[0], ""), (shares[0], " ".join(swapped))):
        typing(*words)
        assert answer(ehm, asked, tmp_path / "answered.json") == 2
    typing(shares[0], shares[1])
    assert answer(ehm, asked, tmp_path / "answered.json", reason=" ") == 2
    assert not (tmp_path / "answered.json").exists()


def test_an_answer_opens_no_other_laptop_and_not_if_it_was_changed(
    ehm, folder, enrolled, shares, typing, tmp_path
):
    asked, answered = tmp_path / "asked.json", tmp_path / "answered.json"
    vault_command(["recover", "--folder", str(folder), "--request", str(asked)])
    typing(shares[1], shares[2])
    assert answer(ehm, asked, answered) == 0
    other = Path(shutil.copytree(enrolled, tmp_path / "other"))
    clock = Clock(ehm.clock)
    Recovering(other, clock).ask()
    with pytest.raises(NotOurAnswer):
        Recovering(other, clock).take_answer(answered.read_bytes(), bytearray(NEW.encode()))
    said = json.loads(answered.read_text())
    for field, value in (("reason", "None"), ("by", ["Priya Shah"]), ("sealed", "AAAA")):
        changed = json.dumps({**said, field: value}).encode()
        with pytest.raises(NotOurAnswer):
            Recovering(folder, clock).take_answer(changed, bytearray(NEW.encode()))
    open_services(folder, bytearray(OLD), clock).vault.close()


def test_the_database_alone_opens_nothing(ehm, shares):
    """The custodians' secret is not in it; nor is the EHM's part on their paper."""
    database = Path(ehm.store.url.removeprefix("sqlite:///"))
    content = b"".join(path.read_bytes() for path in database.parent.glob("ehm.db*"))
    for share in shares:
        assert share.encode() not in content
    with ehm.store.reading() as connection:
        (made,) = connection.execute(select(schema.recovery_key)).all()
    other = recovery._key(combine_mnemonics(shares[:2]), bytes(32))
    assert recovery._base64(other.public_key().public_bytes_raw()) != made.public


def test_a_council_without_a_key_enrols_nobody(tmp_path, capsys):
    database = f"sqlite:///{tmp_path}/ehm.db"
    with (
        closing(
            open_store(database, council_name="Wexcombe", is_demo=False, is_brief=True)
        ) as store,
        store.writing() as connection,
    ):
        people.add(connection, "Priya", "worker")
    chosen = ("--database", database, "--not-a-demo")
    assert ehm_command(["enrol-code", *chosen, "--worker", "Priya"]) == 2
    assert "recovery-key" in capsys.readouterr().err


def test_the_demonstration_s_key_is_refused_outside_it(ehm, tmp_path):
    with ehm.store.writing() as connection:
        real = council.read(connection).recovery_key
        demo = recovery._base64(DEMO_PUBLIC_KEY)
        connection.execute(schema.council.update().values(recovery_key=demo))
        assert not council.can_recover(connection)
        connection.execute(schema.council.update().values(recovery_key=real))
    code = ehm.code("Sam Lowe")
    with ehm.store.writing() as connection:
        connection.execute(schema.council.update().values(recovery_key=demo))
    with pytest.raises(NoRecoveryKey):
        enrol(tmp_path / "v", bytearray(OLD), ehm.url, code, Clock(ehm.clock), cost=FLOOR)
    with ehm.store.writing() as connection:
        connection.execute(schema.council.update().values(recovery_key=real))
    assert not (tmp_path / "v").exists()


def test_the_other_commands_change_passphrase_and_key(ehm, folder, typing, capsys):
    typing(OLD.decode(), "password1", "password1")
    assert vault_command(["change-passphrase", "--folder", str(folder)]) == 2
    typing(OLD.decode(), NEW, NEW + " ")
    assert vault_command(["change-passphrase", "--folder", str(folder)]) == 2
    typing(OLD.decode(), NEW, NEW)
    assert vault_command(["change-passphrase", "--folder", str(folder)]) == 0
    before = (folder / "vault.db").read_bytes()[:16]
    typing(OLD.decode())
    assert vault_command(["rekey", "--folder", str(folder)]) == 2
    typing(NEW)
    assert vault_command(["rekey", "--folder", str(folder)]) == 0
    assert (folder / "vault.db").read_bytes()[:16] != before
    open_services(folder, bytearray(NEW.encode()), Clock(ehm.clock)).vault.close()
    assert OLD.decode() not in capsys.readouterr().out


@settings(max_examples=20)
@given(st.permutations([0, 1, 2]), st.integers(2, 3))
def test_any_two_shares_make_the_key(shares, order, many):
    secrets = {combine_mnemonics([shares[n] for n in order[:2]]) for _ in range(many)}
    assert secrets == {combine_mnemonics(shares[:2])}
