"""What a worker sees when something is wrong, through the real window: words, and nothing lost."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.options import Options
from desktop.services.clock import Clock
from desktop.services.unlocking import SavesAreMissing
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.problem import ProblemPage
from desktop.ui.pages.unlock import UnlockPage
from desktop.vault.errors import StoreCutShort, StoreDamaged
from tests.conftest import SteadyClock
from tests.desktop.vault.making import PASSPHRASE, Pen, make_vault, open_vault
from tests.resources.shipped import pack_bytes


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_vault(tmp_path_factory.mktemp("made") / "vault")
    vault = open_vault(folder)
    vault.keep_pack("2026.11.1", pack_bytes())
    vault.close()
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "vault"))


@pytest.fixture
def start(folder: Path, qapp: QApplication, clock: SteadyClock) -> Iterator[Callable[[], Program]]:
    begun: list[Program] = []

    def begin() -> Program:
        program = Program(qapp, Options(folder), Clock(clock))
        begun.append(program)
        program.start()
        return program

    yield begin
    for program in begun:
        program.end()


def unlock(program: Program, qtbot: QtBot, words: bytes = PASSPHRASE) -> None:
    """Type the passphrase and wait until the program has said something to it."""
    page = program.window.page
    assert isinstance(page, UnlockPage)
    QTest.keyClicks(page.field, words.decode())
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    window = program.window
    qtbot.waitUntil(lambda: window.page is not page or page.field.isEnabled(), timeout=10_000)


def words_of(page: QWidget | None) -> str:
    assert page is not None
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def flip(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 0x20
    file.write_bytes(bytes(content))


def test_the_right_passphrase_opens_the_families(start, qtbot):
    program = start()
    unlock(program, qtbot)
    assert isinstance(program.window.page, FamiliesPage)
    assert "Priya" not in program.window.windowTitle()


def test_a_wrong_passphrase_and_a_damaged_key_file_say_the_same(start, folder, qtbot):
    program = start()
    unlock(program, qtbot, b"lantern otter maple")
    qtbot.waitUntil(lambda: "Type it again, slowly" in words_of(program.window.page))
    wrong = words_of(program.window.page)
    key_file = folder / "key.json"
    flip(key_file, key_file.stat().st_size // 2)
    damaged = start()
    unlock(damaged, qtbot)
    qtbot.waitUntil(lambda: words_of(damaged.window.page) == wrong)


def test_a_vault_cut_short_says_what_to_do(start, folder, qtbot):
    store = folder / "vault.db"
    store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])
    program = start()
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: StoreCutShort.title in words_of(program.window.page))
    assert StoreCutShort.message in words_of(program.window.page)


@pytest.mark.parametrize("part", [0.3, 0.99])
def test_a_flipped_bit_in_the_store_is_said_at_the_window(start, folder, qtbot, part):
    store = folder / "vault.db"
    flip(store, int(store.stat().st_size * part))
    program = start()
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: StoreDamaged.title in words_of(program.window.page), timeout=10_000)
    assert StoreDamaged.message in words_of(program.window.page)


def test_a_form_that_is_faulty_says_so_and_the_rest_goes_on(start, folder, qtbot):
    vault = open_vault(folder)
    vault.keep_pack("2026.11.2", pack_with_a_faulty_form())
    vault.close()
    program = start()
    unlock(program, qtbot)
    unlocked = program.unlocked
    assert unlocked is not None
    services = unlocked.services
    family = services.families.begin()
    record = services.records.begin(family, "plan")
    unlocked.open_record(record, "")
    qtbot.waitUntil(lambda: isinstance(program.window.page, ProblemPage))
    assert "form" in words_of(program.window.page).lower()
    household = services.records.begin(family, "household")
    unlocked.open_record(household, "")
    qtbot.waitUntil(lambda: not isinstance(program.window.page, ProblemPage))


def test_what_nobody_expected_loses_nothing_and_writes_no_answers(start, folder, qtbot):
    program = start()
    unlock(program, qtbot)
    try:
        raise ValueError("Maya said this")
    except ValueError as error:
        program.unexpected(type(error), error, error.__traceback__)
    assert isinstance(program.window.page, ProblemPage)
    report = next((folder / "reports").iterdir()).read_text()
    assert "ValueError" in report
    assert "test_bad_days.py" in report
    assert "Maya" not in report
    assert "Maya" not in words_of(program.window.page)


def pack_with_a_faulty_form() -> bytes:
    """The demo pack, its plan calculating what cannot be read."""
    whole = io.BytesIO(pack_bytes())
    faulty = io.BytesIO()
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(faulty, "w") as write:
        for name in read.namelist():
            content = read.read(name)
            if name.startswith("forms/plan/"):
                content = content.replace(b"<bind ", b'<bind calculate="1 + (" ', 1)
            write.writestr(name, content)
    return faulty.getvalue()


def test_an_older_copy_of_the_store_is_noticed_and_told(start, folder, qtbot):
    before = (folder / "vault.db").read_bytes()
    vault = open_vault(folder)
    pen = Pen().begin(vault)
    vault.write(pen.change({"/visit_note/what": "Maya drew her house"}))
    vault.seal(pen.record)
    vault.close()
    (folder / "vault.db").write_bytes(before)
    program = start()
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: isinstance(program.window.page, ProblemPage))
    assert SavesAreMissing.message in words_of(program.window.page)
    program.window.back()
    assert isinstance(program.window.page, FamiliesPage)
