"""What is taken before a line of ours, in MB: a bare window, then the libraries that a vault needs.

None of them can come later: to open the vault and read the pack and the council's last word takes
them all. Prints both, as `tests.budgets.open_family` prints the program's.
"""

from __future__ import annotations

import sys
from importlib import import_module

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tests.budgets.taken import taken

LIBRARIES = (
    "PySide6.QtSvg",
    "PySide6.QtDBus",
    "hashlib",
    "cryptography.hazmat.primitives.asymmetric.x25519",
    "cryptography.hazmat.primitives.ciphers.aead",
    "argon2.low_level",
    "lxml.etree",
    "regex",
    "pydantic",
)


def main() -> None:
    """Show the window, say what it takes, bring in the libraries, say what it takes then."""
    app = QApplication([])
    window = QWidget()
    window.resize(1100, 780)
    inside = QVBoxLayout(window)
    for widget in (QLabel("A label"), QLineEdit(), QPushButton("A button")):
        inside.addWidget(widget)
    window.show()
    for _ in range(200):
        app.processEvents()
    sys.stdout.write(f"{taken()}\n")
    for name in LIBRARIES:
        import_module(name)
    _open_a_store()
    _read_a_message()
    sys.stdout.write(f"{taken()}\n")


def _open_a_store() -> None:
    from sqlcipher3 import dbapi2

    store = dbapi2.connect(":memory:")
    store.set_key(bytearray(32))
    store.execute("CREATE TABLE empty (place INTEGER PRIMARY KEY)")


def _read_a_message() -> None:
    from pydantic import BaseModel

    class Message(BaseModel):
        words: str

    Message.model_validate_json('{"words": "some"}')


if __name__ == "__main__":
    main()
