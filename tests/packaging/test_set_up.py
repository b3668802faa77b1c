"""Setting up from a bare machine: what is refused, and in which words."""

import ast
import sys
from collections import namedtuple
from pathlib import Path

import environment
import postgresql
import psycopg
import pytest
import run
import system_libraries
from set_up_error import SetUpError

Version = namedtuple("Version", "major minor micro")


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 9, 2))
    with pytest.raises(SetUpError) as refused:
        environment.refuse_old_python()
    assert "3.9" in refused.value.message
    assert "3.11 or newer" in refused.value.message


def test_the_set_up_can_be_read_by_an_old_python() -> None:
    """One that is too old must come as far as being told so."""
    for name in ("run", "test", "environment", "system_libraries", "set_up_error", "postgresql"):
        source = (environment.PROJECT / "packaging" / f"{name}.py").read_text("utf-8")
        as_old_python_reads_it = ast.parse(source, feature_version=(3, 8))
        assert "from __future__ import annotations" in source
        assert as_old_python_reads_it.body


def test_a_library_that_is_missing_is_named_with_one_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing = {"libnowhere-to-be-found.so.9": "libnowhere9"}
    monkeypatch.setattr(system_libraries, "PACKAGES", missing)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda tool: tool == "apt-get" or None)
    with pytest.raises(SetUpError, match=r"sudo sh -c 'apt-get update .* libnowhere9'"):
        system_libraries.require(venv_is_missing=False)


def test_other_systems_get_their_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries, packages = ["libxcb-cursor.so.0"], ["libxcb-cursor0"]
    monkeypatch.setattr("shutil.which", lambda tool: tool == "dnf" or None)
    said = system_libraries.command_for(libraries, packages)
    assert said == "sudo dnf install 'libxcb-cursor.so.0()(64bit)'"
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "libxcb-cursor.so.0" in system_libraries.command_for(libraries, packages)


def test_nothing_is_missing_where_these_tests_run() -> None:
    assert system_libraries.missing_libraries() == []
    system_libraries.require_that_qt_loads(Path(sys.executable))


def test_a_second_start_only_looks_at_the_stamp(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)
    here = Path(sys.executable)
    assert not environment.is_ready("run", here)
    stamp, text = environment.stamp("test"), environment.fingerprint("test")
    stamp.write_text(text, "utf-8")
    assert environment.is_ready("run", here)  # what tests need holds what running needs
    stamp.write_text("of another lock file", "utf-8")
    assert not environment.is_ready("run", here)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not run.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert run.has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not run.has_display()


@pytest.mark.skipif(postgresql.installed_programs() is None, reason="PostgreSQL is not installed")
def test_the_throwaway_database_answers_and_goes() -> None:
    with postgresql.throwaway_server() as settings:
        address = settings[postgresql.VARIABLE].replace("+psycopg", "")
        with psycopg.connect(address) as connection:
            answer = connection.execute("select 6 * 7").fetchone()
    assert answer == (42,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=2)
