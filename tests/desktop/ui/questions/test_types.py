"""Each type of question: answered by key and by mouse, on a real page of a real form."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.look.options import CheckRow, RadioRow
from desktop.ui.pages.form import FormPage
from desktop.ui.questions.answer_words import answer_words
from desktop.ui.questions.block import Block
from desktop.ui.questions.calculation import Calculation
from desktop.ui.questions.date import Date
from desktop.ui.questions.date_time import DateTime
from desktop.ui.questions.drawing import Drawing
from desktop.ui.questions.faces import Faces
from desktop.ui.questions.likert import Likert
from desktop.ui.questions.long_text import LongText
from desktop.ui.questions.number import Number
from desktop.ui.questions.rank import Rank
from desktop.ui.questions.scale import Scale
from desktop.ui.questions.select_minimal import SelectMinimal
from desktop.ui.questions.select_multiple import SelectMultiple
from desktop.ui.questions.select_one import SelectOne
from desktop.ui.questions.signature import Signature
from desktop.ui.questions.strokes import Strokes
from desktop.ui.questions.text import Text
from desktop.ui.questions.time import Time
from desktop.ui.questions.unknown import Unknown
from tests.desktop.ui.filled_forms import Desk, answers_of, definition_of

EVERY_TYPE = """
| survey |
| | type | name | label | hint | appearance | parameters | calculation | readonly |
| | begin_group | all | Every type | | | | | |
| | text | name | What is it called? | A few words | | | | |
| | text | story | What happened? | | multiline | | | |
| | integer | count | How many? | | | | | |
| | decimal | weight | How heavy? | | | | | |
| | date | day | Which day? | | | | | |
| | date | month | Which month? | | month-year | | | |
| | time | hour | What time? | | | | | |
| | dateTime | moment | When exactly? | | | | | |
| | select_one drinks | drink | Tea & biscuits, or what? | | | | | |
| | select_one drinks | again | And now? | | minimal | | | |
| | select_multiple drinks | drinks | Which of these? | | | | | |
| | select_one agree | agree | It helped | | likert | | | |
| | select_one face | face | How was it? | | faces | | | |
| | range | scale | From 0 to 10? | | | start=0 end=10 step=1 | | |
| | rank drinks | order | Best first | | | | | |
| | image | mark | Sign | | signature | | | |
| | image | picture | Draw the good things | | draw | | | |
| | note | told | This is **important** | | | | | |
| | text | worked | Worked out | | | | 1 + 1 | yes |
| | select_one drinks | theirs | What does the manager have? | | | | | yes |
| | acknowledge | seen | Read this first | | | | | |
| | barcode | code | The code | | | | | |
| | end_group | | | | | | | |
| choices |
| | list_name | name | label |
| | drinks | tea | Tea & milk |
| | drinks | coffee | Coffee |
| | drinks | water | Water |
| | agree | no | Not at all |
| | agree | some | Somewhat |
| | agree | yes | Very much |
| | face | f1 | Very sad |
| | face | f2 | Sad |
| | face | f3 | In the middle |
| | face | f4 | Happy |
| | face | f5 | Very happy |
"""


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, look: None) -> FormPage:
    page = desk.page(desk.filling(definition_of(EVERY_TYPE)))
    qtbot.addWidget(page)
    page.resize(1100, 800)
    with qtbot.waitActive(page):
        page.show()
    page.section.blocks()  # all of them, and laid out
    QApplication.processEvents()
    return page


def block(page: FormPage, name: str) -> Block:
    return next(b for b in page.blocks() if b.path.endswith(f"/{name}"))


def said(page: FormPage, name: str) -> str:
    return answers_of(page.filling).get(name, "")


def press(widget: QWidget, text: str) -> None:
    widget.setFocus()
    QTest.keyClicks(widget, text)


def test_each_type_has_its_own_part(page: FormPage) -> None:
    kinds = {b.path.rpartition("/")[2]: b.kind for b in page.blocks()}
    assert kinds == {
        "name": "text",
        "story": "long_text",
        "count": "integer",
        "weight": "decimal",
        "day": "date",
        "month": "month",
        "hour": "time",
        "moment": "date_time",
        "drink": "select_one",
        "again": "select_minimal",
        "drinks": "select_multiple",
        "agree": "likert",
        "face": "faces",
        "scale": "scale",
        "order": "rank",
        "mark": "signature",
        "picture": "drawing",
        "told": "note",
        "worked": "calculation",
        "theirs": "calculation",
        "seen": "acknowledge",
        "code": "unknown",
    }


def test_text_is_typed(page: FormPage) -> None:
    asked = block(page, "name").field
    assert isinstance(asked, Text)
    press(asked.line, "Tea & <b>talk</b>")
    assert said(page, "name") == "Tea & <b>talk</b>"


def test_long_text_is_typed_and_tab_leaves_it(page: FormPage) -> None:
    asked = block(page, "story").field
    assert isinstance(asked, LongText)
    press(asked.area.writing, "First")
    QTest.keyClick(asked.area.writing, Qt.Key.Key_Return)
    QTest.keyClicks(asked.area.writing, "second")
    assert said(page, "story") == "First\nsecond"
    QTest.keyClick(asked.area.writing, Qt.Key.Key_Tab)
    assert not asked.area.writing.hasFocus()
    assert said(page, "story") == "First\nsecond"


@pytest.mark.parametrize(
    ("typed", "kept", "trouble"),
    [
        ("12", "12", False),
        ("1,200", "1200", False),
        ("twelve", "twelve", True),
        ("1.5", "1.5", True),
    ],
)
def test_a_whole_number_is_typed(page: FormPage, typed: str, kept: str, trouble: bool) -> None:
    asked = block(page, "count").field
    assert isinstance(asked, Number)
    press(asked.line, typed)
    assert said(page, "count") == kept
    assert bool(asked.trouble()) is trouble


def test_a_decimal_is_typed(page: FormPage) -> None:
    asked = block(page, "weight").field
    assert isinstance(asked, Number)
    press(asked.line, "3.25")
    assert (said(page, "weight"), asked.trouble()) == ("3.25", "")


@pytest.mark.parametrize(
    ("day", "month", "year", "kept", "unknown"),
    [
        ("27", "3", "2014", "2014-03-27", ""),
        ("3", "Sept", "2014", "2014-09-03", ""),
        ("", "3", "2014", "2014-03", "day"),
        ("", "", "2014", "2014", "day and the month"),
        ("5", "march", "", "--03-05", "year"),
        ("5", "", "", "---05", "month and the year"),
        ("31", "2", "2014", "2014-02-31", None),
        ("", "13", "2014", "2014-13", None),
        ("40", "", "", "---40", None),
        ("about 5", "3", "14", "about 5/3/14", None),
    ],
)
def test_a_date_is_typed_as_far_as_it_is_known(
    page: FormPage, day: str, month: str, year: str, kept: str, unknown: str | None
) -> None:
    """Known in part it is an answer, said so in quiet words; only what is no date is a mistake."""
    asked = block(page, "day").field
    assert isinstance(asked, Date)
    for line, text in ((asked.day, day), (asked.month, month), (asked.year, year)):
        press(line, text)
    assert said(page, "day") == kept
    page.heading.setFocus()
    assert (asked.trouble() == "") is (unknown is not None)
    assert asked.known_in_part.isVisible() is bool(unknown)
    if unknown:
        assert asked.known_in_part.text().startswith(f"Known in part, without the {unknown}.")


def test_what_was_typed_of_a_date_is_there_again(page: FormPage) -> None:
    path = block(page, "day").path
    for value, shown in (
        ("2014-03-27", ("27", "3", "2014")),
        ("2014-03", ("", "3", "2014")),
        ("--03-05", ("5", "3", "")),
        ("about 5/3/14", ("about 5", "3", "14")),
    ):
        page.wishes.answered.emit(path, value)
        asked = block(page, "day").field
        assert isinstance(asked, Date)
        assert (asked.day.text(), asked.month.text(), asked.year.text()) == shown


def test_a_date_is_chosen_from_the_calendar_by_keys(page: FormPage) -> None:
    asked = block(page, "day").field
    assert isinstance(asked, Date)
    asked.pick.setFocus()
    QTest.keyClick(asked.pick, Qt.Key.Key_Space)
    calendar = QApplication.activePopupWidget()
    assert isinstance(calendar, QCalendarWidget)
    grid = calendar.findChild(QWidget, "qt_calendar_calendarview")
    assert grid is not None
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert said(page, "day") == "2026-03-11"
    assert QApplication.activePopupWidget() is None


def test_the_calendar_opens_above_where_the_screen_ends(page: FormPage) -> None:
    asked = block(page, "day").field
    assert isinstance(asked, Date)
    end = page.screen().availableGeometry().bottom()
    for top in (0, end - 100):
        page.move(0, page.y() + top - asked.pick.mapToGlobal(QPoint(0, 0)).y())
        asked.pick.click()
        calendar = QApplication.activePopupWidget()
        assert calendar is not None
        assert calendar.geometry().bottom() <= end
        calendar.close()


def test_escape_closes_the_calendar_and_changes_nothing(page: FormPage) -> None:
    asked = block(page, "day").field
    assert isinstance(asked, Date)
    asked.pick.click()
    calendar = QApplication.activePopupWidget()
    assert calendar is not None
    QTest.keyClick(calendar, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert said(page, "day") == ""


def test_a_month_stands_for_its_first_day(page: FormPage) -> None:
    asked = block(page, "month").field
    assert isinstance(asked, Date)
    assert asked.day.isHidden()
    press(asked.month, "6")
    press(asked.year, "2021")
    assert said(page, "month") == "2021-06-01"
    assert asked.trouble() == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("14:30", "14:30:00"),
        ("1430", "14:30:00"),
        ("2.30pm", "14:30:00"),
        ("9", "09:00:00"),
        ("12am", "00:00:00"),
        ("after tea", "after tea"),
        ("25:00", "25:00"),
    ],
)
def test_a_time_is_typed_as_people_say_it(page: FormPage, typed: str, kept: str) -> None:
    asked = block(page, "hour").field
    assert isinstance(asked, Time)
    press(asked.line, typed)
    assert said(page, "hour") == kept
    assert bool(asked.trouble()) is (kept == typed)


def test_now_fills_in_the_moment(page: FormPage) -> None:
    asked = block(page, "moment").field
    assert isinstance(asked, DateTime)
    asked.now.setFocus()
    QTest.keyClick(asked.now, Qt.Key.Key_Space)
    assert said(page, "moment") == "2026-03-10T14:02:00.000+00:00"
    assert asked.trouble() == ""


def test_half_a_moment_is_kept_and_shown_again(page: FormPage) -> None:
    asked = block(page, "moment").field
    assert isinstance(asked, DateTime)
    press(asked.time, "half past")
    press(asked.date.year, "2026")
    kept = said(page, "moment")
    page.wishes.answered.emit(asked.path, "")
    assert (asked.time.text(), asked.date.year.text()) == ("", "")
    page.wishes.answered.emit(asked.path, kept)
    assert (asked.time.text(), asked.date.year.text()) == ("half past", "2026")


def test_one_of_several_by_arrow_keys(page: FormPage) -> None:
    asked = block(page, "drink").field
    assert isinstance(asked, SelectOne)
    rows = list(asked.rows.values())
    rows[0].setFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Space)
    assert said(page, "drink") == "tea"
    QTest.keyClick(rows[0], Qt.Key.Key_Down)
    assert said(page, "drink") == "coffee"


def test_the_whole_row_is_the_target_and_acts_on_release(page: FormPage) -> None:
    asked = block(page, "drink").field
    assert isinstance(asked, SelectOne)
    row = asked.rows["water"]
    edge = QPoint(row.width() - 4, row.height() - 4)
    QTest.mousePress(row, Qt.MouseButton.LeftButton, pos=edge)
    assert said(page, "drink") == ""
    QTest.mouseRelease(row, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))
    assert said(page, "drink") == ""
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=edge)
    assert said(page, "drink") == "water"


def test_a_list_that_drops_down_by_keys(page: FormPage) -> None:
    asked = block(page, "again").field
    assert isinstance(asked, SelectMinimal)
    asked.box.setFocus()
    QTest.keyClick(asked.box, Qt.Key.Key_C)
    QTest.keyClick(asked.box, Qt.Key.Key_Return)
    assert asked.box.currentText() == "Coffee"
    assert said(page, "again") == "coffee"


def test_many_of_several(page: FormPage) -> None:
    asked = block(page, "drinks").field
    assert isinstance(asked, SelectMultiple)
    QTest.mouseClick(asked.rows["water"], Qt.MouseButton.LeftButton)
    asked.rows["tea"].setFocus()
    QTest.keyClick(asked.rows["tea"], Qt.Key.Key_Space)
    assert said(page, "drinks") == "tea water"
    QTest.keyClick(asked.rows["tea"], Qt.Key.Key_Space)
    assert said(page, "drinks") == "water"


def test_scales_and_faces_are_chosen_and_nothing_is_chosen_beforehand(page: FormPage) -> None:
    agree, face, scale = (block(page, name).field for name in ("agree", "face", "scale"))
    assert isinstance(agree, Likert)
    assert isinstance(face, Faces)
    assert isinstance(scale, Scale)
    assert [said(page, name) for name in ("agree", "face", "scale")] == ["", "", ""]
    QTest.mouseClick(agree.tiles["some"], Qt.MouseButton.LeftButton)
    face.tiles["f5"].setFocus()
    QTest.keyClick(face.tiles["f5"], Qt.Key.Key_Space)
    scale.tiles["0"].setFocus()
    QTest.keyClick(scale.tiles["0"], Qt.Key.Key_Space)
    QTest.keyClick(scale.tiles["0"], Qt.Key.Key_Right)
    assert [said(page, name) for name in ("agree", "face", "scale")] == ["some", "f5", "1"]


def test_things_are_put_in_order_by_buttons(page: FormPage) -> None:
    asked = block(page, "order").field
    assert isinstance(asked, Rank)
    assert said(page, "order") == ""
    last_up = asked.controls()[4]
    last_up.setFocus()
    QTest.keyClick(last_up, Qt.Key.Key_Space)
    assert said(page, "order") == "tea water coffee"


def draw_line(pad: QWidget, *points: tuple[int, int]) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


def test_a_signature_is_drawn_undone_and_kept(page: FormPage, desk: Desk) -> None:
    asked = block(page, "mark").field
    assert isinstance(asked, Signature)
    draw_line(asked.pad, (10, 10), (60, 40), (90, 20))
    draw_line(asked.pad, (100, 10), (120, 30))
    asked.undo_stroke.click()
    asked.settle()
    kept = desk.kept[said(page, "mark")]
    assert len(json.loads(kept)["strokes"]) == 1
    assert Strokes.read(kept).written() == kept
    asked.clear.click()
    asked.settle()
    assert said(page, "mark") == ""


def test_a_drawing_is_kept_when_the_question_is_left(page: FormPage, desk: Desk) -> None:
    asked = block(page, "picture").field
    assert isinstance(asked, Drawing)
    asked.inks[1].click()
    draw_line(asked.pad, (10, 10), (200, 200))
    assert said(page, "picture") == ""
    block(page, "name").take_focus()
    strokes = Strokes.read(desk.kept[said(page, "picture")])
    assert [stroke.ink for stroke in strokes.strokes] == [asked.inks[1].colour]


def test_a_drawing_is_kept_after_a_pause(page: FormPage, qtbot: QtBot) -> None:
    asked = block(page, "picture").field
    assert isinstance(asked, Drawing)
    with qtbot.waitSignal(asked.answered, timeout=3000):
        draw_line(asked.pad, (10, 10), (50, 50))
    assert said(page, "picture").endswith(".strokes.json")


def test_a_drawing_is_kept_while_somebody_draws_on_and_on(page: FormPage, qtbot: QtBot) -> None:
    asked = block(page, "picture").field
    assert isinstance(asked, Drawing)
    asked._pause.setInterval(60_000)
    asked._latest.setInterval(20)
    with qtbot.waitSignal(asked.answered, timeout=3000):
        draw_line(asked.pad, (10, 10), (50, 50))


def test_a_drawing_that_is_not_on_this_device_says_so(page: FormPage) -> None:
    asked = block(page, "picture").field
    assert isinstance(asked, Drawing)
    page.wishes.answered.emit(asked.path, f"sha256-{'0' * 64}.strokes.json")
    assert asked.missing.isVisible()
    assert said(page, "picture").startswith("sha256-")


def test_a_name_is_typed_or_an_agreement_witnessed_instead_of_signing(page: FormPage) -> None:
    asked = block(page, "mark").field
    assert isinstance(asked, Signature)
    asked.other_way.click()
    press(asked.words, "Mia Hartley")
    assert said(page, "mark") == "typed: Mia Hartley"
    asked.witnessed.click()
    assert said(page, "mark") == "witnessed: Mia Hartley"


def test_a_note_shows_its_emphasis_and_nothing_else(page: FormPage) -> None:
    shown = block(page, "told")
    assert shown.label.text() == "This is <b>important</b>"
    assert shown.question == "This is important"
    assert list(shown.field.controls()) == []


def test_a_calculation_is_read(page: FormPage) -> None:
    assert block(page, "worked").field.value() == "2"
    assert block(page, "worked").field.controls() == []


def test_what_somebody_else_answers_is_read_in_words(page: FormPage) -> None:
    shown = block(page, "theirs")
    assert isinstance(shown.field, Calculation)
    assert (shown.field.shown.text(), shown.is_answerable) == ("Nothing yet", False)
    page.filling.session.set(shown.path, "tea")
    node = page.filling.session.node(shown.path)
    shown.show_node(node, None)
    assert shown.field.shown.text() == answer_words(node, node.value) == "Tea & milk"


def test_something_is_acknowledged(page: FormPage) -> None:
    row = block(page, "seen").field.controls()[0]
    assert isinstance(row, CheckRow)
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert said(page, "seen") == "OK"


def test_an_unknown_type_says_so_and_keeps_what_is_there(page: FormPage) -> None:
    asked = block(page, "code").field
    assert isinstance(asked, Unknown)
    page.wishes.answered.emit(asked.path, "5012345678900")
    assert "5012345678900" in asked.notice.text
    assert said(page, "code") == "5012345678900"


def test_a_passing_wheel_changes_nothing(page: FormPage) -> None:
    for name, value in (("again", "coffee"), ("count", "4"), ("day", "2014-03-27"), ("scale", "3")):
        page.wishes.answered.emit(block(page, name).path, value)
    page.heading.setFocus()
    before = dict(page.filling.session.answers())
    for each in page.blocks():
        for control in each.field.controls():
            _wheel(control)
    assert dict(page.filling.session.answers()) == before


def _wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    for step in (-120, 120):
        event = QWheelEvent(
            middle,
            QPointF(widget.mapToGlobal(middle.toPoint())),
            QPoint(0, step),
            QPoint(0, step),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)


def test_tab_goes_through_every_control_in_reading_order(page: FormPage) -> None:
    wanted = [
        stop
        for each in page.blocks()
        for stop in each.stops()
        if stop.isVisible() and stop.isEnabled() and not _is_unchecked_radio(stop)
    ]
    page.heading.setFocus()
    seen: list[QWidget] = []
    for _ in range(len(wanted) + 40):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is page.forward:
            break
        seen.append(focused)
    tabbed = [one for one in seen if not isinstance(one, RadioRow)]
    assert [w for w in tabbed if w in wanted] == [w for w in wanted if not isinstance(w, RadioRow)]
    assert QApplication.focusWidget() is page.forward


def _is_unchecked_radio(widget: QWidget) -> bool:
    return isinstance(widget, QRadioButton) and not widget.isChecked()
