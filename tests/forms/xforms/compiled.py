"""Small XLSForms written as tables, compiled by pyxform as authors' own are."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from zoneinfo import ZoneInfo

from pyxform.xls2xform import convert

from forms.xforms import Definition, Session, load_definition

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 6, 15, 11, 0, tzinfo=UTC)


def xform(tables: str) -> bytes:
    """The XForm of an XLSForm written as Markdown tables."""
    compiled: str = convert(textwrap.dedent(tables), file_type=".md").xform
    return compiled.encode()


def definition(tables: str, files: Mapping[str, bytes] | None = None) -> Definition:
    """The same, loaded."""
    return load_definition(xform(tables), files)


def session(
    form: Definition,
    answers: Mapping[str, str] | None = None,
    *,
    at: datetime = NOON,
    language: str | None = None,
    preload: Mapping[str, str] | None = None,
) -> Session:
    """A session at noon of a summer's day in London; the UUIDs it makes are in order."""
    numbers = count(1)
    return Session(
        form,
        answers,
        clock=lambda: at,
        zone=LONDON,
        language=language,
        preload=preload,
        new_id=lambda: f"00000000-0000-4000-8000-{next(numbers):012d}",
    )
