"""A photo or scan of work on paper, from a file."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from desktop.ui.camera import has_camera_program, open_camera_program, pictures_folder
from desktop.ui.look.buttons import secondary
from desktop.ui.look.flow import Flow
from desktop.ui.look.labels import Body, Quiet
from desktop.ui.look.spacing import TIGHT
from desktop.ui.questions.field import Field, Surroundings
from desktop.ui.questions.photo_bytes import LONGEST_SIDE, PhotoNotReadable, bare_photo, seen
from desktop.ui.words import tr
from forms.records.attachment import attachment_name, is_attachment_name
from forms.xforms import Node

EXTENSION = "jpg"
_SHOWN_SIDE = 320


class Photo(Field):
    """Keeps a small copy without EXIF, and tells where the original still lies."""

    trouble_at_once = True

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, parent)
        self._value = ""
        self._longest_side = LONGEST_SIDE
        self._wrong = ""
        self._is_kept_to_page = False
        self.choose = secondary(tr("Choose a photo or scan"), self)
        self.camera = secondary(tr("Open the camera"), self)
        self.camera.setVisible(has_camera_program())
        self.remove = secondary(tr("Take it out"), self, icon_name="remove")
        self.picture = QLabel(self)
        self.picture.hide()
        self.words = Body("", self)
        self.words.hide()
        self.whereabouts = Quiet("", self)
        self.whereabouts.hide()
        tools = Flow()
        tools.addWidget(self.choose)
        tools.addWidget(self.camera)
        tools.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        for part in (self.picture, self.words, self.whereabouts):
            column.addWidget(part)
        column.addLayout(tools)
        self.choose.clicked.connect(self._open_dialog)
        self.camera.clicked.connect(self._open_camera)
        self.remove.clicked.connect(self._take_out)

    def show_node(self, node: Node) -> None:
        longest = node.bind_attributes.get("max-pixels", "")
        self._longest_side = int(longest) if longest.isdigit() else LONGEST_SIDE
        self.choose.say(tr("Choose a photo or scan"), self.question)
        self.camera.say(tr("Open the camera"), self.question)
        self.remove.say(tr("Take it out"), self.question)
        self.picture.setAccessibleName(tr("Picture of {what}", what=self.question))
        if node.value != self._value:
            self._value = node.value
            self._load()
        self.remove.setVisible(bool(self._value) and not self._is_kept_to_page)
        self._say_who_adds()

    def value(self) -> str:
        return self._value

    def controls(self) -> list[QWidget]:
        return [] if self._is_kept_to_page else [self.choose, self.camera, self.remove]

    @property
    def label_is_the_name(self) -> bool:
        return False

    def trouble(self) -> str:
        return self._wrong

    def keep_to_page(self) -> None:
        """The pictures of the laptop are not theirs to look through, nor is its camera."""
        self._is_kept_to_page = True
        for tool in (self.choose, self.camera, self.remove):
            tool.hide()
        self._say_who_adds()

    def take_in(self, path: str) -> None:
        """Keep a small, bare copy of the picture in this file; read away from the window."""
        longest = self._longest_side
        self.words.setText(tr("Reading the picture…"))
        self.words.show()

        def read() -> _Copy:
            content = bare_photo(path, longest)
            return _Copy(path, content, seen(content, _SHOWN_SIDE))

        self.around.work(read, self._taken_in, self._not_taken_in)

    def _taken_in(self, copy: _Copy) -> None:
        self._end_reading()
        self._wrong = ""
        self._value = self.around.keep(copy.content, EXTENSION)
        self._show(copy.shown)
        self.whereabouts.setText(
            tr(
                "A copy is kept here. The original is still at {place}: delete it there if it"
                " should not stay.",
                place=QDir.toNativeSeparators(copy.path),
            )
        )
        self.whereabouts.show()
        self.tell()

    def _not_taken_in(self, error: Exception) -> None:
        self._end_reading()
        if not isinstance(error, PhotoNotReadable):
            raise error
        self._wrong = f"{tr(error.title)}. {tr(error.message)}"
        self.tell()

    def _end_reading(self) -> None:
        self.words.hide()

    def _open_camera(self) -> None:
        words = tr("Take the picture there, then choose it here.")
        if not open_camera_program():
            words = tr("The camera's program did not open. Open it yourself, then choose here.")
        self.words.setText(words)
        self.words.show()

    def _open_dialog(self) -> None:
        dialog = QFileDialog(self, tr("Choose a photo or scan"))
        dialog.setNameFilter(tr("Pictures (*.jpg *.jpeg *.png *.bmp *.webp)"))
        dialog.setDirectory(pictures_folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_in)
        dialog.open()

    def _take_out(self) -> None:
        self._value, self._wrong = "", ""
        self._load()
        self.choose.setFocus()
        self.tell()

    def _say_who_adds(self) -> None:
        if self._is_kept_to_page and not self._value:
            self.words.setText(tr("The worker can add a picture here afterwards."))
            self.words.show()

    def _load(self) -> None:
        for part in (self.picture, self.words, self.whereabouts):
            part.hide()
        if is_attachment_name(self._value):
            self.around.fetch(self._value, self._loaded)

    def _loaded(self, content: bytes | None) -> None:
        if content is None:
            self.words.setText(tr("The picture is kept, but it has not reached this device yet."))
            self.words.show()
        elif attachment_name(content, EXTENSION) == self._value:
            self.around.work(lambda: seen(content, _SHOWN_SIDE), self._show, self._not_taken_in)

    def _show(self, image: QImage) -> None:
        if image.isNull():
            self.words.setText(tr("The picture is kept, but this program cannot show it."))
            self.words.show()
            return
        self.picture.setPixmap(QPixmap.fromImage(image))
        self.picture.show()


@dataclass(frozen=True, slots=True, repr=False)
class _Copy:
    """What was read from a file: the copy to keep, and how it looks on the page."""

    path: str
    content: bytes
    shown: QImage
