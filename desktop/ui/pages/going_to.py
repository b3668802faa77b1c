"""The way to a question that is not built yet: a wish, kept until it is, or no longer wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop.ui.attention import Attention

_ACTS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.InputMethod,
}


class GoingTo(QObject):
    """Tries ``arrive`` with a path until it is there. Any key or click of the worker ends the wish.

    ``arrive`` is given the path and whether it was gone to as missing; it says whether it is there.
    """

    def __init__(self, arrive: Callable[[str, bool], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._arrive = arrive
        self._wanted: tuple[str, bool] | None = None
        self._attention: Attention | None = None
        self._next_turn = QTimer(self)
        self._next_turn.setSingleShot(True)
        self._next_turn.setInterval(0)
        self._next_turn.timeout.connect(self._try)

    def begin(self, path: str, *, missing: bool) -> None:
        """Be at this question: at once if it is built, or as soon as it is."""
        self.end()
        self._wanted = (path, missing)
        self._try()
        if self._wanted is not None:
            self._attention = Attention(self)

    def end(self) -> None:
        """Go nowhere any more."""
        self._wanted = None
        self._next_turn.stop()
        attention, self._attention = self._attention, None
        if attention is not None:
            attention.stop()
            attention.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever does something else meanwhile stays where they are."""
        del watched
        if event.type() in _ACTS:
            self.end()
        return False

    def _try(self) -> None:
        if self._wanted is None:
            return
        if self._arrive(*self._wanted):
            self.end()
        else:
            self._next_turn.start()
