"""The shipped pack as a council changed it: the visit note asks in other words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl

from forms.authoring.pack import build_pack
from tests.resources.shipped import RESOURCES

NEXT = "2999.1"
FACTS = "/visit_note/what/facts"
OTHERS, WHO_ELSE = "/visit_note/when/others", "/visit_note/when/who_else"
REWORDED = "“Facts” now reads “What was seen and said”."


def changed_pack(folder: Path, before: bytes) -> bytes:
    """The pack after ``before``: one question in other words, and one under another name."""
    shutil.copytree(RESOURCES / "pack", folder / "pack")
    (folder / "forms").mkdir()
    rows = (folder / "pack" / "forms.csv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row.startswith(("form,", "visit_note,"))]
    (folder / "pack" / "forms.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    council_file = folder / "pack" / "council.json"
    said = json.loads(council_file.read_text(encoding="utf-8"))
    council_file.write_text(json.dumps({**said, "version": NEXT}), encoding="utf-8")
    book = openpyxl.load_workbook(RESOURCES / "forms" / "visit_note.xlsx")
    book["settings"]["C2"] = NEXT
    book["survey"]["C13"] = "What was seen and said"
    book["survey"]["B7"] = "who_else"
    map_sheet = book.create_sheet("upgrade")
    map_sheet.append(("was", "is", "why"))
    map_sheet.append((OTHERS, WHO_ELSE, "It reads more kindly"))
    book.save(folder / "forms" / "visit_note.xlsx")
    return build_pack(folder, before)
