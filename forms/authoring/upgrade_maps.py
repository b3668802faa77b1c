"""Makes the map that records are read through out of the author's sheet ``upgrade``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.records.upgrading import Upgrade
from forms.xforms import Definition


def upgrade_of(old: Definition, new: Definition, mapped: Mapping[str, str]) -> Upgrade:
    """The map between two versions; ``mapped`` as `forms.authoring.diff.upgrade_map` reads it.

    A repeat whose questions have moved to another repeat is named too.
    """
    paths: dict[str, str] = {}
    choices: dict[str, dict[str, str]] = {}
    for was, now in mapped.items():
        path, is_choice, choice = was.partition(" = ")
        if is_choice and now:
            choices.setdefault(path, {})[choice] = now.partition(" = ")[2]
        elif not is_choice and now and path != now:
            paths[path] = now
            pairs = zip(repeats_of(old, path), repeats_of(new, now), strict=False)
            paths |= {one: other for one, other in pairs if one != other}
    return Upgrade(old.id, old.version, new.version, paths, choices)


def composed(first: Upgrade, then: Upgrade) -> Upgrade:
    """The map that leads as far as both, one after the other."""
    paths = {was: then.paths.get(now, now) for was, now in first.paths.items()}
    reached = set(first.paths.values())
    paths |= {
        was: now for was, now in then.paths.items() if was not in first.paths and was not in reached
    }
    choices = {
        path: {was: then.value(first.path(path), now) for was, now in found.items()}
        for path, found in first.choices.items()
    }
    back = first.reversed()
    for path, found in then.choices.items():
        known = choices.setdefault(back.path(path), {})
        became = set(known.values())
        known |= {was: now for was, now in found.items() if was not in known and was not in became}
    return Upgrade(
        first.form,
        first.was,
        then.now,
        {was: now for was, now in paths.items() if was != now},
        {path: found for path, found in choices.items() if found},
    )


def repeats_of(form: Definition, path: str) -> tuple[str, ...]:
    """The repeats that hold a question, the outermost first."""
    return tuple(_repeats(form, path))


def _repeats(form: Definition, path: str) -> Iterator[str]:
    for node in form.root.walk():
        within = path.startswith(f"{node.reference}/")
        if node.repeat is not None and within:
            yield node.reference
