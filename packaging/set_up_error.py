"""How the commands of this folder say that they cannot go on."""

from __future__ import annotations


class SetUpError(Exception):
    """Something a person has to put right first: `title` says what, `message` says how."""

    def __init__(self, title: str, message: str) -> None:
        super().__init__(f"{title}\n{message}")
        self.title = title
        self.message = message
