"""What a pack says to those whose records are on an earlier version of a form that has changed.

The words are those of `forms.authoring.diff`; the map that records are read through is what the
author wrote into the sheet ``upgrade``, followed back to every version that was ever published. A
change that would lose an answer, or that takes the name from a question that the pack itself names,
builds no pack: such answers are found by that name in every record, on whichever version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from forms.authoring.diff import compare, kind_of, upgrade_map
from forms.authoring.mistakes import FormMistakes, Mistake
from forms.authoring.sign_off import signed_off, to_sign_off
from forms.authoring.upgrade_maps import composed, upgrade_of
from forms.manifest import CalledBefore, FormChange, PackForm
from forms.pack import Pack
from forms.records.upgrading import Upgrade, Upgrades
from forms.xforms import Definition, load_definition

_BY_NAME = {
    "beside": ("form", ("but_not", "when")),
    "printed_only": ("form", ("path", "question")),
    "readers_blocked": ("form", ("path",)),
    "recipients": ("form", ("path",)),
    "subject_access": ("form", ("path",)),
    "sharing_rules": ("form", ("path",)),
    "told_before": ("form", ("path", "repeat")),
}
"""Tables of the pack that name parts of forms: the column of the form, those of the paths."""
_BY_PROGRAM = {
    "private_note": ("about_record", "about_path", "about_question"),
    "sharing": ("what/share_which",),
    "team_meeting": ("meeting/held", "meeting/where", "meeting/access"),
}
"""Questions that the program itself reads by their names."""

Compiled = Mapping[tuple[str, str], bytes]


class FormChanges:
    """Each form that the pack ``before`` had in another version, compared with what it is now.

    Raises FormMistakes where an answer would be lost from view.
    """

    def __init__(
        self, folder: Path, offered: Iterable[PackForm], compiled: Compiled, before: Pack | None
    ) -> None:
        self._compiled, self._before = compiled, before
        known = {form.id: form.version for form in before.kept_forms} if before else {}
        self._forms = [form for form in offered if form.id in known]
        self._signed = signed_off(folder.parent / "pack")
        self._says: dict[str, tuple[str, ...]] = {}
        self._steps: dict[str, Upgrade] = {}
        self._reworded: list[CalledBefore] = []
        for form in self._forms if before else ():
            last = known[form.id]
            if last != form.version and before is not None:
                self._compare(folder / f"{form.id}.xlsx", form, last, before)

    def in_words(self) -> Iterator[FormChange]:
        """For each earlier version of a form: what is different now, in the words of its author."""
        for form in self._forms if self._before else ():
            for version in form.versions:
                told = self._before.changed_since(form.id, version) if self._before else ()
                says = (*told, *self._says.get(form.id, ()))
                if version != form.version and says:
                    yield FormChange(form.id, version, says)

    def called_before(self) -> Iterator[CalledBefore]:
        """The words of questions in every earlier version, where they are asked in others now."""
        for one in self._before.all_called_before if self._before else ():
            step = self._steps.get(one.form)
            yield replace(one, path=step.path(one.path)) if step else one
        yield from self._reworded

    def upgrades(self) -> Iterator[Upgrade]:
        """The maps of the pack before, and those that lead from each earlier version to now."""
        earlier = self._before.upgrades if self._before else ()
        yield from earlier
        maps = Upgrades.of(earlier)
        for form in self._forms:
            step = self._steps.get(form.id)
            for version in form.versions if step else ():
                if step and version != form.version:
                    whole = composed(maps.between(form.id, version, step.was), step)
                    if whole.paths or whole.choices:
                        yield whole

    def _compare(self, xlsx: Path, form: PackForm, last: str, before: Pack) -> None:
        old, new = self._definition(form.id, last), self._definition(form.id, form.version)
        asked = {question.path for question in old.questions}
        mapped = {
            was: now
            for was, now in upgrade_map(xlsx).items()
            if was.partition(" = ")[0] in asked  # rows about versions before that stay in the sheet
        }
        found = tuple(compare(old, new, mapped))
        wrong = [Mistake(one.says) for one in found if one.weight == "loss"]
        wrong += _named_elsewhere(before, old, new, mapped)
        wrong += self._used_before(form, last, new)
        if (form.id, form.version) not in self._signed:
            wrong += to_sign_off(old, new, mapped)
        if wrong:
            raise FormMistakes(xlsx.name, wrong)
        self._says[form.id] = tuple(one.says for one in found if one.is_seen)
        self._steps[form.id] = upgrade_of(old, new, mapped)
        self._reworded += _reworded(old, new, mapped)

    def _used_before(self, form: PackForm, last: str, new: Definition) -> Iterator[Mistake]:
        """A name that a version before the last gave to another kind of question."""
        for version in form.versions:
            if version in (last, form.version):
                continue
            were = {one.path: one for one in self._definition(form.id, version).questions}
            for now in new.questions:
                was = were.get(now.path)
                if was is not None and kind_of(was) != kind_of(now):
                    yield Mistake(
                        f"{now.path} was another question in version {version}, and its answers "
                        "would be read here. Give the new question a name that was never used."
                    )

    def _definition(self, form: str, version: str) -> Definition:
        return load_definition(self._compiled[form, version], missing_is_empty=True)


def _reworded(
    old: Definition, new: Definition, mapped: Mapping[str, str]
) -> Iterator[CalledBefore]:
    are = {question.path: question for question in new.questions}
    for was in old.questions:
        now = are.get(mapped.get(was.path, was.path))
        if now is not None and was.label() and was.label() != now.label():
            yield CalledBefore(new.id, now.path, was.label())


def _named_elsewhere(
    pack: Pack, old: Definition, new: Definition, mapped: Mapping[str, str]
) -> Iterator[Mistake]:
    """Parts of a form that the pack names, and that would not be found by that name any more."""
    were, are = ({node.reference for node in form.root.walk()} for form in (old, new))
    named = _named(pack, old.id)
    for path in sorted(named & were - are):
        yield Mistake(
            f"{path} is named in the pack, where it says who may see what or what is carried on: "
            "change its words, and keep its name."
        )
    for was, now in mapped.items():
        path, is_choice, _ = was.partition(" = ")
        if is_choice and now and path in named:
            yield Mistake(
                f"{was}: the pack says what follows from this choice. Change its words, and keep "
                "its name."
            )


def _named(pack: Pack, form: str) -> set[str]:
    named = {guard.path for guard in pack.protective if guard.form == form}
    named |= set(pack.never_printed(form))
    for table, (of_form, columns) in _BY_NAME.items():
        for row in pack.tables.get(table, ()):
            if row.get(of_form) == form:
                named |= {row.get(column, "").partition("=")[0].strip() for column in columns}
    for carry in pack.carries:
        named |= {carry.path} if carry.form == form else set()
        named |= {carry.to.replace("[]", "")} if carry.target == form else set()
    named |= {f"/{form}/{path}" for path in _BY_PROGRAM.get(form, ())}
    return named
