"""The way through figures: one's own offline, the team's and the council's over the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from desktop.services.figure_files import FigureFiles
from desktop.services.figure_views import OWN, Dashboard, SoFar
from desktop.services.figures import Figures
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.figures import FiguresPage
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.words import breakable, tr


@dataclass(frozen=True, slots=True)
class FigureLanes:
    """Where the work is done: with the vault, and over the network."""

    vault: AnyLane
    network: AnyLane


class FiguresPresenter(QObject):
    """Fills the page whenever something else is wanted on it."""

    def __init__(
        self,
        page: FiguresPage,
        lanes: FigureLanes,
        figures: Figures,
        files: FigureFiles,
        open_family: Callable[[str], None],
        print_figures: Callable[[Dashboard], None],
    ) -> None:
        super().__init__(page)
        self._page, self._lanes = page, lanes
        self._figures, self._files = figures, files
        self._open_family, self._print_figures = open_family, print_figures
        self._wanted = object()
        page.asked.connect(self.refresh)
        page.counting.stop_asked.connect(self._stop)
        page.returned.connect(self.refresh)
        page.list_asked.connect(self._list)
        page.save_asked.connect(self._save)
        page.print_asked.connect(self._print)
        page.publish_asked.connect(self._publish)
        page.family_chosen.connect(self._choose)
        self.refresh()

    def refresh(self) -> None:
        """Ask for what is wanted, from the vault or from the centre."""
        wanted = self._wanted = object()
        scope, last = self._page.scope, self._page.quarter
        if scope == OWN:
            self._page.counting.hide()
            own = partial(self._figures.own, last)
            self._lanes.vault.submit(own, self._showing(wanted), self._failing(wanted))
        else:
            self._page.begin_counting()
            self._count(wanted, scope, last)

    def _count(self, wanted: object, scope: str, last: date) -> None:
        """Have the centre count a little at a time, until it can tell all or nobody waits."""
        page, lane, failed = self._page, self._lanes.network, self._failing(wanted)

        def counted(so_far: SoFar) -> None:
            if wanted is not self._wanted:
                return
            if so_far.is_all:
                asked = partial(self._figures.asked, scope, last)
                lane.submit(asked, self._showing(wanted), failed)
            else:
                page.counting.show_so_far(so_far)
                self._count(wanted, scope, last)

        lane.submit(partial(self._figures.count, scope, last), counted, failed)

    def _showing(self, wanted: object) -> Callable[[Dashboard], None]:
        def show(shown: Dashboard) -> None:
            if wanted is self._wanted:
                self._page.show_figures(shown)

        return show

    def _failing(self, wanted: object) -> Callable[[Exception], None]:
        def say(error: Exception) -> None:
            if wanted is self._wanted:
                self._page.counting.hide()
                self._failed(error)

        return say

    def _stop(self) -> None:
        self._wanted = object()
        self._page.counting.stopped()

    def _list(self, key: str, cut: str, value: str) -> None:
        shown, page = self._page.shown, self._page
        if shown is not None:
            self._lanes.network.submit(
                lambda: self._figures.families_behind(shown, key, cut, value),
                lambda families: page.show_list(key, families),
                self._failed,
            )

    def _choose(self, family: str) -> None:
        """A family that is on this laptop is opened; the page says so of any other."""

        def show(held: bool) -> None:
            if held:
                self._open_family(family)
            else:
                self._page.say(tr("This family is not on your laptop."), is_trouble=True)

        self._lanes.vault.submit(lambda: self._figures.holds(family), show, self._failed)

    def _save(self, path: str) -> None:
        shown, files = self._page.shown, self._files
        if shown is None:
            return

        def saved(_: None) -> None:
            words = "Saved at {path}. Small numbers are left out, the others are to the nearest 5."
            self._page.say(tr(words, path=breakable(path)))

        self._lanes.vault.submit(lambda: files.save(shown, path), saved, self._failed)

    def _print(self) -> None:
        if self._page.shown is not None:
            self._print_figures(self._page.shown)

    def _publish(self) -> None:
        shown = self._page.shown
        if shown is not None:
            self._lanes.network.submit(
                lambda: self._figures.publish(shown), self._page.show_figures, self._failed
            )

    def _failed(self, error: Exception) -> None:
        trouble = trouble_of(error)
        self._page.say(f"{trouble.title}. {trouble.message}", is_trouble=True)
