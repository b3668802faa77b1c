"""Columns whose names mean nothing, and settings that are missing."""

from __future__ import annotations

from collections.abc import Iterator

from forms.authoring.checks.closest import did_you_mean
from forms.authoring.mistakes import Mistake
from forms.authoring.sheets import CHOICES, ENTITIES, SETTINGS, SURVEY, UPGRADE, SheetForm

_TEXTS = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
_MEDIA = frozenset({"image", "audio", "video", "big-image", "media"})
_SURVEY = _TEXTS | _MEDIA | {
    "type", "name", "relevant", "constraint", "calculation", "required", "readonly", "appearance",
    "parameters", "choice_filter", "default", "trigger", "repeat_count", "begins_empty", "save_to",
    "bind", "body", "instance", "control", "autoplay", "note", "key", "carried_to",
}  # fmt: skip
_ENTITIES = frozenset({"list_name", "dataset", "label", "entity_id", "create_if", "update_if"})
_SETTINGS = frozenset(
    [
        "form_title",
        "form_id",
        "version",
        "name",
        "default_language",
        "instance_name",
        "style",
        "allow_choice_duplicates",
        "title",
        "id_string",
    ]
)
_TYPES = frozenset(
    [
        "text",
        "integer",
        "decimal",
        "date",
        "time",
        "dateTime",
        "select_one",
        "select_multiple",
        "select_one_from_file",
        "select_multiple_from_file",
        "rank",
        "range",
        "note",
        "acknowledge",
        "image",
        "audio",
        "video",
        "file",
        "calculate",
        "hidden",
        "start",
        "end",
        "today",
        "username",
        "csv-external",
        "xml-external",
        "begin_group",
        "begin_repeat",
    ]
)
_UPGRADE = ("was", "is", "why")
_KNOWN = {
    SURVEY: _SURVEY,
    ENTITIES: _ENTITIES,
    SETTINGS: _SETTINGS,
    UPGRADE: frozenset(_UPGRADE),
}


def columns(form: SheetForm) -> Iterator[Mistake]:
    """A misspelt column is ignored by everything: what is in it never happens."""
    for sheet, known in _KNOWN.items():
        for column in form.sheet(sheet).columns:
            plain = column.partition("::")[0]
            if column and plain not in known:
                yield Mistake(
                    f"Nothing is done with the column “{column}”.",
                    did_you_mean(plain, known) or "Remove it, or give it a name of XLSForm.",
                    sheet,
                    1,
                    column,
                )
    # without a column “is”, every answer named in the sheet would come to nothing
    for sheet, wanted in ((CHOICES, ("list_name", "name", "label")), (UPGRADE, _UPGRADE[:2])):
        there = {written.partition("::")[0] for written in form.sheet(sheet).columns}
        for column in wanted if form.sheet(sheet).lines else ():
            if column not in there:
                yield Mistake(f"There is no column “{column}”.", "Add it.", sheet, 1, column)


def types(form: SheetForm) -> Iterator[Mistake]:
    """Types of question that XLSForm does not have, or that this program does not ask."""
    for row in form.rows:
        if row.kind not in _TYPES:
            yield Mistake(
                f"“{row.kind}” is no type of question that this program asks.",
                did_you_mean(row.kind, _TYPES) or "Use another type, such as text.",
                SURVEY,
                row.line.number,
                "type",
            )


def settings(form: SheetForm) -> Iterator[Mistake]:
    """A form must say its id, its version, its title, and keep its answers under its id."""
    said = form.settings
    wanted = {
        "form_id": "Write one word that never changes, such as visit_note.",
        "version": "Write a version, such as 2026.11.1, and a new one each time you publish.",
        "form_title": "Write what people call the form.",
    }
    for column, instead in wanted.items():
        if not said.get(column):
            yield Mistake(f"The form has no {column}.", instead, SETTINGS, 2, column)
    if said.get("form_id") and said.get("name") != said.get("form_id"):
        yield Mistake(
            "The name differs from the form_id.",
            f"Write {said.get('form_id')} in both: paths of answers begin with it.",
            SETTINGS,
            2,
            "name",
        )
