"""Pages that have been made: looking at them, and saving a copy. No vault."""

from __future__ import annotations

from pathlib import Path

from desktop.printing.render import PagePicture, Pages


class CopyNotSaved(Exception):
    """The chosen place did not take the file."""

    title = "The copy was not saved"
    message = "The place that you chose cannot be written to, or is full. Choose another one."


def write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing: a full disk leaves no half of a plan behind. Error: CopyNotSaved."""
    beside = path.with_name(path.name + ".part")
    try:
        try:
            beside.write_bytes(content)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CopyNotSaved from error


def picture(pdf: bytes, page: int, width: int) -> PagePicture:
    """One page, `width` pixels wide."""
    with Pages(pdf) as pages:
        return pages.at_width(page, width)
