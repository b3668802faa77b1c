"""The plain files of a pack's sources: tables as Excel saves them, and whose pack it is."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_VERSION = re.compile(r"\d+(\.\d+)*")
Row = Mapping[str, str]
FORM_COLUMNS = ("form", "order", "once_per_family", "about_child", "any_time", "at_first", "why")
CONTACT_COLUMNS = ("key", "name", "number", "when", "urgent")
GUARD_COLUMNS = ("guards", "form", "path", "safest_first")
WORD_COLUMNS = ("key", "language", "words", "checked_by", "checked_on", "checked_words")
BESIDE_COLUMNS = ("form", "beside", "but_not", "when", "why")
KEPT_COLUMNS = ("form", "path", "why")
SERVICE_COLUMNS = ("key", "name", "kind", "number", "area", "from", "until", "checked_on")
AUDIENCE_COLUMNS = ("form", "roles", "shared", "why")


class PackMistake(Exception):
    """A source of the pack that cannot be used; says the file and what to do."""

    title = "The pack cannot be built"

    def __init__(self, file: str, says: str) -> None:
        self.message = f"{file}: {says}"
        super().__init__(self.message)


def read_rows(file: Path, columns: Iterable[str] = ()) -> list[dict[str, str]]:
    """The rows of a CSV file by column name, as Excel saves it, with these ``columns`` at least.

    Raises PackMistake.
    """
    reader = _reader(file)
    for column in columns:
        if column not in (reader.fieldnames or ()):
            raise PackMistake(file.name, f"has no column “{column}”.")
    rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise PackMistake(
                file.name, f"row {number} has more or fewer columns than the first row."
            )
    return [{key.strip(): value.strip() for key, value in row.items()} for row in rows]


def columns_of(file: Path) -> frozenset[str]:
    """The names of the columns of a CSV file. Raises PackMistake."""
    return frozenset(name.strip() for name in _reader(file).fieldnames or ())


def _reader(file: Path) -> csv.DictReader[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise PackMistake(file.name, "is missing.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PackMistake(file.name, "cannot be read. Save it as “CSV UTF-8”.") from error
    reader = csv.DictReader(io.StringIO(text))
    if len(reader.fieldnames or ()) == 1 and ";" in text.partition("\n")[0]:
        raise PackMistake(file.name, "divides its columns by “;”. Save it with commas.")
    return reader


def read_council(sources: Path) -> dict[str, object]:
    """``council.json``: whose pack it is, its version, and whether it is a demo. PackMistake."""
    file = sources / "council.json"
    try:
        read: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        where = f"is not in {sources}. Name the folder that holds the folders forms and pack."
        raise PackMistake(file.name, where) from error
    except json.JSONDecodeError as error:
        raise PackMistake(
            file.name, f"is not JSON at line {error.lineno}: a comma or a quote may be missing."
        ) from error
    except (OSError, ValueError) as error:
        raise PackMistake(file.name, "cannot be read. Save it as UTF-8.") from error
    for key in ("council", "version", "is_demo"):
        if key not in read:
            raise PackMistake(file.name, f"does not say “{key}”.")
    if not _VERSION.fullmatch(str(read["version"])):
        raise PackMistake(file.name, "its version is no number. Write it as 2026.12.1.")
    return read


def by_language(file: Path) -> dict[str, dict[str, str]]:
    """The words of ``words.csv`` or ``terms.csv`` by language, then key. PackMistake."""
    found: dict[str, dict[str, str]] = {}
    for row in read_rows(file, WORD_COLUMNS):
        found.setdefault(row["language"], {})[row["key"]] = row["words"]
    return found
