"""Attachments are named by what they hold: ``sha256-<64 hex>.<extension>``."""

from __future__ import annotations

import hashlib
import re

_NAME = re.compile(r"sha256-[0-9a-f]{64}\.[a-z0-9]+(\.[a-z0-9]+)?")


def attachment_name(content: bytes, extension: str) -> str:
    """The name of these bytes; the same bytes have one name everywhere."""
    return f"sha256-{hashlib.sha256(content).hexdigest()}.{extension}"


def is_attachment_name(value: str) -> bool:
    """True if an answer's value names an attachment."""
    return value.startswith("sha256-") and _NAME.fullmatch(value) is not None
