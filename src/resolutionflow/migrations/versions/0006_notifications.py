"""The bells of the application."""

from alembic import op

from resolutionflow.platform.db.schema import APP_ROLE, protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TYPES = (
    "session.escalated",
    "session.handed_over",
    "handoff.picked_up",
    "handoff.question",
    "handoff.answer",
    "handoff.returned",
    "handoff.reopened",
    "handoff.solved",
    "handoff.nobody_reached",
    "handoff.take_over",
    "handoff.lease",
)


def upgrade() -> None:
    _uuid7()
    types = ", ".join(f"'{each}'" for each in TYPES)
    op.execute(f"""
        create table app_notifications (
            id uuid constraint app_notifications_pkey primary key,
            account_id uuid not null,
            user_id uuid not null,
            type varchar not null constraint app_notifications_type_check check (type in ({types})),
            title varchar not null,
            body varchar not null,
            link varchar not null,
            session_id uuid not null,
            handoff_id uuid not null,
            event_key varchar not null,
            is_read boolean not null generated always as (read_at is not null) stored,
            read_at timestamptz,
            created_at timestamptz not null default app.now(),
            constraint app_notifications_account_id_user_id_type_event_key_key unique (account_id, user_id, type, event_key),
            constraint app_notifications_account_id_user_id_fkey
                foreign key (account_id, user_id) references users (account_id, id) on delete cascade,
            constraint app_notifications_account_id_session_id_fkey
                foreign key (account_id, session_id) references sessions (account_id, id) on delete cascade,
            constraint app_notifications_account_id_handoff_id_fkey
                foreign key (account_id, handoff_id) references handoffs (account_id, id) on delete cascade
        )""")
    op.execute("""
        create index app_notifications_account_id_user_id_created_at_id_idx
            on app_notifications (account_id, user_id, created_at, id)""")
    op.execute("""
        create index app_notifications_unread_idx
            on app_notifications (account_id, user_id, created_at, id) where read_at is null""")
    op.execute("""
        create index app_notifications_account_id_session_id_handoff_id_idx
            on app_notifications (account_id, session_id, handoff_id)""")
    protect(op.get_bind(), "app_notifications", grants="select, insert, update (read_at)")


def _uuid7() -> None:
    """For `INSERT … SELECT`, which cannot ask Python for ids: a random UUID whose first 48 bits become milliseconds and whose version 7."""
    op.execute("""
        create function app.uuid7() returns uuid language sql volatile parallel safe set search_path = pg_catalog as $$
            select encode(set_bit(set_bit(overlay(
                uuid_send(gen_random_uuid())
                placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6
            ), 52, 1), 53, 1), 'hex')::uuid
        $$""")
    op.execute("revoke all on function app.uuid7() from public")
    op.execute(f"grant execute on function app.uuid7() to {APP_ROLE}")
