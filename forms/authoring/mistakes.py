"""What is wrong in a spreadsheet, said by sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Weight = Literal["mistake", "warning", "placeholder"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right. ``row`` counts as Excel does; blank or None: not known.

    ``sheet`` is a sheet of a form, or a file of the pack. A ``placeholder`` may stand in a demo
    only; a ``warning`` may stand.
    """

    says: str
    instead: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    weight: Weight = "mistake"

    def __str__(self) -> str:
        named = self.sheet if "." in self.sheet else f"sheet {self.sheet}"
        place = [named] if self.sheet else []
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {self.column}")
        where = ", ".join(place)
        return " ".join(
            part for part in (f"{where}:" if where else "", self.says, self.instead) if part
        )

    def as_dict(self) -> dict[str, object]:
        """The mistake as plain data, for ``--json``."""
        return asdict(self)


class FormMistakes(Exception):
    """A form that cannot be used as it is; ``mistakes`` says all that is known to be wrong."""

    title = "This form has mistakes"

    def __init__(self, name: str, mistakes: Iterable[Mistake]) -> None:
        self.name = name
        self.mistakes = tuple(mistakes)
        lines = "\n".join(str(mistake) for mistake in self.mistakes)
        self.message = f"{name} cannot be used until this is put right:\n{lines}"
        super().__init__(self.message)
