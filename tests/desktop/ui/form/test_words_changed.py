"""The council words an agreement anew after it was signed: the worker and the family read it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.services.filling import Filling
from desktop.services.packs import Packs
from desktop.services.sight import Sight
from desktop.ui.lanes import InlineLane
from desktop.ui.pages.beside import BesidePage
from desktop.ui.pages.form_worded import WordsChanged
from desktop.ui.saving import Saving
from forms.manifest import KeptFrom
from forms.records.answer import Answer
from forms.records.change import Change, Written
from forms.records.finalising import AMENDED, FINALISED, finalising_answer
from forms.records.heads import Heads
from tests.desktop.every_form import definition_of
from tests.desktop.ui.filled_forms import NOW, RECORD, Desk
from tests.resources.shipped import pack

OLD, POLISH = "We agree to the old words.", "Polski (pl)"
TEXT, SIGNATURE = "/agreement/agreement_words", "/agreement/worker/worker_signature"


def change(number: int, heads: Heads, **answers: Answer) -> Change:
    said = {path.replace("__", "/"): answer for path, answer in answers.items()}
    return Change(
        f"018f3c00-0000-7000-8000-0000000001{number:02}",
        RECORD,
        "018f3c00-0000-7000-8000-000000000002",
        "agreement",
        "1",
        "kim",
        "laptop",
        number,
        NOW,
        "Europe/London",
        {path: Written(answer, heads.base(path)) for path, answer in said.items()},
    )


def amended(desk: Desk) -> Filling:
    """An agreement that the worker signed under other words, and that is written on again."""
    known: list[Change] = []
    for path, answer in (
        (SIGNATURE, Answer("typed: Kim")),
        (FINALISED, None),
        (AMENDED, Answer("Dad wants to say something too.")),
    ):
        heads = Heads(known)
        said = answer or finalising_answer(heads, {TEXT: OLD})
        known.append(change(len(known) + 1, heads, **{path: said}))
    filling = desk.filling(definition_of("agreement"), tuple(known))
    said_there = Packs(pack()).on_paper("form.words_changed")
    filling.opened = replace(filling.opened, words_changed=said_there)
    return filling


def show(notice: WordsChanged) -> str:
    """All that it says, with the earlier words."""
    QTest.mouseClick(notice.show_them, Qt.MouseButton.LeftButton)
    return "\n".join([notice.accessibleName(), *(line.text() for line in notice.lines)])


def test_the_worker_and_the_family_are_told_and_read_the_earlier_words(
    qtbot: QtBot, look: None
) -> None:
    desk = Desk()
    page = desk.page(amended(desk))
    qtbot.addWidget(page)
    page.resize(1280, 900)
    page.show()
    assert page.worded.isVisible()
    said = show(page.worded)
    assert "They changed after 10 March 2026" in said
    assert OLD in said
    assert "Signed on these words, and not since: “" in said
    text = next(n for n in page.filling.session.root.walk() if n.name == "agreement_text")
    assert OLD not in text.label
    beside = _beside(desk, Sight(()), qtbot)
    beside.speak(POLISH)
    assert beside.worded.isVisible()
    said = show(beside.worded)
    assert "Ten tekst zmienił się po dniu: 2026-03-10" in said
    assert OLD in said
    kept_back = Sight((KeptFrom(TEXT),))
    assert not _beside(desk, kept_back, qtbot).worded.isVisible()


def _beside(desk: Desk, sight: Sight, qtbot: QtBot) -> BesidePage:
    filling = amended(desk)
    saving = Saving(filling, InlineLane(), desk.write, desk.seal)
    page = BesidePage(filling, saving, desk.around, sight)
    saving.setParent(page)
    qtbot.addWidget(page)
    page.resize(1280, 900)
    page.show()
    return page
