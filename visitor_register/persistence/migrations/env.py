"""Alembic's entry point: it runs on the connection the upgrade hands over, on a copy of the register."""

from alembic import context

from visitor_register.persistence.tables import kept

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=kept,
    render_as_batch=True,
    compare_type=True,
    include_object=context.config.attributes.get("include_object"),
)
with context.begin_transaction():
    context.run_migrations()
