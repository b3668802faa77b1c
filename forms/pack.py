"""The pack: what a council owns and changes without a programmer, as a device reads it.

It is built by `forms.authoring.pack`; as a file it is a zip (`forms.pack_file`), what it says is
`forms.manifest`, and the council's terms are filled in as it is read (`forms.terms`).
"""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from forms.manifest import Guard, KeptFrom, Manifest, PackForm, Wording
from forms.pack_file import PackDamaged, PackError, unpacked
from forms.records.answer_path import schema_path
from forms.records.naming import Naming
from forms.records.protective import Protective
from forms.terms import ENGLISH, Glossary

_EDITION = re.compile(r"\.from-(?P<day>\d{4}-\d\d-\d\d)\.csv$")


class Pack:
    """A pack that has been read and found whole. Immutable.

    Its forms are kept deflated, a fifth as large: it has every version that a record may be on.
    """

    def __init__(
        self,
        manifest: Manifest,
        forms: Mapping[tuple[str, str], bytes],
        lists: Mapping[str, bytes],
        glossary: Glossary,
    ) -> None:
        self._manifest = manifest
        self._forms = forms
        self._glossary = glossary
        self._filled: dict[tuple[str, str], bytes] = {}  # with the council's terms in place
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
        self.all_called_before = manifest.called_before
        self.lists = MappingProxyType(dict(lists))
        self.protective = tuple(_protective(guard) for guard in manifest.guards)
        self.naming = tuple(
            Naming(row["form"], row["path"], row["holds"])
            for row in manifest.tables.get("readers_blocked", ())
        )

    @classmethod
    def read(cls, data: bytes) -> Pack:
        """The pack in these bytes, in the council's terms.

        Raises PackError, and nothing else, whatever they are.
        """
        manifest, forms, lists = unpacked(data)
        glossary = Glossary(manifest.terms)
        try:
            said = {name: glossary.in_list(listed) for name, listed in lists.items()}
        except csv.Error as error:
            raise PackDamaged from error
        return cls(_in_terms(manifest, glossary), forms, said, glossary)

    @classmethod
    def as_written(cls, data: bytes) -> Pack:
        """The pack with its terms not filled in: what the next pack is built upon. PackError."""
        return cls(*unpacked(data), Glossary())

    def on(self, day: date) -> Pack:
        """The pack as it stands on a day: what begins later is offered as it was, or not yet."""
        today = day.isoformat()
        if all(form.begins <= today for form in self.kept_forms):
            return self
        forms = tuple(f if f.begins <= today else _until_then(f) for f in self.kept_forms)
        manifest = replace(self._manifest, forms=forms)
        return Pack(manifest, self._forms, self.lists, self._glossary)

    def lists_on(self, day: date) -> Mapping[str, bytes]:
        """The lists for a record that was begun on a day: those that begin later are not its own.

        ``levels.from-2027-04-01.csv`` takes the place of ``levels.csv`` from that day on.
        """
        found = dict(self.lists)
        for name in self.editions_on(day):
            found[_EDITION.sub(".csv", name)] = self.lists[name]
        return found

    def editions_on(self, day: date) -> tuple[str, ...]:
        """The lists with a day in their name that have begun by this one, the latest last."""
        dated = ((name, _EDITION.search(name)) for name in sorted(self.lists))
        return tuple(name for name, of in dated if of is not None and of["day"] <= day.isoformat())

    def form(self, id: str, version: str | None = None) -> bytes:  # noqa: A002 - the field's own word
        """The compiled XForm; the current version unless one is named. Raises PackError."""
        if version is None:
            version = self.about(id).version
        try:
            deflated = self._forms[id, version]
        except KeyError:
            raise PackError(
                f"The forms on this device do not include {id}, version {version}. Sync to get it."
            ) from None
        if (id, version) not in self._filled:
            filled = self._glossary.in_form(zlib.decompress(deflated))
            self._filled[id, version] = zlib.compress(filled, 1)
        return zlib.decompress(self._filled[id, version])

    def about(self, form: str) -> PackForm:
        """What the pack says of a form. Raises PackError if it has no such form."""
        for found in self.kept_forms:
            if found.id == form:
                return found
        raise PackError(f"The forms on this device do not include {form}. Sync to get it.")

    def goes_on(self, form: str) -> bool:
        """True for what a family has once and keeps writing on: finishing never closes it."""
        return any(known.once_per_family for known in self.kept_forms if known.id == form)

    def guarding(self, what: str) -> tuple[Protective, ...]:
        """The protective questions that guard ``what``: ``paper``, ``talk``, ``contact`` ..."""
        return tuple(_protective(g) for g in self._manifest.guards if g.guards == what)

    def changed_since(self, form: str, version: str) -> tuple[str, ...]:
        """What the current version of a form has that ``version`` had not, in words."""
        for one in self._manifest.changed:
            if (one.form, one.since) == (form, version):
                return one.says
        return ()

    def called_before(self, form: str) -> Mapping[str, str]:
        """The older words of a form's questions by path: people look for what they remember."""
        found: dict[str, str] = {}
        for one in self.all_called_before:
            if one.form == form:
                found[one.path] = f"{found.get(one.path, '')} {one.words}".strip()
        return found

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

    def said(self, words: str, language: str = ENGLISH) -> str:
        """Words of the program, with the council's terms: `forms.terms.KNOWN`."""
        return self._glossary.said(words, language)

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


def _until_then(form: PackForm) -> PackForm:
    if not form.until_then:
        return replace(form, offered=False)
    return replace(form, version=form.until_then)


def _in_terms(manifest: Manifest, glossary: Glossary) -> Manifest:
    """What a pack says, with the council's terms filled in."""
    said = glossary.said
    return replace(
        manifest,
        forms=tuple(replace(f, title=said(f.title), why=said(f.why)) for f in manifest.forms),
        contacts=tuple(replace(c, name=said(c.name), when=said(c.when)) for c in manifest.contacts),
        wordings=tuple(replace(w, words=said(w.words, w.language)) for w in manifest.wordings),
        words={
            language: {key: said(words, language) for key, words in by_key.items()}
            for language, by_key in manifest.words.items()
        },
        tables={name: glossary.in_rows(rows) for name, rows in manifest.tables.items()},
        called_before=tuple(replace(c, words=said(c.words)) for c in manifest.called_before),
        changed=tuple(replace(c, says=tuple(map(said, c.says))) for c in manifest.changed),
    )


def _kept_from(row: Mapping[str, str]) -> KeptFrom:
    when, _, values = row.get("when", "").partition("=")
    return KeptFrom(row.get("but_not", ""), when.strip(), tuple(values.split()))


def _protective(guard: Guard) -> Protective:
    return Protective(guard.form, guard.path, guard.safest_first)


def _with_fallback(
    by_language: Mapping[str, Mapping[str, str]], language: str
) -> Mapping[str, str]:
    return MappingProxyType({**by_language.get("en", {}), **by_language.get(language, {})})
