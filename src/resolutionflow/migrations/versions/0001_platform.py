"""The schema `app` with the tenant's scope and the clock, and the queue in its own schema."""

from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy import text

from resolutionflow.platform.db.schema import APP_ROLE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create schema app")
    op.execute(f"grant usage on schema app to {APP_ROLE}")
    op.execute("revoke create on schema public from public")
    op.execute(
        "create function app.account_id() returns uuid language sql stable parallel safe as "
        "$$ select nullif(current_setting('app.account_id', true), '')::uuid $$"
    )
    op.execute(
        "create function app.now() returns timestamptz language sql volatile parallel safe as "
        "$$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, clock_timestamp()) $$"
    )
    op.execute("create schema queue")
    op.execute("set local search_path = queue")
    connection = op.get_bind()
    connection.connection.cursor().execute(SchemaManager.get_schema())
    op.execute("set local search_path = public")
    connection.execute(text(f"grant usage on schema queue to {APP_ROLE}"))
    connection.execute(text(f"grant select, insert, update, delete on all tables in schema queue to {APP_ROLE}"))
    connection.execute(text(f"grant usage, select on all sequences in schema queue to {APP_ROLE}"))
    connection.execute(text(f"grant execute on all functions in schema queue to {APP_ROLE}"))
