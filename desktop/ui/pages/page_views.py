"""The real pages as pictures, one below the other, with their words beside them if wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.print_views import PreparedPrint
from desktop.ui.lanes import AnyLane
from desktop.ui.look.labels import Body, Heading
from desktop.ui.look.options import CheckRow
from desktop.ui.look.spacing import NORMAL
from desktop.ui.page_image import image_of
from desktop.ui.pages.page import emptied
from desktop.ui.pages.page_picture import PageView
from desktop.ui.words import breakable, tr

WIDTH = 1120
_ONCE_LATER = Qt.ConnectionType(
    Qt.ConnectionType.QueuedConnection.value | Qt.ConnectionType.SingleShotConnection.value
)
_AT_ONCE = 8  # pictures that are made at once: 7 MB each; the others when they are scrolled to


class PageViews(QWidget):
    """Shows the first page as soon as there is one, then all of them. Renders in ``lane``."""

    def __init__(
        self, lane: AnyLane, failed: Callable[[Exception], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lane, self._failed = lane, failed
        self._prepared: PreparedPrint | None = None
        self._views: list[PageView] = []
        self._first: QImage | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(NORMAL)
        self._rows.addWidget(
            Body(tr("The pages are shown here when you have said who the copy is for."))
        )

    def clear(self) -> None:
        """Show nothing: what was shown is for somebody else."""
        self._prepared, self._views, self._first = None, [], None
        emptied(self._rows)

    def show_first(self, image: QImage) -> None:
        """The first page, while the others are being made."""
        self.clear()
        view = PageView(tr("Page 1"), tr("The other pages are being made."))
        self._rows.addWidget(Heading(tr("Page 1"), 3))
        self._rows.addWidget(view)
        view.show_picture(image)

    def show_pages(self, prepared: PreparedPrint) -> None:
        """All pages, in place of what was shown."""
        self.clear()
        self._prepared = prepared
        words_shown = CheckRow(tr("Show the words beside the pages"))
        self._rows.addWidget(words_shown)
        for number, text in enumerate(prepared.text):
            name = tr("Page {page} of {pages}", page=number + 1, pages=prepared.pages)
            view, words = PageView(name, text), Body(breakable(text))
            words.hide()
            words_shown.toggled.connect(words.setVisible)
            self._rows.addWidget(Heading(name, 3))
            self._rows.addWidget(view)
            self._rows.addWidget(words)
            self._views.append(view)
            if number < _AT_ONCE:
                self._render(view, prepared, number)
            else:
                ask = partial(self._render, view, prepared, number)
                view.seen.connect(ask, _ONCE_LATER)

    def _render(self, view: PageView, prepared: PreparedPrint, number: int) -> None:
        self._lane.submit(
            partial(_rendered, prepared, number),
            partial(self._show_picture, view, prepared),
            self._failed,
        )

    def _show_picture(self, view: PageView, prepared: PreparedPrint, image: QImage) -> None:
        if self._prepared is prepared and view in self._views:
            view.show_picture(image)


def _rendered(prepared: PreparedPrint, page: int) -> QImage:
    return image_of(prepared.picture(page, WIDTH))
