"""Runs the migrations on the connection that the store hands over; its transaction is the caller's."""

from alembic import context

from pipetui.store.tables import Deal

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Deal.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
