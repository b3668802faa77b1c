"""A mutant: our own code, made wrong on purpose while a block runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

Mutant = Callable[[], AbstractContextManager[Any]]


def instead(owner: object, name: str, code: object) -> Mutant:
    """``code`` in place of what ``owner`` has under this name."""
    return lambda: patch.object(owner, name, code)
