"""What is drawn with the mouse: lines of points between 0 and 1 across the board."""

from __future__ import annotations

import math

from tests.journeys.tree import Area

Line = tuple[tuple[float, float], ...]
MARGIN = 16  # pixels
LEAST_WIDTH, LEAST_HEIGHT = 60, 40


def _circle(x: float, y: float, radius: float) -> Line:
    turns = (2 * math.pi * step / 24 for step in range(25))
    return tuple((x + radius * math.cos(at) * 0.6, y + radius * math.sin(at)) for at in turns)


def _loops(count: int) -> Line:
    turns = [step / 12 for step in range(count * 75)]
    return tuple(
        (
            0.12 + 0.5 * at / turns[-1] + 0.05 * math.cos(at),
            0.5 - (0.28 - 0.2 * at / turns[-1]) * math.sin(at),
        )
        for at in turns
    )


SIGNATURE = (_loops(5), ((0.1, 0.86), (0.4, 0.8), (0.7, 0.84)))
HOUSE = (
    ((0.3, 0.9), (0.3, 0.45), (0.5, 0.15), (0.7, 0.45), (0.7, 0.9), (0.3, 0.9)),
    ((0.46, 0.9), (0.46, 0.65), (0.54, 0.65), (0.54, 0.9)),
    ((0.3, 0.45), (0.7, 0.45)),
    _circle(0.83, 0.72, 0.09),
    ((0.79, 0.66), (0.8, 0.58), (0.82, 0.64)),
    ((0.84, 0.64), (0.86, 0.58), (0.87, 0.66)),
)


def strokes_on(board: Area, lines: tuple[Line, ...]) -> list[list[tuple[int, int]]]:
    """The lines as places of the screen, drawn slowly enough to be smooth."""
    wide, tall = board.width - 2 * MARGIN, board.height - 2 * MARGIN
    if wide < LEAST_WIDTH or tall < LEAST_HEIGHT:
        raise ValueError("there is too little of the board in view to draw on")
    return [
        [(board.x + MARGIN + round(x * wide), board.y + MARGIN + round(y * tall)) for x, y in line]
        for line in lines
    ]
