"""Rows of a source by their number in Excel, and the days written in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from forms.authoring.sources import read_rows


def numbered(file: Path, columns: Iterable[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its number as Excel counts; the header is row 1. Raises PackMistake."""
    return enumerate(read_rows(file, columns), start=2)


def read_day(written: str) -> date | None:
    """A date written as 2026-11-01; None for anything else."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
