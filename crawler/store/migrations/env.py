"""Run by Alembic for every command: the connection is handed in, so nothing here knows where the database is."""

from alembic import context

from crawler.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
