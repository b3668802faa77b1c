"""A pack as a file.

One zip: ``pack.json`` (everything small), ``forms/<id>/<version>.xml`` (compiled forms, every
version that a record may still use) and ``lists/<name>.csv`` (what a form looks up). It comes over
a network: nothing in it is trusted, members are read by exact name, and nothing larger than its cap
is unpacked.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping

from pydantic import ValidationError

from forms import program
from forms.manifest import FORMAT, MANIFEST, Manifest
from forms.records.upgrading import version_order

MAX_PACK = 32 * 1024 * 1024
MAX_MEMBER = 8 * 1024 * 1024
MAX_UNPACKED = 128 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_TERM = 200
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")


class PackError(Exception):
    """A pack that is damaged, hostile or made for another program."""

    title = "The council's forms cannot be used"

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class PackDamaged(PackError):
    """A pack of which a part cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "The pack of forms is damaged. Sync again; if that does not help, tell IT."
        )


class ProgramTooOld(PackError):
    """A pack that wants a later version of this program."""

    title = "The council's newest forms need a newer program"

    def __init__(self, needs: str) -> None:
        super().__init__(
            f"They need version {needs} of Your Family or later; this is {program.VERSION}. Ask "
            "your council's IT to update it. Until then this laptop goes on with the forms that it "
            "has, and nothing is lost."
        )


def form_member(form: str, version: str) -> str:
    """The name in the zip of one compiled form."""
    return f"forms/{form}/{version}.xml"


def packed(manifest: Manifest, members: Mapping[str, bytes]) -> bytes:
    """The zip file of a pack. The same content makes the same bytes."""
    whole = {"pack.json": MANIFEST.dump_json(manifest, indent=1), **members}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in whole.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


Unpacked = tuple[Manifest, Mapping[tuple[str, str], bytes], Mapping[str, bytes]]


def unpacked(data: bytes) -> Unpacked:
    """The manifest, the forms by id and version, deflated, and the lists. Raises PackError."""
    if len(data) > MAX_PACK:
        raise PackError("The pack of forms is larger than this program accepts.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _Members(archive)
            said = members.read("pack.json")
            _check_program(said)
            manifest = MANIFEST.validate_json(said)
            _check(manifest)
            forms = {
                (form.id, version): zlib.compress(members.read(form_member(form.id, version)), 1)
                for form in manifest.forms
                for version in form.versions
            }
            return manifest, forms, {name: members.read(f"lists/{name}") for name in manifest.lists}
    except ValidationError as error:
        raise PackError(
            "The pack of forms was made for another version of this program."
        ) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
        RuntimeError,
    ) as error:
        raise PackDamaged from error


class _Members:
    """The members of a zip, by exact name, each read at most up to its cap."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        infos = archive.infolist()
        self._infos = {info.filename: info for info in infos}
        if len(infos) > MAX_MEMBERS or len(self._infos) != len(infos):
            raise PackError("The pack of forms is not put together as a pack should be.")
        self._archive = archive
        self._left = MAX_UNPACKED

    def read(self, name: str) -> bytes:
        info = self._infos.get(name)
        if info is None:
            raise PackError("The pack of forms is not whole: a part of it is missing. Sync again.")
        with self._archive.open(info) as member:
            data = member.read(min(MAX_MEMBER, self._left) + 1)
        self._left -= len(data)
        if len(data) > MAX_MEMBER or self._left < 0:
            raise PackError("The pack of forms is larger than this program accepts.")
        return data


def _check_program(said: bytes) -> None:
    """First of all: a later format may have another shape. ValueError if it is no JSON."""
    read = json.loads(said)
    needs = read.get("program", "") if isinstance(read, dict) else ""
    if isinstance(needs, str) and version_order(needs) > version_order(program.VERSION):
        raise ProgramTooOld(needs[:20])


def _check(manifest: Manifest) -> None:
    """What the types do not say: the format, plain names, each form once with its own version."""
    if manifest.format != FORMAT:
        raise PackError("The pack of forms was made for another version of this program.")
    terms = [term for by_key in manifest.terms.values() for term in by_key.values()]
    names = [n for form in manifest.forms for n in (form.id, *form.versions)]
    ids = [form.id for form in manifest.forms]
    whole = all(
        {form.version, form.until_then or form.version} <= set(form.versions)
        for form in manifest.forms
    )
    plain = all(_PLAIN_NAME.fullmatch(name) for name in (*names, *manifest.lists))
    short = all(len(term) <= MAX_TERM for term in terms)
    if not (whole and plain and short) or len(set(ids)) != len(ids):
        raise PackError("The pack of forms is not put together as a pack should be.")
