"""A photo of paper: small, bare, upright, kept; and what is no photo."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.ui.camera import has_camera_program, open_camera_program
from desktop.ui.lanes import Lane
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.photo import Photo
from desktop.ui.questions.photo_bytes import LARGEST, PhotoNotReadable, bare_photo
from tests.desktop.ui.filled_forms import Desk, answers_of, definition_of
from tests.desktop.ui.pages.walk import click

PAPER = """
| survey |
| | type | name | label | parameters |
| | image | paper | Work on paper | max-pixels=600 |
"""
ORIENTATION, GPS, DESCRIPTION = 0x0112, 0x8825, 0x010E


@pytest.fixture
def photo(tmp_path: Path) -> str:
    """A wide picture, saved lying on its side, that tells where it was taken."""
    picture = Image.effect_noise((1600, 900), 90).convert("RGB")
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[DESCRIPTION] = "4 Bramble Close"
    exif.get_ifd(GPS)[1] = "N"
    path = tmp_path / "IMG_0001.jpg"
    picture.save(path, exif=exif, quality=95)
    return str(path)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, look: None) -> FormPage:
    page = desk.page(desk.filling(definition_of(PAPER)))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    return page


def field(page: FormPage) -> Photo:
    found = page.blocks()[0].field
    assert isinstance(found, Photo)
    return found


def test_a_photo_loses_its_exif_and_stands_upright(photo: str) -> None:
    content = bare_photo(photo)
    assert b"Bramble" not in content
    assert b"Exif" not in content
    image = QImage.fromData(content)
    assert image.height() > image.width()
    assert len(content) <= LARGEST


def test_comments_of_a_png_are_left_out(tmp_path: Path) -> None:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(0)
    image.setText("Description", "4 Bramble Close")
    path = str(tmp_path / "scan.png")
    assert image.save(path)
    assert b"Bramble" not in bare_photo(path)


@pytest.mark.qt_log_ignore("JPEG")
@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0 broken"])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(content)
    with pytest.raises(PhotoNotReadable):
        bare_photo(str(path))


def test_a_photo_is_kept_shown_and_taken_out(page: FormPage, desk: Desk, photo: str) -> None:
    asked = field(page)
    asked.choose.setFocus()
    asked.take_in(photo)
    name = answers_of(page.filling)["paper"]
    assert max(QImage.fromData(desk.kept[name]).size().toTuple()) == 600
    assert asked.picture.isVisible()
    assert "IMG_0001.jpg" in asked.whereabouts.text()
    page.heading.setFocus()  # leaving the question ends the step that undo takes back
    click(page, "Take it out")
    assert answers_of(page.filling).get("paper", "") == ""
    assert not asked.picture.isVisible()
    page.header.undo.click()
    assert answers_of(page.filling)["paper"] == name
    assert asked.picture.isVisible()


def test_what_cannot_be_read_is_said_and_nothing_is_lost(
    page: FormPage, photo: str, tmp_path: Path
) -> None:
    asked = field(page)
    asked.take_in(photo)
    name = answers_of(page.filling)["paper"]
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no")
    asked.choose.setFocus()
    asked.take_in(str(broken))
    assert answers_of(page.filling)["paper"] == name
    assert "cannot be read" in page.blocks()[0].words_of_trouble()


def test_a_picture_is_read_away_from_the_window(
    qtbot: QtBot, look: None, photo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_in: list[int] = []

    def noting(path: str, longest_side: int) -> bytes:
        read_in.append(threading.get_ident())
        return bare_photo(path, longest_side)

    monkeypatch.setattr("desktop.ui.questions.photo.bare_photo", noting)
    desk, lane = Desk(), Lane("paper")
    page = desk.page(desk.filling(definition_of(PAPER)), replace(desk.around, work=lane.submit))
    qtbot.addWidget(page)
    page.show()
    asked = field(page)
    asked.take_in(photo)
    assert "Reading" in asked.words.text()
    qtbot.waitUntil(asked.picture.isVisible)
    assert read_in
    assert read_in[0] != threading.get_ident()
    assert answers_of(page.filling)["paper"] in desk.kept
    lane.close()
    lane.deleteLater()


def test_the_cameras_own_program_is_offered_where_there_is_one(
    page: FormPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not has_camera_program()
    assert not open_camera_program()
    program = tmp_path / "cheese"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert has_camera_program()
    assert open_camera_program()
