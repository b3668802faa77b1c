"""What is there once the vault is open: the pages, and the way from one to the next.

Its own module, so that the unlock page is on the screen before all this is imported.
"""

from __future__ import annotations

import random
import time
import webbrowser
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from desktop.services.coming_back import LeftAt
from desktop.services.policy import Policy
from desktop.services.roles import duties_of
from desktop.services.unlocking import Services
from desktop.services.views import Contact, SyncOutcome
from desktop.ui.automatic_sync import AutomaticSync
from desktop.ui.idle import IdlePolicy, IdleWatch
from desktop.ui.kept_readable import KeptReadable
from desktop.ui.lanes import AnyLane
from desktop.ui.moments import Moments
from desktop.ui.network import network_of_this_machine
from desktop.ui.pages.families import FamiliesPage
from desktop.ui.pages.family import FamilyPage
from desktop.ui.pages.figures import FiguresPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.plan import PlanPage
from desktop.ui.pages.sync import SyncPage
from desktop.ui.presenters.beside import BesidePresenter, HandingOver
from desktop.ui.presenters.casework import CaseWays, CaseworkPresenter
from desktop.ui.presenters.families import FamiliesPresenter
from desktop.ui.presenters.family import FamilyPresenter, FamilyWays, PlanPresenter
from desktop.ui.presenters.figures import FigureLanes, FiguresPresenter
from desktop.ui.presenters.hiding import HidingPresenter
from desktop.ui.presenters.meeting import MeetingPresenter, MeetingWays
from desktop.ui.presenters.new_forms import NewFormsPresenter
from desktop.ui.presenters.printing import Printing
from desktop.ui.presenters.records import RecordsPresenter, RecordWays
from desktop.ui.presenters.syncing import SyncPresenter
from desktop.ui.presenters.this_laptop import ThisLaptopPresenter
from desktop.ui.presenters.visiting import VisitPresenter
from desktop.ui.window import Window
from desktop.ui.words import tr


class Around(Protocol):
    """What is there before unlocking, and stays."""

    window: Window
    vault_lane: AnyLane
    network_lane: AnyLane
    paper_lane: AnyLane

    def say(self, error: Exception) -> None:
        """Show an error that has words of its own."""

    def say_unsaved(self, error: Exception, try_again: Callable[[], None]) -> None:
        """Say that the last words are not saved, and why."""

    def forget_copies(self) -> None:
        """Empty the clipboard of what was copied in the program."""


class Unlocked(QObject):
    """The way from page to page, over one open vault."""

    def __init__(self, around: Around, services: Services, idle: IdleWatch) -> None:
        super().__init__(around.window)
        self.services = services
        self._around, self._window, self._lane = around, around.window, around.vault_lane
        self._moments, self._idle = Moments(services.clock), idle
        self._new_forms = NewFormsPresenter(
            self._window,
            self._lane,
            services.new_forms,
            self._window.holds_a_record,
            self._follow,
        )
        self._follow(services.policy.now)
        network = network_of_this_machine(self)
        self.automatic = AutomaticSync(
            services.syncing,
            self._lane,
            around.network_lane,
            network,
            time.monotonic,
            random.random,
            self,
        )
        network.came.connect(self.automatic.network_came)
        self.automatic.finished.connect(self._synced)
        self._hiding = HidingPresenter(self._window, self._lane, services.hiding)
        self._laptop = ThisLaptopPresenter(
            self._window,
            self._lane,
            services.laptop,
            services.own_keys,
            self._moments,
            self._hiding.pin_chosen,
            around.say,
        )
        self.kept_readable = KeptReadable(self._window, self._lane, services.vault)
        self._records = self._record_pages()
        self._handing_over = HandingOver(
            self._window,
            self._lane,
            self._moments,
            services.families.talk,
            services.hiding.check_worker,
            services.worries,
            self.open_record,
            around.forget_copies,
        )
        self._family = ""
        self.printing = Printing(around, self._moments, lambda: services.paper, self.open_record)
        self._casework = self._case_pages(idle)
        self._ways = FamilyWays(
            self.open_record,
            self.open_plan,
            self.printing.print_plan,
            self.printing.open_papers,
            self._casework.open_of_family,
            self._gone,
            around.say,
        )

    def _record_pages(self) -> RecordsPresenter:
        around = self._around
        return RecordsPresenter(
            self._window,
            self._lane,
            self.services,
            self._moments,
            RecordWays(
                around.paper_lane,
                self._new_forms.take_if_free,
                self._saved,
                lambda sitting, child: BesidePresenter(
                    sitting, self._handing_over, for_child=child
                ),
                around.say,
                around.say_unsaved,
            ),
        )

    def _case_pages(self, idle: IdleWatch) -> CaseworkPresenter:
        services = self.services
        visit = VisitPresenter(self._window, idle, services.visiting, services.clock)
        meetings = MeetingPresenter(
            self._window,
            self._lane,
            services.meetings,
            self._moments,
            MeetingWays(
                self.open_record,
                self.printing.print_paper,
                self._records.sitting,
                self._records.keep,
                self._around.say,
            ),
        )
        return CaseworkPresenter(
            self._window,
            self._lane,
            services.casework,
            services.records,
            self._moments,
            CaseWays(
                self.open_family,
                self.open_record,
                meetings.open,
                visit.begin,
                self.printing.print_service,
                self._gone,
                self._around.say,
            ),
        )

    def start(self) -> None:
        """Show the families, with none of what was before."""
        page = FamiliesPage(self._moments)
        presenter = FamiliesPresenter(
            page,
            self._lane,
            self.services.families,
            self.services.syncing,
            self.open_family,
            self._around.say,
        )
        page.sync_asked.connect(self.open_sync)
        page.owed_asked.connect(self.printing.open_owed)
        page.blank_asked.connect(lambda: self.printing.open_papers(""))
        page.way_asked.connect(self._open_way)
        duties = duties_of(self.services.vault.worker.role)
        page.offer(duties, with_team=self.services.team.is_offered)
        self._window.start(page)
        self.automatic.finished.connect(presenter.refresh)
        self.automatic.start()
        for warning in self.services.warnings:
            self._around.say(warning)
        if not self.services.warnings:  # those are read first
            come_back = self.services.coming_back.come_back
            self._lane.submit(come_back, self._go_on, self._around.say)
        self._lane.submit(self.services.worries.waiting, self._follow_worries)
        self._lane.submit(self.services.vault.check, None, self._around.say, background=True)

    def contacts(self) -> tuple[Contact, ...]:
        """Whom to ring, from the council's pack."""
        contacts = self.services.packs.newest.contacts
        return tuple(Contact(c.name, c.number, c.when, c.urgent) for c in contacts)

    def open_family(self, family: str) -> None:
        """Show one family."""
        page = FamilyPage(self._moments)
        services = self.services
        FamilyPresenter(
            page,
            self._lane,
            services.families,
            services.records,
            services.casework,
            family,
            self._ways,
        )
        self._family = family
        self._window.open(page)

    def _open_way(self, key: str) -> None:
        if key == "laptop":
            self._laptop.open()
        elif key == "team":
            from desktop.ui.pages.team import TeamPage  # few workers oversee
            from desktop.ui.presenters.team import TeamPresenter

            team = TeamPage()
            lane, desk = self._around.network_lane, self.services.team
            TeamPresenter(team, lane, desk, self._moments, self._window.open)
            self._window.open(team)
        elif key == "measures":
            self._open_figures()
        else:
            self._casework.open(key)

    def _open_figures(self) -> None:
        figures, around = self.services.figures, self._around
        page = FiguresPage(self._moments, figures.scopes, figures.quarters())
        lanes, files = FigureLanes(self._lane, around.network_lane), self.services.figure_files
        ways = self.open_family, self.printing.print_figures
        FiguresPresenter(page, lanes, figures, files, *ways)
        self._window.open(page)

    def write_call(self) -> None:
        """Write down that somebody was telephoned, in the safety check of the family shown last."""
        family = self._family
        if not family:
            self._window.back()
            self._window.tell(tr("Choose the family that you rang about, then its safety check."))
            return
        self._lane.submit(
            lambda: self.services.records.begin(family, "safety_check"),
            lambda record: self.open_record(record, ""),
            self._around.say,
        )

    def open_record(self, record: str, path: str) -> None:
        """Show a record to be filled, at the question of ``path`` if one is named."""
        self._records.open(record, path)

    def open_plan(self, family: str) -> None:
        """Show a family's plan."""
        page = PlanPage(self._moments)
        PlanPresenter(page, self._lane, self.services.families, family, self._ways)
        self._window.open(page)

    def open_sync(self) -> None:
        """Show the sync page, and sync."""
        page = SyncPage(self._moments)
        presenter = SyncPresenter(
            page,
            self._lane,
            self.automatic,
            self.services.syncing,
            self.open_family,
            webbrowser.open,
        )
        self._window.open(page)
        presenter.sync()

    def _synced(self, outcome: SyncOutcome) -> None:
        if outcome.must_lock:
            self._window.lock()
            return
        self._new_forms.heed()
        if outcome.new_forms:
            self._new_forms.came()

    def save_all(self) -> None:
        """Seal everything that was said, for good: the program is about to end."""
        self.services.records.is_ending = True
        self._records.save_all()

    def leave(self) -> None:
        """The laptop is about to lock: after unlocking the worker is at the same question."""
        at, services = self._records.left_at(), self.services
        if at is not None and not services.vault.is_gone:
            self._lane.submit(lambda: services.coming_back.leave(at), None, self._not_left)

    def unsaved(self) -> Exception | None:
        """What keeps words out of the vault; None if it has everything."""
        return self._records.unsaved()

    # --- inside ------------------------------------------------------------------------------

    def _follow(self, policy: Policy) -> None:
        """Lock after the council's times, as they are now."""
        self._idle.follow(IdlePolicy(policy.idle, policy.visit_idle))

    def _not_left(self, error: Exception) -> None:
        del error  # a lock waits for nothing: afterwards they look for the question themselves

    def _go_on(self, at: LeftAt | None) -> None:
        if at is not None and isinstance(self._window.page, FamiliesPage):
            self.open_family(at.family)
            self.open_record(at.record, at.question)

    def _follow_worries(self, families: list[str]) -> None:
        """What was marked before a lock is followed now: the newest is on top."""
        for family in families:
            self._handing_over.follow_worry(family)

    def _saved(self) -> None:
        self.automatic.saved()
        self.kept_readable.written()

    def _gone(self, page: Page, error: Exception) -> None:
        """Say why a page has nothing to show, from the page before it."""
        if self._window.page is page:
            self._window.back()
        self._around.say(error)
