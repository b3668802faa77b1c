"""The pack: what a council owns and changes without a programmer, as a device reads it.

One zip file: ``pack.json`` (everything small), ``forms/<id>/<version>.xml`` (compiled forms, every
version that a record may still use) and ``lists/<name>.csv`` (what a form looks up). It is built by
`forms.authoring.pack`. It comes over a network: nothing in it is trusted, members are read by exact
name, and nothing larger than its cap is unpacked.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from forms import program
from forms.records.answer_path import schema_path
from forms.records.naming import Naming
from forms.records.protective import Protective
from forms.records.upgrading import Upgrade, version_order

FORMAT = 1
MAX_PACK = 32 * 1024 * 1024
MAX_MEMBER = 8 * 1024 * 1024
MAX_UNPACKED = 128 * 1024 * 1024
MAX_MEMBERS = 2_000
AUDIENCE_ROLES = ("worker", "coordinator", "manager", "analyst", "information_governance")
SHARED = ("never", "basic", "more")
"""When contributors get a form: never; where the family lets them know that there is help
(``basic``); or only where they may also know what it is about (``more``)."""
RETENTION_RULES = ("helped", "helped_no_birthday", "not_taken_up")
"""What the table ``retention`` says for how many years it is kept, as the EHM obeys it."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")


NEEDS_PROGRAM = "0.1.0"
"""The oldest program that can use the packs built here. Raised when a pack begins to say something
that must not be passed over."""


class PackError(Exception):
    """A pack that is damaged, hostile or made for another program."""

    title = "The council's forms cannot be used"

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class ProgramTooOld(PackError):
    """A pack that wants a later version of this program."""

    title = "The council's newest forms need a newer program"

    def __init__(self, needs: str) -> None:
        super().__init__(
            f"They need version {needs} of Your Family or later; this is {program.VERSION}. Ask "
            "your council's IT to update it. Until then this laptop goes on with the forms that it "
            "has, and nothing is lost."
        )


@dataclass(frozen=True, slots=True)
class PackForm:
    """One form as the pack offers it: the current ``version``, and the ``versions`` it holds.

    ``order`` is its place in the work with a family and ``why`` the sentence that says why then;
    a form of ``any_time`` is no step, but may be begun whenever it is wanted; one of ``at_first``
    is a step only for a family of which nothing else is written. One that is not ``offered`` any
    more is here for the records that were begun on it. ``unchecked`` are the
    languages, as the form names them, whose words are *drafted, not checked*: never the only basis
    of an agreement, a notice or a safety text.
    """

    id: str
    version: str
    title: str
    order: int
    why: str
    once_per_family: bool = False
    about_child: bool = False
    any_time: bool = False
    at_first: bool = False
    offered: bool = True
    versions: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ring. ``urgent``: shown when a child may be in danger."""

    key: str
    name: str
    number: str
    when: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that a family is told or signs, in one language.

    ``checked_by`` is blank while it is *drafted, not checked*: then it is never the only basis of
    an agreement or a notice.
    """

    key: str
    version: str
    language: str
    words: str
    checked_by: str = ""
    checked_on: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """A protective question: what it guards (``paper``, ``talk``, ``contact`` ...)."""

    guards: str
    form: str
    path: str
    safest_first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptFrom:
    """A part of a form that is not on the screen while somebody sits beside the worker.

    With ``when``, only while one of ``values`` is answered there, in the same row.
    """

    path: str
    when: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carry:
    """A question of ``form`` at ``path`` that is the same as one of another form, at ``to``.

    ``[]`` in ``to`` stands for the row of the same UUID. Where ``path`` is a repeat, ``to`` is the
    repeat of the other form that has the same rows, or the question there that names the row.
    Finishing this form begins the other one, unless that comes ``later``, in its own time.
    """

    form: str
    path: str
    to: str
    later: bool = False

    @property
    def target(self) -> str:
        """The form that the answer is carried to."""
        return self.to.split("/")[1]


@dataclass(frozen=True, slots=True)
class FormChange:
    """What is different, in words, for whoever has a record of ``form`` on version ``since``."""

    form: str
    since: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``pack.json`` holds. ``words`` and ``terms`` are by language, then key;
    ``never_printed`` are paths of the definition, by form. ``program`` is the oldest program that
    can use the pack; what a later builder says besides, an older program passes over.
    """

    format: int
    version: str
    council: str
    is_demo: bool
    forms: tuple[PackForm, ...]
    guards: tuple[Guard, ...]
    contacts: tuple[Contact, ...]
    wordings: tuple[Wording, ...]
    words: Mapping[str, Mapping[str, str]]
    terms: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, tuple[Mapping[str, str], ...]]
    lists: tuple[str, ...]
    never_printed: Mapping[str, tuple[str, ...]]
    carries: tuple[Carry, ...] = ()
    changed: tuple[FormChange, ...] = ()
    upgrades: tuple[Upgrade, ...] = ()
    program: str = "0.1.0"


MANIFEST = TypeAdapter(Manifest)


class Pack:
    """A pack that has been read and found whole. Immutable."""

    def __init__(
        self, manifest: Manifest, forms: Mapping[tuple[str, str], bytes], lists: Mapping[str, bytes]
    ) -> None:
        self._manifest = manifest
        self._forms = forms
        self.version = manifest.version
        self.council = manifest.council
        self.is_demo = manifest.is_demo
        self.kept_forms = tuple(sorted(manifest.forms, key=lambda form: form.order))
        self.forms = tuple(form for form in self.kept_forms if form.offered)
        self.contacts = manifest.contacts
        self.wordings = manifest.wordings
        self.tables = manifest.tables
        self.carries = manifest.carries
        self.upgrades = manifest.upgrades
        self.lists = MappingProxyType(dict(lists))
        self.protective = tuple(_protective(guard) for guard in manifest.guards)
        self.naming = tuple(
            Naming(row["form"], row["path"], row["holds"])
            for row in manifest.tables.get("readers_blocked", ())
        )

    @classmethod
    def read(cls, data: bytes) -> Pack:
        """The pack in these bytes. Raises PackError, and nothing else, whatever they are."""
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
                    (form.id, version): members.read(form_member(form.id, version))
                    for form in manifest.forms
                    for version in form.versions
                }
                lists = {name: members.read(f"lists/{name}") for name in manifest.lists}
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
            raise PackError(
                "The pack of forms is damaged. Sync again; if that does not help, tell IT."
            ) from error
        return cls(manifest, forms, lists)

    def form(self, id: str, version: str | None = None) -> bytes:  # noqa: A002 - the field's own word
        """The compiled XForm; the current version unless one is named. Raises PackError."""
        if version is None:
            version = self.about(id).version
        try:
            return self._forms[id, version]
        except KeyError:
            raise PackError(
                f"The forms on this device do not include {id}, version {version}. Sync to get it."
            ) from None

    def about(self, form: str) -> PackForm:
        """What the pack says of a form. Raises PackError if it has no such form."""
        for found in self.kept_forms:
            if found.id == form:
                return found
        raise PackError(f"The forms on this device do not include {form}. Sync to get it.")

    def guarding(self, what: str) -> tuple[Protective, ...]:
        """The protective questions that guard ``what``: ``paper``, ``talk``, ``contact`` ..."""
        return tuple(_protective(g) for g in self._manifest.guards if g.guards == what)

    def changed_since(self, form: str, version: str) -> tuple[str, ...]:
        """What the current version of a form has that ``version`` had not, in words."""
        for one in self._manifest.changed:
            if (one.form, one.since) == (form, version):
                return one.says
        return ()

    def never_printed(self, form: str) -> tuple[str, ...]:
        """The paths of a form that the council keeps off every paper, with all in them."""
        return self._manifest.never_printed.get(form, ())

    def is_never_printed(self, form: str, path: str) -> bool:
        """True for an answer, or anything around it, that the council keeps off every paper.

        ``path`` may name rows.
        """
        plain = schema_path(path)
        kept = self.never_printed(form)
        return any(plain == one or plain.startswith(f"{one}/") for one in kept)

    def kept_from(self, beside: str, form: str) -> tuple[KeptFrom, ...] | None:
        """What of a form the ``family`` or the ``child`` does not see on the worker's screen.

        None: the form is not shown to them at all. What goes on no paper is kept from a family too;
        a child is asked what no paper may show.
        """
        rows = self.tables.get("beside", ())
        listed = [r for r in rows if (r.get("form"), r.get("beside")) == (form, beside)]
        if all(row.get("but_not") for row in listed):
            return None
        never = self.never_printed(form) if beside == "family" else ()
        if f"/{form}" in never:
            return None
        but = [_kept_from(row) for row in listed if row.get("but_not")]
        return (*(KeptFrom(path) for path in never), *but)

    @property
    def words(self) -> Mapping[str, str]:
        """Words for paper and screen, in English."""
        return self.words_in("en")

    def words_in(self, language: str) -> Mapping[str, str]:
        """Words for paper and screen by key; English where a language has none."""
        return _with_fallback(self._manifest.words, language)

    def terms_in(self, language: str = "en") -> Mapping[str, str]:
        """The council's glossary by key: what it calls a lead practitioner, a level, a meeting."""
        return _with_fallback(self._manifest.terms, language)

    def wording(self, key: str, language: str = "en") -> Wording:
        """A text of this language, or the English one. Raises PackError if there is neither."""
        for wanted in (language, "en"):
            for wording in self.wordings:
                if (wording.key, wording.language) == (key, wanted):
                    return wording
        raise PackError(f"The pack of forms has no words for “{key}”.")

    @property
    def privacy_notice(self) -> Wording:
        """The privacy notice, in English."""
        return self.wording("privacy_notice")

    @property
    def agreement_words(self) -> Wording:
        """What a person agrees to when they agree to early help, in English."""
        return self.wording("agreement")


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
    names = [n for form in manifest.forms for n in (form.id, *form.versions)]
    ids = [form.id for form in manifest.forms]
    whole = all(form.version in form.versions for form in manifest.forms)
    plain = all(_PLAIN_NAME.fullmatch(name) for name in (*names, *manifest.lists))
    if not (whole and plain) or len(set(ids)) != len(ids):
        raise PackError("The pack of forms is not put together as a pack should be.")


def _kept_from(row: Mapping[str, str]) -> KeptFrom:
    when, _, values = row.get("when", "").partition("=")
    return KeptFrom(row.get("but_not", ""), when.strip(), tuple(values.split()))


def _protective(guard: Guard) -> Protective:
    return Protective(guard.form, guard.path, guard.safest_first)


def _with_fallback(
    by_language: Mapping[str, Mapping[str, str]], language: str
) -> Mapping[str, str]:
    return MappingProxyType({**by_language.get("en", {}), **by_language.get(language, {})})
