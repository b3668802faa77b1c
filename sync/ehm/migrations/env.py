"""Alembic's entry: ``store.Store.migrate`` hands in its connection, already in a transaction."""

from alembic import context

from sync.ehm.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
