"""The steps of the EHM's tables, run by Alembic."""
