"""The team's pages, over the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from desktop.services.figure_views import SoFar
from desktop.services.team import TeamDesk, TeamView, TeamWire
from desktop.ui.lanes import AnyLane
from desktop.ui.moments import Moments
from desktop.ui.pages.matters import Matter, MattersPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.team import TeamPage, matters_of
from desktop.ui.presenters.team_boards import BOARDS, Board
from desktop.ui.words import tr


class TeamPresenter(QObject):
    """Fills the page from the council, gives families to people, opens the other pages."""

    def __init__(
        self,
        page: TeamPage,
        lane: AnyLane,
        desk: TeamDesk,
        moments: Moments,
        show: Callable[[Page], None],
    ) -> None:
        super().__init__(page)
        self._page, self._lane, self._desk = page, lane, desk
        self._moments, self._show = moments, show
        self._wanted = object()
        page.asked.connect(self._do)
        page.way_asked.connect(self._open)
        page.returned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask the council again."""
        self._ask(self._desk.read)

    def _ask(self, job: Callable[[], TeamView], done: tuple[str, str] | None = None) -> None:
        """Do it, and list the caseload after it; the list is made in the lane too."""
        moments, page = self._moments, self._page

        def listed() -> tuple[TeamView, tuple[Matter, ...]]:
            team = job()
            return team, matters_of(team, moments)

        def show(found: tuple[TeamView, tuple[Matter, ...]]) -> None:
            team, matters = found
            ways = tuple(
                (key, way.board(moments).name) for key, way in BOARDS.items() if way.act in team.may
            )
            if team.sees_families:
                page.nothing = tr("No family is with your team now.")
            else:
                page.nothing = tr("Your role is shown no families. What it is for is above.")
            page.offer(ways)
            page.show_matters(matters, done)
            self._wanted = object()
            self._look_ahead(self._wanted, team.looked_through)

        self._lane.submit(listed, show, self._not_asked)

    def _look_ahead(self, wanted: object, so_far: SoFar) -> None:
        """Have the centre look through a little at a time, until the whole list can be shown."""
        self._page.show_looked_through(so_far)
        if so_far.is_all:
            return

        def looked(so_far: SoFar) -> None:
            if wanted is not self._wanted:
                return
            if so_far.is_all:
                self.refresh()
            else:
                self._look_ahead(wanted, so_far)

        self._lane.submit(self._desk.look_ahead, looked, self._not_asked)

    def _do(self, family: str, deed: str, said: Mapping[str, str]) -> None:
        desk, why = self._desk, said.get("why", "")
        jobs: dict[str, Callable[[], TeamView]] = {
            "note": lambda: desk.note(family, said["occasion"], said["words"], int(said["weeks"])),
            "give": lambda: desk.give(family, said["who"], why),
            "take_away": lambda: desk.take_away(family, said["giver"], why),
            "hand_over": lambda: desk.hand_over(family, said["giver"], said["who"], why),
        }
        self._ask(jobs[deed], (family, deed))

    def _open(self, key: str) -> None:
        board = BOARDS[key].board(self._moments)
        page = MattersPage(board.name, board.intro)
        BoardPresenter(page, self._lane, self._desk, board)
        self._show(page)

    def _not_asked(self, error: Exception) -> None:
        self._page.say(_in_words(error))


class BoardPresenter(QObject):
    """Fills one small page, and does what its buttons say."""

    def __init__(self, page: MattersPage, lane: AnyLane, desk: TeamDesk, board: Board) -> None:
        super().__init__(page)
        self._page, self._lane, self._desk, self._board = page, lane, desk, board
        page.asked.connect(self._do)
        page.returned.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask the council again."""
        board = self._board
        self._lane.submit(
            lambda: self._desk.ask(board.read), self._page.show_matters, self._not_done
        )

    def _do(self, matter: str, deed: str, said: Mapping[str, str]) -> None:
        board = self._board

        def job(wire: TeamWire) -> tuple[str, tuple[Matter, ...]]:
            return board.act(wire, matter, deed, said), board.read(wire)

        def show(outcome: tuple[str, tuple[Matter, ...]]) -> None:
            words, matters = outcome
            self._page.show_matters(matters, (matter, deed))
            self._page.say_done(words)

        self._lane.submit(lambda: self._desk.ask(job), show, self._not_done)

    def _not_done(self, error: Exception) -> None:
        self._page.say(_in_words(error))


def _in_words(error: Exception) -> str:
    """What to tell of an error; one that has no words for people is a fault of the program's."""
    words = str(getattr(error, "message", ""))
    if not words:
        raise error
    return words
