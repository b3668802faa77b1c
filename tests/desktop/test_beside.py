"""The laptop in a family's or a child's hands: what they see, and that no key leads elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import Program
from desktop.services.filling import Filling
from desktop.ui.pages.beside import WORRY_KEY, BesidePage
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.hand_over import HandOverPage
from desktop.ui.pages.text_and_colours import TextAndColoursPage
from forms.records.answer import Answer
from forms.records.change import Change, Written
from tests.desktop.services.making import Desk, desk_of
from tests.desktop.test_bad_days import (  # noqa: F401  fixtures
    folder,
    made_once,
    start,
    unlock,
    words_of,
)
from tests.desktop.ui.pages.walk import controls, name_of, said_on
from tests.desktop.vault.making import PASSPHRASE

OTHER_FAMILY = "Okafor-Lindqvist"
SECRET = "14 Quiet Lane"
WORKER_ONLY = "The drift is mine"


@pytest.fixture
def program(start, qtbot):  # noqa: F811
    program = start()
    unlock(program, qtbot)
    settle(program, qtbot)
    return program


def settle(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.vault_lane.busy)


def desk(program: Program) -> Desk:
    assert program.unlocked is not None
    return desk_of(program.unlocked.services)


def two_families(program: Program) -> tuple[str, str]:
    """A household with a secret address, and another family."""
    here = desk(program)
    other = here.families.begin()
    here.fill(other, "household", family__family_name=OTHER_FAMILY)
    family = here.families.begin()
    record = here.fill(family, "household", family__family_name="Rowan")
    filling = here.open(record)
    for line, secret in (("2 Market Street", "no"), (SECRET, "yes")):
        row, _ = filling.add_row("/household/homes/address")
        filling.answer(f"{row}/line_1", line)
        filling.answer(f"{row}/confidential", secret)
    here.records.seal(filling.freeze())
    return family, record


def hand_over(program: Program, qtbot: QtBot, record: str) -> BesidePage:
    assert program.unlocked is not None
    program.unlocked.open_record(record, "")
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    settle(program, qtbot)
    form = program.window.page
    assert isinstance(form, FormPage)
    form.header.beside.click()
    qtbot.waitUntil(lambda: isinstance(program.window.page, HandOverPage))
    asking = program.window.page
    assert isinstance(asking, HandOverPage)
    asking.begin.click()
    page = program.window.page
    assert isinstance(page, BesidePage)
    return page


def test_a_record_that_was_left_meanwhile_is_not_handed_over(program, qtbot):
    _, record = two_families(program)
    assert program.unlocked is not None
    program.unlocked.open_record(record, "")
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    form = program.window.page
    form.beside_asked.emit(False)
    program.window.back()
    settle(program, qtbot)
    assert not any(isinstance(page, HandOverPage) for page in program.window.pages)


def type_to_take_back(page: BesidePage, words: str) -> None:
    page.take_back.click()
    QTest.keyClicks(page.worker.field, words)
    QTest.keyClick(page.worker.field, Qt.Key.Key_Return)


def everything_said(page: BesidePage) -> str:
    said: list[str] = []
    for path, _ in page.shown_sections():
        page.show_section(path)
        said.extend(str(block.field.value()) for block in page.blocks())
        said.append(said_on(page.window()))
    return "\n".join(said)


def test_the_family_sees_what_is_theirs_and_nothing_else(program, qtbot):
    _, record = two_families(program)
    page = hand_over(program, qtbot, record)
    said = everything_said(page)
    assert "2 Market Street" in said
    assert SECRET not in said
    assert "kept secret" not in said
    assert OTHER_FAMILY not in said
    for word in ("optional", "to answer", "conflict", "unanswered", "More", "Level 4"):
        assert word not in said
    assert program.window.windowTitle() == "Household – Your Family" or SECRET not in (
        program.window.windowTitle()
    )


def test_what_becomes_secret_goes_from_the_screen_at_once(program, qtbot):
    _, record = two_families(program)
    page = hand_over(program, qtbot, record)
    page.show_section("/household/homes")
    assert any(b.field.value() == "2 Market Street" for b in opened_rows(page))
    row = next(b.path for b in opened_rows(page) if b.field.value() == "2 Market Street")
    page.wishes.answered.emit(row.replace("/line_1", "/confidential"), "yes")
    assert "2 Market Street" not in everything_said(page)


def opened_rows(page: BesidePage):
    page.section.open_rows(f"{page.section.path}/address[{'0' * 36}]/x")
    for node in page.filling.session.node("/household/homes/address").children:
        page.section._asking.open_row(node.path)
    return page.blocks()


def test_no_key_leads_anywhere_else(program, qtbot):
    _, record = two_families(program)
    page = hand_over(program, qtbot, record)
    with_modifiers = [
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    ]
    hides_or_locks = {Qt.Key.Key_F9, Qt.Key.Key_L}
    for modifiers in with_modifiers:
        for key in Qt.Key:
            if key in hides_or_locks or not is_on_keyboards(key):
                continue
            QTest.keyClick(QApplication.focusWidget() or page, key, modifiers)
            for popup in page.findChildren(QMenu):
                popup.close()
            if isinstance(program.window.page, TextAndColoursPage):
                program.window.back()  # larger text is for everybody, and leads only back
            assert program.window.page is page
    assert OTHER_FAMILY not in said_on(program.window)


def is_on_keyboards(key: Qt.Key) -> bool:
    return 0x20 <= key.value <= 0x7E or 0x01000000 <= key.value <= 0x01000061


def test_what_the_worker_copied_cannot_be_pasted_beside(program, qtbot, monkeypatch):
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)  # offscreen cannot tell
    _, record = two_families(program)
    QApplication.clipboard().setText(OTHER_FAMILY)
    page = hand_over(program, qtbot, record)
    name = next(b for b in page.blocks() if b.path.endswith("/family_name"))
    name.take_focus()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert OTHER_FAMILY not in said_on(program.window)
    assert OTHER_FAMILY not in name.field.value()


def test_every_control_beside_is_large_and_named(program, qtbot):
    _, record = two_families(program)
    page = hand_over(program, qtbot, record)
    found = controls(program.window)
    assert found
    for control in found:
        assert name_of(control).strip()
        assert min(control.width(), control.height()) >= 44
    assert page.section.heading.font().pointSizeF() > page.saved.font().pointSizeF() * 2


def test_what_comes_late_opens_nothing_over_it(program, qtbot):
    family, record = two_families(program)
    page = hand_over(program, qtbot, record)
    program.unlocked.open_family(family)
    program.unlocked.open_sync()
    qtbot.waitUntil(lambda: not program.network_lane.busy)
    settle(program, qtbot)
    assert program.window.page is page


def test_only_the_passphrase_takes_it_back(program, qtbot):
    _, record = two_families(program)
    page = hand_over(program, qtbot, record)
    type_to_take_back(page, "let me in")
    qtbot.waitUntil(lambda: page.worker.field.isEnabled())
    assert program.window.page is page
    assert page.worker.said.text()
    assert page.worker.field.text() == ""
    type_to_take_back(page, PASSPHRASE.decode())
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))


def test_the_pin_takes_it_back_and_three_wrong_ones_lock(program, qtbot):
    program.unlocked.services.hiding.choose_pin("7351")
    _, record = two_families(program)
    page = hand_over(program, qtbot, record)
    type_to_take_back(page, "7351")
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    page = hand_over(program, qtbot, record)
    program.window.lock_asked.disconnect(program.lock)  # which would end this process
    with qtbot.waitSignal(program.window.lock_asked):
        for _ in range(3):
            type_to_take_back(page, "9999")
            qtbot.waitUntil(lambda: page.worker.field.isEnabled() or covered(program))


def covered(program: Program) -> bool:
    return program.window.is_hidden_from_view


def test_what_was_written_beside_is_saved_and_stands_on_the_form(program, qtbot):
    _, record = two_families(program)
    page = hand_over(program, qtbot, record)
    name = next(b for b in page.blocks() if b.path.endswith("/family_name"))
    page.wishes.answered.emit(name.path, "Rowan and Hale")
    page.leave()
    settle(program, qtbot)
    stands = Filling(desk(program).records.open(record), desk(program).clock)
    assert stands.session.node(name.path).value == "Rowan and Hale"
    type_to_take_back(page, PASSPHRASE.decode())
    qtbot.waitUntil(lambda: isinstance(program.window.page, FormPage))
    form = program.window.page
    assert form.block(name.path).field.value() == "Rowan and Hale"


def test_undo_beside_goes_back_no_further_than_the_handing_over(program, qtbot):
    _, record = two_families(program)
    page = hand_over(program, qtbot, record)
    assert not page.undo.isEnabled()
    name = next(b for b in page.blocks() if b.path.endswith("/family_name"))
    page.wishes.answered.emit(name.path, "Hale")
    assert page.undo.isEnabled()
    page.undo.click()
    assert not page.undo.isEnabled()
    assert page.filling.session.node(name.path).value == "Rowan"


def test_two_answers_to_one_question_show_neither(program, qtbot):
    _, record = two_families(program)
    here = desk(program)
    filling = here.open(record)
    path = "/household/family/family_name"
    first = filling.opened.changes[0]
    theirs = replace(
        first, id="018f3c00-0000-7000-8000-00000000beef", author="ash", device="other",
        answers={path: Written(Answer("Rowan-Hale"), ())},
    )  # fmt: skip
    opened = with_change(filling, theirs)
    assert opened.standing(path).in_conflict
    sight = opened.opened.for_family
    assert sight is not None
    assert not sight.sees(path, opened.values)
    assert sight.sees("/household/homes", opened.values)


def with_change(filling: Filling, change: Change) -> Filling:
    from desktop.services.clock import system_clock

    opened = replace(filling.opened, changes=(*filling.opened.changes, change))
    return Filling(opened, system_clock())


def test_forms_that_are_not_theirs_have_no_way_to_them(program, qtbot):
    here = desk(program)
    family = here.families.begin()
    for form in ("safety_check", "visit_note", "share_decision", "request", "declined"):
        opened = here.records.open(here.records.begin(family, form))
        assert opened.for_family is None, form
        assert opened.for_child is None, form


def child_of(program: Program) -> str:
    here = desk(program)
    family = here.families.begin()
    record = here.records.begin(family, "household")
    filling = here.open(record)
    row, _ = filling.add_row("/household/people/person")
    filling.answer(f"{row}/role", "child")
    filling.answer(f"{row}/given_name", "Isla")
    here.records.seal(filling.freeze())
    person = row[row.rfind("[") + 1 : -1]
    return here.records.begin(family, "child_voice", person)


def test_a_child_gets_one_question_at_a_time_and_not_the_workers_part(program, qtbot):
    page = hand_over(program, qtbot, child_of(program))
    titles = [title for _, title in page.shown_sections()]
    assert "My words" in titles
    assert "For the worker" not in titles
    assert "Who and how" not in titles
    assert len(page.blocks()) == 1
    said = everything_said(page)
    assert "What is it like to be this child?" not in said


def test_a_worry_is_marked_unseen_and_leads_to_the_safety_record(program, qtbot):
    page = hand_over(program, qtbot, child_of(program))
    page.heading.setFocus()
    settle(program, qtbot)
    before = said_on(program.window)
    QTest.keyClick(QApplication.focusWidget() or page, WORRY_KEY)
    settle(program, qtbot)
    assert said_on(program.window) == before
    assert program.unlocked.services.worries.waiting()
    type_to_take_back(page, PASSPHRASE.decode())
    qtbot.waitUntil(lambda: shows_safety(program.window.page))
    settle(program, qtbot)
    assert not program.unlocked.services.worries.waiting()


def test_a_worry_outlives_a_lock(program, start, qtbot):  # noqa: F811
    page = hand_over(program, qtbot, child_of(program))
    QTest.keyClick(QApplication.focusWidget() or page, WORRY_KEY)
    settle(program, qtbot)
    program.end()
    again = start()
    unlock(again, qtbot)
    qtbot.waitUntil(lambda: shows_safety(again.window.page))
    again.window.back()
    assert isinstance(again.window.page, FamiliesPage)


def shows_safety(page: QWidget | None) -> bool:
    return isinstance(page, FormPage) and page.filling.opened.form == "safety_check"


def test_what_follows_from_a_hidden_answer_is_hidden_too(program, qtbot):
    here = desk(program)
    family = here.families.begin()
    record = here.fill(
        family,
        "assessment",
        sf08__sf08_relevant="yes",
        sf08__sf08_needs="perpetrator victim child",
    )
    prompt = here.open(record).session.node("/assessment/meaning/programme_prompt")
    assert prompt.relevant
    assert prompt.label.startswith("3 needs")  # the worker is told: all are of what is hidden
    page = hand_over(program, qtbot, record)
    page.show_section("/assessment/meaning")
    assert page.blocks()
    assert prompt.path not in [block.path for block in page.blocks()]
    assert "needs of the national framework" not in said_on(program.window)
