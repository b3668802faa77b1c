"""Controls 2, 22, 23, 31 and 32: what the program writes, reads, prints and asks."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pypdfium2
import pytest
import requests
from PIL import Image
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from desktop.printing.document import print_story
from desktop.printing.setting import PrintSize
from desktop.printing.story import Run, Story, Text
from desktop.services.clock import Clock
from desktop.services.enrolling import enrol
from desktop.services.unlocking import open_services
from desktop.ui.pages.problem import ProblemPage
from desktop.ui.questions.photo_bytes import PhotoNotReadable, bare_photo
from desktop.vault.passphrase_cost import FLOOR
from forms.pack import Pack
from forms.pack_file import PackError
from forms.records.attachment import is_attachment_name
from sync.ehm import council, packs
from tests.desktop.printing.families import FOOT
from tests.desktop.test_bad_days import folder, made_once, start, unlock  # noqa: F401  fixtures
from tests.desktop.vault.making import Pen
from tests.resources.shipped import pack_bytes
from tests.security.scanning import found_in
from tests.sync.running_ehm import running_ehm

WORDS = "MarkerSlotQuixotic"


@pytest.fixture
def program(start, qtbot):  # noqa: F811
    program = start()
    unlock(program, qtbot)
    qtbot.waitUntil(lambda: not program.vault_lane.busy)
    return program


def test_control_31_an_error_in_a_slot_or_lane_loses_nothing_and_tells_nobody(
    program,
    folder,  # noqa: F811
    qtbot,
    capfd,
):
    vault = program.unlocked.services.vault
    pen = Pen().begin(vault)
    vault.write(pen.change({"/visit_note/what": WORDS}))

    def fail() -> None:
        raise RuntimeError(WORDS)

    with qtbot.captureExceptions() as caught:
        QTimer.singleShot(0, fail)
        program.vault_lane.submit(fail)
        qtbot.waitUntil(lambda: len(caught) == 2)
    capfd.readouterr()  # the tests' own hook tells all
    for kind, error, trace in caught:  # as the program's own hook gets them
        program.unexpected(kind, error, trace)
        assert isinstance(program.window.page, ProblemPage)
    vault.seal_all()
    assert [c.answers["/visit_note/what"].answer.value for c in vault.changes(pen.record)] == [
        WORDS
    ]
    assert found_in(folder, [WORDS]) == {}
    told = capfd.readouterr()
    assert WORDS not in told.out + told.err


def test_control_02_title_settings_and_clipboard_know_nothing_after_the_end(program, folder):  # noqa: F811
    assert not any(word in program.window.windowTitle() for word in ("Priya", "Okafor"))
    assert QSettings().allKeys() == [] or WORDS not in repr(
        [QSettings().value(key) for key in QSettings().allKeys()]
    )
    program.end()
    assert QApplication.clipboard().text() == ""
    assert not any(re.search("priya|okafor", path.name, re.I) for path in folder.rglob("*"))


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "sha256-00.jpg", "a\\b", "", "."])
def test_control_22_a_name_from_elsewhere_is_never_a_file(name):
    assert not is_attachment_name(name)


def test_control_22_a_pack_is_read_by_its_own_names_only(tmp_path):
    whole = io.BytesIO(pack_bytes())
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("../../evil.txt", WORDS)
        archive.writestr("/etc/evil", WORDS)
    assert Pack.read(whole.getvalue()).forms
    assert not list(tmp_path.parent.rglob("evil*"))
    with pytest.raises(PackError):
        Pack.read(whole.getvalue()[:-100])


def test_control_22_a_picture_is_small_bare_and_not_a_bomb(tmp_path, qapp):
    bomb = tmp_path / "bomb.png"
    Image.new("1", (20_000, 20_000)).save(bomb)
    with pytest.raises(PhotoNotReadable):
        bare_photo(str(bomb))
    told = tmp_path / "told.jpg"
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = WORDS, {1: "N", 2: (53.0, 1.0, 2.0)}
    Image.new("RGB", (40, 30), "red").save(told, exif=exif)
    assert WORDS.encode() in told.read_bytes()
    bare = bare_photo(str(told))
    assert WORDS.encode() not in bare
    assert not Image.open(io.BytesIO(bare)).getexif()


@pytest.mark.parametrize("said", ["<angry>", "Tom & Jerry", "<img src=/etc/passwd>", "a < b > c"])
def test_control_23_what_was_said_prints_as_it_was_said(said):
    story = Story("Plan", (Text((Run(said),)),))
    printed = print_story(story, PrintSize.STANDARD, FOOT, draft=False)
    page = pypdfium2.PdfDocument(printed.pdf)[0]
    read = page.get_textpage().get_text_range()
    assert said in re.sub(r"\s+", " ", read)


def test_control_32_no_address_that_is_asked_for_holds_a_word_that_was_written(
    tmp_path, monkeypatch
):
    asked: list[str] = []
    real = requests.Session.send

    def send(session: requests.Session, request: requests.PreparedRequest, **how: Any):
        asked.append(str(request.url))
        return real(session, request, **how)

    monkeypatch.setattr(requests.Session, "send", send)
    with running_ehm(f"sqlite:///{tmp_path}/ehm.db") as ehm:
        with ehm.store.writing() as connection:
            packs.publish(connection, council.read(connection), pack_bytes(), ehm.clock())
        clock, here = Clock(ehm.clock), tmp_path / "vault"
        enrol(here, bytearray(b"rivers carry"), ehm.url, ehm.code("Priya"), clock, cost=FLOOR)
        services = open_services(here, bytearray(b"rivers carry"), clock)
        pen = Pen(author=services.vault.worker.id).begin(services.vault)
        services.vault.write(pen.change({"/visit_note/what": WORDS}))
        services.families.list(WORDS)
        outcome = services.syncing.run(lambda job: job(), lambda _: None, lambda: False)
        services.vault.close()
    assert outcome.sent == 1
    assert len(asked) > 4
    assert not any("?" in url or WORDS in url or pen.family in url for url in asked)
