"""Errors in words for people, whatever they are."""

from __future__ import annotations

from desktop.services.trouble import Trouble
from desktop.ui.look.notice import Kind, Notice
from desktop.ui.words import tr


def trouble_of(error: Exception) -> Trouble:
    """The error's own title and message; calm words for one that has none."""
    title, message = getattr(error, "title", ""), getattr(error, "message", "")
    if isinstance(title, str) and isinstance(message, str) and title and message:
        return Trouble(title, message)
    return Trouble(
        tr("Something did not work"),
        tr("What was shown as saved is saved. Try once more; if it happens again, restart."),
    )


def trouble_notice(trouble: Trouble) -> Notice:
    """The trouble as a notice on a page."""
    return Notice(Kind.PROBLEM, trouble.message, title=trouble.title)
