"""Tables that nothing is changed in: triggers that refuse it, in both kinds of database."""

from alembic import op


def refuse_changes(table: str, key: tuple[str, ...]) -> None:
    """Let the database itself refuse to change or delete rows of a table."""
    refuse = _refuse_on_sqlite if op.get_bind().dialect.name == "sqlite" else _refuse_on_postgresql
    refuse(table, key)


def _refuse_on_sqlite(table: str, key: tuple[str, ...]) -> None:
    """Refuse update and delete, and the insert that would replace: it deletes without firing triggers."""
    refusal = f"begin select raise(abort, '{table} is append-only'); end"
    columns = ", ".join(key)
    same = ", ".join(f"new.{column}" for column in key)
    op.execute(f"create trigger {table}_no_update before update on {table} {refusal}")
    op.execute(f"create trigger {table}_no_delete before delete on {table} {refusal}")
    op.execute(
        f"create trigger {table}_no_replace before insert on {table} "  # noqa: S608  (our own names)
        f"when ({same}) in (select {columns} from {table}) {refusal}"
    )


def _refuse_on_postgresql(table: str, key: tuple[str, ...]) -> None:
    del key  # an insert cannot replace a row here but by an update
    op.execute(
        f"create function {table}_append_only() returns trigger language plpgsql as "
        f"$$ begin raise exception '{table} is append-only'; end $$"
    )
    refusal = f"execute function {table}_append_only()"
    op.execute(f"create trigger {table}_no_change before update or delete on {table} for each row {refusal}")
    op.execute(f"create trigger {table}_no_truncate before truncate on {table} for each statement {refusal}")
