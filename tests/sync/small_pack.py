"""A pack of the real household form and a few empty ones: quick to build."""

from __future__ import annotations

import functools
import io
import zipfile
from pathlib import Path

from forms.authoring.compile import compile_form
from forms.manifest import FORMAT, MANIFEST, Manifest, PackForm
from forms.pack_file import form_member

_HOUSEHOLD = Path(__file__).parents[2] / "resources/forms/household.xlsx"
_EMPTY = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Note</h:title><model><instance><note id="{form}" version="1"><what/></note>
</instance><bind nodeset="/note/what" type="string"/></model></h:head>
<h:body><input ref="/note/what"><label>What?</label></input></h:body></h:html>"""


@functools.cache
def small_pack(
    version: str = "1",
    *others: str,
    not_taken_up: str = "2",
    policy: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """Household, visit note and ``others``, each at version 1; how long things are kept."""
    kept = {"helped": "25", "helped_no_birthday": "15", "not_taken_up": not_taken_up}
    retention = tuple({"rule": rule, "keep_for": years} for rule, years in kept.items())
    names = ("household", "visit_note", *others)
    forms = tuple(
        PackForm(id=name, version="1", title=name, order=at, why="", versions=("1",))
        for at, name in enumerate(names)
    )
    manifest = Manifest(
        format=FORMAT,
        version=version,
        council="Demonstration Council",
        is_demo=True,
        forms=forms,
        guards=(),
        contacts=(),
        wordings=(),
        words={"en": {}},
        terms={"en": {}},
        tables={
            "retention": retention,
            "policy": tuple({"rule": rule, "value": value} for rule, value in policy),
        },
        lists=(),
        never_printed={},
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("pack.json", MANIFEST.dump_json(manifest))
        archive.writestr(form_member("household", "1"), _household())
        for name in names[1:]:
            archive.writestr(form_member(name, "1"), _EMPTY.format(form=name))
    return held.getvalue()


@functools.cache
def _household() -> bytes:
    return compile_form(_HOUSEHOLD)
