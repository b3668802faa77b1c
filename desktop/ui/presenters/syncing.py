"""The sync page: asks for a sync, shows the one that runs, and what it brought."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.services.syncing import Syncing
from desktop.services.views import SyncOutcome
from desktop.ui.automatic_sync import AutomaticSync
from desktop.ui.lanes import AnyLane
from desktop.ui.pages.sync import SyncPage


class SyncPresenter(QObject):
    """Follows the one sync, whoever asked for it."""

    def __init__(
        self,
        page: SyncPage,
        vault_lane: AnyLane,
        automatic: AutomaticSync,
        syncing: Syncing,
        open_family: Callable[[str], None],
        open_browser: Callable[[str], object],
    ) -> None:
        super().__init__(page)
        self._page, self._automatic = page, automatic
        page.sync_asked.connect(automatic.asked)
        page.sign_in_asked.connect(lambda: automatic.sign_in(open_browser))
        page.cancel_asked.connect(automatic.cancel)
        page.family_chosen.connect(open_family)
        automatic.started.connect(page.started)
        automatic.progressed.connect(page.show_progress)
        automatic.finished.connect(self._finished)
        vault_lane.submit(syncing.state, page.show_state)

    def sync(self) -> None:
        """Begin a sync, or show the one that runs already."""
        if self._automatic.is_running:
            self._page.started()
            if self._automatic.progress is not None:
                self._page.show_progress(self._automatic.progress)
        else:
            self._automatic.asked()

    def _finished(self, outcome: SyncOutcome) -> None:
        if not outcome.must_lock:
            self._page.finished(outcome)
            self._automatic.was_shown()
