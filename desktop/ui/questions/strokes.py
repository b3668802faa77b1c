"""What a pen leaves: signatures and drawings as strokes, kept as JSON.

``{"width": 1000, "height": 400, "strokes": [{"ink": "#1b1f23", "points": [[x, y, force], …]}, …]}``
with x and y in units of the canvas, force from 0 to 1.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

EXTENSION = "strokes.json"
WIDTH = 1000

Point = tuple[float, float, float]


@dataclass(slots=True)
class Stroke:
    """One line of the pen, in one ink."""

    ink: str
    points: list[Point] = field(default_factory=list)


@dataclass(slots=True)
class Strokes:
    """Everything on one canvas, oldest stroke first."""

    height: int
    strokes: list[Stroke] = field(default_factory=list)

    def written(self) -> bytes:
        """As kept in the vault. The same strokes are always the same bytes."""
        whole = {
            "width": WIDTH,
            "height": self.height,
            "strokes": [
                {
                    "ink": stroke.ink,
                    "points": [
                        [round(x, 1), round(y, 1), round(f, 2)] for x, y, f in stroke.points
                    ],
                }
                for stroke in self.strokes
            ],
        }
        return json.dumps(whole, separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def read(cls, content: bytes) -> Strokes:
        """What ``written`` made. Raises ValueError for anything else."""
        try:
            whole = json.loads(content)
            strokes = [
                Stroke(
                    str(stroke["ink"]),
                    [(float(x), float(y), float(f)) for x, y, f in stroke["points"]],
                )
                for stroke in whole["strokes"]
            ]
            return cls(int(whole["height"]), strokes)
        except (KeyError, TypeError, UnicodeDecodeError, RecursionError) as error:
            raise ValueError("not strokes") from error
