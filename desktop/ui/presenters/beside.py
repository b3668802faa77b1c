"""Handing the laptop over to a family or a child, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.services.hiding import PinChecked
from desktop.services.sight import Sight
from desktop.services.trouble import Trouble
from desktop.services.views import SafetyNotice
from desktop.services.worries import Worries
from desktop.ui.lanes import AnyLane
from desktop.ui.moments import Moments
from desktop.ui.pages.beside import BesidePage, sections_beside
from desktop.ui.pages.form import FormPage
from desktop.ui.pages.hand_over import HandOverPage
from desktop.ui.pages.trouble import trouble_of
from desktop.ui.presenters.form import Sitting
from desktop.ui.window import Window
from desktop.ui.words import counted, tr
from forms.manifest import KeptFrom


@dataclass(frozen=True, slots=True)
class HandingOver:
    """What handing over needs from around it; all but ``open_record`` run in the vault lane.

    ``talk`` says whether it is safe to talk in a family's home; ``check`` whether what was typed is
    the worker's PIN or passphrase. ``forget_copies`` empties the clipboard of what was copied here:
    a key would show it to whoever looks on.
    """

    window: Window
    lane: AnyLane
    moments: Moments
    talk: Callable[[str], SafetyNotice | None]
    check: Callable[[bytearray], PinChecked]
    worries: Worries
    open_record: Callable[[str, str], None]
    forget_copies: Callable[[], None]

    def follow_worry(self, family: str) -> None:
        """Open the safety record of a family in which something worrying was said."""

        def opened(record: str | None) -> None:
            if record is not None:
                self.open_record(record, "")

        self.lane.submit(lambda: self.worries.follow(family), opened)


class BesidePresenter(QObject):
    """One handing over: first the page that says what will be seen, then the form itself."""

    def __init__(self, sitting: Sitting, around: HandingOver, *, for_child: bool) -> None:
        super().__init__(around.window)
        self._sitting, self._around, self._for_child = sitting, around, for_child
        opened = sitting.filling.opened
        sight = opened.for_child if for_child else opened.for_family
        self._sight = sight if sight is not None else Sight((KeptFrom(f"/{opened.form}"),))
        self._family = opened.family
        self._page: BesidePage | None = None
        self._is_worried = False
        around.lane.submit(lambda: around.talk(self._family), self._ask)

    def _ask(self, talk: SafetyNotice | None) -> None:
        """Unless the record was left meanwhile: its sitting goes, and nothing would be saved."""
        window = self._around.window
        form = window.page
        if not isinstance(form, FormPage) or form.filling is not self._sitting.filling:
            self.deleteLater()
            return
        parts = [title for _, title in sections_beside(self._sitting.filling, self._sight)]
        asking = HandOverPage(parts, talk, self._around.moments, for_child=self._for_child)
        asking.begin_asked.connect(self._begin)
        asking.stopped.connect(window.back)
        self.setParent(asking)
        window.open(asking)

    def _begin(self) -> None:
        sitting = self._sitting
        page = BesidePage(
            sitting.filling, sitting.saving, sitting.around, self._sight, for_child=self._for_child
        )
        page.worried.connect(self._mark)
        page.taken_back.connect(self._take_back)
        self._page = page
        self.setParent(page)
        self._around.forget_copies()
        self._around.window.replace(page)

    def _mark(self) -> None:
        self._is_worried = True
        self._around.lane.submit(lambda: self._around.worries.mark(self._family))

    def _take_back(self, words: bytearray) -> None:
        check = self._around.check

        def checked() -> PinChecked:
            try:
                return check(words)
            finally:
                words[:] = bytes(len(words))

        self._around.lane.submit(checked, self._checked, self._refused)

    def _refused(self, error: Exception) -> None:
        if self._page is not None:
            self._page.worker.refused(trouble_of(error))

    def _checked(self, checked: PinChecked) -> None:
        if checked.right:
            self._back()
        elif checked.must_lock:
            self._around.window.lock()
        elif self._page is not None:
            left = counted(checked.tries_left, "{n} try is left.", "{n} tries are left.")
            self._page.worker.refused(Trouble(tr("That is not the PIN"), left))

    def _back(self) -> None:
        around, family, is_worried = self._around, self._family, self._is_worried
        if around.window.page is self._page:
            around.window.back()
        if is_worried:
            around.follow_worry(family)
