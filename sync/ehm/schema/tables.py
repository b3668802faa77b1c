"""The one collection of tables that all the others are added to."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
