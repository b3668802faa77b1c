"""What gives a placeholder away: words that a council would not use of its own."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"placeholder|demonstration|\bdemo\b|\bdraft list\b", re.IGNORECASE)
