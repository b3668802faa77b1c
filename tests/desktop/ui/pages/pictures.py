"""Pictures of every page, to be looked at: ``python -m tests.desktop.ui.pages.pictures OUT``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QScrollArea

from desktop.services.orders import LockedByCouncil
from desktop.services.print_views import PreparedPrint
from desktop.services.sight import Sight
from desktop.services.trouble import Trouble
from desktop.services.views import FamilyOverview, NextStep, SyncProgress, SyncStep
from desktop.ui.lanes import InlineLane
from desktop.ui.look.appearance import apply_look
from desktop.ui.look.chosen import Look
from desktop.ui.look.palettes import Theme
from desktop.ui.pages.beside import BesidePage
from desktop.ui.pages.chronology import ChronologyPage
from desktop.ui.pages.directory import DirectoryPage, ServiceCardPage
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.family_pictures import FamilyPicturesPage
from desktop.ui.pages.figures import FiguresPage
from desktop.ui.pages.hand_over import HandOverPage
from desktop.ui.pages.my_work import MyWorkPage
from desktop.ui.pages.owed import OwedPage
from desktop.ui.pages.own_keys import OwnKeysPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.papers import PapersPage
from desktop.ui.pages.pin import PinPage
from desktop.ui.pages.plan import PlanPage
from desktop.ui.pages.plan_board import PlanBoardPage
from desktop.ui.pages.print_preview import PrintPage
from desktop.ui.pages.problem import ProblemPage
from desktop.ui.pages.sync import SyncPage
from desktop.ui.pages.team import TeamPage, matters_of
from desktop.ui.pages.text_and_colours import TextAndColoursPage
from desktop.ui.pages.this_laptop import ThisLaptopPage
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.pages.unlock import UnlockPage
from desktop.ui.pages.urgent import UrgentPage
from desktop.ui.pages.wiped import WipedPage
from desktop.ui.printers import PrinterTrouble
from desktop.ui.questions.asking import Asking
from desktop.ui.saving import Saving
from desktop.ui.window import Window
from tests.desktop.ui.filled_forms import Desk, definition_of
from tests.desktop.ui.form.states import OPENED, STATES
from tests.desktop.ui.form.test_form_page import OUR_WEEK
from tests.desktop.ui.pages import case_examples, examples, meeting_examples
from tests.desktop.ui.pages.small_pages import SMALL_PAGES
from tests.desktop.ui.pages.walk import for_worker, wait_until_whole
from tests.desktop.ui.questions.test_types import EVERY_TYPE

SIZES = ((1280, 800), (800, 1280), (800, 600))


class Paper:
    """A machine with these printers."""

    def __init__(self, *names: str, error: PrinterTrouble | None = None) -> None:
        self.known, self.error, self.printed = names, error, 0

    def names(self) -> tuple[str, ...]:
        return self.known

    def print(
        self,
        prepared: PreparedPrint,
        printer: str,
        moved: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        if self.error is not None:
            raise self.error
        for page in range(prepared.pages):
            moved(page + 1)
        self.printed += 1


def unlock() -> Page:
    return UnlockPage("the IT help desk on 01632 960 190", "calm river lantern seven")


def unlock_refused() -> Page:
    page = UnlockPage("the IT help desk on 01632 960 190")
    page.refused(
        Trouble("This did not open", "Type it again, slowly. Nothing has been deleted."),
        timedelta(seconds=30),
    )
    return page


def families() -> Page:
    page = FamiliesPage(examples.MOMENTS)
    page.show_sync(examples.STATE)
    page.show_families(examples.FAMILIES)
    return page


def families_empty() -> Page:
    page = FamiliesPage(examples.MOMENTS)
    page.show_families(())
    return page


def family() -> Page:
    page = FamilyPage(examples.MOMENTS)
    page.show_family(examples.OVERVIEW)
    return page


def family_merged() -> Page:
    page = FamilyPage(examples.MOMENTS)
    page.show_family(examples.MERGED)
    for_worker(page).toggle.click()
    return page


def families_merged() -> Page:
    page = FamiliesPage(examples.MOMENTS)
    first, other = examples.FAMILIES[:2]
    merged = replace(first, merged=examples.MERGED.merged)
    page.show_families((merged, replace(other, notice=examples.MERGED.notice)))
    return page


def family_new() -> Page:
    page = FamilyPage(examples.MOMENTS)
    first = NextStep("safety", "Safety check", "Safe to talk, and safe to leave paper?")
    page.show_family(FamilyOverview(examples.FAMILY, "YF-7Q4K-2M", steps=(first,)))
    return page


def plan() -> Page:
    page = PlanPage(examples.MOMENTS)
    page.show_plan(examples.PLAN)
    return page


def print_page(*printers: str, desk: examples.Desk | None = None) -> PrintPage:
    lane = InlineLane()
    page = PrintPage(
        desk or examples.Desk(), Paper(*printers), lane, lane, examples.MOMENTS, "standard"
    )
    page.load()
    return page


def print_first() -> Page:
    return print_page("Kyocera in the hall")


def print_ready() -> Page:
    page = print_page("Kyocera in the hall")
    page.choosing.recipients.choose("grace")
    return page


def print_boxes() -> Page:
    desk = examples.Desk()
    desk.boxes = "ਪਜবল"
    page = print_page("Kyocera in the hall", desk=desk)
    page.choosing.recipients.choose("grace")
    return page


def papers() -> Page:
    page = PapersPage(examples.MOMENTS)
    page.show_papers(examples.SHELF, examples.BLANKS, (examples.OWED,))
    return page


def owed() -> Page:
    page = OwedPage(examples.MOMENTS)
    page.show_owed((examples.OWED,))
    return page


def print_refused() -> Page:
    from dataclasses import replace

    return print_page(desk=examples.Desk(replace(examples.OFFER, paper=examples.UNSAFE)))


def sync_running() -> Page:
    page = SyncPage(examples.MOMENTS)
    page.show_state(examples.STATE)
    page.started()
    page.show_progress(SyncProgress(SyncStep.SENDING, 4, 12))
    return page


def sync_done() -> Page:
    page = SyncPage(examples.MOMENTS)
    page.finished(examples.OUTCOME)
    return page


def sync_new_forms() -> Page:
    page = SyncPage(examples.MOMENTS)
    page.finished(replace(examples.OUTCOME, new_forms="2026.11.2", news=()))
    return page


def sync_set_aside() -> Page:
    page = SyncPage(examples.MOMENTS)
    page.show_state(examples.SET_ASIDE)
    return page


def sync_offline() -> Page:
    page = SyncPage(examples.MOMENTS)
    page.finished(examples.OFFLINE)
    return page


def choose_pin() -> Page:
    return PinPage()


def unlock_on_a_visit() -> Page:
    return UnlockPage("the IT help desk on 01632 960 190", on_visit=True)


def unlock_locked_out() -> Page:
    page = UnlockPage("the IT help desk on 01632 960 190")
    page.lock_out(trouble_of(LockedByCouncil("Ann Lee at Wexcombe has asked for it.")))
    return page


def wiped() -> Page:
    return WipedPage(left=3)


def urgent() -> Page:
    return UrgentPage(examples.CONTACTS)


def problem() -> Page:
    return ProblemPage(report="/home/hannah/.local/share/your-family/reports/2026-03-10.txt")


def problem_unsaved() -> Page:
    return ProblemPage(
        Trouble("This laptop's disk is full", "Remove files that you do not need, then try again."),
        unsaved=True,
    )


def beside(table: str, *, for_child: bool) -> BesidePage:
    desk = Desk()
    filling = desk.filling(definition_of(table))
    saving = Saving(filling, InlineLane(), desk.write, desk.seal)
    page = BesidePage(filling, saving, desk.around, Sight(), for_child=for_child)
    saving.setParent(page)
    return page


def with_the_family() -> Page:
    return beside(OUR_WEEK, for_child=False)


def with_the_family_taken_back() -> Page:
    page = beside(OUR_WEEK, for_child=False)
    page.worker.begin()
    return page


def with_the_child() -> Page:
    page = beside(EVERY_TYPE, for_child=True)
    while page.blocks()[0].kind != "faces":
        page.forward.click()
    return page


def with_the_child_drawing() -> Page:
    page = beside(EVERY_TYPE, for_child=True)
    while page.blocks()[0].kind != "drawing":
        page.forward.click()
    return page


def text_and_colours() -> Page:
    return TextAndColoursPage(Look())


def hand_over() -> Page:
    parts = ("The family", "Homes", "People")
    return HandOverPage(parts, examples.UNSAFE, examples.MOMENTS)


def family_standing() -> Page:
    page = FamilyPage(examples.MOMENTS)
    page.show_family(examples.OVERVIEW, case_examples.STANDING)
    for_worker(page).toggle.click()
    return page


def my_work() -> Page:
    page = MyWorkPage(examples.MOMENTS)
    page.show_work(case_examples.WORK)
    return page


def chronology() -> Page:
    page = ChronologyPage(examples.MOMENTS)
    page.show_chronology(case_examples.CHRONOLOGY)
    return page


def family_pictures() -> Page:
    page = FamilyPicturesPage(examples.MOMENTS)
    page.show_pictures(case_examples.PICTURES)
    return page


def plan_board() -> Page:
    page = PlanBoardPage(examples.MOMENTS)
    page.show_board(case_examples.BOARD)
    return page


QUARTERS = (
    (date(2026, 1, 1), date(2026, 3, 31)),
    (date(2025, 10, 1), date(2025, 12, 31)),
)


def own_figures() -> FiguresPage:
    page = FiguresPage(examples.MOMENTS, ("own",), QUARTERS)
    page.show_figures(case_examples.OWN_FIGURES)
    return page


def council_figures() -> FiguresPage:
    page = FiguresPage(examples.MOMENTS, ("own", "team", "council"), QUARTERS)
    page.whose.setCurrentIndex(2)
    page.when.setCurrentIndex(1)
    page.show_figures(case_examples.COUNCIL_FIGURES)
    return page


def directory() -> Page:
    page = DirectoryPage(examples.MOMENTS)
    page.show_services(case_examples.DIRECTORY)
    return page


def service_card() -> Page:
    return ServiceCardPage(case_examples.DIRECTORY.found[1], examples.MOMENTS, is_stale=True)


def meeting() -> Page:
    return meeting_examples.page()


def meeting_without_a_plan() -> Page:
    return meeting_examples.page(with_plan=False)


def meeting_with_two_answers() -> Page:
    return meeting_examples.page(disputed=True)


def team() -> TeamPage:
    page = TeamPage()
    page.show_matters(matters_of(case_examples.TEAM, examples.MOMENTS))
    return page


def this_laptop() -> ThisLaptopPage:
    page = ThisLaptopPage(examples.MOMENTS)
    page.show_laptop(examples.LAPTOP)
    return page


def own_keys() -> OwnKeysPage:
    return OwnKeysPage(lambda: "lantern otter maple drum")


PAGES: dict[str, Callable[[], Page]] = {
    made.__name__: made
    for made in (
        unlock,
        unlock_refused,
        families,
        families_empty,
        family_new,
        family_merged,
        families_merged,
        family_standing,
        my_work,
        chronology,
        family_pictures,
        plan_board,
        meeting,
        meeting_without_a_plan,
        own_figures,
        council_figures,
        directory,
        service_card,
        team,
        this_laptop,
        own_keys,
        plan,
        print_first,
        print_ready,
        print_boxes,
        print_refused,
        papers,
        owed,
        sync_running,
        sync_done,
        sync_new_forms,
        sync_set_aside,
        sync_offline,
        choose_pin,
        unlock_on_a_visit,
        unlock_locked_out,
        wiped,
        urgent,
        problem,
        problem_unsaved,
        text_and_colours,
        hand_over,
        with_the_family,
        with_the_family_taken_back,
        with_the_child,
        with_the_child_drawing,
    )
}


def in_window(page: Page, width: int = 1280, height: int = 800) -> Window:
    """The page in a window, over another one so that there is a way back."""
    window = Window(lambda: None)
    window.resize(width, height)
    window.allow_lock(page.name != "Unlock" and not isinstance(page, UnlockPage))
    if not isinstance(page, UnlockPage):
        window.start(families())
        window.open(page)
    else:
        window.start(page)
    window.show()
    wait_until_whole(window)
    QApplication.processEvents()
    return window


ALL: dict[str, Callable[[], Page]] = {
    **PAGES,
    **SMALL_PAGES,
    **STATES,
    "meeting_with_two_answers": meeting_with_two_answers,
}
"""Every page in every state that has a picture."""

HIGHEST = 6_000
LOOKS = (
    (Theme.LIGHT, 1.0, SIZES[:2]),
    (Theme.DARK, 1.0, SIZES[:1]),
    (Theme.LIGHT, 2.0, SIZES[:2]),
    (Theme.DARK, 2.0, SIZES[:1]),
    (Theme.HIGH_CONTRAST, 1.0, SIZES[:1]),
)


def picture(window: Window) -> QPixmap:
    """The window with a menu over it if one is open; without one, with all that scrolls in it."""
    while any(part.waiting for part in window.findChildren(Asking)):
        QApplication.processEvents()
    popup = QApplication.activePopupWidget()
    if popup is None:
        _show_whole(window)
    made = window.grab()
    if popup is not None:
        painter = QPainter(made)
        painter.drawPixmap(window.mapFromGlobal(popup.pos()), popup.grab())
        painter.end()
        popup.close()
    return made


def _show_whole(window: Window) -> None:
    """As high as what scrolls on it, as far as that is a picture."""
    for _ in range(3):
        shown = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
        more = max((area.verticalScrollBar().maximum() for area in shown), default=0)
        window.resize(window.width(), min(window.height() + more, HIGHEST))
        QApplication.processEvents()


def main() -> None:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    only = sys.argv[2:]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    whole = {name: (make, None) for name, make in ALL.items()} | OPENED
    for theme, scale, sizes in LOOKS:
        apply_look(app, theme, scale)
        for name, (make, then) in whole.items():
            if only and name not in only:
                continue
            for width, height in sizes:
                page = make()
                window = in_window(page, width, height)
                if then is not None:
                    then(page)
                    app.processEvents()
                picture(window).save(str(out / f"{name}-{theme}-{scale:.0%}-{width}.png"))
                window.close()
                window.deleteLater()
                app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main()
