"""A slot as Qt's D-Bus wants it named."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import SLOT


def slot(signature: str) -> Any:
    """PySide6 6.11 takes the text here; its stubs say bytes, which it refuses."""
    return SLOT(signature)
