"""How far a long simulation is, in a file: what was interrupted goes on where it was."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.run import Tally


class Progress:
    """A line of JSON for each portion of seeds that was run whole. Without a file, nothing is kept.

    A portion that was cut off has no line, or one that cannot be read, and is run again.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._done = dict(_lines(file)) if file is not None and file.exists() else {}

    @property
    def kept(self) -> list[Tally]:
        """What was run before, a portion each."""
        return list(self._done.values())

    def has(self, seeds: range) -> bool:
        """Whether these were run before."""
        return _name(seeds) in self._done

    def keep(self, seeds: range, tally: Tally) -> None:
        """Notes a portion, if time did not cut it short."""
        if self._file is None or tally.runs < len(seeds):
            return
        said = {"seeds": _name(seeds), **vars(tally)}
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(said) + "\n")


def _lines(file: Path) -> Iterator[tuple[str, Tally]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue  # the process ended while it wrote this
        name = said.pop("seeds")
        violations = {int(seed): words for seed, words in said.pop("violations").items()}
        yield name, Tally(**said | {"happened": Counter(said["happened"])}, violations=violations)


def _name(seeds: range) -> str:
    return f"{seeds[0]}-{seeds[-1]}"
