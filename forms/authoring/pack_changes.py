"""What a pack says to those whose records are on an earlier version of a form that has changed.

The words are those of `forms.authoring.diff`, by the map that the author wrote into the sheet
``upgrade``. A change that would lose an answer, or that takes the name from a question by which the
council decides who may see what, builds no pack: such answers are found by that name in every
record, on whichever version it was begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from forms.authoring.diff import compare, upgrade_map
from forms.authoring.mistakes import FormMistakes, Mistake
from forms.pack import FormChange, Pack, PackForm
from forms.xforms import Definition, load_definition

_BY_NAME = {
    "beside": "but_not",
    "printed_only": "path",
    "readers_blocked": "path",
    "sharing_rules": "path",
}


def changes_of_forms(
    folder: Path,
    offered: Iterable[PackForm],
    compiled: Mapping[tuple[str, str], bytes],
    before: Pack | None,
) -> Iterator[FormChange]:
    """For each earlier version of a form: what is different now, in the words of its author.

    ``before`` is the pack published before; a form that it had on this version already keeps what
    was said then. Raises FormMistakes where an answer would be lost from view.
    """
    known = {form.id: form.version for form in before.kept_forms} if before else {}
    for form in offered:
        if before is None or form.id not in known:
            continue
        last = known[form.id]
        now: tuple[str, ...] = ()
        if last != form.version:
            now = _differences(folder, form, _definition(compiled, form.id, last), compiled, before)
        for version in form.versions:
            says = (*before.changed_since(form.id, version), *now)
            if version != form.version and says:
                yield FormChange(form.id, version, says)


def _differences(
    folder: Path,
    form: PackForm,
    old: Definition,
    compiled: Mapping[tuple[str, str], bytes],
    before: Pack,
) -> tuple[str, ...]:
    xlsx = folder / f"{form.id}.xlsx"
    new = _definition(compiled, form.id, form.version)
    asked = {question.path for question in old.questions}
    mapped = {
        was: now
        for was, now in upgrade_map(xlsx).items()
        if was.partition(" = ")[0] in asked  # rows about versions before that one stay in the sheet
    }
    found = tuple(compare(old, new, mapped))
    wrong = [Mistake(one.says) for one in found if one.weight == "loss"]
    still = {question.path for question in new.questions}
    wrong += [
        Mistake(f"{path} decides who may see what: change its words, and keep its name.")
        for path in sorted(_deciding(before, form.id) & asked - still)
    ]
    if wrong:
        raise FormMistakes(xlsx.name, wrong)
    return tuple(one.says for one in found if one.is_seen)


def _deciding(pack: Pack, form: str) -> set[str]:
    """The questions of a form that the pack names where it says who may see what."""
    named = {guard.path for guard in pack.protective if guard.form == form}
    named |= set(pack.never_printed(form))
    for table, column in _BY_NAME.items():
        rows = pack.tables.get(table, ())
        named |= {row.get(column, "") for row in rows if row.get("form") == form}
    return named


def _definition(compiled: Mapping[tuple[str, str], bytes], form: str, version: str) -> Definition:
    return load_definition(compiled[form, version], missing_is_empty=True)
