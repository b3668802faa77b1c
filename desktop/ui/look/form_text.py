"""Text that belongs to a form: may hold XLSForm's bold and italics, and the family's own words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.look.emphasis import as_rich_text, has_emphasis, without_emphasis
from desktop.ui.look.labels import Body
from desktop.ui.look.type_scale import Size


class FormText(Body):
    """A wrapping label for a question, a hint or a note of a form."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: Size = Size.BODY,
        bold: bool = False,
        quiet: bool = False,
    ) -> None:
        super().__init__("", parent, size=size, bold=bold, quiet=quiet)
        self.say(text)

    def say(self, text: str) -> None:
        """Show this text."""
        self.shown = text
        self.words = without_emphasis(text)
        if has_emphasis(text):
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setText(as_rich_text(text))
        else:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(text.replace("&", "&&") if self.buddy() else text)
        self.setAccessibleName(self.words)
