"""What is copied out of the program: kept out of clipboard histories, gone when others look on."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

CONCEALED = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\1",
    "application/x-nspasteboard-concealed-type": b"1",
    "x-kde-passwordManagerHint": b"secret",
}
"""How Windows, macOS and KDE are told that a copy is for no history and no other device."""

_MODES = QClipboard.Mode.Clipboard, QClipboard.Mode.Selection


class Clipboard(QObject):
    """Watches the copies that the program makes; copies of other programs are left alone."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._conceal)

    def clear(self) -> None:
        """Take back what the program has copied: it locks, or it ends."""
        self._clipboard.dataChanged.disconnect(self._conceal)
        self.forget()

    def forget(self) -> None:
        """Take back what the program has copied: others get the laptop, and could paste it."""
        for mode in _MODES:
            if self._owns(mode):
                self._clipboard.clear(mode)

    def _conceal(self) -> None:
        if not self._owns(QClipboard.Mode.Clipboard) or not self._clipboard.text():
            return
        copied = self._clipboard.mimeData()
        if all(copied.hasFormat(kind) for kind in CONCEALED):
            return
        concealed = QMimeData()
        concealed.setText(copied.text())
        for kind, content in CONCEALED.items():
            concealed.setData(kind, content)
        self._clipboard.setMimeData(concealed)

    def _owns(self, mode: QClipboard.Mode) -> bool:
        if mode is QClipboard.Mode.Selection:
            return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
        return self._clipboard.ownsClipboard()
