"""A form in every state that people meet: each question, each word about it, and beside others.

`STATES` are pages; `OPENED` are those with a menu open over them. The shipped forms are used where
what they ask matters, small ones elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageDraw

from desktop.services.filling import Filling
from desktop.services.opened_record import NewerForm
from desktop.services.packs import Packs
from desktop.services.sight import Sight
from desktop.ui.lanes import InlineLane
from desktop.ui.pages.beside import BesidePage
from desktop.ui.pages.check_answers import CheckAnswersPage
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.page import Page
from desktop.ui.questions.date import Date
from desktop.ui.questions.strokes import Stroke, Strokes
from desktop.ui.saving import Saving
from forms.records.answer import Absent
from forms.records.protective import Protective
from tests.desktop.every_form import definition_of as shipped
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.form.test_between_people import ELSE, said_of
from tests.desktop.ui.form.test_deeper import TWO_LANGUAGES
from tests.desktop.ui.form.test_form_page import OUR_WEEK, PET, ROOMS, change, named
from tests.desktop.ui.questions.test_types import EVERY_TYPE
from tests.resources.shipped import pack

PHOTO = """
| survey |
| | type | name | label | hint | parameters |
| | image | paper | Photo or scan of the paper | It is kept small | max-pixels=600 |
"""
ANSWERS = {
    "name": "Tobi & Grace",
    "story": "He walks to school with Amara now.\nOn Fridays his grandad comes along.",
    "weight": "3.25",
    "day": "2014-03",
    "month": "2026-06-01",
    "hour": "14:30:00",
    "moment": "2026-03-10T14:02:00.000+00:00",
    "drink": "tea",
    "again": "coffee",
    "drinks": "tea water",
    "agree": "some",
    "face": "f4",
    "scale": "7",
    "order": "water tea coffee",
    "seen": "OK",
}
LINES = [
    [(120, 420, 0.4), (200, 200, 0.7), (290, 420, 0.5), (150, 330, 0.5), (260, 330, 0.5)],
    [(420, 240, 0.6), (420, 430, 0.6), (520, 430, 0.6), (600, 300, 0.6)],
]


class DiskFull(Exception):
    title = "The disk is full"
    message = "Free some space, then try again."


def drawn(desk: Desk, height: int, *inks: str) -> str:
    """A kept drawing of two lines."""
    strokes = [
        Stroke(ink, [(x, y * height / 640, force) for x, y, force in points])
        for ink, points in zip(inks, LINES, strict=True)
    ]
    return desk.keep(Strokes(height, strokes).written(), "strokes.json")


def photo(desk: Desk) -> str:
    """A kept photo of a page."""
    paper = Image.new("RGB", (480, 320), "#efe6d2")
    drawing = ImageDraw.Draw(paper)
    for line in range(6):
        drawing.line([(40, 50 + 40 * line), (400 - 30 * (line % 3), 50 + 40 * line)], "#3c4a63", 3)
    content = BytesIO()
    paper.save(content, "JPEG")
    return desk.keep(content.getvalue(), "jpg")


def page_of(
    filling: Filling, desk: Desk, beside: Sight | None = None, *, for_child: bool = False
) -> FormPage | BesidePage:
    """The worker's page, or the one beside a family or a child."""
    if beside is None:
        return desk.page(filling)
    saving = Saving(filling, InlineLane(), desk.write, desk.seal)
    page = BesidePage(filling, saving, desk.around, beside, for_child=for_child)
    saving.setParent(page)
    return page


def shipped_form(form: str, *, beside: str = "", picks: str = "") -> Page:
    """A form of the demo council, by the pack: who may see what, what is drafted, who is chosen."""
    desk, definition = Desk(), shipped(form)
    packs = Packs(pack())
    sight = packs.sight(beside, form, definition) if beside else None
    filling = desk.filling(definition)
    filling.opened = replace(
        filling.opened,
        title=pack().about(form).title,
        about="Tobi Okafor" if beside == "child" else "",
        drafted=packs.drafted(form),
        for_family=packs.sight("family", form, definition),
        for_child=packs.sight("child", form, definition),
        noted=frozenset(),
        picks=frozenset({picks}),
    )
    return page_of(filling, desk, sight, for_child=beside == "child")


def every_type() -> Page:
    """Nothing is answered."""
    return _one_form(EVERY_TYPE)


def every_type_answered() -> Page:
    """Everything is answered; one number is not known, one date known in part."""
    desk = Desk()
    return desk.page(_answered(desk))


def other_scripts() -> Page:
    """In letters that a laptop may have no typeface for."""
    desk = Desk()
    words = "ਪੰਜਾਬੀ, 0300 বাংলা தமிழ் ភាសាខ្មែរ བོད་ཡིག 🏳️\u200d🌈"
    return desk.page(_said(desk, {"name": words, "story": f"{words}\n{words}"}))


def _answered(desk: Desk) -> Filling:
    ink = ("#1b1f23", "#1d5fb8")
    drawings = {
        "mark": drawn(desk, 300, *ink),
        "picture": drawn(desk, 640, "#b3261e", "#2e7d4f"),
        "code": "5012345678900",
    }
    filling = _said(desk, ANSWERS | drawings)
    filling.set_absent("/data/all/count", Absent.NOT_KNOWN, "Nobody was sure")
    return filling


def _said(desk: Desk, answers: dict[str, str]) -> Filling:
    filling = desk.filling(definition_of(EVERY_TYPE))
    for name, value in answers.items():
        filling.answer(f"/data/all/{name}", value)
    return filling


def a_photo() -> Page:
    desk = Desk()
    filling = desk.filling(definition_of(PHOTO))
    filling.answer("/data/paper", photo(desk))
    return desk.page(filling)


def what_does_not_fit() -> Page:
    """Said above, and beside each question in the same words."""
    desk = Desk()
    wrong = {"count": "twelve", "day": "2014-02-31", "hour": "after tea"}
    page = desk.page(_said(desk, wrong))
    page.forward.click()
    return page


def one_at_a_time() -> Page:
    desk = Desk()
    page = desk.page(_said(desk, ANSWERS))
    page.header.one.click()
    while page.blocks()[0].kind != "scale":
        page.forward.click()
    return page


def not_saved() -> Page:
    desk = Desk(failure=DiskFull())
    page = desk.page(desk.filling(definition_of(OUR_WEEK)))
    page.wishes.answered.emit(ROOMS, "900")
    page.saving.write_now()
    return page


def two_answers() -> Page:
    desk = Desk()
    changes = (change(1, "kim", "yes"), change(2, "ash", "no"))
    return desk.page(desk.filling(definition_of(OUR_WEEK), changes))


def less_careful() -> Page:
    desk = Desk()
    protective = (Protective("data", PET, ("no", "yes")),)
    week, before = definition_of(OUR_WEEK), (change(1, "kim", "no"),)
    page = desk.page(desk.filling(week, before, protective=protective))
    page.wishes.answered.emit(PET, "yes")
    return page


def named_no_more() -> Page:
    """Somebody who must not know is named no more: why?"""
    desk = Desk()
    page = desk.page(named(desk))
    page.wishes.answered.emit(page.blocks()[0].path, "Raymond")
    return page


def rows() -> Page:
    page = _week()
    page.show_section("/data/people")
    for name in ("Mia", "Noah"):
        page.wishes.answered.emit(page.blocks()[0].path, name)
        page.wishes.row_added.emit("/data/people/person")
    return page


def a_row_removed() -> Page:
    page = rows()
    assert isinstance(page, FormPage)
    page.wishes.row_removed.emit(page.blocks()[0].path.rpartition("/")[0], "")
    return page


def news() -> Page:
    """What colleagues wrote since the worker was last here."""
    desk = Desk()
    first = said_of("kim", 1, "A tent")
    later = said_of("ash", 2, "A tent and a boat", first)
    filling = desk.filling(definition_of(OUR_WEEK), (first, later))
    page = desk.page(Filling(replace(filling.opened, news=frozenset({later.id})), desk.clock))
    page.news.show_them.click()
    return page


def who_wrote_it() -> Page:
    desk = Desk()
    first = said_of("kim", 1, "A tent")
    later = said_of("ash", 2, "A tent and a boat", first)
    filling = desk.filling(definition_of(OUR_WEEK), (first, later), place="/data/last")
    page = desk.page(filling)
    block = page.block(ELSE)
    assert block is not None
    block._open_history()
    return page


def found() -> Page:
    page = shipped_form("assessment")
    assert isinstance(page, FormPage)
    page.header.search.click()
    page.search.line.setText("school")
    page.search.line.textEdited.emit("school")
    return page


def next_unanswered() -> Page:
    page = _week()
    page.header.unanswered.click()
    return page


def changed_form() -> Page:
    desk = Desk()
    filling = desk.filling(definition_of(OUR_WEEK))
    newer = NewerForm("2", ("“Rooms” is new.", "“Pet” is asked in other words."), ("Pet", "Garden"))
    filling.opened = replace(filling.opened, newer=newer)
    page = desk.page(filling)
    page.changed.show_them.click()
    return page


def went_on() -> Page:
    desk = Desk()
    filling = desk.filling(definition_of(OUR_WEEK))
    filling.opened = replace(filling.opened, went_on_from="1")
    return desk.page(filling)


def finished() -> Page:
    desk = Desk()
    week = definition_of(OUR_WEEK)
    return desk.page(desk.filling(week, (change(1, "kim", "no"),), finalised=True))


def another_language() -> Page:
    page = _one_form(TWO_LANGUAGES)
    page.speak("العربية (ar)")
    return page


def drafted_words() -> Page:
    page = shipped_form("agreement")
    assert isinstance(page, FormPage)
    page.speak("Polski (pl)")
    return page


def check_answers() -> Page:
    """With what is missing, refused without a reason."""
    desk = Desk()
    filling = desk.filling(definition_of(OUR_WEEK))
    filling.answer(PET, "yes")
    filling.answer(ROOMS, "900")
    filling.add_row("/data/people/person")
    page = CheckAnswersPage(filling, desk.fetch)
    page.finish.click()
    return page


def check_every_type() -> Page:
    """With nothing missing."""
    desk = Desk()
    return CheckAnswersPage(_answered(desk), desk.fetch)


def household() -> Page:
    page = shipped_form("household")
    assert isinstance(page, FormPage)
    page.show_section("/household/people")
    return page


def assessment() -> Page:
    return shipped_form("assessment")


def private_note() -> Page:
    return shipped_form("private_note")


def who_is_it() -> Page:
    """People of the household are chosen, or somebody new is written down."""
    page = shipped_form("relationships", picks="/relationships/family/relationship/person")
    assert isinstance(page, FormPage)
    block = next(b for b in page.blocks() if b.path.endswith("/person"))
    assert block._new_person is not None
    block._new_person.open.click()
    return page


def family_household() -> Page:
    return shipped_form("household", beside="family")


def family_assessment() -> Page:
    page = shipped_form("assessment", beside="family")
    assert isinstance(page, BesidePage)
    page.show_section(page.shown_sections()[3][0])
    return page


def family_plan() -> Page:
    return shipped_form("plan", beside="family")


def family_agreement() -> Page:
    return shipped_form("agreement", beside="family")


def child_first() -> Page:
    return shipped_form("child_voice", beside="child")


def child_feelings() -> Page:
    return _child("faces")


def child_drawing() -> Page:
    return _child("drawing")


def child_words() -> Page:
    return _child("long_text")


def child_choosing() -> Page:
    """With whom it may be shared."""
    page = shipped_form("child_voice", beside="child")
    assert isinstance(page, BesidePage)
    page.show_section(page.shown_sections()[-1][0])
    return page


def child_feedback() -> Page:
    return shipped_form("feedback_child", beside="child")


def _child(kind: str) -> Page:
    page = shipped_form("child_voice", beside="child")
    assert isinstance(page, BesidePage)
    while not page.blocks() or page.blocks()[0].kind != kind:
        page.forward.click()
    return page


def _one_form(table: str) -> FormPage:
    desk = Desk()
    return desk.page(desk.filling(definition_of(table)))


def _week() -> FormPage:
    return _one_form(OUR_WEEK)


def quiet_menu(page: Page) -> None:
    assert isinstance(page, FormPage)
    page.blocks()[0].more.click()


def sections_menu(page: Page) -> None:
    assert isinstance(page, FormPage)
    page.header.sections_asked.emit()


def language_menu(page: Page) -> None:
    assert isinstance(page, FormPage | BesidePage)
    page.language.click() if isinstance(page, BesidePage) else page.header.language.click()


def pages_menu(page: Page) -> None:
    assert isinstance(page, BesidePage)
    page.pages.click()


def calendar(page: Page) -> None:
    assert isinstance(page, FormPage)
    asked = next(b.field for b in page.blocks() if isinstance(b.field, Date))
    page.scroller.show_whole(asked)
    asked.pick.click()


STATES: dict[str, Callable[[], Page]] = {
    f"form_{made.__name__}": made
    for made in (
        every_type,
        every_type_answered,
        other_scripts,
        a_photo,
        what_does_not_fit,
        one_at_a_time,
        not_saved,
        two_answers,
        less_careful,
        named_no_more,
        rows,
        a_row_removed,
        news,
        who_wrote_it,
        found,
        next_unanswered,
        changed_form,
        went_on,
        finished,
        another_language,
        drafted_words,
        check_answers,
        check_every_type,
        household,
        assessment,
        private_note,
        who_is_it,
        family_household,
        family_assessment,
        family_plan,
        family_agreement,
        child_first,
        child_feelings,
        child_drawing,
        child_words,
        child_choosing,
        child_feedback,
    )
}

OPENED: dict[str, tuple[Callable[[], Page], Callable[[Page], None]]] = {
    "form_quiet_menu": (assessment, quiet_menu),
    "form_sections_menu": (rows, sections_menu),
    "form_language_menu": (drafted_words, language_menu),
    "form_family_pages_menu": (family_household, pages_menu),
    "form_family_language_menu": (family_agreement, language_menu),
    "form_calendar": (every_type, calendar),
}
