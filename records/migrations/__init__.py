"""Alembic migrations, run by records.database.migrate."""
