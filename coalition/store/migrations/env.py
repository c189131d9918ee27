"""Run by Alembic with a connection that ``coalition.store.migration`` opened."""

from alembic import context

from coalition.store.migration import compare
from coalition.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    **compare(),
)
context.run_migrations()
