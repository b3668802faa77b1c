"""The figures of a pack's ``policy.csv``, and between which bounds a council may set them."""

from __future__ import annotations

VISIT_HOURS, PURGE_AFTER_DAYS = "visit_hours", "purge_after_days"
ALWAYS_WRITTEN, MAY_EXPORT = "always_written", "may_export"
BOUNDS = {VISIT_HOURS: (1, 8), PURGE_AFTER_DAYS: (7, 90)}
"""The least and the most: a pack can make a laptop stricter, and no pack can make it careless."""
