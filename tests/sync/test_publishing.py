"""Packs are signed by the council, follow each other, and are rolled back by a higher version."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from desktop.__main__ import main
from desktop.pack_command import signature
from forms.pack import Pack
from forms.pack_rollback import next_version, rolled_back
from sync.contract import signatures
from sync.ehm import council, packs
from sync.ehm.app import open_store
from sync.ehm.store import Store
from tests.sync.small_packs import small_pack

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> str:
    """The database of an EHM."""
    return f"sqlite:///{tmp_path / 'ehm.db'}"


def opened(office: str) -> Store:
    return open_store(office, council_name="Demo Council", is_demo=True)


def publish(connection: Connection, content: bytes, signed: str = "") -> str:
    ours = council.read(connection)
    return packs.publish(connection, ours, content, NOW, signed).version


FIRST = small_pack("2026.1", {"plan": ("1",), "visit": ("1",)})
SECOND = small_pack("2026.2", {"plan": ("1", "2"), "visit": ("1",), "extra": ("1",)})


def test_each_pack_is_higher_and_leaves_no_form_version_out(office: str) -> None:
    with opened(office).writing() as connection:
        assert publish(connection, SECOND) == "2026.2"
        assert publish(connection, SECOND) == "2026.2"  # again: nothing happens
        with pytest.raises(ValueError, match=r"higher than 2026\.2"):
            publish(connection, FIRST)
        with pytest.raises(ValueError, match=r"form plan, version 1, .* --earlier"):
            publish(
                connection, small_pack("2026.3", {"plan": ("2",), "visit": ("1",), "extra": ("1",)})
            )
        changed = small_pack("2026.10", {"plan": ("1", "2"), "visit": ("1",), "extra": ("1",)}, "!")
        with pytest.raises(ValueError, match="has changed"):
            publish(connection, changed)


def test_a_changed_term_needs_no_new_version_of_a_form(office: str) -> None:
    forms = {"plan": ("1",)}
    calls = [
        small_pack(f"2026.{at}", forms, " {plan}", terms={"plan": called})
        for at, called in ((1, "Our plan"), (2, "What we do"))
    ]
    with opened(office).writing() as connection:
        for pack in calls:
            publish(connection, pack)
        assert b"What we do" in Pack.read(packs.content(connection, "2026.2")).form("plan")
        again = packs.roll_back(connection, council.read(connection), NOW)
        assert b"Our plan" in Pack.read(packs.content(connection, again.version)).form("plan")


def test_a_pack_is_the_last_though_the_clock_was_put_back(office: str) -> None:
    with opened(office).writing() as connection:
        publish(connection, FIRST)
        an_hour_before = NOW - timedelta(hours=1)
        packs.publish(connection, council.read(connection), SECOND, an_hour_before)
        last = packs.latest(connection)
        assert last is not None
        assert last.version == "2026.2"


def test_rolling_back_is_a_step_forward_that_keeps_what_records_use(office: str) -> None:
    with opened(office).writing() as connection:
        publish(connection, FIRST)
        publish(connection, SECOND)
        ours = council.read(connection)
        notice = packs.roll_back(connection, ours, NOW)
        assert notice.version == "2026.3"
        assert packs.latest(connection) == notice
        back = Pack.read(packs.content(connection, "2026.3"))
        assert {form.id: form.version for form in back.forms} == {"plan": "1", "visit": "1"}
        assert back.form("plan", "2") == b"plan 2"
        assert back.form("extra") == b"extra 1"
        again = packs.roll_back(connection, ours, NOW, "2026.2")
        forth = Pack.read(packs.content(connection, again.version))
        assert [form.id for form in forth.forms] == ["plan", "visit", "extra"]
        with pytest.raises(ValueError, match="no such earlier pack"):
            packs.roll_back(connection, ours, NOW, "2020.1")


def test_nothing_is_rolled_back_that_was_never_published(office: str) -> None:
    raises = pytest.raises(ValueError, match="no such earlier")
    with opened(office).writing() as connection, raises:
        packs.roll_back(connection, council.read(connection), NOW)


def test_only_the_councils_own_signature_of_this_very_pack_counts(office: str) -> None:
    with opened(office).writing() as connection:
        ours = council.read(connection)
        with pytest.raises(ValueError, match="not the council's"):
            publish(connection, FIRST, signatures.sign(bytes(range(32)), b"forged"))
        text = signatures.pack_text(signatures.unsigned_pack("2026.2", SECOND))
        with pytest.raises(ValueError, match="of another pack"):
            publish(connection, FIRST, signatures.sign(ours.signing_key, text))


def test_the_command_says_in_words_what_became_of_a_pack(
    office: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(office).writing() as connection:
        council.read(connection)
    said: list[str] = []
    for name, content in (("first.zip", FIRST), ("second.zip", SECOND), ("words.zip", b"words")):
        (tmp_path / name).write_bytes(content)
        publishing = ["pack", "publish", str(tmp_path / name), "--database", office]
        said.append(f"{main(publishing)} {''.join(capsys.readouterr())}".strip())
    said.append(f"{main(['pack', 'rollback', '--database', office])} {capsys.readouterr().out}")
    assert [one.split(". ")[0].strip() for one in said] == [
        "0 2026.1 is published",
        "0 2026.2 is published",
        "2 words.zip is no pack that this program can use",
        "0 2026.3 is published",
    ]


def test_what_was_signed_where_it_was_built_is_published(office: str, tmp_path: Path) -> None:
    with opened(office).writing() as connection:
        ours = council.read(connection)
    key = tmp_path / "key"
    file = tmp_path / "pack.zip"
    file.write_bytes(FIRST)
    make = [sys.executable, "-m", "sync.ehm", "signing-key", str(key), "--database", office]
    subprocess.run(make, check=True, capture_output=True)
    assert key.stat().st_mode & 0o077 == 0
    signed = signature(key.read_text(), FIRST)
    (tmp_path / "pack.zip.sig").write_text(signed)
    assert main(["pack", "publish", str(file), "--database", office]) == 0
    with opened(office).writing() as connection:
        notice = packs.latest(connection)
    assert notice is not None
    assert notice.signature == signed
    assert signatures.is_signed(ours.public_key, signatures.pack_text(notice), notice.signature)
    (tmp_path / "pack.zip.sig").write_text(signed[:-6] + "AAAAA=")
    assert main(["pack", "publish", str(file), "--database", office]) == 2
    assert main(["pack", "rollback", "--database", office]) == 2


def test_publishing_an_earlier_pack_again_says_that_it_is_not_in_force(
    office: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(office).writing() as connection:
        publish(connection, FIRST)
        publish(connection, SECOND)
    file = tmp_path / "pack.zip"
    file.write_bytes(FIRST)
    assert main(["pack", "publish", str(file), "--database", office]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "2026.1 was published before" in said.err
    assert "2026.2 is in force" in said.err


@pytest.mark.parametrize(
    ("version", "after"), [("2026.11.9", "2026.11.10"), ("3", "4"), ("autumn", "autumn.1")]
)
def test_the_version_after(version: str, after: str) -> None:
    assert next_version(version) == after


def test_the_same_rollback_makes_the_same_bytes() -> None:
    assert rolled_back(FIRST, SECOND, "2026.3") == rolled_back(FIRST, SECOND, "2026.3")
