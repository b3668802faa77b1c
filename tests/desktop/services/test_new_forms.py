"""A pack that this program cannot use is said to be one, and the forms of before go on."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.services.clock import Clock
from desktop.services.new_forms import NewForms, NoForms, read_packs, unusable
from desktop.services.packs import Packs
from desktop.services.policy import PolicyInForce, policy_of
from desktop.services.visiting import Visiting
from desktop.vault import Vault
from forms.pack import Pack
from forms.pack_file import PackError, ProgramTooOld
from sync.contract.messages import DevicePolicy, PackNotice
from tests.conftest import SteadyClock
from tests.desktop.services.test_lease import lease_of
from tests.sync.small_pack import small_pack


def of_a_later_program(version: str) -> bytes:
    """A pack that says that it needs another program."""
    held = io.BytesIO(small_pack(version))
    with zipfile.ZipFile(held) as archive:
        said = {name: archive.read(name) for name in archive.namelist()}
    said["pack.json"] = json.dumps({**json.loads(said["pack.json"]), "program": "9.9"}).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in said.items():
            archive.writestr(name, content)
    return made.getvalue()


def arrive(vault: Vault, version: str, content: bytes) -> None:
    """A sync brings a pack while the vault is open."""
    notice = PackNotice(version=version, sha256="0" * 64, size=len(content), signature="")
    vault.replica.keep_pack(notice, content)


def test_without_any_forms_there_is_nothing_to_begin(vault: Vault) -> None:
    with pytest.raises(NoForms):
        read_packs(vault)


def test_new_forms_are_used_once_they_are_taken_and_old_ones_are_kept(vault: Vault) -> None:
    vault.keep_pack("1", small_pack("1"))
    packs, problem = read_packs(vault)
    assert (packs.newest.version, problem) == ("1", None)
    arrive(vault, "2", small_pack("2", "plan"))
    forms = NewForms(vault, packs)
    assert packs.newest.version == "1"
    assert forms.take()
    assert packs.newest.version == "2"
    assert [one.version for one in packs.read_others()] == ["1"]
    assert packs.title("plan") == "plan"
    assert not forms.take()


def test_the_policy_of_a_new_pack_counts_at_once_for_all_who_obey_it(
    vault: Vault, tmp_path: Path, clock: SteadyClock
) -> None:
    vault.keep_pack("1", small_pack("1"))
    packs, _ = read_packs(vault)
    policy = PolicyInForce(policy_of(packs.newest))
    forms = NewForms(vault, packs, policy)
    visiting = Visiting(tmp_path, Clock(clock), policy.longest_visit)
    stricter = (("visit_hours", "1"), ("purge_after_days", "9"))
    arrive(vault, "2", small_pack("2", policy=stricter))
    arrive(vault, "3", of_a_later_program("3"))  # passed over: nobody here can read it
    assert visiting.begin() == clock() + timedelta(hours=3)
    vault.replica.keep_lease(lease_of(clock(), DevicePolicy(idle_minutes=2, cover_days=8)))
    heeded = forms.heed()
    assert packs.newest.version == "1"  # a record may be open: its forms wait, and the policy not
    assert heeded == policy.now
    assert (heeded.idle, heeded.visit) == (timedelta(minutes=2), timedelta(hours=1))
    assert visiting.ends() is None  # longer than a visit may last now
    assert visiting.begin() == clock() + timedelta(hours=1)
    assert heeded.purge_after == timedelta(days=9)


def test_an_older_program_keeps_the_forms_it_has_and_says_so(vault: Vault) -> None:
    vault.keep_pack("1", small_pack("1"))
    packs, _ = read_packs(vault)
    later = of_a_later_program("2")
    arrive(vault, "2", later)
    problem = unusable(vault, "2")
    assert isinstance(problem, ProgramTooOld)
    assert "need version 9.9 of Your Family" in problem.message
    assert "goes on with the forms that it has" in problem.message
    assert not NewForms(vault, packs).take()
    assert packs.newest.version == "1"
    again, told = read_packs(vault)  # at each unlocking from now on
    assert again.newest.version == "1"
    assert isinstance(told, ProgramTooOld)


def test_only_forms_that_cannot_be_read_are_an_error(vault: Vault) -> None:
    vault.keep_pack("2", of_a_later_program("2"))
    with pytest.raises(PackError, match="need version 9"):
        read_packs(vault)


def test_packs_from_before_are_read_only_for_what_the_newest_lacks(vault: Vault) -> None:
    vault.keep_pack("1", small_pack("1", "plan"))
    vault.keep_pack("2", small_pack("2", "closure"))
    packs, _ = read_packs(vault)
    read: list[str] = []

    def reading() -> Iterator[Pack]:
        for pack in packs.read_others():
            read.append(pack.version)
            yield pack

    known = Packs(packs.published, reading)
    assert (known.title("closure"), known.definition("closure", "1").id) == ("closure", "closure")
    assert read == []
    assert (known.title("plan"), known.definition("plan", "1").id) == ("plan", "plan")
    assert read == ["1"]  # once, and kept
