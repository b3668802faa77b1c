"""A small window with one of each, against which the hands and eyes are proved."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)


class Board(QWidget):
    """Counts the points of a stroke."""

    def __init__(self, said: QLabel) -> None:
        super().__init__()
        self.setAccessibleName("Board")
        self.setFixedHeight(120)
        self._said, self._points = said, 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._points = 1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._points += 1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._said.setText(f"Drew {self._points} points")


class SampleWindow(QScrollArea):
    """A form taller than the window. What is written is kept in `file` when one leaves a field."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.setWindowTitle("Sample")
        self.setWidgetResizable(True)
        self.resize(500, 300)
        page = QWidget()
        self.rows = QFormLayout(page)
        self.setWidget(page)
        self.said, self.file = QLabel("Nothing yet"), file
        self.rows.addRow(self.said)
        self.name_field, self.story = QLineEdit(), QPlainTextEdit()
        self.story.setTabChangesFocus(True)
        self.name_field.editingFinished.connect(self.save)
        self.rows.addRow("First name", self.name_field)
        self.rows.addRow("In their words", self.story)
        colours = QComboBox()
        colours.addItems(["Red", "Green", "Blue"])
        self.rows.addRow("Colour", colours)
        self.rows.addRow(Board(self.said))
        for question in ("Is it warm?", "Is it safe?"):
            self.rows.addRow(self.yes_or_no(question))
        opener = QPushButton("Open the question")
        opener.clicked.connect(self.ask)
        self.rows.addRow(opener)

    def yes_or_no(self, question: str) -> QGroupBox:
        """Two options under a question."""
        group = QGroupBox(question)
        column = QVBoxLayout(group)
        for words in ("Yes", "No"):
            option = QRadioButton(words)
            option.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            column.addWidget(option)
        return group

    def save(self) -> None:
        """Keep the name."""
        self.file.write_text(self.name_field.text(), "utf-8")
        self.said.setText(f"Saved {self.name_field.text()}")

    def ask(self) -> None:
        """A dialog in a loop of its own."""
        dialog = QDialog(self)
        column = QVBoxLayout(dialog)
        answer = QPushButton("Understood")
        answer.clicked.connect(dialog.accept)
        column.addWidget(answer)
        dialog.exec()
        self.said.setText("Asked and answered")


def main() -> None:
    """Show the window until it is closed."""
    app = QApplication(sys.argv)
    window = SampleWindow(Path(sys.argv[1]))
    window.show()
    sys.exit(app.exec())


if __name__ == "__main__":
    main()
