"""Spacing: one short scale, in device-independent pixels."""

from __future__ import annotations

HAIR = 4
TIGHT = 8
CLOSE = 12
NORMAL = 16
WIDE = 24
LOOSE = 32
SECTION = 48

TARGET = 44
"""The least height of anything that is clicked or touched. The rule is 40; the rest is comfort."""

CORNER = 6
"""The radius of corners."""
