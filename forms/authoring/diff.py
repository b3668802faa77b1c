"""What a new version of a form changes for records already begun: in words, no loss in silence.

A record stays on the version that it was begun with; it is read on a newer one through a written
map. The author writes that map into a sheet ``upgrade`` of the new spreadsheet: ``was`` (the path
of a question, or ``path = choice``), ``is`` (where it is now; blank: no longer asked) and ``why``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from forms.authoring.compile import compile_form
from forms.authoring.mistakes import FormMistakes, Mistake
from forms.authoring.sheets import UPGRADE, read_sheets
from forms.authoring.upgrade_maps import repeats_of
from forms.xforms import Definition, FormError, Question, load_definition

Weight = Literal["loss", "change"]
_WORDS = {
    "string": "text",
    "int": "a whole number",
    "decimal": "a number",
    "binary": "a picture or file",
    "dateTime": "a date and time",
    "date": "a date",
    "time": "a time",
    "boolean": "yes or no",
}
_ASKED = {"select1": "one choice", "select": "several choices", "rank": "an order of choices"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One change between two versions. A ``loss`` is a mistake until the map says what is meant.

    ``is_seen``: whoever fills the form can see it.
    """

    says: str
    weight: Weight = "change"
    path: str = ""
    is_seen: bool = True

    def as_dict(self) -> dict[str, object]:
        """The difference as plain data, for ``--json``."""
        return asdict(self)


def compare_forms(old: Path, new: Path) -> tuple[Difference, ...]:
    """The differences between two versions, each a spreadsheet (.xlsx) or an XForm (.xml).

    Raises FormMistakes if one of them cannot be used.
    """
    before, after = _definition(old), _definition(new)
    mapped = upgrade_map(new) if new.suffix == ".xlsx" else {}
    return tuple(compare(before, after, mapped))


def compare(old: Definition, new: Definition, mapped: Mapping[str, str]) -> Iterator[Difference]:
    """The differences; ``mapped`` leads from what was to what is, blank where it ends."""
    if old.id != new.id:
        yield Difference(f"These are two forms: {old.id} and {new.id}.", "loss")
        return
    were = {question.path: question for question in old.questions if _is_asked(question)}
    are = {question.path: question for question in new.questions if _is_asked(question)}
    differences = [
        *_crossing(old, new, mapped),
        *(d for path, was in were.items() for d in _of_question(path, was, are, mapped)),
        *_choices_reworded(were, are, mapped),
        *_added(were, are, mapped),
        *_wrong_map(were, are, mapped),
    ]
    yield from differences
    if old.version == new.version and (differences or old.content_hash != new.content_hash):
        yield Difference(
            f"The form has changed, but both say version {old.version}. Give the new one a new "
            "version: records are open on the old one.",
            "loss",
        )


def _crossing(old: Definition, new: Definition, mapped: Mapping[str, str]) -> Iterator[Difference]:
    """Answers that would come to lie on each other, or in rows that they were not given in."""
    were = [question.path for question in old.questions if _is_asked(question)]
    are = {question.path for question in new.questions if _is_asked(question)}
    came: dict[str, str] = {}
    for path in were:
        now = mapped.get(path, path)
        if now not in are:
            continue
        if now in came:
            yield Difference(
                f"{came[now]} and {path} would both become {now}, which holds one answer. Give "
                "one of them a question of its own.",
                "loss",
                path,
            )
        came.setdefault(now, path)
        if len(repeats_of(old, path)) != len(repeats_of(new, now)):
            yield Difference(
                f"{path} moves into or out of a list of rows ({now}): its answers would belong to "
                "nobody. Give the new question a new name.",
                "loss",
                path,
            )
    for path, now in mapped.items():
        if now and now != path and path in are and path not in mapped.values():
            yield Difference(
                f"{path} has become {now}, and another question has its name now. Give that one a "
                "name of its own.",
                "loss",
                path,
            )


def _of_question(
    path: str, was: Question, are: Mapping[str, Question], mapped: Mapping[str, str]
) -> Iterator[Difference]:
    now = are.get(mapped.get(path, path))
    if now is None:
        yield _gone(path, was, are, mapped)
        return
    if now.path != path:
        yield Difference(f"“{was.label()}” moves from {path} to {now.path}.", "change", path, False)
    if kind_of(was) != kind_of(now):
        yield Difference(
            f"“{was.label()}” asked for {kind_of(was)} and now asks for {kind_of(now)}: what was "
            "answered may not fit. Give the new question a new name.",
            "loss",
            path,
        )
    if was.label() != now.label():
        yield Difference(f"“{was.label()}” now reads “{now.label()}”.", "change", path)
    if now.required and not was.required:
        yield Difference(
            f"“{now.label()}” must now be answered before the record is finished.", "change", path
        )
    yield from _choices(path, was, now, mapped)


def _gone(
    path: str, was: Question, are: Mapping[str, Question], mapped: Mapping[str, str]
) -> Difference:
    if mapped.get(path) == "":
        return Difference(
            f"“{was.label()}” is no longer asked; its answers stay with their records.",
            "change",
            path,
        )
    likely = _likely(was, are)
    meant = f" If {likely} is the same question, write that" if likely else " Say what is meant"
    return Difference(
        f"“{was.label()}” ({path}) is gone: its answers would be lost from view.{meant} in the "
        "sheet “upgrade” of the new form.",
        "loss",
        path,
    )


def _likely(was: Question, are: Mapping[str, Question]) -> str:
    """The path of the new question that is probably the old one; blank if none is."""
    name = was.path.rpartition("/")[2]
    for path, now in are.items():
        if path.rpartition("/")[2] == name or (now.label() and now.label() == was.label()):
            return path
    return ""


def _choices(
    path: str, was: Question, now: Question, mapped: Mapping[str, str]
) -> Iterator[Difference]:
    if not was.choices or not now.choices:
        return
    said, says = dict(was.choice_words), dict(now.choice_words)
    for choice in was.choices:
        became = mapped.get(f"{path} = {choice}")
        words = said.get(choice) or choice
        another = next((c for c in now.choices if became == f"{now.path} = {c}"), None)
        if another is not None and (another != choice or choice not in now.choices):
            yield Difference(
                f"“{was.label()}”: where “{words}” was chosen, the new form says "
                f"“{says.get(another) or another}”.",
                "change",
                path,
            )
        elif choice in now.choices:
            continue
        elif became == "":
            yield Difference(
                f"“{was.label()}” no longer offers “{words}”; where it was chosen it stays.",
                "change",
                path,
            )
        else:
            yield Difference(
                f"“{was.label()}” no longer has the choice “{words}” ({choice}), which may have "
                "been chosen. "
                "Keep it, or say what became of it in the sheet “upgrade” of the new form.",
                "loss",
                path,
            )


def _choices_reworded(
    were: Mapping[str, Question], are: Mapping[str, Question], mapped: Mapping[str, str]
) -> Iterator[Difference]:
    """Each once, though many questions offer the same list: what was chosen may mean another."""
    told: set[tuple[str, str]] = set()
    for path, was in were.items():
        now = are.get(mapped.get(path, path))
        says = dict(now.choice_words) if now is not None else {}
        for choice, words in was.choice_words:
            instead = says.get(choice, words)
            if instead != words and (words, instead) not in told:
                told.add((words, instead))
                yield Difference(f"The choice “{words}” now reads “{instead}”.", "change", path)


def _added(
    were: Mapping[str, Question], are: Mapping[str, Question], mapped: Mapping[str, str]
) -> Iterator[Difference]:
    for path, now in are.items():
        if path not in were and path not in mapped.values():
            yield Difference(f"“{now.label()}” is new.", "change", path)


def _wrong_map(
    were: Mapping[str, Question], are: Mapping[str, Question], mapped: Mapping[str, str]
) -> Iterator[Difference]:
    """Rows of the map that lead nowhere."""
    for was, now in mapped.items():
        if was.partition(" = ")[0] not in were:
            yield Difference(f"The map names {was}, which the old form does not have.", "loss", was)
        elif now and now.partition(" = ")[0] not in are:
            yield Difference(
                f"The map leads to {now}, which the new form does not have.", "loss", was
            )


def _is_asked(question: Question) -> bool:
    return question.control not in ("", "note")


def kind_of(question: Question) -> str:
    """What a question asks for, in words."""
    if question.control in _ASKED:
        return _ASKED[question.control]
    return _WORDS.get(question.type, question.type)


def _definition(file: Path) -> Definition:
    xform = compile_form(file) if file.suffix == ".xlsx" else _read(file)
    try:
        return load_definition(xform, missing_is_empty=True)
    except FormError as refused:
        raise FormMistakes(file.name, [Mistake(f"{refused.title}: {refused.message}")]) from refused


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise FormMistakes(file.name, [Mistake("The file cannot be read.")]) from error


def upgrade_map(xlsx: Path) -> dict[str, str]:
    """What the author wrote in the sheet ``upgrade``: what was, to what is, blank where it ends."""
    lines: Iterable[Mapping[str, str]] = (
        line.cells for line in read_sheets(xlsx).sheet(UPGRADE).lines
    )
    return {_spaced(cells.get("was", "")): _spaced(cells.get("is", "")) for cells in lines}


def _spaced(written: str) -> str:
    """``/plan/progress=done`` as ``/plan/progress = done``."""
    path, equals, choice = (part.strip() for part in written.partition("="))
    return f"{path} = {choice}" if equals else path
