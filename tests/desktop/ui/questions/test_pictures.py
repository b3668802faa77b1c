"""Pictures that a council put into a form are beside the question and in its options."""

from __future__ import annotations

import base64

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.look.form_picture import form_picture
from desktop.ui.questions.block import Block
from desktop.ui.questions.faces import Faces
from desktop.ui.questions.select_multiple import SelectMultiple
from desktop.ui.questions.select_one import SelectOne
from forms.xforms import Definition, load_definition
from tests.desktop.ui.filled_forms import Desk

RED, BLUE = QColor("#c00000"), QColor("#0000c0")


def told(colour: QColor, side: int = 40) -> str:
    """A picture of one colour, as a compiled form tells it."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return f"data:image/png;base64,{base64.b64encode(bytes(buffer.data().data())).decode()}"


def definition() -> Definition:
    def text(name: str, words: str, image: str = "") -> str:
        shown = f'<value form="image">{image}</value>' if image else ""
        return f'<text id="{name}"><value>{words}</value>{shown}</text>'

    items = "".join(
        f"<item><label ref=\"jr:itext('{one}')\"/><value>{one}</value></item>"
        for one in ("good", "bad")
    )
    asked = "".join(
        f'<{control} ref="/data/{name}"{look}><label ref="jr:itext(\'mood\')"/>{items}</{control}>'
        for control, name, look in (
            ("select1", "one", ""),
            ("select", "many", ""),
            ("select1", "face", ' appearance="faces"'),
        )
    )
    itext = (
        text("mood", "How is it?", told(RED)) + text("good", "Good", told(BLUE)) + text("bad", "No")
    )
    return load_definition(
        (
            '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
            'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Mood</h:title><model>'
            f'<itext><translation lang="default" default="true()">{itext}</translation></itext>'
            '<instance><data xmlns="" id="mood" version="1"><one/><many/><face/></data></instance>'
            '<bind nodeset="/data/one" type="string"/><bind nodeset="/data/many" type="string"/>'
            '<bind nodeset="/data/face" type="string"/>'
            f"</model></h:head><h:body>{asked}</h:body></h:html>"
        ).encode()
    )


def shows(widget: QWidget, colour: QColor) -> bool:
    seen = widget.grab().toImage()
    there = (seen.pixelColor(x, y) for x in range(seen.width()) for y in range(seen.height()))
    return any(one == colour for one in there)


def test_pictures_are_shown_with_words_for_those_who_do_not_see_them(
    qtbot: QtBot, look: None
) -> None:
    desk = Desk()
    page = desk.page(desk.filling(definition()))
    qtbot.addWidget(page)
    page.resize(900, 900)
    with qtbot.waitActive(page):
        page.show()
    one, many, face = page.blocks()
    QApplication.processEvents()
    assert isinstance(one, Block)
    assert one.picture is not None
    assert one.picture.accessibleName().startswith("Picture: How is it?")
    assert shows(one.picture, RED)
    assert one.picture.height() == one.picture.heightForWidth(one.picture.width())
    assert one.picture.minimumSizeHint().width() <= 44, "a narrow page would scroll sideways"
    for field in (one.field, many.field):
        assert isinstance(field, SelectOne | SelectMultiple)
        assert [row.accessibleName() for row in field.rows.values()] == ["Good", "No"]
        assert [shows(row, BLUE) for row in field.rows.values()] == [True, False]
    assert isinstance(face.field, Faces)
    assert [shows(tile, BLUE) for tile in face.field.tiles.values()] == [True, False]


def test_a_large_picture_takes_the_memory_of_one_that_is_drawn(look: None) -> None:
    image = form_picture(told(RED, side=1_900))
    assert image is not None
    assert (image.width(), image.height()) == (1_200, 1_200)


def test_what_is_no_picture_is_not_shown(look: None) -> None:
    assert form_picture("jr://images/missing.png") is None
    assert form_picture("data:image/png;base64,!!!") is None
    assert form_picture("data:image/png;base64,R0lGODlh") is None
    bomb = bytearray(base64.b64decode(told(RED).partition(",")[2]))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2  # says that it is enormous
    assert form_picture(f"data:image/png;base64,{base64.b64encode(bytes(bomb)).decode()}") is None
