"""What every migration that creates a tenant table calls, so that no table is ever without its policies."""

from sqlalchemy import text
from sqlalchemy.engine import Connection

APP_ROLE = "resolutionflow_app"
_OURS = "account_id = (select app.account_id())"


def protect(connection: Connection, table: str, *, grants: str = "select, insert, update, delete") -> None:
    """Row-level security for a table with `account_id`: `tenant` binds everybody, `owner` lets the migrating role through.

    FORCE binds the owner too; without the `owner` policy definer functions and data migrations would see no rows.
    """
    for statement in (
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy tenant on {table} using ({_OURS}) with check ({_OURS})",
        f"create policy owner on {table} to current_user using (true) with check (true)",
        f"grant {grants} on {table} to {APP_ROLE}",
    ):
        connection.execute(text(statement))


def definer(connection: Connection, name: str, arguments: str, returns: str, body: str) -> None:
    """A function that sees across accounts: by exact key, returning ids only, executable by the app role alone."""
    types = ", ".join(argument.split()[1] for argument in arguments.split(",") if argument.strip())
    connection.execute(
        text(
            f"create or replace function app.{name}({arguments}) returns {returns} language sql stable security definer "
            f"set search_path = public, pg_temp as $definer$ {body} $definer$"
        )
    )
    connection.execute(text(f"revoke all on function app.{name}({types}) from public"))
    connection.execute(text(f"grant execute on function app.{name}({types}) to {APP_ROLE}"))
