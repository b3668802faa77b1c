"""Packs that hold next to nothing, for tests of publishing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forms.manifest import Manifest, PackForm
from forms.pack_file import packed

_PLAN = PackForm("plan", "1", "Plan", 1, "Why.", versions=("1",))
_MANIFEST = Manifest(1, "2026.1", "Demo", True, (_PLAN,), (), (), (), {}, {}, {}, (), {})


def small_pack(
    version: str,
    forms: Mapping[str, tuple[str, ...]] | None = None,
    words: str = "",
    terms: Mapping[str, str] | None = None,
) -> bytes:
    """A pack of forms that are no forms: id to versions, the last of them offered."""
    asked = forms or {}
    offered = tuple(
        replace(_PLAN, id=form, version=versions[-1], versions=versions)
        for form, versions in asked.items()
    )
    members = {
        f"forms/{form}/{one}.xml": f"{form} {one}{words}".encode()
        for form, versions in asked.items()
        for one in versions
    }
    manifest = replace(_MANIFEST, version=version, forms=offered, terms={"en": terms or {}})
    return packed(manifest, members)
