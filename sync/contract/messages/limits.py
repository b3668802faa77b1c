"""The largest that is sent at once, and the version of the API."""

from __future__ import annotations

API_VERSION = "1.0"
MAX_CHANGES = 200
MAX_ANSWERS = 2_000
MAX_VALUE = 200_000
MAX_FAMILIES = 200
MAX_PAGE = 500
MAX_ATTACHMENT = 20_000_000
MAX_PART = 262_144
MAX_REASON = 2_000
ENDING = 8
"""Digits of an id by which a change is named that the reader has."""
