"""Alembic's entrance. Migrations run on the connection that ``records.database.migrate`` hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
