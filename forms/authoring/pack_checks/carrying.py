"""What one form carries to another: the questions are there, and offer the same answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.authoring.mistakes import Mistake
from forms.authoring.pack import LATER
from forms.authoring.sheets import Row, SheetForm


def carrying(forms: Mapping[str, SheetForm]) -> Iterator[Mistake]:
    """Each ``carried_to`` leads to a question that takes every answer of this one."""
    for name, form in forms.items():
        for row in form.rows:
            for to in row.line.get("carried_to").split():
                if (says := _wrong(form, row, to.removeprefix(LATER), forms)) is not None:
                    yield Mistake(
                        f"{name}.xlsx: {row.name} is carried to {to}, and {says}.",
                        "Correct it.", f"{name}.xlsx", row.line.number, "carried_to",
                    )  # fmt: skip


def _wrong(form: SheetForm, row: Row, to: str, forms: Mapping[str, SheetForm]) -> str | None:
    target = forms.get(to.split("/")[1])
    if target is None:
        return "there is no such form"
    plain = to.replace("[]", "")
    found = next((one for one in target.rows if target.path(one) == plain), None)
    if found is None:
        return "there is no such question"
    if row.list_name and found.list_name:
        offered = {line.get("name") for line in target.lists.get(found.list_name, ())}
        asked = {line.get("name") for line in form.lists.get(row.list_name, ())}
        if asked - offered:
            return f"that does not offer: {', '.join(sorted(asked - offered))}"
    return None
