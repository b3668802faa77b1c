"""The camera's own program, which every machine with a camera has: ours never touches the lens.

It keeps its pictures where it always does; the worker then chooses one, and is told where it lies.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

_WINDOWS = "microsoft.windows.camera:"
_PROGRAMS = ("snapshot", "cheese", "kamoso", "guvcview")


def has_camera_program() -> bool:
    """Whether there is one to open. Windows always brings its own."""
    return sys.platform == "win32" or bool(_program())


def open_camera_program() -> bool:
    """Open it beside this window; False if that did not work."""
    if sys.platform == "win32":
        return QDesktopServices.openUrl(QUrl(_WINDOWS))
    program = _program()
    return bool(program) and QProcess.startDetached(program, [])[0]


def pictures_folder() -> str:
    """Where the camera's program keeps its pictures, as far as that is known."""
    place = QStandardPaths.StandardLocation.PicturesLocation
    pictures = Path(QStandardPaths.writableLocation(place))
    roll = next((p for p in (pictures / "Camera Roll", pictures / "Camera") if p.is_dir()), None)
    return str(roll or pictures)


def _program() -> str:
    found = (QStandardPaths.findExecutable(name) for name in _PROGRAMS)
    return next((program for program in found if program), "")
