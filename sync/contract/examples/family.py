"""The invented family that the examples are about, and its laptop."""

from __future__ import annotations

from datetime import UTC, datetime

from sync.contract.messages import Head

FAMILY = "0195a1f0-4c1e-7b3a-9d52-6f1e2a3b4c5d"
RECORD = "0195a1f0-5a77-7c10-8e44-1b2c3d4e5f60"
FIRST = "0195a1f0-6b00-7d21-a1b2-c3d4e5f60718"
SECOND = "0195a1f1-0c22-7e33-b4c5-d6e7f8091a2b"
THIRD = "0195a1f2-5b40-7f21-9a6d-e7f8091a2b3c"
DEVICE = "0195a1ef-0001-7000-8000-00000000d001"
OTHER_FAMILY = "0195a1f3-4c1e-7b3a-9d52-6f1e2a3b4c5e"
ORDER = "0195a1f2-0001-7000-8000-0000000000e1"
ASKED = "0195a1f2-0002-7000-8000-0000000000e2"
AT = datetime(2026, 3, 2, 14, 2, 7, tzinfo=UTC)
HEAD = Head(epoch="5f1c9a7be0d34412", seq=4127, hash="9b1c2d3e4f5061728394a5b6c7d8e9f0")
KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXA="
