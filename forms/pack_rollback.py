"""Rolling a pack back: the content published earlier, under a new and higher version.

A version is never used again and never goes down, so no device has to be told to forget anything.
Forms and versions of forms that came later stay, not offered, because records may be on them; so do
the maps that lead between versions.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from forms.manifest import MANIFEST, Manifest, PackForm
from forms.pack import Pack
from forms.pack_file import form_member, packed


def rolled_back(earlier: bytes, latest: bytes, version: str) -> bytes:
    """The pack ``earlier`` as ``version``, with every form version of ``latest`` kept for records.

    Raises PackError if either cannot be read.
    """
    then, now = Pack.as_written(earlier), Pack.as_written(latest)
    offered = {form.id for form in then.kept_forms}
    forms = [_with_versions(form, now) for form in then.kept_forms]
    forms += [replace(form, offered=False) for form in now.kept_forms if form.id not in offered]
    members = {
        form_member(form.id, one): _content(then, now, form.id, one)
        for form in forms
        for one in form.versions
    }
    members |= {f"lists/{name}": data for name, data in then.lists.items()}
    manifest = replace(
        _manifest(earlier), version=version, forms=tuple(forms), upgrades=now.upgrades
    )
    return packed(manifest, members)


def next_version(version: str) -> str:
    """The version after this one: 2026.11.3 becomes 2026.11.4, and "autumn" becomes autumn.1."""
    head, dot, last = version.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdigit() else f"{version}.1"


def _with_versions(form: PackForm, now: Pack) -> PackForm:
    later = next((one.versions for one in now.kept_forms if one.id == form.id), ())
    return replace(form, versions=tuple(dict.fromkeys([*form.versions, *later])))


def _content(then: Pack, now: Pack, form: str, version: str) -> bytes:
    known = next((one for one in then.kept_forms if one.id == form), None)
    return (then if known and version in known.versions else now).form(form, version)


def _manifest(data: bytes) -> Manifest:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return MANIFEST.validate_json(archive.read("pack.json"))
