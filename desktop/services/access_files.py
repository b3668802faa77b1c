"""The draft of what is written about one person, as pages for an officer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop.printing.access_draft import AccessRow, AccessSheet, access_story
from desktop.printing.document import Foot, print_story
from desktop.services.pages_made import write_whole
from desktop.services.paper_sizes import SIZES
from sync.contract.messages import AccessDraft


def draft_pages(draft: AccessDraft) -> bytes:
    """Tagged pages, each of which says that it is a draft."""
    foot = Foot("For an officer to read", "", "", draft.made)
    return print_story(access_story(_sheet(draft)), SIZES["standard"][0], foot, draft=True).pdf


def save_draft(draft: AccessDraft, path: str) -> None:
    """Write the pages to a file. Error: CopyNotSaved."""
    write_whole(Path(path), draft_pages(draft))


def _sheet(draft: AccessDraft) -> AccessSheet:
    return AccessSheet(
        person=draft.subject.name,
        number=draft.number,
        made=draft.made,
        reason=draft.reason,
        rows=tuple(
            AccessRow(
                line.record,
                line.title,
                line.question,
                line.value,
                line.by.name,
                line.at,
                line.marks,
            )
            for line in draft.lines
        ),
        left_out=draft.left_out,
        not_here=tuple(_not_here(draft)),
    )


def _not_here(draft: AccessDraft) -> Iterator[str]:
    if draft.held:
        yield f"{draft.held} changes that wait to be looked at by a coordinator."
    if draft.unread:
        yield f"{draft.unread} records of forms that no published pack has."
    for name, heard in draft.last_heard:
        when = f"last heard of on {heard:%d.%m.%Y}" if heard else "never heard of"
        yield f"What is only on the laptop {name}, {when}."
    yield "What was written before, and has been changed since."
    yield "Paper, e-mail and other systems."
